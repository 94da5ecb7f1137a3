"""What was judged, and how it came out."""
import collections


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.why = collections.defaultdict(list)

    def ok(self, what):
        self.passed += 1
        print(f"ok   {what}", flush=True)

    def bad(self, what, detail=""):
        self.failed += 1
        print(f"FAIL {what}", flush=True)
        for line in str(detail).strip()[:3000].splitlines(): print(f"     {line}", flush=True)

    def judge(self, right, what, detail=""):
        self.ok(what) if right else self.bad(what, detail)

    def skip(self, what, why):
        """A check that cannot be made on this machine."""
        self.why[why].append(what)

    def close(self):
        """The last line is read by CI; what was skipped stands above it with its reason."""
        skipped = sum(map(len, self.why.values()))
        for why, what in self.why.items(): print(f"SKIPPED, {why}: {len(what)} ({', '.join(what[:6])}{' …' if len(what) > 6 else ''})")
        print(f"{self.passed} passed, {self.failed} failed, {skipped} skipped")
        return self.failed == 0 and self.passed > 0
