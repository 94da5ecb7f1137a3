#!/usr/bin/env bash
# Damaged copies of workbooks, YAML, CSV and Word files through the program: no crash, no hang, no flood of memory,
# nothing raw on the terminal. `tests/mutate.sh [COUNT [FOLDER…]]`; see mutate.py.
set -euo pipefail
cd "$(dirname "$0")/.."
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
[ -x "$huibao" ] || { echo "no $huibao: cargo build --release"; exit 2; }
[ -x /usr/bin/time ] || { . tests/install.sh; debian time; }
exec python3 tests/mutate.py "$huibao" "${1:-2000}" "${@:2}"
