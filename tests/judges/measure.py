"""All measures of one report: a list of (what, whether it is right, what is wrong)."""
import os, re, subprocess
import alike, charts, geometry, lines


def measure(report, pdf, docx, drawn, show=0):
    """`drawn`: the DOCX as LibreOffice drew it, None where it could not, "" where there is no LibreOffice."""
    out = [*_lines(report, pdf, docx, show)]
    if drawn is None: out.append((f"LibreOffice {report.name}", False, "it could not read the DOCX"))
    elif drawn: out += _drawn(report, pdf, docx, drawn, show)
    if report.ink:
        said, wrong = geometry.measure(pdf, report.kind, report.mirrored)
        out.append((f"geometry {report.name}: {said}", not wrong, "\n".join(wrong)))
        out.append(_faces(report, pdf))
    return out


def _lines(report, pdf, docx, show):
    found, spacings = lines.compare(docx, pdf, report.fonts)
    for what, (share, count, missing) in found.items():
        reader = "body text in Word" if what == "body" else what
        yield f"lines {report.name}: {reader} {share:.1f}% of {count}; {spacings}", share >= report.least, "\n".join(missing[:max(show, 5)])


def _drawn(report, pdf, docx, drawn, show):
    own, other, share, differing = alike.agreement(pdf, drawn)
    detail = "\n".join(f"PDF {a} DOCX {b}" for a, b in differing[:max(show, 3)])
    yield f"agree {report.name}: {share:.1f}% of lines", share >= report.least, detail
    yield f"pages {report.name}: {own} and {other}", own == other, ""
    if charts.has(docx):
        count, far, wrong = charts.places(pdf, drawn)
        yield f"charts {report.name}: {count} bars and pieces, {far:.2f} mm off at most", not wrong, "\n".join(wrong)
    if report.drawn:
        said, wrong = geometry.measure(drawn, report.kind, report.mirrored, slack=0.3)
        yield f"geometry of the DOCX {report.name}: {said}", not wrong, "\n".join(wrong)
        said, wrong = alike.places(pdf, drawn)
        yield f"alike {report.name}: {said}", not wrong, "\n".join(wrong)


def _faces(report, pdf):
    listed = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    foreign = [line.split()[0] for line in listed if not re.search(report.faces, line.split()[0])]
    return f"fonts {report.name}", not foreign, " ".join(foreign)
