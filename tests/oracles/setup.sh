#!/bin/sh
# Brings in what the oracles need beyond pip: node with ical.js, libical, faketime, and a locale that bites.
# As root on Debian it installs what is missing; otherwise it says what to install, and fails.
set -eu
cd "$(dirname "$0")/../.."
export PATH="$PATH:/sbin:/usr/sbin"
into=.oracles

missing() {
    command -v node >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || echo nodejs
    command -v npm >/dev/null || echo npm
    .venv/bin/python -c 'import ctypes; ctypes.CDLL("libical.so.3")' 2>/dev/null || echo libical3
    command -v faketime >/dev/null || echo faketime
    command -v localedef >/dev/null && test -e /usr/share/i18n/locales/tr_TR || echo locales
}

packages=$(missing | tr '\n' ' ')
if [ -n "$packages" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing ${packages}(once) …"
        apt-get update -qq
        # shellcheck disable=SC2086  # one word a package
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
    fi
    packages=$(missing | tr '\n' ' ')
    if [ -n "$packages" ]; then
        echo "make oracles needs what is not here: ${packages}" >&2
        echo "On Debian or Ubuntu: sudo apt-get install ${packages}" >&2
        echo "(node 18 or later; libical as libical.so.3; locales for localedef and the text of tr_TR)" >&2
        exit 1
    fi
fi

mkdir -p "$into/locale"
# A locale whose encoding is not UTF-8: a file opened without saying its encoding is read wrongly there.
test -d "$into/locale/tr_TR.ISO-8859-9" ||
    localedef --no-archive -i tr_TR -f ISO-8859-9 "$PWD/$into/locale/tr_TR.ISO-8859-9"

if ! cmp -s tests/oracles/package-lock.json "$into/package-lock.json" || [ ! -d "$into/node_modules/ical.js" ]; then
    echo "Setting up ical.js in $into (once) …"
    cp tests/oracles/package.json tests/oracles/package-lock.json "$into/"
    npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --silent || {
        rm -f "$into/package-lock.json" # so that the next run tries again
        echo "npm could not bring in ical.js; it needs a package registry within reach" >&2
        exit 1
    }
fi
