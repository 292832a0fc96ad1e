#!/bin/sh
# Puts the certificate that releases are signed with into a keychain of its own, on a machine that is thrown away afterwards,
# and prints its name, for IDENTITY.
#   CERTIFICATE           the certificate and its key, a .p12 in base64
#   CERTIFICATE_PASSWORD  its password
set -eu
keychain=${RUNNER_TEMP:?}/signing.keychain-db
file=$RUNNER_TEMP/certificate.p12
password=$(uuidgen)
trap 'rm -f "$file"' EXIT
printf '%s' "$CERTIFICATE" | base64 --decode >"$file"
{
    security create-keychain -p "$password" "$keychain"
    security set-keychain-settings -lut 21600 "$keychain"
    security unlock-keychain -p "$password" "$keychain"
    security import "$file" -P "$CERTIFICATE_PASSWORD" -t cert -f pkcs12 -k "$keychain" -T /usr/bin/codesign
    # Without this codesign would ask in a window.
    security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain"
    security list-keychains -d user -s "$keychain" login.keychain-db
} >/dev/null
security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID Application: .*\)".*/\1/p' | head -n 1
