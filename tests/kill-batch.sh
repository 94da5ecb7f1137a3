#!/bin/sh
# Kills a batch at random moments and lets the next run go on: no torn file, no left-overs,
# none of its own files taken for someone else's work, and in the end the same bytes as an
# undisturbed run. tests/kill-batch.sh [KILLS] [UNITS]
set -eu
kills=${1:-50}
units=${2:-60}
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Two states of the data, so that reports are also made anew over older ones.
mkdir "$work/one" "$work/two"
sh benches/units.sh "$units" >"$work/one/data.yaml"
sed 's/中心站: 在建/中心站: 规划/' "$work/one/data.yaml" >"$work/two/data.yaml"
batch() { "$huibao" batch "$work/$1/data.yaml" -t tests/fixtures/briefing --by 乡镇 -o "$2" --bind --zip >/dev/null 2>&1; }
sums() { (cd "$1" && find . -name .huibao -prune -o \( -name '*.pdf' -o -name '*.docx' -o -name '*.zip' \) -print | sort | xargs -r sha256sum); }

for state in one two; do
    batch $state "$work/calm-$state"
    sums "$work/calm-$state" >"$work/$state.sums"
done
cat "$work/one.sums" "$work/two.sums" >"$work/right"
torn=0
k=0
while [ "$k" -lt "$kills" ]; do
    k=$((k + 1))
    # A new folder now and then, so that kills come early and late in the work.
    [ $((k % 5)) -ne 1 ] || rm -rf "$work/torn"
    state=one
    [ $((k % 2)) -eq 0 ] || state=two
    "$huibao" batch "$work/$state/data.yaml" -t tests/fixtures/briefing --by 乡镇 -o "$work/torn" --bind --zip >/dev/null 2>&1 &
    pid=$!
    sleep "0.$(awk -v s="$k$$" 'BEGIN { srand(s); printf "%02d", 1 + int(rand() * 90) }')"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    # Whatever is there under its final name must be whole. Archives of a mixed state are whole
    # as well but of no calm run: they are left out here.
    [ -d "$work/torn" ] || continue
    sums "$work/torn" | grep -v '\.zip' >"$work/torn.sums" || true
    grep -vxFf "$work/right" "$work/torn.sums" >"$work/wrong" || true
    if [ -s "$work/wrong" ]; then torn=$((torn + $(wc -l <"$work/wrong"))); cat "$work/wrong"; fi
done
batch one "$work/torn"
sums "$work/torn" >"$work/torn.sums"
left=$(find "$work/torn" -name '*.tmp' -o -path '*unfinished*' -type f | wc -l)
aside=$(find "$work/torn" -path '*手工改动*' -type f | wc -l)
same=no
cmp -s "$work/one.sums" "$work/torn.sums" && same=yes
echo "kills $kills, torn files $torn, left-overs $left, own files set aside $aside, same bytes: $same"
[ "$torn" -eq 0 ] && [ "$left" -eq 0 ] && [ "$aside" -eq 0 ] && [ "$same" = yes ]
