#!/usr/bin/env bash
# Makes docs/gallery: pages of every sample and of the fixtures of each kind as small pictures.
# Needs pdftoppm (poppler-utils), ImageMagick and a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
mkdir -p docs/gallery; rm -f docs/gallery/*.png

# pages NAME PDF: twelve colours are enough for black, red and greys.
pages() {
  pdftoppm -r 64 -png "$2" "$out/$1" 2>/dev/null
  for page in "$out/$1"-*.png; do
    convert "$page" -dither None -colors 12 -strip "PNG8:docs/gallery/$(basename "$page")"
  done
}

for data in samples/*/2026.yaml; do
  name=$(basename "$(dirname "$data")")
  case $name in
    # A briefing is about one unit: the first of the batch stands for all.
    township-briefing) "$huibao" batch "$data" -t "$name" --by 乡镇 -o "$out/$name" -f pdf >/dev/null 2>&1;;
    *) "$huibao" build "$data" -o "$out/$name" -f pdf >/dev/null 2>&1;;
  esac
  first=("$out/$name"/*.pdf)
  pages "$name" "${first[0]}"
done
# 信函, 命令, 纪要: their templates lie beside the data.
for name in letter order minutes; do
  "$huibao" build "samples/$name/$name.yaml" -t "samples/$name/template" -o "$out/$name" -f pdf >/dev/null 2>&1
  first=("$out/$name"/*.pdf); pages "$name" "${first[0]}"
done
# 公文: sealed with annexes, to a superior with several 签发人, of several agencies, with a 签名章.
for data in sealed upward joint stamp; do
  "$huibao" build "tests/fixtures/official/$data.yaml" -t tests/fixtures/official -o "$out/official-$data" -f pdf >/dev/null 2>&1
  first=("$out/official-$data"/*.pdf); pages "official-$data" "${first[0]}"
done
for name in briefing-charts charts elements; do
  "$huibao" build "tests/fixtures/$name/data.yaml" -t "tests/fixtures/$name" -o "$out/$name" -f pdf >/dev/null 2>&1
  first=("$out/$name"/*.pdf); pages "$name" "${first[0]}"
done
ls docs/gallery | wc -l
