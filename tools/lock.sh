#!/bin/sh
# Writes requirements/*.txt anew: every package with the hashes of all its public files, for every system and
# Python that pyproject.toml allows, and without the address of any index.
set -eu
cd "$(dirname "$0")/.."

# The tool's own environment is made each time: the lock must not depend on what is installed here.
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
python3 -m venv "$tool"
"$tool/bin/pip" --disable-pip-version-check -q install uv

compile() {
    env -u PIP_FIND_LINKS "$tool/bin/uv" pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
        --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml --group build -o requirements/run.txt
compile pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt
compile pyproject.toml --group build --group package -c requirements/run.txt -o requirements/package.txt
