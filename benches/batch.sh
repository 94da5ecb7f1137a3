#!/bin/sh
# Measures batches of briefings and prints a table: benches/batch.sh [FEW] [MANY]
set -eu
few=${1:-1000}
many=${2:-10000}
huibao=${HUIBAO:-target/release/huibao}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure NAME UNITS ARGS…: wall seconds, user seconds and peak memory of one run.
measure() {
    name=$1 units=$2
    shift 2
    [ -f "$work/$units.yaml" ] || sh benches/units.sh "$units" >"$work/$units.yaml"
    /usr/bin/time -f '%e %U %M' -o "$work/time" "$huibao" batch "$work/$units.yaml" \
        -t tests/fixtures/briefing --by 乡镇 -o "$work/out-$units" "$@" >/dev/null
    awk -v name="$name" -v n="$units" '{ printf "| %s | %d | %.1f | %.1f | %.1f | %.0f |\n", name, n, $1, n / $1, $2 * 1000 / n, $3 / 1024 }' "$work/time"
}

echo "| run | units | wall s | reports/s | CPU ms/report | peak MB |"
echo "|---|---|---|---|---|---|"
measure "PDF + DOCX" "$few"
measure "unchanged" "$few"
measure "PDF only" "$few" --force -f pdf
measure "DOCX only" "$few" --force -f docx
measure "PDF + DOCX" "$many"
measure "unchanged" "$many"
