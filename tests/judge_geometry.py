#!/usr/bin/env python3
"""Measures the ink on the pages of a PDF against the places of GB/T 9704-2012.

usage: judge_geometry.py FILE.pdf|FILE.docx 汇报|简报|公文 [--mirrored] [--slack MM] [--tools DIR --fonts DIR]

Pages are drawn at 300 dpi and looked at: what counts is ink, not boxes. --slack widens every
tolerance (for a DOCX, which LibreOffice draws by agree.py in the folder of --tools). --mirrored:
even pages stand 2 mm to the left, pages set sideways 1 mm (版面 页边距对称). Prints a line for each
measure that is wrong and the figures found; exit 1 when any is wrong.
needs: pdfplumber; pdftoppm
"""
import pathlib, subprocess, sys, tempfile
import pdfplumber
from PIL import Image

DPI = 300
PX = 25.4 / DPI                              # mm a pixel
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
TRAILING = set("，。、；：？！）》〉〕】”’")    # full boxes whose ink is half

def rows(image, test, x0=0.0, x1=210.0, y0=0.0, y1=297.0, share=0.0):
    """Rows (mm) in which more than `share` of the columns pass."""
    w, h = image.size
    a, b = int(x0 / PX), min(w, int(x1 / PX))
    data = image.load()
    out = []
    for y in range(int(y0 / PX), min(h, int(y1 / PX))):
        n = sum(1 for x in range(a, b) if test(data[x, y]))
        if n > share * (b - a): out.append(y)
    return out

def bands(rows):
    """Runs of neighbouring rows as (top, bottom) in mm."""
    out = []
    for y in rows:
        if out and y - out[-1][1] <= 1: out[-1][1] = y
        else: out.append([y, y])
    return [(a * PX, (b + 1) * PX) for a, b in out]

red = lambda p: p[0] > 150 and p[1] < 120 and p[2] < 120
dark = lambda p: max(p) < 128

def main():
    path, kind = sys.argv[1], sys.argv[2]
    slack = float(sys.argv[sys.argv.index("--slack") + 1]) if "--slack" in sys.argv else 0.0
    wrong, said = [], []
    # How far the type area of a page stands from the odd pages' to the left, mm.
    shift = lambda number: 2.0 if "--mirrored" in sys.argv and number % 2 == 0 else 0.0

    def near(name, value, expected, tolerance):
        said.append(f"{name} {value:.2f}")
        if abs(value - expected) > tolerance + slack:
            wrong.append(f"{name}: {value:.2f} instead of {expected:.2f} ± {tolerance + slack:.2f}")

    name = pathlib.Path(path).name
    with tempfile.TemporaryDirectory() as where:
        if path.endswith(".docx"):
            option = lambda key: pathlib.Path(sys.argv[sys.argv.index(key) + 1]).resolve()
            sys.path.insert(0, str(option("--tools")))
            import agree
            path = str(agree.docx_to_pdf(pathlib.Path(path).resolve(), option("--fonts"), where))
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", path, f"{where}/p"], check=True)
        images = [Image.open(f).convert("RGB") for f in sorted(pathlib.Path(where).glob("p*.png"))]
        with pdfplumber.open(path) as doc:
            pages = list(doc.pages)
            left, right, foot = [], [], []
            for page, image in zip(pages, images):
                off = shift(page.page_number)
                box = [float(v) for v in page.mediabox]
                upright = page.width < page.height
                if abs(max(box[2:]) - 841.89) > 1 or abs(min(box[2:]) - 595.28) > 1:
                    wrong.append(f"page {page.page_number}: sheet {box}")
                if not upright: continue
                mm = lambda v: float(v) * 25.4 / 72
                chars = [c for c in page.chars if c["text"].strip()]
                base = lambda c: mm(page.height - c["matrix"][5])
                body = [c for c in chars if base(c) < 263]
                for c in body:
                    half = mm(c["size"]) / 2
                    if c["upright"]:
                        left.append(mm(c["x0"]) + off)
                        right.append(mm(c["x1"]) + off - (half if c["text"] in TRAILING else 0))
                dashes = [c for c in chars if base(c) > 263 and c["text"] == "—"]
                if dashes:
                    d = min(dashes, key=lambda c: c["x0"])
                    ink = bands(rows(image, dark, mm(d["x0"]) + 0.5, mm(d["x1"]) - 0.5, 263, 280))
                    if ink: foot.append((ink[0][0] + ink[0][1]) / 2)
                    digits = [c for c in chars if base(c) > 263]
                    if page.page_number % 2: near(f"number {page.page_number} right", max(mm(c["x1"]) for c in digits), RIGHT - 4.94, 1)
                    else: near(f"number {page.page_number} left", min(mm(c["x0"]) for c in digits), LEFT - off + 4.94, 1)
            near("text left", min(left), LEFT, 0.5)
            if max(right) > RIGHT + 0.5 + slack: wrong.append(f"text right {max(right):.2f} beyond {RIGHT}")
            for y in foot[:1] + foot[-1:]: near("number dash", y, 269, 0.7)
            first, last = images[0], images[-1]
            wide = lambda image, test, off=0.0: bands(rows(image, test, LEFT - off + 1, RIGHT - off - 1, 20, 290, 0.97))
            if kind != "汇报":
                rules = wide(first, red)
                if len(rules) != 1: wrong.append(f"red rules on page 1: {rules}")
                else:
                    rule = rules[0]
                    above = rows(first, dark, LEFT, RIGHT, 60, rule[0] - 0.3)
                    near("red rule below number", rule[0] - (above[-1] + 1) * PX, 4, 0.5)
                    edges = [x for x in range(first.size[0]) if red(first.getpixel((x, int((rule[0] + rule[1]) / 2 / PX))))]
                    near("rule left", edges[0] * PX, LEFT, 0.5)
                    near("rule right", (edges[-1] + 1) * PX, RIGHT, 0.5)
                    ink = rows(first, red, LEFT - 2, RIGHT + 2, 20, rule[0] - 0.3)
                    if kind == "公文": near("mark top", ink[0] * PX, 72, 1)
                    elif rule[1] > 99: wrong.append(f"masthead reaches {rule[1]:.1f}, beyond the top third")
                off = shift(len(images))
                rules = wide(last, dark, off)
                if len(rules) < 2: wrong.append(f"版记 rules on the last page: {rules}")
                else:
                    near("last rule", rules[-1][1], BOTTOM, 0.5)
                    y = int(sum(rules[-1]) / 2 / PX)
                    edges = [x for x in range(last.size[0]) if dark(last.getpixel((x, y)))]
                    near("last rule left", edges[0] * PX, LEFT - off, 0.5)
                    near("last rule right", (edges[-1] + 1) * PX, RIGHT - off, 0.5)
    print(f"{name} ({kind}): " + "; ".join(said))
    for line in wrong: print("  WRONG " + line)
    sys.exit(bool(wrong))

main()
