"""The ink on the pages of a PDF against the places of GB/T 9704-2012 (lengths in mm)."""
import forms
from pages import BOTTOM, PX, Ink, pages

LEFT, RIGHT, LAST = 28.0, 184.0, 262.0
FULL_BOX_HALF_INK = set("，。、；：？！）》〉〕】”’")


class Measures:
    """Figures that were found, and those that are not where they belong."""

    def __init__(self, slack):
        self.slack, self.said, self.wrong = slack, [], []

    def near(self, name, value, expected, tolerance):
        self.said.append(f"{name} {value:.2f}")
        if abs(value - expected) > tolerance + self.slack:
            self.wrong.append(f"{name}: {value:.2f} instead of {expected:.2f} ± {tolerance + self.slack:.2f}")


def measure(pdf, kind, mirrored=False, slack=0.0):
    """What was found and what is wrong, of a report of kind 汇报, 简报, 公文, 信函, 命令 or 纪要. `slack` widens every tolerance
    (for a DOCX that LibreOffice drew). `mirrored`: even pages stand 2 mm to the left (版面 页边距对称)."""
    found, sheets, drawn = Measures(slack), pages(pdf), {}

    def ink(page):
        if page.number not in drawn: drawn[page.number] = Ink(pdf, page.number)
        return drawn[page.number]
    shift = lambda page: 2.0 if mirrored and page.number % 2 == 0 else 0.0
    for page in sheets:
        if abs(max(page.box[2:]) - 841.89) > 1 or abs(min(page.box[2:]) - 595.28) > 1: found.wrong.append(f"page {page.number}: sheet {page.box}")
    _text(found, sheets, shift)
    _numbers(found, sheets, shift, ink)
    if kind in forms.BY_KIND: forms.BY_KIND[kind](found, sheets, ink, ink(sheets[0]), ink(sheets[-1]))
    if kind in ("公文", "简报"):
        _head(found, kind, ink(sheets[0]))
        _imprint(found, ink(sheets[-1]), shift(sheets[-1]))
    return "; ".join(found.said), found.wrong


def _text(found, sheets, shift):
    body = [(c, shift(page)) for page in sheets if page.upright for c in page.chars if c.y < BOTTOM and c.upright]
    found.near("text left", min(c.x0 + off for c, off in body), LEFT, 0.5)
    right = max(c.x1 + off - (c.size / 2 if c.text in FULL_BOX_HALF_INK else 0) for c, off in body)
    if right > RIGHT + 0.5 + found.slack: found.wrong.append(f"text right {right:.2f} beyond {RIGHT}")


def _numbers(found, sheets, shift, ink):
    """Page numbers: outwards, one character from the edge; the dash of the first and of the last 7 mm below the text."""
    numbered = []
    for page in sheets:
        number = [c for c in page.chars if c.y > BOTTOM]
        if not page.upright or not any(c.text == "—" for c in number): continue
        numbered.append((page, min((c for c in number if c.text == "—"), key=lambda c: c.x0)))
        if page.number % 2: found.near(f"number {page.number} right", max(c.x1 for c in number), RIGHT - 4.94, 1)
        else: found.near(f"number {page.number} left", min(c.x0 for c in number), LEFT - shift(page) + 4.94, 1)
    for page, dash in numbered[:1] + numbered[-1:]:
        bands = ink(page).bands("dark", dash.x0 + 0.5, dash.x1 - 0.5, BOTTOM, 280)
        if bands: found.near("number dash", sum(bands[0]) / 2, LAST + 7, 0.7)
        else: found.wrong.append(f"number {page.number}: its dash has no ink")


def _wide(page, colour, off=0.0):
    """Rules over the whole width of the text."""
    return page.bands(colour, LEFT - off + 1, RIGHT - off - 1, 20, 290, 0.97)


def _head(found, kind, first):
    rules = _wide(first, "red")
    if len(rules) != 1:
        found.wrong.append(f"red rules on page 1: {rules}")
        return
    (top, bottom), = rules
    above = first.rows("dark", LEFT, RIGHT, 60, top - 0.3)
    if above: found.near("red rule below number", top - (above[-1] + 1) * PX, 4, 0.5)
    else: found.wrong.append("no text above the red rule")
    left, right = first.edges("red", (top + bottom) / 2)
    found.near("rule left", left, LEFT, 0.5)
    found.near("rule right", right, RIGHT, 0.5)
    mark = first.rows("red", LEFT - 2, RIGHT + 2, 20, top - 0.3)
    if kind == "公文" and mark: found.near("mark top", mark[0] * PX, 72, 1)
    elif kind == "公文": found.wrong.append("no red mark")
    elif bottom > 99: found.wrong.append(f"masthead reaches {bottom:.1f}, beyond the top third")


def _imprint(found, last, off):
    rules = _wide(last, "dark", off)
    if len(rules) < 2:
        found.wrong.append(f"版记 rules on the last page: {rules}")
        return
    found.near("last rule", rules[-1][1], LAST, 0.5)
    left, right = last.edges("dark", sum(rules[-1]) / 2)
    found.near("last rule left", left, LEFT - off, 0.5)
    found.near("last rule right", right, RIGHT - off, 0.5)
