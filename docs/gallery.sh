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
  case $name in
    # A briefing is about one unit: the first of the batch stands for all.
    township-briefing) "$huibao" batch "$data" -t "$name" --by 乡镇 -o "$out/$name" -f pdf >/dev/null 2>&1;;
    *) "$huibao" build "$data" -o "$out/$name" -f pdf >/dev/null 2>&1;;
  esac
  first=("$out/$name"/*.pdf)
  pdftoppm -r 64 -png "${first[0]}" "docs/gallery/$name" 2>/dev/null
done
ls docs/gallery | wc -l
