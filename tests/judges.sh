#!/usr/bin/env bash
# Builds every sample and every fixture and lets the outside judges look at them: Open XML SDK and
# veraPDF (validate.sh), the ends of lines of PDF and DOCX as LibreOffice draws them (agree.py) and as
# Word's rules have them (word_lines.py, judges/lines.py), the places of the standard in the ink of the
# pages (judge_geometry.py). Ends with a line `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
huibao=${CARGO_TARGET_DIR:-target}/release/huibao
tools=../shared/tools
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
passed=0; failed=0
ok() { passed=$((passed + 1)); echo "ok   $1"; }
bad() { failed=$((failed + 1)); echo "FAIL $1"; }
least=${AGREE:-99.5}
# Where the fonts of the reports are, and which may be in a PDF.
fonts=fonts; own='Fandol|Noto|Liberation'

# enough SHARE WHAT: a share in percent that is not below the least.
enough() { if [ -n "$1" ] && awk "BEGIN{exit !($1 >= $least)}"; then ok "$2"; else bad "$2"; fi; }

# The lines of NAME.docx beside those of NAME.pdf: drawn by LibreOffice, with as many pages.
lines_office() {
  local name=$1 line pages
  line=$(python3 "$tools/agree.py" "$out/$name.pdf" "$out/$name.docx" --fonts "$fonts" 2>&1 | tail -1)
  enough "$(sed -n 's/.*same page \([0-9.]*\)%.*/\1/p' <<<"$line")" "agree $name: $line"
  pages=$(sed -n 's/^pages \([0-9]*\) vs \([0-9]*\);.*/\1 \2/p' <<<"$line")
  if [ -n "$pages" ] && [ "${pages% *}" = "${pages#* }" ]; then ok "pages $name"; else bad "pages $name: $line"; fi
}

# By Word's rules: body text (the shared tool), all text by the rules of both readers (our own).
lines_word() {
  local name=$1 line
  line=$(python3 "$tools/word_lines.py" "$out/$name.docx" "$out/$name.pdf" --fonts fonts 2>&1 | tail -1)
  enough "$(sed -n 's/.*same text [0-9]*: \([0-9.]*\)%.*/\1/p' <<<"$line")" "word $name: $line"
  if line=$(python3 tests/judges/lines.py "$out/$name.docx" "$out/$name.pdf" --fonts "$fonts" --least "$least" 2>&1); then ok "lines $line"; else bad "lines $line"; fi
}

# judge NAME KIND [--mirrored]: the files NAME.pdf and NAME.docx in $out.
judge() {
  local name=$1 kind=$2 line share foreign; shift 2
  if bash "$tools/validate.sh" "$out/$name.pdf" "$out/$name.docx" >"$out/log" 2>&1; then ok "valid $name"; else bad "valid $name"; head -c 3000 "$out/log"; fi
  lines_office "$name"; lines_word "$name"
  if line=$(python3 tests/judge_geometry.py "$out/$name.pdf" "$kind" "$@" 2>&1); then ok "geometry $line"; else bad "geometry $line"; fi
  foreign=$(pdffonts "$out/$name.pdf" | tail -n +3 | awk '{print $1}' | grep -vE "$own" || true)
  if [ -z "$foreign" ]; then ok "fonts $name"; else bad "fonts $name: $foreign"; fi
}

# The same places in the DOCX as LibreOffice draws it; its lines beside those of the PDF.
judge_docx() {
  local name=$1 kind=$2 line; shift 2
  if line=$(python3 tests/judge_geometry.py "$out/$name.docx" "$kind" "$@" --slack 0.3 --tools "$tools" --fonts fonts 2>&1); then ok "geometry $line"; else bad "geometry $line"; fi
  if line=$(python3 tests/judge_alike.py "$out/$name.pdf" "$out/$name.docx" --tools "$tools" --fonts fonts 2>&1); then ok "alike $line"; else bad "alike $line"; fi
}

# build NAME DATA [FLAGS]: leaves $out/NAME.pdf and $out/NAME.docx.
build() {
  local name=$1 data=$2; shift 2
  if "$huibao" build "$data" "$@" -o "$out/$name" >"$out/log" 2>&1; then ok "build $data"; else bad "build $data"; cat "$out/log"; return 1; fi
  for file in "$out/$name"/*; do mv "$file" "$out/$name.${file##*.}"; done
}

shopt -s nullglob
for data in samples/*/*.yaml samples/*/*.xlsx; do
  # A briefing is about one unit: it is made by a batch, below.
  case $data in samples/township-briefing/*|samples/messy/*) continue;; esac
  name=$(basename "$(dirname "$data")")-$(basename "$data" | tr . -)
  build "$name" "$data" || continue
  # The twin of a workbook has the same pages: the judges look at one of them.
  case $data in *.yaml) [ -e "${data%.yaml}.xlsx" ] && continue;; esac
  judge "$name" 汇报
done
# Fixtures: every element of a 公文, a 简报 with all kinds of charts, tables and pictures.
for data in tests/fixtures/official/*.yaml; do
  case $data in */template.yaml) continue;; esac
  name=official-$(basename "$data" .yaml)
  build "$name" "$data" -t tests/fixtures/official && judge "$name" 公文
done
for name in official-sealed official-upward official-joint-five official-many; do judge_docx "$name" 公文; done
# The same with margins that face each other: its 版记 ends an even page.
mkdir "$out/facing" && cp tests/fixtures/official/* "$out/facing/" && echo '版面: {页边距对称: 是}' >"$out/facing/huibao.yaml"
build official-mirrored "$out/facing/sealed.yaml" -t "$out/facing" && judge official-mirrored 公文 --mirrored && judge_docx official-mirrored 公文 --mirrored
build briefing-charts tests/fixtures/briefing-charts/data.yaml -t tests/fixtures/briefing-charts && judge briefing-charts 简报 && judge_docx briefing-charts 简报
build elements tests/fixtures/elements/data.yaml -t tests/fixtures/elements && judge elements 汇报
# Packs that were hard on the layout: their lines and their pages.
pages=../shared/cases/pages
for data in "$pages"/*/data*.yaml "$pages"/*/*/data*.yaml; do
  pack=$(dirname "$data"); name=case-$(tr / - <<<"${data#"$pages"/}")
  # What no report comes out of is another's case.
  if ! "$huibao" build "$data" -t "$pack" -o "$out/$name" >"$out/log" 2>&1; then echo "none $data"; continue; fi
  for file in "$out/$name"/*; do mv "$file" "$out/$name.${file##*.}"; done
  least=${AGREE_CASES:-98.0}; lines_office "$name"; lines_word "$name"; least=${AGREE:-99.5}
done
# The same report in the fonts of an office, named by their classes.
python3 tests/office_fonts.py "$out/office" && cp -r samples/district-overview "$out/named"
echo '版面: {仿宋体: Office Fang R, 楷体: FZKai-Z03, 黑体: FZHei-B01, 小标宋体: OfficeBiao}' >"$out/named/huibao.yaml"
HUIBAO_HOME=$out/office build faces "$out/named/2026.yaml" && fonts=$out/office/fonts own='\+(Office|FZ|Noto|Liberation)' judge faces 汇报
# The briefings of the sample, one for each township, and the volume of all of them.
if "$huibao" batch samples/township-briefing/2026.xlsx -t township-briefing --by 乡镇 --bind -o "$out/batch" >"$out/log" 2>&1; then
  ok "batch township-briefing"
  files=("$out"/batch/*.pdf "$out"/batch/*.docx)
  if [ ${#files[@]} -eq 35 ] && bash "$tools/validate.sh" "${files[@]}" >"$out/log" 2>&1; then
    ok "valid 17 briefings and their volume"
  else bad "valid briefings (${#files[@]} files)"; grep -v ^PASS "$out/log" | head -c 3000; fi
  # All by Word's rules; a first, a middle and a last one by all judges.
  files=("$out"/batch/*.docx)
  for i in "${!files[@]}"; do
    file=${files[$i]%.docx}
    cp "$file.pdf" "$out/briefing-$i.pdf"; cp "$file.docx" "$out/briefing-$i.docx"
    case $i in 0|$((${#files[@]} / 2))|$((${#files[@]} - 1))) judge "briefing-$i" 简报;; *) lines_word "briefing-$i";; esac
  done
else bad "batch township-briefing"; cat "$out/log"; fi
# The copies that carry their proof.
data=samples/district-overview/2026.xlsx
if "$huibao" build "$data" --review -o "$out/review" >"$out/log" 2>&1 && "$huibao" build "$data" --attach -f pdf -o "$out/attach" >>"$out/log" 2>&1; then
  pdf=("$out"/review/*.pdf); docx=("$out"/review/*.docx); whole=("$out"/attach/*.pdf)
  if bash "$tools/validate.sh" "${docx[0]}" >"$out/log" 2>&1 && FLAVOURS=2a bash "$tools/validate.sh" "${pdf[0]}" >>"$out/log" 2>&1; then ok "valid review"; else bad "valid review"; head -c 2000 "$out/log"; fi
  if FLAVOURS="3a ua1" bash "$tools/validate.sh" "${whole[0]}" >"$out/log" 2>&1; then ok "valid attach"; else bad "valid attach"; head -c 2000 "$out/log"; fi
  if pdfdetach -list "${whole[0]}" | grep -q 核对表.xlsx; then ok "files inside"; else bad "files inside"; fi
  if command -v soffice >/dev/null; then
    # LibreOffice opens the review copy and keeps every comment.
    comments=$(unzip -p "${docx[0]}" word/comments.xml | grep -o '<w:comment ' | wc -l)
    soffice --headless --convert-to odt --outdir "$out/odt" "${docx[0]}" >/dev/null 2>&1
    kept=$(unzip -p "$out"/odt/*.odt content.xml | grep -o '<office:annotation ' | wc -l)
    if [ "$comments" -gt 0 ] && [ "$comments" -eq "$kept" ]; then ok "comments in LibreOffice: $kept"; else bad "comments in LibreOffice: $kept of $comments"; fi
  fi
else bad "build --review, --attach"; cat "$out/log"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
