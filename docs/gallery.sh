#!/usr/bin/env bash
# Makes docs/gallery: every page of every sample as a small picture.
# Needs pdftoppm (poppler-utils) and a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
huibao=${CARGO_TARGET_DIR:-target}/release/huibao
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
mkdir -p docs/gallery; rm -f docs/gallery/*.png
for data in samples/*/2026.yaml; do
  name=$(basename "$(dirname "$data")")
  "$huibao" build "$data" -o "$out/$name" -f pdf >/dev/null
  pdftoppm -r 64 -png -gray "$out/$name"/*.pdf "docs/gallery/$name"
done
ls docs/gallery | wc -l
