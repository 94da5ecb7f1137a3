#!/usr/bin/env bash
# The preview and the desk in headless Chromium. Installs what it needs; safe to run again.
# Usage: run.sh PROGRAM [FOLDER]: screenshots and downloads are kept in FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-${CARGO_TARGET_DIR:-$root/target}/release/huibao}
work=${XDG_CACHE_HOME:-$HOME/.cache}/huibao-e2e
out=${2:-$(mktemp -d)}
mkdir -p "$work" "$out"
. "$root/tests/install.sh"
command -v chromium >/dev/null || debian chromium
command -v npm >/dev/null || debian nodejs npm
for package in playwright-core@1 axe-core@4 fflate@0.8; do
  [ -d "$work/node_modules/${package%@*}" ] || (cd "$work" && npm install --silent --no-audit --no-fund "$package")
done
# Modules are found from where a script lies.
cp "$here"/*.mjs "$work/"
node "$work/e2e.mjs" "$program" "$root" "$out"
node "$work/desk.mjs" "$program" "$root" "$out"
# The outside validators look at what was downloaded.
bash "$root/tests/judges/run.sh" --files "$out/download.pdf" "$out/download.docx"
