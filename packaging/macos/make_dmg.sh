#!/bin/sh
# Makes the disk image of macOS from "dist/Auslan Explorer.app", which tools/bundle.py has made.
# IDENTITY names a certificate to sign with, the one that tools/bundle.py was given; without one the app is signed for this
# machine alone ("-"), and a person who downloads it has to allow it in the system settings the first time.
set -eu
cd "$(dirname "$0")/../.."
app="dist/Auslan Explorer.app"
[ -d "$app" ] || { echo "There is no $app; make it with 'python tools/bundle.py'." >&2; exit 2; }
version=$(python3 tools/version.py)
image="dist/auslan-explorer-$version-macos-$(uname -m).dmg"

mkdir -p "$app/Contents/Resources/licences"
cp -R dist/auslan-explorer/licences/. "$app/Contents/Resources/licences/"
# What is inside was signed when it was put together; adding the licences broke the seal of the whole alone.
if [ -n "${IDENTITY:-}" ]; then
    codesign --force --options runtime --timestamp --entitlements packaging/macos/entitlements.plist --sign "$IDENTITY" "$app"
else
    codesign --force --entitlements packaging/macos/entitlements.plist --sign - "$app"
fi
codesign --verify --deep --strict "$app"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
rm -f "$image"
hdiutil create -volname "Auslan Explorer" -srcfolder "$folder" -fs HFS+ -format ULMO "$image"
[ -z "${IDENTITY:-}" ] || codesign --timestamp --sign "$IDENTITY" "$image"
echo "$image"
