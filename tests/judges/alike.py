"""PDF beside the DOCX of the same report as LibreOffice draws it: the same lines on the same pages, at the same places."""
import difflib
from pages import BOTTOM, lines, pages, rows

# How far a line may stand from its twin, mm. Word processors put body text lower than the PDF: at 0.8 of
# a line (23.16 pt) instead of 21.6 pt, which is 0.55 mm; the rest is what they round.
MOST = {"baseline": 0.8, "left edge": 0.5}


def agreement(pdf, drawn):
    """Pages of both; the share of lines that are the same and on the same page, in percent; what differs."""
    own, other = lines(pdf), lines(drawn)
    matcher = difflib.SequenceMatcher(None, [text for _, text in own], [text for _, text in other], autojunk=False)
    same = sum(own[m.a + k][0] == other[m.b + k][0] for m in matcher.get_matching_blocks() for k in range(m.size))
    differing = [(own[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    return len(pages(pdf)), len(pages(drawn)), 100 * same / max(len(own), len(other), 1), differing


def _places(path):
    """(page, text) → (baseline, left edge); a text that comes twice on a page is left out."""
    found, twice = {}, set()
    for page in pages(path):
        if not page.upright: continue
        for row in rows([c for c in page.chars if c.upright and c.y < BOTTOM], 0.3):
            key = page.number, "".join(c.text for c in row)
            if key in found: twice.add(key)
            found[key] = row[0].y, row[0].x0
    return {key: place for key, place in found.items() if key not in twice}


def places(pdf, drawn):
    """The greatest distances, said; and those that are over the bound."""
    own, other = _places(pdf), _places(drawn)
    both = [key for key in own if key in other]
    if not both: return "", ["no line is the same"]
    said, wrong = [f"{len(both)} lines"], []
    for axis, (word, most) in enumerate(MOST.items()):
        page, text = far = max(both, key=lambda key: abs(other[key][axis] - own[key][axis]))
        by = other[far][axis] - own[far][axis]
        said.append(f"{word} {by:+.2f}")
        if abs(by) > most: wrong.append(f"{word} {by:+.2f} mm on page {page}: {text[:30]}")
    return "; ".join(said), wrong
