"""Damaged copies of the project's own files through the program.

usage: mutate.py HUIBAO COUNT [FOLDER…]

Each copy is made from a seed by a number, so that a run can be repeated: `mutate.py HUIBAO 2000`. Folders beyond the
project's own may hold more seeds. Fails where the program ends by a signal or with a code above 3, takes more than
20 s or 1 GB, or sends a control character to the terminal. What failed is kept beside the report.
"""
import concurrent.futures, os, pathlib, random, re, subprocess, sys, tempfile, time, warnings, zipfile, zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 20, 1024
NUMBERS = ["0", "-1", "1e308", "-1e-320", "99999999999999999999", "4294967296", "NaN", "", "1048577", "65535", "0x7f"]
TEXTS = ["\x1b[31m", "\u202e倒", "\ufffe", "{{ 1/0 }}", "{% for", "=1+1", "&#0;", "&lol;", "]]>", "\U000e0001", "𠮷" * 300, "\x00"]


warnings.simplefilter("ignore")  # A part that is there twice is one of the damages.


def seeds(folders):
    own = [ROOT / "tests/fixtures/twins", ROOT / "tests/fixtures/word", ROOT / "samples/work-report", ROOT / "samples/messy",
           ROOT / "samples/township-briefing"]
    files = [f for folder in own + folders for f in sorted(folder.iterdir()) if f.is_file()]
    kinds = {}
    for file in files:
        if file.suffix in (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".yaml", ".docx") and file.stat().st_size < 400_000:
            kinds.setdefault(file.suffix, []).append(file)
    return kinds


def bytes_changed(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        if not data: break
        at = rng.randrange(len(data)); end = min(len(data), at + rng.choice([1, 2, 4, 16, 200]))
        how = rng.randrange(6)
        if how == 0: data[at] = rng.randrange(256)
        elif how == 1: data[at] ^= 1 << rng.randrange(8)
        elif how == 2: del data[at:end]
        elif how == 3: data[at:at] = data[at:end] * rng.choice([1, 3, 50])
        elif how == 4: data[at:end] = bytes([rng.choice([0, 255, 0x41])]) * (end - at)
        else: del data[at:None if rng.random() < 0.3 else end]
    return bytes(data)


def text_changed(text, rng):
    for _ in range(rng.choice([1, 1, 2, 4])):
        how = rng.randrange(7)
        spots = list(re.finditer(r"<[^<>]{1,200}>" if how in (0, 1, 2) else r"-?\d+(\.\d+)?" if how == 3 else r'"[^"<>]{0,80}"' if how == 4 else r"[^<>\n]{1,60}\n?", text))
        if not spots: return text + rng.choice(TEXTS)
        spot = rng.choice(spots); a, b = spot.span()
        if how == 0: text = text[:a] + text[b:]
        elif how == 1: text = text[:a] + spot[0] * rng.choice([2, 40, 3000]) + text[b:]
        elif how == 2: other = rng.choice(spots); text = text[:a] + other[0] + text[b:]
        elif how == 3: text = text[:a] + rng.choice(NUMBERS) + text[b:]
        elif how == 4: text = text[:a] + '"' + rng.choice(NUMBERS + TEXTS).replace('"', "") + '"' + text[b:]
        elif how == 5: text = text[:a] + rng.choice(TEXTS) + text[b:]
        else: text = text[:a] + text[b:]
    return text


def package_changed(data, rng, where):
    made = where / "package"
    with zipfile.ZipFile(__import__("io").BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = [n for n in old.namelist() if n.endswith((".xml", ".rels", ".bin"))] or old.namelist()
        chosen = rng.choice(names); gone = rng.random() < 0.05
        for name in old.namelist():
            part = old.read(name)
            if name == chosen and gone: continue
            if name == chosen:
                part = bytes_changed(part, rng) if rng.random() < 0.3 or name.endswith(".bin") else text_changed(part.decode("utf-8", "replace"), rng).encode("utf-8", "surrogatepass")
            new.writestr(name, part)
            if name == chosen and rng.random() < 0.02: new.writestr(name, part)
    return made.read_bytes()


def mutant(number, kinds, where):
    rng = random.Random(number)
    kind = sorted(kinds)[number % len(kinds)]; seed = rng.choice(kinds[kind]); data = seed.read_bytes()
    if kind in (".yaml", ".csv"):
        data = text_changed(data.decode("utf-8", "replace"), rng).encode() if rng.random() < 0.7 else bytes_changed(data, rng)
    elif data[:2] == b"PK" and rng.random() < 0.75:
        try: data = package_changed(data, rng, where)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, zlib.error): data = bytes_changed(data, rng)
    else:
        data = bytes_changed(data, rng)
    file = where / f"{number}{kind}"; file.write_bytes(data)
    return kind, file


def run(huibao, number, kinds, kept):
    with tempfile.TemporaryDirectory() as dir:
        where = pathlib.Path(dir); kind, file = mutant(number, kinds, where)
        command = [huibao, "templates", "show", file] if kind == ".docx" else [huibao, "check", file, "-t", "work-report"]
        # GNU time begins small: the peak of a child of this process would be this process's own.
        watched = ["/usr/bin/time", "-q", "-o", where / "peak", "-f", "%M", "timeout", "-s", "KILL", str(SECONDS)]
        begin = time.monotonic()
        done = subprocess.run(watched + command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=where, env=dict(os.environ, HUIBAO_HOME=str(ROOT)))
        seconds, said, code = time.monotonic() - begin, done.stdout, done.returncode
        megabytes = int((where / "peak").read_text().split()[-1]) / 1024
        raw = re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", said)
        wrong = f"code {code}" if not 0 <= code <= 3 else f"{megabytes:.0f} MB" if megabytes > MEGABYTES else "a control character" if raw else None
        if wrong:
            kept.mkdir(parents=True, exist_ok=True); (kept / file.name).write_bytes(file.read_bytes())
            print(f"FAIL {file.name}: {wrong} after {seconds:.1f} s: {said[:200].decode('utf-8', 'replace')}", flush=True)
        return kind, code, seconds, megabytes, wrong


def main():
    huibao, count, folders = sys.argv[1], int(sys.argv[2]), [pathlib.Path(f) for f in sys.argv[3:]]
    kinds = seeds(folders); kept = pathlib.Path(os.environ.get("MUTANTS", "mutants"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(lambda n: run(huibao, n, kinds, kept), range(count)))
    for kind in sorted(kinds):
        of = [d for d in done if d[0] == kind]
        codes = " ".join(f"{code}:{sum(d[1] == code for d in of)}" for code in sorted({d[1] for d in of}))
        print(f"{kind:6} {len(of):5} files  codes {codes}  slowest {max(d[2] for d in of):.2f} s, largest {max(d[3] for d in of):.0f} MB")
    failed = sum(bool(d[4]) for d in done)
    print(f"{count} files, {failed} beyond the limits"); sys.exit(bool(failed))


main()
