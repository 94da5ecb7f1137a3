"""Builds every sample and every fixture and lets the outside judges look at them: Open XML SDK, veraPDF and
qpdf (valid.py), the ends of lines of PDF and DOCX as LibreOffice draws them (office.py, alike.py) and as the
rules of its readers have them (lines.py), the places of the standard in the ink of the pages (geometry.py).
Ends with a line `N passed, N failed, N skipped`. run.sh installs what it needs and calls it.

usage: run.py [--show N] [NAME...]    only reports whose names contain one of these; N lines that differ are shown
       run.py --files FILE...         only the validators, over these files
"""
import argparse, os, pathlib, re, shutil, subprocess, sys, tempfile, time, zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import charts, measure, office, reports, valid
from reports import ROOT, Report
from tally import Tally

PROGRAM = pathlib.Path(os.environ.get("HUIBAO") or pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release/huibao").resolve()
BRIEFINGS = ROOT / "samples/township-briefing/2026.xlsx"
REVIEWED = ROOT / "samples/district-overview/2026.xlsx"


class Run:
    def __init__(self, where, only, show):
        self.where, self.only, self.show, self.tally, self.began = where, only, show, Tally(), time.monotonic()
        self.files = {}  # report → (PDF, DOCX)

    def wants(self, name):
        return not self.only or any(word in name for word in self.only)

    def stage(self, name):
        print(f"-- {name} ({time.monotonic() - self.began:.0f} s)", flush=True)

    def huibao(self, *arguments, home=ROOT):
        done = subprocess.run([str(PROGRAM), *map(str, arguments)], cwd=ROOT, env=dict(os.environ, HUIBAO_HOME=str(home)),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode == 0, done.stdout

    def build(self, report):
        out = self.where / "built" / report.name
        template = ["-t", report.template] if report.template else []
        built, said = self.huibao("build", report.data, *template, "-o", out, home=report.home)
        made = [next(iter(out.glob(f"*.{kind}")), None) for kind in ("pdf", "docx")]
        return built and all(made), made, said

    def build_all(self):
        self.stage("build")
        wanted = [r for r in [*reports.samples(), *reports.forms(), *reports.fixtures(), *reports.varied(self.where)] if self.wants(r.name)]
        with ThreadPoolExecutor(2) as pool:
            for report, (built, made, said) in zip(wanted, pool.map(self.build, wanted)):
                self.tally.judge(built, f"build {report.name}", said)
                if built and report.judged: self.files[report] = tuple(made)

    def batch(self):
        """The briefings of the sample, one for each township, and the volume of all of them: each is validated and its
        lines are reckoned; a first, a middle and a last one are judged like other reports."""
        if not self.wants("briefing-"): return
        out = self.where / "batch"
        built, said = self.huibao("batch", BRIEFINGS, "-t", "township-briefing", "--by", "乡镇", "--bind", "-o", out)
        self.tally.judge(built, "batch township-briefing", said)
        docs, pdfs = sorted(out.glob("*.docx")), sorted(out.glob("*.pdf"))
        self.tally.judge((len(docs), len(pdfs)) == (17, 18), f"17 briefings and their volume: {len(docs)} and {len(pdfs)} files")
        for k, doc in enumerate(docs):
            whole = k in (0, len(docs) // 2, len(docs) - 1)
            self.files[Report(f"briefing-{k}", BRIEFINGS, kind="简报", ink=whole)] = (doc.with_suffix(".pdf"), doc)
        self.volume = [pdf for pdf in pdfs if not pdf.with_suffix(".docx").exists()]

    def validate(self):
        self.stage("validators")
        volume = getattr(self, "volume", [])
        found = valid.validate([file for made in self.files.values() for file in made] + volume)
        for report, made in [*self.files.items(), *((Report("volume of the briefings", BRIEFINGS), (pdf,)) for pdf in volume)]:
            tell(self.tally, report.name, {file: found[file] for file in made})

    def draw(self):
        """{DOCX: the PDF that LibreOffice made of it}; as many processes as cores, each for its share of the files."""
        wanted = {docx: report.fonts for report, (_, docx) in self.files.items() if report.ink}
        if not shutil.which("soffice"):
            for report in self.files: self.tally.skip(f"agree {report.name}", "LibreOffice is not here")
            return dict.fromkeys(wanted, "")
        self.stage("LibreOffice")
        shares = []
        for fonts in set(wanted.values()):
            docs, parts = [docx for docx, theirs in wanted.items() if theirs == fonts], os.cpu_count()
            shares += [(docs[k::parts], fonts, self.where / f"drawn-{len(shares)}-{k}") for k in range(parts) if docs[k::parts]]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return {docx: str(pdf) for drawn in pool.map(lambda share: office.draw(*share), shares) for docx, pdf in drawn.items()}

    def measure(self):
        drawn = self.draw()
        self.stage("measures")
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            tasks = [(report, pool.submit(measure.measure, report, str(pdf), str(docx), drawn.get(docx) if report.ink else "", self.show))
                     for report, (pdf, docx) in self.files.items()]
            for report, task in tasks:
                try: measured = task.result()
                except Exception as error: measured = [(f"measures {report.name}", False, repr(error))]
                for what, right, detail in measured: self.tally.judge(right, what, detail)

    def charts(self):
        """Charts are still there, with their data, in a DOCX that LibreOffice opened and saved."""
        docs = {docx: report for report, (_, docx) in self.files.items() if report.ink and charts.has(docx)}
        if not docs or not shutil.which("soffice"): return
        self.stage("charts")
        saved = office.saved(list(docs), self.where / "saved-charts")
        for docx, report in docs.items():
            count, wrong = charts.kept(docx, saved[docx]) if docx in saved else (0, ["LibreOffice could not read it"])
            self.tally.judge(not wrong, f"charts kept {report.name}: {count}", "\n".join(wrong))

    def proofs(self):
        """The copies that carry their proof: comments on each figure, files inside."""
        if not self.wants("proof"): return
        self.stage("proofs")
        review, attach = self.where / "review", self.where / "attach"
        built, said = self.huibao("build", REVIEWED, "--review", "-o", review)
        self.tally.judge(built, "build --review", said)
        if built: self.review(next(review.glob("*.pdf")), next(review.glob("*.docx")))
        built, said = self.huibao("build", REVIEWED, "--attach", "-f", "pdf", "-o", attach)
        self.tally.judge(built, "build --attach", said)
        if built: self.attached(next(attach.glob("*.pdf")))

    def review(self, pdf, docx):
        tell(self.tally, "review", valid.validate([pdf, docx], ["2a"]))
        if not shutil.which("soffice"): return self.tally.skip("comments in LibreOffice", "LibreOffice is not here")
        office.convert([docx], "odt", self.where / "odt")
        count = lambda path, part, tag: len(re.findall(f"<{tag} ", zipfile.ZipFile(path).read(part).decode())) if path.exists() else 0
        comments, kept = count(docx, "word/comments.xml", "w:comment"), count(self.where / "odt" / f"{docx.stem}.odt", "content.xml", "office:annotation")
        self.tally.judge(comments == kept > 0, f"comments in LibreOffice: {kept} of {comments}")

    def attached(self, pdf):
        tell(self.tally, "attach", valid.validate([pdf], ["3a", "ua1"]))
        listed = subprocess.run(["pdfdetach", "-list", pdf], capture_output=True, text=True).stdout
        self.tally.judge("核对表.xlsx" in listed, "files inside", listed)


def tell(tally, name, found):
    """What the validators found in the files of one report; those that are not here are counted as skipped."""
    wrong = [line for said in found.values() for line in said]
    if any(valid.judged(file.suffix) for file in found): tally.judge(not wrong, f"valid {name}", "\n".join(wrong))
    for file in found:
        for tool in valid.absent(file.suffix): tally.skip(f"{tool} {name}", f"{tool} is not here")


def validated(files):
    tally = Tally()
    for file, wrong in valid.validate(files).items(): tell(tally, file.name, {file: wrong})
    return tally.close()


def main():
    parser = argparse.ArgumentParser(description="The outside judges over every sample and fixture.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--files", nargs="+", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    if arguments.files: sys.exit(0 if validated(arguments.files) else 1)
    if not PROGRAM.exists(): sys.exit(f"no {PROGRAM}: cargo build --release")
    with tempfile.TemporaryDirectory(prefix="huibao-judges-") as where:
        run = Run(pathlib.Path(where), arguments.names, arguments.show)
        run.build_all()
        run.batch()
        run.validate()
        run.measure()
        run.charts()
        run.proofs()
        run.stage("done")
        sys.exit(0 if run.tally.close() else 1)


if __name__ == "__main__":
    main()
