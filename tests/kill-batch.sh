#!/bin/sh
# Kills a batch at random moments and lets the next run go on: no torn file, no left-overs,
# and in the end the same bytes as an undisturbed run. tests/kill-batch.sh [KILLS] [UNITS]
set -eu
kills=${1:-50}
units=${2:-60}
huibao=${HUIBAO:-target/release/huibao}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh benches/units.sh "$units" >"$work/data.yaml"
batch() { "$huibao" batch "$work/data.yaml" -t tests/fixtures/briefing --by 乡镇 -o "$1" >/dev/null 2>&1; }
sums() { (cd "$1" && find . -name '*.pdf' -o -name '*.docx' | sort | xargs -r sha256sum); }

batch "$work/calm"
sums "$work/calm" >"$work/calm.sums"
torn=0
k=0
while [ "$k" -lt "$kills" ]; do
    k=$((k + 1))
    # A new folder now and then, so that kills come early and late in the work.
    [ $((k % 5)) -ne 1 ] || rm -rf "$work/torn"
    "$huibao" batch "$work/data.yaml" -t tests/fixtures/briefing --by 乡镇 -o "$work/torn" >/dev/null 2>&1 &
    pid=$!
    sleep "0.$(awk -v s="$k$$" 'BEGIN { srand(s); printf "%02d", 1 + int(rand() * 60) }')"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    # Whatever is there under its final name must be whole.
    [ -d "$work/torn" ] || continue
    sums "$work/torn" | grep -v '\.huibao' >"$work/torn.sums" || true
    grep -vxFf "$work/calm.sums" "$work/torn.sums" >"$work/wrong" || true
    if [ -s "$work/wrong" ]; then torn=$((torn + $(wc -l <"$work/wrong"))); cat "$work/wrong"; fi
done
batch "$work/torn"
sums "$work/torn" >"$work/torn.sums"
left=$(find "$work/torn" -name '*.tmp' -o -path '*unfinished*' -type f | wc -l)
same=no
cmp -s "$work/calm.sums" "$work/torn.sums" && same=yes
echo "kills $kills, torn files $torn, left-overs $left, same bytes: $same"
[ "$torn" -eq 0 ] && [ "$left" -eq 0 ] && [ "$same" = yes ]
