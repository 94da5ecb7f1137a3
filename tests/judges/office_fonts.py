"""A program's folder whose fonts/ also holds fonts of an office, made from the bundled ones under other names."""
import pathlib, shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
FONTS = [
    # file, names (of equal length) in the order in which they are changed
    ("NotoSerifSC-Regular.otf", [("NotoSerifSC-R", "OfficeFangs-R"), ("Noto Serif SC", "Office Fang R")]),
    ("FandolKai-Regular.otf", [("FandolKai", "FZKai-Z03")]),
    ("FandolHei-Regular.otf", [("FandolHei", "FZHei-B01")]),
    ("FandolSong-Bold.otf", [("FandolSong", "OfficeBiao")]),
]


def make(home):
    shutil.copytree(ROOT / "fonts", home / "fonts")
    (home / "report-templates").symlink_to(ROOT / "report-templates")
    for file, names in FONTS:
        data = (ROOT / "fonts" / file).read_bytes()
        for old, new in names:
            assert len(old) == len(new), (old, new)
            for code in ("utf-16-be", "ascii"):
                data = data.replace(old.encode(code), new.encode(code))
        (home / "fonts" / f"office-{file}").write_bytes(data)

