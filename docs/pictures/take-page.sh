#!/bin/sh
# Takes the pictures of the page: a role on a desk, the first page on a phone, a date in the dark, the sheet for the
# wall; all of Monday November 12, 2018. Needs what `make oracles` brings in, and pngquant, for the pictures only. The
# address and the contact in the pictures are made up.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
deadlines=$root/.venv/bin/deadlines
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$deadlines" init "$work/local" --from chicago --namespace 2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21 >"$work/log"
sed -i 's/^  field-rep: .*/  field-rep: {name: A. Lee (made up), phone: 555-0100}/' "$work/local/deadlines.yaml"
echo 'public address: https://dates.example.org' >>"$work/local/deadlines.yaml"
"$deadlines" build -C "$work/local" --on 2018-11-12 >>"$work/log"
public=$work/local/public
date=$(cd "$public" && grep -l 'mid-year: last safe day</h1>' dates/*.html)

shot() { # name, page, scheme, width, height, scale, more
    printf '{"page":"%s","scheme":"%s","width":%s,"height":%s,"scale":%s,"shot":"%s"%s}' \
        "$2" "$3" "$4" "$5" "$6" "$here/$1.png" "${7:-}"
}

node "$root/tests/oracles/browser.mjs" "$(cd "$root" && pwd)/.oracles/node_modules/" "$(command -v chromium)" "$public" "[
$(shot page-desk for/delegate.html light 1000 1250 1),
$(shot page-phone index.html light 375 812 1.5),
$(shot page-dark "$date" dark 375 812 1.5),
$(shot page-sheet poster/teacher.html light 900 1200 1 ',"clip":{"x":52,"y":106,"width":796,"height":1032}')
]" >>"$work/log"
for picture in "$here"/page-*.png; do
    pngquant --force --output "$picture" 64 "$picture"
done
# What the pictures were taken from; a test says when the wording or the layout has changed since.
cat "$root"/templates/site/* | sha256sum | cut -d' ' -f1 >"$here/page-taken-from.sha256"
ls -l "$here"/page-*.png
