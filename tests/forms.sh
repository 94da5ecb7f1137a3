#!/usr/bin/env bash
# The form of every pack opened in LibreOffice Calc and saved as .ods: its drop-downs, limits,
# explaining messages and notes must still be there. (Frozen panes belong to the view, which a
# conversion does not open: they are counted in the form itself.) Needs soffice with Calc.
set -uo pipefail
cd "$(dirname "$0")/.."
huibao=${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}
command -v soffice >/dev/null || { echo "!!! soffice is not here: SKIPPED"; exit 0; }
[ -x "$huibao" ] || { echo "no $huibao: cargo build --release"; exit 2; }
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
failed=0
printf '%-24s %6s %6s %8s %7s %6s %s\n' pack lists limits messages notes frozen ''
for pack in report-templates/*/; do
  name=$(basename "$pack")
  for kind in blank prefilled; do
    from=(); [ $kind = prefilled ] && { [ -f "samples/$name/2026.yaml" ] || continue; from=(--from "samples/$name/2026.yaml"); }
    "$huibao" form -t "$name" --year 2027 "${from[@]}" -o "$out/$name-$kind.xlsx" >/dev/null 2>"$out/log" || { echo "FAIL $name $kind"; cat "$out/log"; failed=1; continue; }
    soffice -env:UserInstallation=file://"$out"/profile --headless --convert-to ods --outdir "$out" "$out/$name-$kind.xlsx" >/dev/null 2>&1
    [ -f "$out/$name-$kind.ods" ] || { echo "FAIL $name: LibreOffice did not open it"; failed=1; continue; }
    count() { unzip -p "$out/$name-$kind.ods" "$1" | grep -o "$2" | wc -l; }
    lists=$(count content.xml 'cell-content-is-in-list'); limits=$(count content.xml 'cell-content-is-\(whole-number\|decimal-number\|date\)\|is-decimal-number\|is-whole-number')
    messages=$(count content.xml '<table:error-message'); notes=$(count content.xml '<office:annotation '); frozen=$(unzip -p "$out/$name-$kind.xlsx" 'xl/worksheets/*.xml' | grep -o 'state="frozen"' | wc -l)
    wanted=$(grep -c '类型: 选项' "$pack/template.yaml")
    mark=''
    { [ "$wanted" -gt 0 ] && [ "$lists" -eq 0 ]; } || [ "$limits" -eq 0 ] || [ "$messages" -eq 0 ] || [ "$notes" -eq 0 ] || [ "$frozen" -eq 0 ] && { mark=FAIL; failed=1; }
    printf '%-24s %6s %6s %8s %7s %6s %s\n' "$name" "$lists" "$limits" "$messages" "$notes" "$frozen" "$kind $mark"
  done
done
exit $failed
