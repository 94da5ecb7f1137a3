#!/usr/bin/env python3
"""Measures the preview: from a save to the new pages, and its memory over many rebuilds.

    benches/preview.py speed [SAVES] [WORKBOOK]    a 10-page report, one changed cell a save
    benches/preview.py memory [REBUILDS] [DATA]    resident memory on the way

`program` is the time from the last event of a save to the message that tells the new pages;
`outside` is from the end of writing to the arrival of that message at a client.
HUIBAO names the program (default target/release/huibao). Nothing but Python is needed.
"""
import http.client, json, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time, zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("HUIBAO", str(ROOT / "target/release/huibao"))


class Preview:
    """A running preview and its stream of events."""

    def __init__(self, data, template=None):
        more = ["-t", template] if template else []
        self.child = subprocess.Popen([PROGRAM, "preview", data, "--port", "0", "--no-open", *more],
                                      stdout=subprocess.PIPE, env={**os.environ, "HUIBAO_HOME": str(ROOT)})
        address = self.child.stdout.readline().decode().strip()
        self.host, token = re.fullmatch(r"http://([^/]+)/\?token=(\w+)", address).groups()
        answer = self.get("/?token=" + token, {})
        self.cookie = {"Cookie": answer.getheader("set-cookie").split(";")[0]}
        self.stream = self.get("/events", self.cookie)

    def get(self, path, headers):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def event(self):
        while True:
            line = self.stream.readline()
            if not line:
                sys.exit("the preview ended")
            if line.startswith(b"data: "):
                return json.loads(line[6:])

    def memory(self):
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def end(self):
        self.child.kill()
        self.child.wait()


class Workbook:
    """A workbook one of whose cells is written again and again."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as book:
            self.parts = {name: book.read(name) for name in book.namelist()}
        self.path = path
        # A whole number of two or three digits: no year, no date, no text; of its row the last,
        # which is the newest year in a sheet of fields.
        for name, part in sorted(self.parts.items()):
            cells = re.findall(rb'<c r="[A-Z]+(\d+)"(?: s="\d+")?><v>\d{2,3}</v></c>', part) if "worksheets/sheet" in name else []
            if cells:
                row = cells[0].decode()
                cell = list(re.finditer(rf'<c r="[A-Z]+{row}"(?: s="\d+")?><v>(\d{{2,3}})</v></c>'.encode(), part))[-1]
                self.name, self.span = name, cell.span(1)
                return
        sys.exit("no number in the workbook")

    def save(self, number, rename):
        target = self.path.with_name("writing.tmp") if rename else self.path
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
            for name, part in self.parts.items():
                if name == self.name:
                    part = part[:self.span[0]] + str(number).encode() + part[self.span[1]:]
                book.writestr(name, part)
        if rename:
            target.rename(self.path)


def speed(saves, source):
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "数据.xlsx"
        shutil.copy(source, data)
        book = Workbook(data)
        preview = Preview(str(data))
        first = preview.event()["view"]
        inside, outside, fetched = [], [], []
        hashes = {page["hash"] for page in first["pages"]}
        for i in range(saves):
            time.sleep(1.0)
            book.save(100 + i, rename=i % 2 == 1)
            begun = time.perf_counter()
            told = preview.event()
            outside.append((time.perf_counter() - begun) * 1000)
            inside.append(told["took"])
            view = told["view"]
            assert view["ok"], view["problems"]
            now = {page["hash"] for page in view["pages"]}
            fetched.append(len(now - hashes))
            hashes = now
        preview.end()
    print(f"{len(view['pages'])} pages, {saves} saves of one cell, in place and by renaming in turn")
    for name, times in [("program", inside), ("outside", outside)]:
        print(f"{name}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
    print(f"pages sent a save: median {statistics.median(fetched):.0f}, most {max(fetched)}")


def memory(rebuilds, source):
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "数据.yaml"
        text = pathlib.Path(source).read_text(encoding="utf-8")
        number = re.search(r": (\d{2,3})(?=[,}\s])", text)
        data.write_text(text, encoding="utf-8")
        preview = Preview(str(data))
        preview.event()
        for i in range(1, rebuilds + 1):
            data.write_text(text[:number.start(1)] + str(100 + i % 800) + text[number.end(1):], encoding="utf-8")
            assert preview.event()["view"]["ok"]
            if i in (10, 100, rebuilds) or i % 250 == 0:
                print(f"after {i} rebuilds: {preview.memory():.0f} MiB", flush=True)
        preview.end()


if __name__ == "__main__":
    mode = sys.argv[1] if len(sys.argv) > 1 else "speed"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else {"speed": 50, "memory": 1000}[mode]
    source = sys.argv[3] if len(sys.argv) > 3 else ROOT / {"speed": "samples/county-review/2026.xlsx", "memory": "samples/work-report/2026.yaml"}[mode]
    {"speed": speed, "memory": memory}[mode](count, source)
