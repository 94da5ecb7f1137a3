#!/usr/bin/env bash
# The preview in headless Chromium. Installs what it needs; safe to run again.
# Usage: run.sh PROGRAM
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-${CARGO_TARGET_DIR:-$root/target}/release/huibao}
command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }
work=${XDG_CACHE_HOME:-$HOME/.cache}/huibao-e2e
mkdir -p "$work"
[ -d "$work/node_modules/playwright-core" ] || (cd "$work" && npm install --silent --no-audit --no-fund playwright-core@1)
cp "$here/e2e.mjs" "$work/"
node "$work/e2e.mjs" "$program" "$root"
