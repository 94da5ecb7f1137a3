"""DOCX as LibreOffice draws it, many files by one process.

The fonts of a report stand in for the office faces that its DOCX names. LibreOffice does not take over
w:autoSpaceDE and w:overflowPunct, so the way goes by ODT, in which both are set as the DOCX has them.
Native charts draw no text: in the PDF theirs is outlines.
"""
import os, pathlib, re, subprocess, zipfile

STANDS_FOR = {
    "FandolFang R": ["仿宋_GB2312", "仿宋", "FangSong", "方正仿宋_GBK"],
    "FandolKai": ["楷体_GB2312", "楷体", "KaiTi"],
    "FandolHei": ["黑体", "SimHei"],
    "FandolSong": ["方正小标宋简体", "方正小标宋_GBK", "小标宋"],
    "Noto Serif SC": ["宋体", "SimSun"],
    "Liberation Serif": ["Times New Roman"],
}
# A busy machine takes its time; what hangs is ended.
SECONDS, SECONDS_A_FILE = 300, 30


def draw(docs, fonts, where):
    """Draws each DOCX; {docx: pdf}, without those that LibreOffice could not read."""
    where.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, FONTCONFIG_FILE=str(_fontconfig(fonts, where)))
    plain = {_numbered(where / "docx", k): doc for k, doc in enumerate(docs)}
    for copy, doc in plain.items(): _without_chart_text(doc, copy)
    _convert(list(plain), "odt", where / "odt", where, environment)
    odts = []
    for copy, doc in plain.items():
        odt = where / "odt" / f"{copy.stem}.odt"
        if odt.exists():
            odts.append(where / "fixed" / odt.name)
            _with_settings_of(doc, odt, odts[-1])
    _convert(odts, "pdf", where / "pdf", where, environment)
    drawn = {doc: where / "pdf" / f"{copy.stem}.pdf" for copy, doc in plain.items()}
    return {doc: pdf for doc, pdf in drawn.items() if pdf.exists()}


def saved(docs, where):
    """Opens each DOCX and saves it again as one; {docx: the new one}, without those that LibreOffice could not read."""
    copies = {_numbered(where / "own", k): doc for k, doc in enumerate(docs)}
    for copy, doc in copies.items(): copy.write_bytes(doc.read_bytes())
    convert(list(copies), "docx", where / "saved")
    return {doc: where / "saved" / copy.name for copy, doc in copies.items() if (where / "saved" / copy.name).exists()}


def convert(files, kind, where):
    """Files as LibreOffice saves them as another kind, with the fonts of the machine."""
    where.mkdir(parents=True, exist_ok=True)
    _convert(files, kind, where, where, dict(os.environ))


def _numbered(folder, k):
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{k:03}.docx"


def _convert(files, kind, out, where, environment):
    out.mkdir(parents=True, exist_ok=True)
    if not files: return
    command = ["soffice", f"-env:UserInstallation=file://{where.resolve()}/profile", "--headless", "--convert-to", kind, "--outdir", out, *files]
    try: subprocess.run(list(map(str, command)), env=environment, timeout=SECONDS + SECONDS_A_FILE * len(files), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired: pass


def _fontconfig(fonts, where):
    rule = ('<match target="pattern"><test name="family"><string>{}</string></test>'
            '<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>')
    rules = "".join(rule.format(face, family) for family, faces in STANDS_FOR.items() for face in faces)
    path = where / "fonts.conf"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts.resolve()}</dir>'
                    f'<dir>/usr/share/fonts</dir><cachedir>{where.resolve()}/cache</cachedir>{rules}</fontconfig>')
    return path


def _rewrite(old, new, change):
    """Copies an archive; change(name, text) gives the new text of a part, or None."""
    new.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(old) as a, zipfile.ZipFile(new, "w") as b:
        for item in a.infolist():
            data = a.read(item)
            if item.filename.endswith(".xml"):
                text = change(item.filename, data.decode())
                if text is not None: data = text.encode()
            b.writestr(item, data)


def _without_chart_text(doc, copy):
    def change(name, text):
        if not re.fullmatch(r"word/charts/chart[^/]*\.xml", name): return None
        for tag in ("title", "dLbls", "legend"): text = re.sub(rf"<c:{tag}\b[^>]*>.*?</c:{tag}>", "", text, flags=re.S)
        return re.sub(r'<c:tickLblPos val="[^"]*"\s*/>', '<c:tickLblPos val="none"/>', text)
    _rewrite(doc, copy, change)


def _with_settings_of(doc, odt, fixed):
    with zipfile.ZipFile(doc) as z: styles = z.read("word/styles.xml").decode()

    def on(name):
        said = re.search(rf'<w:{name}(?:\s+w:val="([^"]*)")?\s*/>', styles)
        return said is None or said[1] not in ("0", "false", "off")
    wrap = "hanging" if on("overflowPunct") else "simple"
    space = "ideograph-alpha" if on("autoSpaceDE") else "none"

    def change(name, text):
        if name not in ("styles.xml", "content.xml"): return None
        text = re.sub(r'(style:punctuation-wrap)="[^"]*"', rf'\1="{wrap}"', text)
        return re.sub(r'(style:text-autospace)="[^"]*"', rf'\1="{space}"', text)
    _rewrite(odt, fixed, change)
