"""Has huibao print every reading of the gold with the data of both years: python proof.py HUIBAO [NAME…]."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import word
from make import OUT, all_reports, gold


def printed(huibao, folder, rows, year, work):
    pack = Path(work, "pack")
    pack.mkdir(exist_ok=True)
    (pack / "template.yaml").write_text("名称: 核对\n标题: 核对\n文件名: 核对\n格式: [docx]\n", encoding="utf-8")
    body = "\n\n".join(f"第<{r[0]}>为{r[7]}。" for r in rows if r[5] == "认定")
    (pack / "report.md.j2").write_text(body.replace("<", "【").replace(">", "】") + "\n", encoding="utf-8")
    data = next(folder.glob("数据.*"))
    run = subprocess.run(
        [huibao, "build", data, "-t", pack, "-o", Path(work, "out"), "--year", str(year), "-f", "docx"],
        capture_output=True, text=True,
    )
    if run.returncode:
        print("\n".join(l for l in run.stderr.splitlines() if not l.startswith(("提示", "  怎么办：不用")))[:3000])
        raise SystemExit(f"{folder}: not built")
    lines = word.read(Path(work, "out", "核对.docx"))
    found = (re.match(r"第【(\d+)】为(.*)。$", line) for line in lines)
    return {int(m[1]): m[2] for m in found if m}


def main():
    huibao, asked = sys.argv[1], sys.argv[2:]
    wrong = 0
    for report in all_reports(asked):
        rows, *_ = gold(report)
        name = report.__name__.split(".")[-1][1:].replace("_", "-")
        for year, at in ((2024, 2), (2025, 3)):
            with tempfile.TemporaryDirectory() as work:
                said = printed(huibao, OUT / report.PLACE / name, rows, year, work)
            for r in rows:
                if r[5] == "认定" and said.get(r[0]) != r[at]:
                    wrong += 1
                    print(name, year, r[0], r[at], "|", said.get(r[0]), "|", r[7])
    print(wrong, "wrong")


if __name__ == "__main__":
    main()
