#!/usr/bin/env bash
# The outside judges over every sample and fixture: installs what they need, then run.py.
# Usage: run.sh [--show N] [NAME...]: only reports whose names contain one of these.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export JUDGES=${JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/huibao-judges}
bash "$here/setup.sh"
exec "$JUDGES/venv/bin/python" "$here/run.py" "$@"
