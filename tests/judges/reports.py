"""Which reports are judged, and by what."""
import pathlib
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests/fixtures"
FORMS = {"letter": "信函", "order": "命令", "minutes": "纪要"}


@dataclass(frozen=True)
class Report:
    name: str
    data: pathlib.Path
    template: pathlib.Path | None = None
    kind: str = "汇报"
    judged: bool = True          # False: it is only built, its twin is judged
    drawn: bool = False          # its DOCX as LibreOffice draws it is measured like the PDF, too
    mirrored: bool = False
    ink: bool = True             # False: only lines and pages
    least: float = 99.5          # of the lines that must be alike, percent
    fonts: pathlib.Path = ROOT / "fonts"
    home: pathlib.Path = ROOT    # where the program looks for fonts and packs
    faces: str = r"Fandol|Noto|Liberation"  # that may be in its PDF


def samples():
    """Each sample; of twins the workbook is judged. A briefing is about one unit: it is made by a batch."""
    for data in sorted([*ROOT.glob("samples/*/*.yaml"), *ROOT.glob("samples/*/*.xlsx")]):
        if data.parent.name in ("township-briefing", "messy", *FORMS): continue
        yield Report(f"{data.parent.name}-{data.stem}-{data.suffix[1:]}", data, judged=data.suffix == ".xlsx" or not data.with_suffix(".xlsx").exists())


def forms():
    """信函, 命令, 纪要: samples with their templates beside them."""
    for name, kind in FORMS.items():
        yield Report(name, ROOT / f"samples/{name}/{name}.yaml", ROOT / f"samples/{name}/template", kind, drawn=True)


def fixtures():
    """Every element of a 公文; a 简报 with all kinds of charts, tables and pictures; pages that are hard to lay out."""
    official = FIXTURES / "official"
    for data in sorted(official.glob("*.yaml")):
        if data.name == "template.yaml": continue
        yield Report(f"official-{data.stem}", data, official, "公文", drawn=data.stem in ("sealed", "upward", "joint-five", "many"))
    yield Report("briefing-charts", FIXTURES / "briefing-charts/data.yaml", FIXTURES / "briefing-charts", "简报", drawn=True)
    yield Report("charts", FIXTURES / "charts/data.yaml", FIXTURES / "charts", drawn=True)
    yield Report("elements", FIXTURES / "elements/data.yaml", FIXTURES / "elements")
    for data in sorted(FIXTURES.glob("pages/*/data.yaml")):
        kind = {"masthead": "简报", "signature": "公文"}.get(data.parent.name, "汇报")
        yield Report(f"pages-{data.parent.name}", data, data.parent, kind, least=98.0)


def varied(where):
    """Margins that face each other (the 版记 ends an even page); the fonts of an office, named by their classes."""
    import office_fonts, shutil
    facing = where / "facing"
    shutil.copytree(FIXTURES / "official", facing)
    (facing / "huibao.yaml").write_text("版面: {页边距对称: 是}\n")
    yield Report("official-mirrored", facing / "sealed.yaml", facing, "公文", drawn=True, mirrored=True)
    home, named = where / "office", where / "named"
    office_fonts.make(home)
    shutil.copytree(ROOT / "samples/district-overview", named)
    (named / "huibao.yaml").write_text("版面: {仿宋体: Office Fang R, 楷体: FZKai-Z03, 黑体: FZHei-B01, 小标宋体: OfficeBiao}\n")
    yield Report("faces", named / "2026.yaml", fonts=home / "fonts", home=home, faces=r"\+(Office|FZ|Noto|Liberation)")
