"""The ink of a 信函, a 命令 and of 纪要 against clause 10 of GB/T 9704-2012 (lengths in mm)."""
from pages import BOTTOM, PX, rows

LEFT, RIGHT, LINE, CELL = 28.0, 184.0, 225 / 22, 156 / 28
EM = 16 * 25.4 / 72  # 3号


def letter(found, sheets, ink, first, last):
    """10.1."""
    rules = first.bands("red", 21, 189, 20, 290, 0.97)
    if len(rules) != 4: return found.wrong.append(f"10.1 red lines of the two double rules: {rules}")
    (a, b), (c, d), (e, f), (g, h) = rules
    mark = first.bands("red", LEFT, RIGHT, 10, a - 0.3)
    found.near("10.1 mark top", mark[0][0], 30, 1)
    found.near("10.1 upper rule below mark", a - mark[-1][1], 4, 0.5)
    if not (b - a > d - c and h - g > f - e): found.wrong.append(f"10.1 upper rule thick over thin, lower thin over thick: {rules}")
    for at in ((a + b) / 2, (g + h) / 2):
        left, right = first.edges("red", at)
        found.near("10.1 rule left", left, 20, 0.5)
        found.near("10.1 rule right", right, 190, 0.5)
    found.near("10.1 lower rule", (e + h) / 2, 277, 0.7)
    text = first.bands("dark", LEFT, RIGHT, d + 0.2, e - 0.3)
    found.near("10.1 first text below rule", text[0][0] - d, 4.94, 0.7)
    number = [c.x1 for c in sheets[0].chars if text[0][0] < c.y < text[0][1]]
    found.near("10.1 number right", max(number), RIGHT, 0.5)
    found.near("10.1 title below the last of these", text[1][0] - text[0][1], 2 * LINE, 0.5 * LINE)
    if e - text[-1][1] < 4.9: found.wrong.append(f"10.1 last line {e - text[-1][1]:.2f} above the lower rule")
    if first.rows("dark", 0, 210, BOTTOM, 290): found.wrong.append("10.1 the first page has a number")
    if last.bands("dark", LEFT + 1, RIGHT - 1, 20, 290, 0.97): found.wrong.append("10.1 the 版记 has rules")


def order(found, sheets, ink, first, last):
    """10.2."""
    mark = first.bands("red", LEFT, RIGHT, 20, 100)
    found.near("10.2 mark top", mark[0][0], 57, 1)
    text = first.bands("dark", LEFT, RIGHT, mark[-1][1], BOTTOM)
    found.near("10.2 number below mark", text[0][0] - mark[-1][1], 2 * LINE, 0.3 * LINE)
    left, right = first.edges("dark", sum(text[0]) / 2)
    found.near("10.2 number in the middle", (left + right) / 2, (LEFT + RIGHT) / 2, 1)
    found.near("10.2 text below number", text[1][0] - text[0][1], 2 * LINE + LINE - EM, 0.4 * LINE)
    if first.bands("red", LEFT + 1, RIGHT - 1, 20, 290, 0.97): found.wrong.append("10.2 there is a red rule")


def minutes(found, sheets, ink, first, last):
    """10.3; the red rule and what stands above it are an office's own."""
    found.near("10.3 mark top", first.rows("red", LEFT, RIGHT, 20, 110)[0] * PX, 72, 1)
    labels = [(page, row) for page in sheets for row in rows([c for c in page.chars if c.y < BOTTOM], 0.3)
              if "".join(c.text for c in row[:3]) in ("出席：", "请假：", "列席：")]
    if [row[0].text for _, row in labels] != ["出", "请", "列"]: return found.wrong.append(f"10.3 the labels: {len(labels)}")
    page, row = labels[0]
    for page, row in labels:
        found.near("10.3 label left", row[0].x0, LEFT + 2 * CELL, 0.4)
        found.near("10.3 names", row[3].x0, LEFT + 5 * CELL, 0.6)
    below = [r for r in rows([c for c in page.chars if row[0].y + 1 < c.y < row[0].y + LINE + 1], 0.3)]
    for wrapped in below: found.near("10.3 wrapped names", wrapped[0].x0, LEFT + 5 * CELL, 0.6)
    page, row = labels[0]
    above = max(c.y for c in page.chars if c.y < row[0].y - 1)
    found.near("10.3 blank line above 出席", row[0].y - above, 2 * LINE, 0.3)


BY_KIND = {"信函": letter, "命令": order, "纪要": minutes}
