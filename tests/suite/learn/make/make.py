"""Writes the reports of tests/suite/learn: python make.py [NAME…]. Needs python-docx, openpyxl, LibreOffice."""

import importlib
import re
import sys
from collections import Counter
from pathlib import Path

import word
from figures import MARK, Year, bare

HERE = Path(__file__).parent
OUT = HERE.parent


def text_of(report, year):
    said = Year(report.DATA, year)
    blocks = list(report.report(said))
    return said, blocks, word.lines(blocks, report.LOOK)


def gold(report):
    """A row for each figure, in the order of the text."""
    last, _, last_lines = text_of(report, 2024)
    after, _, next_lines = text_of(report, 2025)
    # A clause that is there in one year only would make the pairs unsure; those reports name their figures alike.
    rows = []
    assert len(last_lines) == len(next_lines), "the same paragraphs in both years"
    for number, ((_, a), (_, b)) in enumerate(zip(last_lines, next_lines), 1):
        mine, theirs = [MARK.findall(line) for line in (a, b)]
        assert len(mine) == len(theirs), (number, bare(a), bare(b))
        for (i, text), (j, later) in zip(mine, theirs):
            f, g = last.figures[int(i)], after.figures[int(j)]
            kinds = {f.kind, g.kind}
            assert f.kind == g.kind or kinds == {"growth", "small-base"}, (f, g)
            rows.append((len(rows) + 1, number, text, later, f.kind, f.state, f.comment or "-", f.template))
    return rows, [bare(l) for _, l in last_lines], [bare(l) for _, l in next_lines], [l for _, l in last_lines]


def make(report):
    name = report.__name__.split(".")[-1]
    name = name[1:].replace("_", "-")
    folder = OUT / report.PLACE / name
    folder.mkdir(parents=True, exist_ok=True)
    rows, last, after, marked = gold(report)
    head = ("n", "paragraph", "last", "next", "kind", "state", "comment", "reading")
    table = ["\t".join(map(str, row)) for row in (head, *rows)]
    (folder / "gold.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    (folder / "last.txt").write_text("\n".join(last) + "\n", encoding="utf-8")
    (folder / "next.txt").write_text("\n".join(after) + "\n", encoding="utf-8")
    if getattr(report, "YAML", None):
        report.DATA.yaml(folder / "数据.yaml", report.YAML)
    else:
        report.DATA.workbook(folder / "数据.xlsx")
    for year in [2024] + ([2023] if getattr(report, "TWO", False) else []):
        _, blocks, lines = text_of(report, year)
        path = folder / f"报告{year}.docx"
        word.write(blocks, report.LOOK, path)
        texts = [bare(line) for _, line in lines]
        assert word.read(path) == texts, difference(word.read(path), texts)
        if year == 2023:
            (folder / "before.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    return name, rows, last, after


def difference(a, b):
    return next(((x, y) for x, y in zip(a, b) if x != y), (len(a), len(b)))


def check(name, rows, last, after):
    """What the README promises of each report."""
    for n, paragraph, text, later, kind, state, *_ in rows:
        assert text in last[paragraph - 1] and later in after[paragraph - 1], (name, n)
        assert "\t" not in text and "\n" not in text
        assert state in ("认定", "不是数据")
    data = [r for r in rows if r[5] == "认定"]
    same = [(r[0], r[2], r[4]) for r in data if r[2] == r[3]]
    ways = [r for r in data if r[4] in ("growth", "change", "points", "from-to")]
    turned = [r for r in ways if ("增" in r[2] or "提" in r[2]) != ("增" in r[3] or "提" in r[3])]
    readings = {}
    for r in rows:
        for number in re.findall(r"\d+(?:\.\d+)?", r[2]) if r[4] != "date" else ():
            readings.setdefault(number, set()).add(r[7])
    twice = sum(len(found) > 1 for found in readings.values())
    print(f"{name}: {len(rows)} figures, {len(data)} data, {len(same)} alike, {len(turned)} of {len(ways)} turn, {twice} numbers of several readings")
    assert len(data) >= 45, name
    assert len(same) <= len(data) * 0.08, same
    return same


def all_reports(asked):
    found = sorted([*HERE.glob("reports/r[0-9]*.py"), *HERE.glob("aside/r[0-9]*.py")], key=lambda p: p.stem)
    names = [f"{p.parent.name}.{p.stem}" for p in found if not asked or any(a in p.stem for a in asked)]
    return [importlib.import_module(name) for name in names]


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    kinds, total = Counter(), 0
    for report in all_reports(sys.argv[1:]):
        name, rows, last, after = make(report)
        for row in check(name, rows, last, after):
            print("   alike:", *row)
        kinds.update(r[4] for r in rows)
        total += len(rows)
    print(total, "figures;", ", ".join(f"{k} {v}" for k, v in kinds.most_common()))
