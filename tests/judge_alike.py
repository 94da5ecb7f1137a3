#!/usr/bin/env python3
"""How far the lines of a DOCX, as LibreOffice draws it, stand from the same lines of the PDF.

usage: judge_alike.py REPORT.pdf REPORT.docx --tools DIR --fonts DIR

Compares baseline and left edge of every line of the type area whose text and page are the same.
Prints the greatest distances; exit 1 when one is over the bound or no line is the same. The
bound for baselines holds what word processors themselves put body text lower than the PDF: at 0.8
of a line (23.16 pt) instead of 21.6 pt, which is 0.55 mm, and what they round.
needs: pdfplumber
"""
import collections, pathlib, sys, tempfile
import pdfplumber

MOST = {"baseline": 0.8, "left edge": 0.5}  # mm

def option(key):
    return pathlib.Path(sys.argv[sys.argv.index(key) + 1]).resolve()

def lines(path):
    """(page, text) → (baseline, left edge) in mm; a text that comes twice on a page is left out."""
    mm = lambda v: float(v) * 25.4 / 72
    found, twice = {}, set()
    with pdfplumber.open(path) as doc:
        for page in doc.pages:
            rows = collections.defaultdict(list)
            for c in page.chars:
                y = mm(page.height - c["matrix"][5])
                if c["text"].strip() and c["upright"] and page.width < page.height and y < 263:
                    near = next((row for row in rows if abs(row - y) < 0.3), y)
                    rows[near].append(c)
            for y, chars in rows.items():
                chars.sort(key=lambda c: c["x0"])
                key = page.page_number, "".join(c["text"] for c in chars)
                if key in found: twice.add(key)
                found[key] = y, mm(chars[0]["x0"])
    return {key: place for key, place in found.items() if key not in twice}

def main():
    pdf, docx = sys.argv[1:3]
    sys.path.insert(0, str(option("--tools")))
    import agree
    with tempfile.TemporaryDirectory() as where:
        drawn = lines(agree.docx_to_pdf(pathlib.Path(docx).resolve(), option("--fonts"), where))
    own = lines(pdf)
    both = [key for key in own if key in drawn]
    name = pathlib.Path(docx).name
    if not both: sys.exit(f"{name}: no line is the same")
    worst = []
    for axis, word in enumerate(MOST):
        far = max(both, key=lambda key: abs(drawn[key][axis] - own[key][axis]))
        worst.append((drawn[far][axis] - own[far][axis], word, far))
    print(f"{name}: {len(both)} lines; " + "; ".join(f"{word} {by:+.2f}" for by, word, _ in worst))
    wrong = [w for w in worst if abs(w[0]) > MOST[w[1]]]
    for by, word, (page, text) in wrong: print(f"  WRONG {word} {by:+.2f} mm on page {page}: {text[:30]}")
    sys.exit(bool(wrong))

main()
