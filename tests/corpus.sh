#!/usr/bin/env bash
# Every file of the shared corpus (or of a folder that is given) through `huibao build`: exit
# code, seconds, peak memory and the first line of what is said. Fails where a file ends with an
# exit code above 3, takes more than 10 s or more than 500 MB. Needs GNU time.
set -uo pipefail
cd "$(dirname "$0")/.."
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
corpus=${1:-../shared/corpus}
[ -d "$corpus" ] || { echo "!!! $corpus is not here: SKIPPED"; exit 0; }
[ -x "$huibao" ] || { echo "no $huibao: cargo build --release"; exit 2; }
time=$(command -v /usr/bin/time) || { echo "!!! GNU time is not here: SKIPPED"; exit 0; }
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
failed=0; count=0; worst_seconds=0; worst_memory=0
printf '%-62s %4s %7s %6s  %s\n' file exit seconds MB said
while IFS= read -r -d '' file; do
  case $file in *.tsv|*.md|*.txt) continue;; esac
  count=$((count + 1))
  timeout 20 "$time" -q -o "$out/time" -f '%e %M' "$huibao" build "$file" -t work-report -o "$out/made" >"$out/log" 2>&1
  code=$?
  read -r seconds kilobytes < <(tail -1 "$out/time")
  megabytes=$((${kilobytes:-0} / 1024))
  mark=''
  if [ "$code" -gt 3 ] || [ "$megabytes" -gt 500 ] || awk "BEGIN { exit !(${seconds:-99} > 10) }"; then
    failed=$((failed + 1)); mark='FAIL '
  fi
  awk "BEGIN { exit !(${seconds:-0} > $worst_seconds) }" && worst_seconds=$seconds
  [ "$megabytes" -gt "$worst_memory" ] && worst_memory=$megabytes
  printf '%-62s %4s %7s %6s  %s%s\n' "$(basename "$file")" "$code" "$seconds" "$megabytes" "$mark" "$(head -1 "$out/log" | cut -c1-90)"
done < <(find "$corpus" -maxdepth 1 -type f -print0 | sort -z)
echo "$count files, $failed beyond the limits; worst $worst_seconds s, $worst_memory MB"
[ "$failed" -eq 0 ]
