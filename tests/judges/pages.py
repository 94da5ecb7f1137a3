"""What is on the pages of a PDF: its characters, and its ink. Lengths in mm from the top left of the sheet."""
import collections, functools, pathlib, subprocess, tempfile
import pdfplumber
from PIL import Image, ImageChops

BOTTOM = 263.0  # below the type area there are only page numbers
DPI = 300
PX = 25.4 / DPI  # mm a pixel
mm = lambda points: float(points) * 25.4 / 72


class Char:
    __slots__ = "text", "x0", "x1", "y", "size", "upright"

    def __init__(self, c, height):
        self.text, self.upright = c["text"], c["upright"]
        self.x0, self.x1, self.size = mm(c["x0"]), mm(c["x1"]), mm(c["size"])
        self.y = mm(height - c["matrix"][5])  # baseline


class Page:
    def __init__(self, page):
        self.number, self.width, self.height = page.page_number, page.width, page.height
        self.box = [float(v) for v in page.mediabox]
        self.chars = [Char(c, page.height) for c in page.chars if c["text"].strip()]

    @property
    def upright(self):
        return self.width < self.height


@functools.lru_cache(maxsize=4)
def pages(path):
    with pdfplumber.open(path) as doc:
        return [Page(page) for page in doc.pages]


def rows(chars, apart):
    """Characters by baseline, from top to bottom and from left to right; baselines less than `apart` mm below
    the first of a row belong to it."""
    out = []
    for c in sorted(chars, key=lambda c: c.y):
        if out and c.y - out[-1][0].y < apart: out[-1].append(c)
        else: out.append([c])
    return [sorted(row, key=lambda c: c.x0) for row in out]


@functools.lru_cache(maxsize=4)
def lines(path):
    """(page, text) of each line of the type areas."""
    out = []
    for page in pages(path):
        out += [(page.number, "".join(c.text for c in row)) for row in rows([c for c in page.chars if c.y < BOTTOM], mm(2.5))]
    return out


class Ink:
    """A page drawn at 300 dpi: which pixels are red or dark."""

    def __init__(self, path, number):
        with tempfile.TemporaryDirectory() as where:
            subprocess.run(["pdftoppm", "-r", str(DPI), "-f", str(number), "-l", str(number), path, f"{where}/p"], check=True)
            red, green, blue = Image.open(next(pathlib.Path(where).iterdir())).convert("RGB").split()
        over, under = (lambda image, level: image.point(lambda v: 255 * (v > level))), (lambda image, level: image.point(lambda v: 255 * (v < level)))
        self.masks = {
            "dark": under(ImageChops.lighter(ImageChops.lighter(red, green), blue), 128),
            "red": ImageChops.darker(over(red, 150), ImageChops.darker(under(green, 120), under(blue, 120))),
        }

    def rows(self, colour, x0, x1, y0, y1, share=0.0):
        """Pixel rows in which more than `share` of the columns from x0 to x1 have this colour."""
        mask = self.masks[colour]
        a, b = int(x0 / PX), min(mask.width, int(x1 / PX))
        top = int(y0 / PX)
        data = mask.crop((a, top, b, min(mask.height, int(y1 / PX)))).tobytes()
        wide = b - a
        return [top + k for k in range(len(data) // wide) if data.count(255, k * wide, (k + 1) * wide) > share * wide]

    def bands(self, *args, **named):
        """Runs of neighbouring rows as (top, bottom)."""
        out = []
        for y in self.rows(*args, **named):
            if out and y - out[-1][1] <= 1: out[-1][1] = y
            else: out.append([y, y])
        return [(a * PX, (b + 1) * PX) for a, b in out]

    def edges(self, colour, y):
        """The first and the last place of a colour on the row at y."""
        mask = self.masks[colour]
        row = mask.crop((0, int(y / PX), mask.width, int(y / PX) + 1)).tobytes()
        return row.find(b"\xff") * PX, (row.rfind(b"\xff") + 1) * PX
