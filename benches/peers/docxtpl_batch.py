"""The usual way to the same reports: docxtpl fills a Word template, LibreOffice makes the PDF.

python3 benches/peers/docxtpl_batch.py UNITS.yaml PACK [COUNT]   (pip install docxtpl pyyaml)

Takes the text of a pack's report.md.j2, one paragraph a line, and prints milliseconds a report:
wall and processor time (children included). LibreOffice converts all files in one process, which
is its best case. Layout by the standard, a tagged PDF, origins of figures and a list are not made.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import jinja2
import yaml
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate


def template(pack: Path, target: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.size, style.paragraph_format.line_spacing = Pt(16), Pt(29)
    document.add_heading("{{ 名称 }}{{ 年份 }}年人大代表联络站工作简报", 0)
    for line in (pack / "report.md.j2").read_text(encoding="utf-8").splitlines():
        line = re.sub(r"^\{% (for|endfor)", r"{%p \1", line)
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), 1 + line.count("#"))
        elif line.strip():
            document.add_paragraph(line)
    document.save(target)


def environment() -> jinja2.Environment:
    env = jinja2.Environment()
    def change(new, old, unit):
        return f"{'增加' if new > old else '减少'}{abs(new - old)}{unit}" if new != old else "持平"
    def rate(new, old, unit):
        return f"同比{'增长' if new > old else '下降'}{abs(new - old) / old:.1%}" if old and new != old else "与上年持平"
    env.globals.update(增减=change, 同比=rate, 占比=lambda part, whole: f"{part / whole:.1%}")
    return env


def main() -> None:
    data = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pack, count = Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20
    rows = [row for row in data["乡镇"] if row["年份"] == data["年份"]][:count]
    old = {row["名称"]: row for row in data["乡镇"] if row["年份"] == data["年份"] - 1}
    with tempfile.TemporaryDirectory() as work:
        source = Path(work, "template.docx")
        template(pack, source)
        env = environment()
        began, before = time.monotonic(), os.times()
        files = []
        for row in rows:
            word = DocxTemplate(source)
            word.render({**row, "上年": old[row["名称"]]}, env)
            files.append(Path(work, f"{row['名称']}.docx"))
            word.save(files[-1])
        filled = time.monotonic()
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "pdf",
                        "--outdir", work, *map(str, files)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        done, after = time.monotonic(), os.times()
        made = len(list(Path(work).glob("*.pdf")))
        assert made == len(rows), f"{made} of {len(rows)} were made"
        cpu = sum(after[:4]) - sum(before[:4])
        print(f"docxtpl + LibreOffice, {made} reports: wall {(done - began) * 1000 / made:.1f} ms a report "
              f"(filling {(filled - began) * 1000 / made:.1f}), CPU {cpu * 1000 / made:.1f} ms a report")


main()
