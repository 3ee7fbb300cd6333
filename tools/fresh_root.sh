#!/bin/sh
# Tries the README's two commands in a bare Debian, from the committed files, as a newcomer would.
#
#   tools/fresh_root.sh [SUITE]        (bookworm; trixie works as well)
#
# Shows in turn: without root the missing packages are named and nothing is left behind; `make test` passes;
# a second call sets nothing up; without a screen one line says so; under Xvfb the window appears.
set -eu
cd "$(dirname "$0")/.."
suite=${1:-bookworm}

not_run() { echo "not run, because $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || not_run "a bare root can only be made as root"
command -v debootstrap >/dev/null || not_run "debootstrap is missing (apt-get install debootstrap)"

root=$(mktemp -d)
chmod 755 "$root"
clean_up() { umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"; }
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

step() { printf '\n== %s\n' "$*"; }
inside() {  # runs as a given user, with nothing of this shell's environment
    user=$1; shift
    chroot --userspec="$user" "$root" env -i HOME=/home/newcomer PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        sh -c "cd /home/newcomer/b12desk && $*"
}
expect() { grep -q "$1" "$root/said" || { cat "$root/said"; echo "FAILED: nothing said '$1'" >&2; exit 1; }; }
refused() { if inside "$@" >"$root/said" 2>&1; then echo "FAILED: $* should have been refused" >&2; exit 1; fi; }

step "a bare $suite with python3 and make"
debootstrap --variant=minbase --include=python3,make,ca-certificates "$suite" "$root" >"$root.log" 2>&1 \
    || { tail -5 "$root.log"; not_run "debootstrap failed"; }
rm -f "$root.log"
mount -t proc proc "$root/proc" || echo "(no /proc inside)"
# This machine's way to the network is not part of the trial.
for file in /etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then cp -L "$file" "$root$file"; fi
done
mkdir -p "$root/home/newcomer"
git clone -q . "$root/home/newcomer/b12desk"
chown -R 65534:65534 "$root/home/newcomer"

step "without root: the line to run, and nothing left behind"
refused 65534:65534 make test
expect "apt-get install .*python3-venv .*libegl1"
[ ! -e "$root/home/newcomer/b12desk/.venv" ]
chown -R 0:0 "$root/home/newcomer"

step "without a screen: one line"
refused 0:0 make run
expect "xvfb-run make run"

step "make test"
inside 0:0 make test

step "again: no set-up"
inside 0:0 "tools/setup.sh dev && tools/setup.sh run" >"$root/said" 2>&1
[ ! -s "$root/said" ]

step "xvfb-run make run: the window appears"
inside 0:0 "apt-get install -y -qq --no-install-recommends xvfb xauth xdotool >/dev/null 2>&1"
inside 0:0 "timeout 120 xvfb-run -a sh -c 'make run & timeout 60 xdotool search --sync --onlyvisible --name \"B12 Desk\"; found=\$?; kill \$!; exit \$found'"

step "all of it passed in a bare $suite"
