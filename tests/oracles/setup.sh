#!/bin/sh
# Brings in what the oracles need beyond pip: node with ical.js and axe-core, libical, Chromium, zbar, faketime, a locale
# that bites, three web servers, PostgreSQL, systemd-analyze, and khal with vdirsyncer in an environment of their own.
# As root on Debian it installs what is missing; otherwise it says what to install, and fails.
set -eu
cd "$(dirname "$0")/../.."
export PATH="$PATH:/sbin:/usr/sbin"
into=.oracles

missing() {
    command -v node >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || echo nodejs
    command -v npm >/dev/null || echo npm
    .venv/bin/python -c 'import ctypes; ctypes.CDLL("libical.so.3")' 2>/dev/null || echo libical3
    command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    command -v chromium >/dev/null || echo chromium
    command -v zbarimg >/dev/null || echo zbar-tools
    command -v faketime >/dev/null || echo faketime
    command -v nginx >/dev/null || echo nginx
    command -v apache2 >/dev/null || echo apache2-bin
    command -v caddy >/dev/null || echo caddy
    command -v systemd-analyze >/dev/null || echo systemd
    command -v openssl >/dev/null || echo openssl
    command -v localedef >/dev/null && test -e /usr/share/i18n/locales/tr_TR || echo locales
}

packages=$(missing | tr '\n' ' ')
if [ -n "$packages" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing ${packages}(once) …"
        apt-get update -qq
        # The web servers are for the tests alone: none may start as a service of this machine.
        if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
            chmod +x /usr/sbin/policy-rc.d
            trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        fi
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

if ! cmp -s tests/oracles/package-lock.json "$into/package-lock.json" || [ ! -d "$into/node_modules/axe-core" ]; then
    echo "Setting up ical.js, axe-core and playwright-core in $into (once) …"
    cp tests/oracles/package.json tests/oracles/package-lock.json "$into/"
    npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --silent || {
        rm -f "$into/package-lock.json" # so that the next run tries again
        echo "npm could not bring them in; it needs a package registry within reach" >&2
        exit 1
    }
fi

if ! cmp -s tests/oracles/khal.lock "$into/khal/lock"; then
    echo "Setting up khal and vdirsyncer in $into (once) …"
    .venv/bin/python -m venv --clear "$into/khal"
    "$into/khal/bin/pip" install -qq --disable-pip-version-check --require-hashes -r tests/oracles/khal.lock
    cp tests/oracles/khal.lock "$into/khal/lock"
fi
