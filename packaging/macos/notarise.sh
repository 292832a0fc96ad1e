#!/bin/sh
# Has Apple look over the disk image and attaches the answer, so that it opens on other machines without a warning.
#   packaging/macos/notarise.sh IMAGE.dmg
# APPLE_ID, APPLE_TEAM_ID and APPLE_PASSWORD (one made for this at appleid.apple.com) belong to the account of the
# certificate that the image was signed with.
set -eu
image=${1:?name the disk image}
xcrun notarytool submit "$image" --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_PASSWORD" --wait
xcrun stapler staple "$image"
xcrun stapler validate "$image"
