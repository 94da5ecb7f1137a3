#!/usr/bin/env bash
# What docs/scale.md says of several machines: the manifest is valid for Kubernetes, the job array makes what one run makes.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/install.sh
judges=${JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/huibao-judges}
python=$judges/kubernetes/bin/python
"$python" -c 'import kubernetes_validate, yaml' 2>/dev/null || {
  mkdir -p "$judges" && python3 -m venv --clear "$judges/kubernetes" 2>/dev/null &&
    "$python" -m pip install -q --disable-pip-version-check kubernetes-validate pyyaml
} || true
if "$python" -c 'import kubernetes_validate' 2>/dev/null; then "$python" tests/judges/kubernetes.py
else skip "manifest: kubernetes-validate cannot be had"; fi
bash tests/slurm.sh 160
