#!/bin/sh
# Builds the frozen program into build/bundle/b12desk and tries it: `make bundle` calls this.
set -eu
cd "$(dirname "$0")/.."

work=build/bundle-work
python3 -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --disable-pip-version-check -q "$@"; }
pip install --require-hashes --only-binary :all: -r requirements/package.txt
pip install --no-deps --no-build-isolation .
"$work/venv/bin/pyinstaller" -y --log-level ERROR --distpath build/bundle --workpath "$work" packaging/b12desk.spec
du -sh build/bundle/b12desk

# The tour: each room of the frozen program does a piece of its work, away from the person's own data.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
frozen="$PWD/build/bundle/b12desk/b12desk"
export B12DESK_HOME="$home"
desk() { (cd "$home" && "$frozen" --diary tour.db --now 2026-11-02T10:00 "$@" >"$home/said" 2>&1) || { cat "$home/said"; exit 1; }; }
desk demo --years 1 --seed 3 --end 2026-11-01 --no-window
desk due
printf 'test,value,unit,date\nFerritin,58,ug/L,2026-10-30\n' >"$home/labs.csv"
desk import labs.csv --yes
for chart in timeline.svg cycles.png labs.pdf; do desk chart "${chart%.*}" "$chart"; done
desk report pages.pdf
desk remind --channel list
desk export --format json all.json
desk check
for made in timeline.svg cycles.png labs.pdf pages.pdf all.json; do
    [ -s "$home/$made" ] || { echo "the frozen program made no $made"; exit 1; }
done
if command -v xvfb-run >/dev/null; then
    # the window stays open until it is ended; 124 is timeout's word for that
    status=0
    xvfb-run -a timeout 15 "$frozen" --diary "$home/tour.db" || status=$?
    [ "$status" = 124 ] || { echo "the frozen window ended by itself ($status)"; exit 1; }
else
    echo "window not tried: xvfb-run is not installed"
fi
echo "The frozen program passed its tour."
