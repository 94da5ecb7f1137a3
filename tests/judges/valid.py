"""Validators: Open XML SDK for a DOCX, veraPDF and qpdf for a PDF. setup.sh installs them in $JUDGES."""
import json, os, pathlib, shutil, subprocess
from concurrent.futures import ThreadPoolExecutor

JUDGES = pathlib.Path(os.environ.get("JUDGES") or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "huibao-judges")
OOXML = JUDGES / "node_modules/.bin/ooxml-validator"
# veraPDF reads its profiles by JAXB, which Java left out.
JAXB = [pathlib.Path("/usr/share/java") / f"{name}.jar" for name in
        ("jaxb-runtime", "jaxb-api", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset", "javax.activation")]
USUAL = ("2a", "ua1")  # PDF/A-2a and PDF/UA-1


def tools(kind):
    """The validators of this kind of file, and whether they are here."""
    every = {".docx": [("Open XML SDK", OOXML.exists())],
             ".pdf": [("veraPDF", (JUDGES / "VeraPdf.class").exists() and shutil.which("java")), ("qpdf", shutil.which("qpdf"))]}
    return every[kind]


def absent(kind):
    return [name for name, here in tools(kind) if not here]


def judged(kind):
    return any(here for _, here in tools(kind))


def validate(files, flavours=USUAL):
    """{file: what is wrong with it, empty when nothing is} by each validator that is here."""
    wrong = {file: [] for file in files}
    pdfs, docs = ([file for file in files if file.suffix == kind] for kind in (".pdf", ".docx"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = []
        if "veraPDF" not in absent(".pdf"): tasks += [pool.submit(_verapdf, flavour, pdfs) for flavour in flavours if pdfs]
        if "Open XML SDK" not in absent(".docx"): tasks += [pool.submit(_ooxml, doc) for doc in docs]
        if "qpdf" not in absent(".pdf"): tasks += [pool.submit(_qpdf, pdf) for pdf in pdfs]
        for task in tasks:
            for file, said in task.result().items(): wrong[file] += said
    return wrong


def _run(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=1800)


def _verapdf(flavour, pdfs):
    done = _run("java", "-cp", ":".join(map(str, [*JAXB, JUDGES / "verapdf.jar", JUDGES])), "VeraPdf", flavour, *pdfs)
    found, file = {pdf: [f"veraPDF {flavour} did not look at it: {done.stderr[-500:]}"] for pdf in pdfs}, None
    for line in done.stdout.splitlines():
        verdict, tab, path = line.partition("\t")
        if tab and verdict in ("PASS", "FAIL"):
            file = pathlib.Path(path)
            found[file] = [] if verdict == "PASS" else [f"veraPDF {flavour}"]
        elif file: found[file].append(line)
    return found


def _ooxml(doc):
    """The dialect is that of Office 2019."""
    done = _run(OOXML, doc, "--officeVersion", "Office2019")
    try: errors = json.loads(done.stdout)["errors"]
    except (ValueError, KeyError): errors = [{"description": done.stdout + done.stderr}] if done.returncode else []
    if done.returncode and not errors: errors = [{"description": f"exit {done.returncode}"}]
    return {doc: [f"Open XML SDK: {e.get('path') or ''} {e.get('description')}" for e in errors]}


def _qpdf(pdf):
    done = _run("qpdf", "--check", pdf)
    return {pdf: [] if done.returncode == 0 else [f"qpdf: {done.stderr[:500]}"]}
