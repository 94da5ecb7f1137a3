"""Whether the lines of a DOCX end where those of its PDF end, by what the file says and the fonts alone.

Reckons the lines of every paragraph, those in tables and text boxes as well, by the rules of two
readers: Word (every character is tracked; Western text breaks at blanks and hyphens) and LibreOffice
(the last character of a stretch of one script or run is not tracked; Western text keeps to its marks).
Each line is looked for among the texts of the PDF that stand on one line without a gap. The lines of
the body text alone are also looked for in order, as whole lines of the PDF.
Written apart from the program; Word itself is not run.
"""
import collections, difflib, pathlib, re, zipfile
import xml.etree.ElementTree as ET
from fontTools.ttLib import TTFont
from pages import lines as pdf_lines, mm, pages

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = {"仿宋_GB2312": "FandolFang-Regular.otf", "楷体_GB2312": "FandolKai-Regular.otf", "黑体": "FandolHei-Regular.otf",
         "方正小标宋简体": "FandolSong-Bold.otf", "宋体": "NotoSerifSC-Regular.otf", "Times New Roman": "LiberationSerif-Regular.ttf"}
FIRST = set("!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠")
LAST = set("$([{£¥‘“〈《「『【〔〖〝＄（［｛￡￥")
CLOSING = set("，。、）》〉」』】〕〗”’")
latin = lambda c: c < "\u0590"
weak = lambda c: c == " " or "\u2000" <= c < "\u2C00"

class Widths:
    def __init__(self, folder):
        self.folder, self.fonts = pathlib.Path(folder), {}

    def font(self, name):
        if name not in self.fonts:
            font = TTFont(self.folder / name, lazy=True)
            self.fonts[name] = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        return self.fonts[name]

    def of(self, face, c):
        for name in (FONTS.get(face, "NotoSerifSC-Regular.otf"), "NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"):
            cmap, metrics, em = self.font(name)
            if ord(c) in cmap: return metrics[cmap[ord(c)]][0] / em
        return 1.0

class Book:
    """Styles by id; a property comes from the nearest that says it."""
    def __init__(self, xml):
        root = ET.fromstring(xml)
        self.styles = {s.get(W + "styleId"): s for s in root.iter(W + "style")}
        self.defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, name):
        while name in self.styles:
            yield self.styles[name]
            based = self.styles[name].find(W + "basedOn")
            name = based.get(W + "val") if based is not None else None

    def look(self, places, tag, key):
        for place in places:
            found = place.find(W + tag) if place is not None else None
            if found is not None and found.get(W + key) is not None: return found.get(W + key)

    def run(self, paragraph, run, tag, key="val"):
        own, own_style = (run.find(W + "rPr"), None) if run is not None else (None, None)
        if own is not None and own.find(W + "rStyle") is not None: own_style = own.find(W + "rStyle").get(W + "val")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val") if style is not None else "Normal"
        places = [own, *(s.find(W + "rPr") for s in self.chain(own_style)), *(s.find(W + "rPr") for s in self.chain(name)), self.defaults]
        return self.look(places, tag, key)

    def paragraph(self, paragraph, tag, key):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val") if style is not None else "Normal"
        return self.look([paragraph.find(W + "pPr"), *(s.find(W + "pPr") for s in self.chain(name))], tag, key)

def cells(paragraph, book, widths):
    """(character, width, spacing, stretch) of the text; \\n and \\t as they are."""
    out, stretch, script = [], 0, True
    before = None
    for run in paragraph.iter(W + "r"):
        if any(child.tag in (W + "drawing", W + "pict") for child in run): continue
        get = lambda tag, key="val": book.run(paragraph, run, tag, key)
        size, spacing = float(get("sz") or 32) / 2, float(get("spacing") or 0) / 20
        ascii_, east = get("rFonts", "ascii"), get("rFonts", "eastAsia")
        if (says := (size, spacing, ascii_, east)) != before: stretch, before = stretch + 1, says
        for child in run:
            text = {W + "t": child.text or "", W + "br": "\n", W + "tab": "\t"}.get(child.tag, "")
            for c in text:
                own = script if weak(c) else latin(c)
                if own != script: stretch, script = stretch + 1, own
                wide = 0.0 if c in "\n\t\u2060" else widths.of(ascii_ if c < "\u0250" else east, c) * size
                out.append((c, wide, spacing, stretch))
    return out

def word_may(row, i):
    a, b = row[i - 1][0], row[i][0]
    if b == " ": return False
    if a == " ": return b not in FIRST
    if a < "\u0250" and b < "\u0250": return a == "-"
    return b not in FIRST and a not in LAST and not (a == b and a in "—…")

def office_may(row, i):
    a, b = row[i - 1][0], row[i][0]
    if b == " ": return False
    if a == " ": return True
    if latin(a) and latin(b): return a == "-" and b.isalpha()
    if b in FIRST or a in LAST or (a == b and a in "—…"): return False
    if latin(b) and (a in CLOSING or (weak(a) and a not in "—–‘“")): return False
    return not (latin(a) and (b in LAST or (weak(b) and b not in "—–")))

def word_width(line): return sum(w + s for _, w, s, _ in line)
def office_width(line):
    return sum(c[1] for c in line) + sum(a[2] for a, b in zip(line, line[1:]) if a[3] == b[3])

def break_up(row, room, first, width, may):
    """Lines by first fit; tabs part what stands on one line."""
    out, start = [], 0
    while start < len(row):
        stop = next((i for i in range(start, len(row)) if row[i][0] == "\n"), len(row))
        limit, end = room - (first if start == 0 else 0), start
        if "\t" in (c[0] for c in row[start:stop]): end = stop
        while end < stop:
            line = row[start:end + 1]
            while line and line[-1][0] == " ": line = line[:-1]
            if width(line) > limit + 0.01: break
            end += 1
        if end < stop: end = next((i for i in range(end, start, -1) if may(row, i)), max(end, start + 1))
        out += "".join(c[0] for c in row[start:end]).split("\t")
        start = end + (end < len(row) and row[end][0] == "\n")
    return [t for t in (re.sub(r"\s|\u2060", "", line) for line in out) if t]

def number(element, key, otherwise=0.0):
    return float(element.get(W + key, otherwise)) if element is not None else otherwise

def places(body):
    """Every paragraph with the width that it has, pt: of the page, of its cell or of its box."""
    sections, part = [], []
    for element in body:
        part.append(element)
        section = element if element.tag == W + "sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if section is not None: sections.append((part, section)); part = []
    for part, section in sections:
        size, margin = section.find(W + "pgSz"), section.find(W + "pgMar")
        page = (number(size, "w") - number(margin, "left") - number(margin, "right")) / 20
        for element in part:
            yield from inside(element, page)

def inside(element, room):
    if element.tag == W + "p":
        yield element, room
        for box in element.iter(W + "txbxContent"): yield from ((p, room) for p in box.iter(W + "p"))
    elif element.tag == W + "tbl":
        styled = element.find(f"{W}tblPr/{W}tblStyle")
        for cell in element.iter(W + "tc"):
            margin = 0.0 if styled is None or styled.get(W + "val") == "TableNormal" else 8.0
            wide = number(cell.find(f"{W}tcPr/{W}tcW"), "w", room * 20) / 20 - margin
            for p in cell.findall(W + "p"): yield p, wide

def docx_lines(path, widths):
    """Lines by each reader, lines of the body text by Word's rules, and spacings that single lines have of their own."""
    with zipfile.ZipFile(path) as z:
        book, body = Book(z.read("word/styles.xml")), ET.fromstring(z.read("word/document.xml")).find(W + "body")
    lines, own = {"Word": [], "LibreOffice": [], "body": []}, []
    top = {p for p in body.findall(W + "p") if p.find(f"{W}pPr/{W}framePr") is None}
    for paragraph, room in places(body):
        row = cells(paragraph, book, widths)
        indent = lambda key: float(book.paragraph(paragraph, "ind", key) or 0) / 20
        em = float(book.run(paragraph, None, "sz") or 32) / 2 + float(book.run(paragraph, None, "spacing") or 0) / 20
        first = float(book.paragraph(paragraph, "ind", "firstLineChars") or 0) / 100 * em or indent("firstLine") - indent("hanging")
        room -= indent("left") + indent("right")
        lines["Word"] += break_up(row, room, first, word_width, word_may)
        lines["LibreOffice"] += break_up(row, room, first, office_width, office_may)
        if paragraph in top: lines["body"] += break_up([(" ", *rest) if c == "\t" else (c, *rest) for c, *rest in row], room, first, word_width, word_may)
        usual = float(book.run(paragraph, None, "spacing") or 0) / 20
        if book.paragraph(paragraph, "jc", "val") == "both" or book.paragraph(paragraph, "pStyle", "val") is None:
            own += [s - usual for k, (_, _, s, _) in enumerate(row) if s != usual and (k == 0 or row[k - 1][2] != s)]
    return lines, own

def pdf_texts(path):
    """Texts of the PDF that stand on one line with no gap wider than two thirds of a character (of a mark: a third); and
    what neighbours make together: some lines and names are set so wide that they have such gaps."""
    out, joined = collections.Counter(), collections.Counter()
    for page in pages(path):
        found = collections.defaultdict(list)
        for c in page.chars:
            if c.upright: found[round(c.y / mm(1))].append(c)
        for y in sorted(found, reverse=True):
            if y not in found: continue
            # Baselines within 2 pt are one line: a character from another face is moved to where its neighbours stand.
            row, pieces = sorted(found.pop(y) + found.pop(y - 1, []) + found.pop(y - 2, []), key=lambda c: c.x0), [""]
            for a, b in zip(row, row[1:] + [None]):
                pieces[-1] += a.text
                if b is not None and b.x0 - a.x1 > (0.66 if a.size < mm(24) else 0.3) * a.size: pieces.append("")
            out.update(pieces)
            for i in range(len(pieces)):
                joined.update("".join(pieces[i:k]) for k in range(i + 2, min(len(pieces), i + 40) + 1))
    return out, joined

def missing_of(wanted, pools):
    """Lines that are in none of the pools; what was found is used up."""
    left, missing = [collections.Counter(pool) for pool in pools], []
    for line in wanted:
        pool = next((pool for pool in left if pool[line] > 0), None)
        if pool is None: missing.append(line)
        else: pool[line] -= 1
    return missing

def missing_in_order(wanted, path):
    """Lines that are no whole lines of the PDF, in their order."""
    whole = [re.sub(r"\s|\u2060", "", text) for _, text in pdf_lines(path)]
    matched = set()
    for m in difflib.SequenceMatcher(None, wanted, whole, autojunk=False).get_matching_blocks(): matched.update(range(m.a, m.a + m.size))
    return [line for k, line in enumerate(wanted) if k not in matched]

def compare(docx, pdf, fonts):
    """{what: (share in percent, lines, those missing in the PDF)} and what is said of spacings."""
    lines, own = docx_lines(docx, Widths(fonts))
    pools, out = pdf_texts(pdf), {}
    for what, wanted in lines.items():
        missing = missing_in_order(wanted, pdf) if what == "body" else missing_of(wanted, pools)
        out[what] = 100 * (1 - len(missing) / max(len(wanted), 1)), len(wanted), missing
    return out, f"{len(own)} lines of the text with a spacing of their own, widest {max(own, default=0):+.2f} pt"
