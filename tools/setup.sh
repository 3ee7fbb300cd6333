#!/bin/sh
# Makes .venv with all that `make run` or `make test` needs; called again, it does nothing.
#
#   tools/setup.sh run|dev
#
# Works on a Debian machine that has python3 (3.11 or newer) and make; other systems get the names of what is
# missing. A failure before the end leaves no .venv that was not there before.
set -eu
cd "$(dirname "$0")/.."

want=${1:?"usage: tools/setup.sh run|dev"}
venv=.venv
lock=requirements/$want.txt

say() { printf '%s\n' "$*" >&2; }

# What the stamp says: the environment was made from exactly these files, at this place.
fingerprint() {
    { pwd; cat "requirements/$1.txt" pyproject.toml tools/setup.sh; } | cksum
}

is_done() {
    [ -x "$venv/bin/python" ] && [ "$(cat "$venv/made-for-$1" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

if is_done "$want"; then exit 0; fi

python=$(command -v python3 || true)
if [ -z "$python" ]; then
    say "B12 Desk needs Python 3.11 or newer, and there is no python3 here."
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "B12 Desk needs Python 3.11 or newer; this one is $("$python" -V)."
    exit 1
fi

# The libraries that PySide6's window, offscreen and Wayland plugins load and its wheel does not bring.
# Found with ldd in a bare Debian; libfontconfig1 brings a font along.
qt_libraries='
libEGL.so.1:libegl1
libGL.so.1:libgl1
libglib-2.0.so.0:libglib2.0-0
libfontconfig.so.1:libfontconfig1
libdbus-1.so.3:libdbus-1-3
libxkbcommon.so.0:libxkbcommon0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0
libwayland-cursor.so.0:libwayland-cursor0
'

missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv '
    [ "$(uname -s)" = Linux ] || return 0
    # shellcheck disable=SC2086  # the list is meant to be split
    "$python" - $qt_libraries <<'PYTHON'
import ctypes, sys
for pair in sys.argv[1:]:
    library, package = pair.split(":")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package, end=" ")
PYTHON
}

packages=$(missing_packages)
if [ -n "$packages" ]; then
    if ! command -v apt-get >/dev/null; then
        say "Missing on this computer (these are Debian's names for it): $packages"
        exit 1
    fi
    if [ "$(id -u)" != 0 ]; then
        say "Some packages are missing. Please run this line, then call make again:"
        line="apt-get install --no-install-recommends $packages"
        if command -v sudo >/dev/null; then say "    sudo $line"; else say "    su -c '$line'"; fi
        exit 1
    fi
    say "Installing $packages"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $packages >/dev/null
fi

if [ ! -x "$venv/bin/python" ]; then
    rm -rf "$venv"
    trap 'rm -rf "$venv"; say "The set-up did not finish; nothing of it was kept."' EXIT
    trap 'exit 130' INT TERM HUP
    "$python" -m venv "$venv"
fi
rm -f "$venv"/made-for-*

say "Fetching what B12 Desk is built on (about 130 MB, once) ..."
pip() { "$venv/bin/python" -m pip --disable-pip-version-check -q "$@"; }
pip install --require-hashes --only-binary :all: -r "$lock"
pip install --no-deps --no-build-isolation -e .

fingerprint "$want" >"$venv/made-for-$want"
# The developer's list holds everything of the other one, in the same versions.
if [ "$want" = dev ]; then fingerprint run >"$venv/made-for-run"; fi
trap - EXIT
say "Ready."
