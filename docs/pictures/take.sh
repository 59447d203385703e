#!/bin/sh
# Takes the pictures of the documentation: the digest of Monday November 12, 2018, wide and on a phone, light and
# dark, and that of the storm, also in Spanish and in Arabic. Needs Chromium, for this only; no test does. The contact
# in the pictures is made up.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
deadlines=$here/../../.venv/bin/deadlines
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$deadlines" init "$work/local" --from chicago >"$work/log"
sed -i 's/^  field-rep: .*/  field-rep: {name: A. Lee (made up), phone: 555-0100}/' "$work/local/deadlines.yaml"

take() { # name, day, width, height, 0 for dark or 1 for light, language
    "$deadlines" digest preview -C "$work/local" --for delegate --on "$2" --language "${6:-en}" --html >"$work/$2.html"
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$work/profile-$1" --hide-scrollbars \
        --blink-settings=preferredColorScheme="$5" --window-size="$3,$4" \
        --screenshot="$here/$1.png" "file://$work/$2.html" >>"$work/log" 2>&1
}

take digest-light 2018-11-12 760 735 1
take digest-dark 2018-11-12 760 735 0
take digest-phone 2018-11-12 390 1065 1
take digest-storm 2019-02-04 760 665 1
take digest-spanish 2019-02-04 390 780 1 es
take digest-arabic 2019-02-04 390 780 0 ar
# What the pictures were taken from; a test says when the wording or the layout has changed since.
sha256sum <"$here/../../templates/digest.html" | cut -d' ' -f1 >"$here/taken-from.sha256"
ls -l "$here"/*.png
