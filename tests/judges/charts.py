"""Native charts of a DOCX: what LibreOffice keeps of them when it saves the document again, and whether their bars and
pieces stand where those of the PDF do."""
import io, re, zipfile
import xml.etree.ElementTree as ET
import pdfplumber

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# How far an edge of a bar may stand from its twin, mm. LibreOffice rounds places to 0.01 mm and draws outlines around.
MOST = 0.4


def has(docx):
    with zipfile.ZipFile(docx) as z: return any(re.fullmatch(r"word/charts/chart\d+\.xml", name) for name in z.namelist())


def charts(docx):
    """Each chart in the order of the text: its kinds, its series (name, labels, values), the cells of its workbook."""
    with zipfile.ZipFile(docx) as z:
        names = set(z.namelist())
        targets = {r.get("Id"): r.get("Target") for r in ET.fromstring(z.read("word/_rels/document.xml.rels")).iter(R + "Relationship")}
        used = re.findall(r'<c:chart\b[^>]*\br:id="([^"]+)"', z.read("word/document.xml").decode())
        return [_chart(z, names, "word/" + targets[id].removeprefix("/word/")) for id in used]


def _chart(z, names, path):
    root = ET.fromstring(z.read(path))
    kinds = sorted({e.tag.removeprefix(C) for e in root.find(f"{C}chart/{C}plotArea") if e.tag.endswith("Chart")})
    series = []
    for ser in root.iter(C + "ser"):
        texts = lambda what: [v.text for v in ser.findall(f"{C}{what}//{C}v")]
        values = {int(pt.get("idx")): round(float(pt.find(C + "v").text), 9) for pt in ser.findall(f"{C}val//{C}pt") if pt.find(C + "v").text != "NaN"}
        series.append((tuple(texts("tx")), tuple(texts("cat")), values))
    rels = path.replace("charts/", "charts/_rels/") + ".rels"
    books = [r.get("Target") for r in ET.fromstring(z.read(rels)).iter(R + "Relationship")] if rels in names else []
    cells = [_cells(z.read("word/" + target.removeprefix("../"))) for target in books if target.endswith(".xlsx")]
    return kinds, series, cells


def _cells(book):
    """The numbers of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(book)) as z: sheet = z.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r'<c r="([A-Z]+\d+)"[^>]*><v>([^<]*)</v>', sheet)


def kept(docx, saved):
    """What is lost or changed of the charts of a DOCX that was opened and saved again."""
    own, other = charts(docx), charts(saved)
    wrong = [] if len(own) == len(other) else [f"{len(own)} charts, then {len(other)}"]
    for n, ((kinds, series, cells), (kinds_, series_, cells_)) in enumerate(zip(own, other), 1):
        if kinds != kinds_: wrong.append(f"chart {n}: {kinds}, then {kinds_}")
        by_data = lambda all: sorted(all, key=lambda one: repr(one[1:] + one[:1]))
        pairs = zip(by_data(series), by_data(series_))
        # A series without a name is given one.
        if len(series) != len(series_) or any(a[1:] != b[1:] or a[0] not in ((), b[0]) for a, b in pairs):
            wrong.append(f"chart {n}: series {series}, then {series_}")
        if not cells: wrong.append(f"chart {n} has no workbook")
        elif cells != cells_: wrong.append(f"chart {n}: another workbook, or none")
    return len(own), wrong


def _shapes(path):
    """Filled bars and pieces of each page: (lightness, left, top, right, bottom), mm."""
    found = {}
    with pdfplumber.open(path) as doc:
        for page in doc.pages:
            for shape in [*page.rects, *page.curves]:
                colour = shape.get("non_stroking_color")
                if not shape.get("fill") or colour is None: continue
                light = sum(colour) / len(colour) if isinstance(colour, (tuple, list)) else float(colour)
                box = [shape[k] / 72 * 25.4 for k in ("x0", "top", "x1", "bottom")]
                if 0.1 < light < 0.99 and min(box[2] - box[0], box[3] - box[1]) > 0.8 and max(box[2] - box[0], box[3] - box[1]) > 5.5:
                    found.setdefault(page.page_number, []).append((light, *box))
    return found


def places(pdf, drawn):
    """How many bars and pieces of the PDF there are, the greatest distance to their twins, and what has none."""
    own, other = _shapes(pdf), _shapes(drawn)
    count, far, wrong = 0, 0.0, []
    for page, shapes in own.items():
        for light, *box in shapes:
            alike = [max(abs(a - b) for a, b in zip(box, twin)) for grey, *twin in other.get(page, []) if abs(grey - light) < 0.03]
            count, by = count + 1, min(alike, default=99.0)
            far = max(far, by)
            if by > MOST: wrong.append(f"page {page}: {light:.2f} at {[round(x, 1) for x in box]}, {by:.2f} mm off")
    return count, far, wrong
