#!/usr/bin/env bash
# Measures batches and prints the table of docs/scale.md: benches/batch.sh [FEW] [MANY]
# Wall time says something only on an idle machine; CPU time (user and system) nearly always.
set -eu
few=${1:-1000}
many=${2:-10000}
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
export HUIBAO_HOME=${HUIBAO_HOME:-$PWD}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure NAME PACK UNITS ARGS…: one run over so many units.
measure() {
    local name=$1 pack=$2 units=$3
    shift 3
    [ -f "$work/$units.yaml" ] || sh benches/units.sh "$units" >"$work/$units.yaml"
    local out="$work/$(basename "$pack")-$units"
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$huibao" batch "$work/$units.yaml" \
        -t "$pack" --by 乡镇 -o "$out" "$@" >/dev/null
    local pages
    pages=$(python3 -c 'import json,sys; rows=json.load(open(sys.argv[1]))["报告"]; print(sum(r["页数"] for r in rows)/len(rows))' "$out/清单.json")
    awk -v name="$name" -v n="$units" -v p="$pages" \
        '{ printf "| %s | %d | %.1f | %.2f | %.0f | %.1f | %.1f | %.0f |\n", name, n, p, $1, n / $1, $1 * 1000 / n, ($2 + $3) * 1000 / n, $4 / 1024 }' "$work/time"
}

load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo '?')
echo "$(date +%F), $(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1), load $load"
echo
echo "| run | units | pages | wall s | reports/s | wall ms/report | CPU ms/report | peak MB |"
echo "|---|---|---|---|---|---|---|---|"
measure "two pages, PDF + DOCX" tests/fixtures/short "$few"
measure "two pages, unchanged" tests/fixtures/short "$few"
measure "two pages, PDF" tests/fixtures/short "$few" --force -f pdf
measure "two pages, DOCX" tests/fixtures/short "$few" --force -f docx
measure "two pages with chart and ranks (township-briefing)" township-briefing "$few"
measure "seven pages, PDF + DOCX" tests/fixtures/long "$few"
measure "two pages, bound" tests/fixtures/short "$few" --bind
measure "two pages, PDF + DOCX" tests/fixtures/short "$many"
measure "two pages, unchanged" tests/fixtures/short "$many"
measure "township-briefing" township-briefing "$many"
