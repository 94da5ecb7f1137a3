"""A report as the Word file that a clerk typed: headings by style, by number or by bold; runs cut where the
word processor cut them; fonts set by hand or by styles; some files saved once by LibreOffice."""

import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from data import STAMP
from figures import bare, numeral


@dataclass
class Look:
    headings: str = "typed"  # style, typed, bold
    numbers: bool = True
    cut: int = 0  # 0: whole runs; else the seed of where runs are cut
    fonts: str = "plain"  # plain, official
    indent: str = "format"  # format, spaces
    soffice: bool = False
    header: str = ""
    footer: bool = False
    comment: tuple = ()  # a word of the text, what was noted at it
    breaks: bool = False  # blank paragraphs between the parts


def lines(blocks, look):
    """The text, a line for each paragraph; a row of a table is a line |甲|乙|. Marks are kept."""
    out, first, second = [], 0, 0
    for block in blocks:
        kind, text = block[0], block[1]
        if kind == "h1":
            first, second = first + 1, 0
            out.append((block, f"{numeral(first)}、{text}" if look.numbers else text))
        elif kind in ("h2", "runin"):
            second += 1
            text = f"（{numeral(second)}）{text}" if look.numbers else text
            out.append((block, text + (block[2] if kind == "runin" else "")))
        elif kind == "table":
            if text:
                out.append((("caption", text), text))
            for row in block[2]:
                out.append((block, "|" + "|".join(row) + "|"))
        else:
            out.append((block, text))
    return out


def write(blocks, look, path):
    document = Document()
    prepare(document, look)
    typed = [(block, bare(line)) for block, line in lines(blocks, look)]
    cuts = random.Random(look.cut)
    at = 0
    while at < len(typed):
        block, text = typed[at]
        if block[0] == "table":
            rows = [t for b, t in typed[at:] if b is block]
            table(document, rows, look, cuts)
            at += len(rows)
            continue
        if look.breaks and block[0] == "h1":
            document.add_paragraph()
        paragraph(document, block, text, look, cuts)
        at += 1
    margins(document, look)
    document.core_properties.author = "办公室"
    document.core_properties.created = document.core_properties.modified = STAMP
    document.save(path)
    if look.soffice:
        through_soffice(path)
    same_bytes(path)


def prepare(document, look):
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman" if look.fonts == "official" else "宋体"
    normal.font.size = Pt(16 if look.fonts == "official" else 14)
    east(normal.element.get_or_add_rPr(), "仿宋_GB2312" if look.fonts == "official" else "宋体")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if look.fonts == "official":
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        normal.paragraph_format.line_spacing = Pt(28)
        normal.paragraph_format.space_after = Pt(0)
    for level, face in ((1, "黑体"), (2, "楷体_GB2312")):
        style = document.styles[f"Heading {level}"]
        style.font.size = Pt(16)
        style.font.bold = level == 1
        east(style.element.get_or_add_rPr(), face)


def east(properties, face):
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), face)


def paragraph(document, block, text, look, cuts):
    kind = block[0]
    styled = look.headings == "style" and kind in ("h1", "h2")
    made = document.add_paragraph(style=f"Heading {kind[1]}" if styled else None)
    lead = ""
    if kind in ("title", "caption"):
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind in ("sign", "date"):
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif kind not in ("to",) and not styled:
        if look.indent == "format":
            made.paragraph_format.first_line_indent = Pt(32)
        else:
            lead = "　　"
    head = bare_head(block, text)
    for part, is_head in ((lead + text[: len(head)], True), (text[len(head) :], False)):
        for piece in pieces(part, look, cuts):
            run = made.add_run(piece)
            dress(run, kind, is_head, look, styled)
    if look.comment and look.comment[0] in text:
        document.add_comment(made.runs, text=look.comment[1], author="科长", initials="科")


def bare_head(block, text):
    """What a heading that runs in sets apart from its text."""
    if block[0] != "runin":
        return text
    return text[: len(text) - len(bare(block[2]))]


def dress(run, kind, is_head, look, styled):
    if styled:
        return
    if kind == "title":
        run.font.size = Pt(22)
        run.font.bold = look.fonts != "official"
        if look.fonts == "official":
            east(run._r.get_or_add_rPr(), "方正小标宋简体")
        return
    if kind in ("h1", "h2", "runin") and is_head:
        run.font.bold = look.headings == "bold" or None
        if look.headings != "bold":
            east(run._r.get_or_add_rPr(), "黑体" if kind == "h1" else "楷体_GB2312")
        return
    if look.fonts == "official":
        run.font.name = "仿宋_GB2312"
        run.font.size = Pt(16)
        east(run._r.get_or_add_rPr(), "仿宋_GB2312")


def pieces(text, look, cuts):
    """Where a clerk corrected a word, the word processor cuts the run: also within a number."""
    if not look.cut or len(text) < 2:
        return [text] if text else []
    places = [m.start() + 1 for m in re.finditer(r"\d(?=[\d.%\u4e00-\u9fff])", text) if cuts.random() < 0.35]
    places += [p for p in range(1, len(text)) if cuts.random() < 0.03]
    bounds = [0, *sorted(set(places)), len(text)]
    return [text[a:b] for a, b in zip(bounds, bounds[1:])]


def table(document, rows, look, cuts):
    cells = [row.strip("|").split("|") for row in rows]
    made = document.add_table(rows=len(cells), cols=len(cells[0]), style="Table Grid")
    for across, row in enumerate(cells):
        assert len(row) == len(cells[0]), row
        for down, text in enumerate(row):
            par = made.cell(across, down).paragraphs[0]
            par.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for piece in pieces(text, look, cuts):
                run = par.add_run(piece)
                run.font.size = Pt(12)
                run.font.bold = across == 0 or None


def margins(document, look):
    section = document.sections[0]
    if look.header:
        section.header.paragraphs[0].text = look.header
    if look.footer:
        par = section.footer.paragraphs[0]
        par.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
            run = par.add_run()
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = text
            run._r.append(mark)


def through_soffice(path):
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        source = Path(folder, "in", "a.docx")
        source.parent.mkdir()
        shutil.copy(path, source)
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder, source],
            check=True, capture_output=True, timeout=180,
        )
        shutil.copy(Path(folder, "a.docx"), path)


def same_bytes(path):
    """No clock in the package; the parts in their order."""
    parts = zipfile.ZipFile(path)
    held = [(name, parts.read(name)) for name in parts.namelist()]
    parts.close()
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in held:
            if name.endswith("core.xml"):
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            if name == "word/comments.xml":
                content = re.sub(rb'w:date="[^"]*"', b'w:date="' + stamp + b'"', content)
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)


def read(path):
    """The lines of a Word file, read again over python-docx."""
    document, out = Document(path), []
    for element in document.element.body:
        if element.tag == qn("w:p"):
            text = "".join(node.text or "" for node in element.iter(qn("w:t"))).strip(" \u3000")
            out += [text] if text else []
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ["".join(n.text or "" for n in c.iter(qn("w:t"))) for c in row.iter(qn("w:tc"))]
                out.append("|" + "|".join(cells) + "|")
    return out
