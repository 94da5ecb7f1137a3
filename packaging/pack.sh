#!/bin/sh
# Puts together what an offline PC needs, in one folder to be copied: the program, its fonts, report
# forms and samples, the instructions.
# packaging/pack.sh [TARGET]     for example packaging/pack.sh x86_64-pc-windows-gnu
#   HUIBAO=FILE  a program that is built already     OUT=DIR  where the folder goes (default: dist)
set -eu
cd "$(dirname "$0")/.."
target=${1:-}
host=$(rustc -vV 2>/dev/null | sed -n 's/^host: //p')
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
case ${target:-$host} in *windows*) suffix=.exe ;; *) suffix= ;; esac
if [ -z "${HUIBAO:-}" ]; then
    cargo build --release ${target:+--target "$target"} 1>&2
    HUIBAO=${CARGO_TARGET_DIR:-target}/${target:+$target/}release/huibao$suffix
fi
folder=${OUT:-dist}/huibao-$version-${target:-$host}
rm -rf "$folder"
mkdir -p "$folder"
cp "$HUIBAO" "$folder/huibao$suffix"
cp -R fonts report-templates samples LICENSE CHANGELOG.md "$folder/"
mkdir "$folder/docs"
cp docs/*.zh-CN.md "$folder/docs/"
# Its pictures are left out: they show what the first command makes.
grep -v '<img' README.zh-CN.md >"$folder/使用说明.md"
case ${target:-$host} in
    *windows*) cp packaging/windows/*.cmd "$folder/" ;;
    *linux*) cp packaging/linux/*.desktop "$folder/" ;;
esac
sum=$(command -v sha256sum || echo "shasum -a 256")
(cd "$folder" && find . -type f ! -name SHA256SUMS.txt | LC_ALL=C sort | tr '\n' '\0' | xargs -0 $sum) >"$folder.sums"
mv "$folder.sums" "$folder/SHA256SUMS.txt"
echo "$folder"
