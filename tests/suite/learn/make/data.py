"""The data of a report, as a workbook or as YAML: fields by year, tables, and sheets that no report uses."""

import datetime
import random
import re
from decimal import Decimal

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from figures import Q, Share, plain

STAMP = datetime.datetime(2026, 1, 5, 9, 0)


def value(raw):
    """A value as it is typed here: 36, "31.86", "78.3%", "2024-09-30", or a text."""
    if isinstance(raw, int):
        return Decimal(raw)
    if isinstance(raw, str):
        if re.fullmatch(r"-?\d+(\.\d+)?%", raw):
            return Share(Decimal(raw[:-1]) / 100)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            return tuple(int(part) for part in raw.split("-"))
        if re.fullmatch(r"-?\d+(\.\d+)?", raw):
            return Decimal(raw)
    return raw


def typed(v):
    """The value for a cell of a workbook, and its number format."""
    if isinstance(v, Share):
        percent = plain(Decimal(v) * 100)
        digits = len(percent.split(".")[1]) if "." in percent else 0
        return float(v), "0%" if not digits else "0." + "0" * digits + "%"
    if isinstance(v, Decimal):
        return (int(v), "General") if v == v.to_integral_value() else (float(v), "General")
    if isinstance(v, tuple):
        return datetime.date(*v), "yyyy-mm-dd"
    return v, "General"


class Table:
    def __init__(self, name, columns, rows, layout, total):
        """columns: name or (name, unit); rows: {year: [tuple, …]}."""
        self.name, self.layout, self.total = name, layout, total
        pairs = [c if isinstance(c, tuple) else (c, "") for c in columns]
        self.columns, self.units = [n for n, _ in pairs], dict(pairs)
        self.key = self.columns[0]
        self.rows = {y: [dict(zip(self.columns, map(value, r), strict=True)) for r in rs] for y, rs in rows.items()}

    def unit(self, column):
        return self.units[column]

    def head(self, column):
        return f"{column}（{self.units[column]}）" if self.units[column] else column


class Data:
    def __init__(self, unit, years=(2023, 2024, 2025)):
        self.unit, self.years = unit, list(years)
        self.sheets, self.fields, self.tables, self.others, self.info = [], {}, {}, [], []

    def sheet(self, name, rows, shape="plain", title=None, unit_column=True, order=1, note=None):
        """A field sheet. Rows: (group or "", name, unit, values of the years, oldest first[, note])."""
        kept = []
        for group, field, unit, values, *more in rows:
            assert len(values) == len(self.years), (field, values)
            by_year = {y: value(v) for y, v in zip(self.years, values)}
            full = f"{group}.{field}" if group else field
            assert full not in self.fields, full
            self.fields[full] = (unit, by_year)
            kept.append((group, field, unit, by_year, more[0] if more else None))
        self.sheets.append((name, kept, shape, title, unit_column, order, note))

    def table(self, name, columns, rows, layout="column", total=False):
        assert set(rows) == set(self.years), (name, sorted(rows))
        self.tables[name] = Table(name, columns, rows, layout, total)

    def other(self, name, head, rows, title=None):
        """A sheet that the report does not use."""
        self.others.append((name, head, rows, title))

    def field(self, name):
        unit, values = self.fields[name]
        return Q(values.__getitem__, expression(name), unit)

    def where(self, table, year, conditions):
        def holds(row):
            for column, wanted in conditions.items():
                own = row[column]
                if isinstance(wanted, tuple):
                    sign, bound = wanted[0], value(wanted[1])
                    if not {">=": own >= bound, ">": own > bound, "<": own < bound, "<=": own <= bound}[sign]:
                        return False
                elif isinstance(wanted, list):
                    if own not in wanted:
                        return False
                elif own != wanted:
                    return False
            return True

        return [row for row in self.tables[table].rows[year] if holds(row)]

    def filtered(self, table, conditions):
        words = {">=": "至少", ">": "大于", "<": "小于", "<=": "至多"}
        text = table
        for column, wanted in (conditions or {}).items():
            if isinstance(wanted, tuple):
                quoted = f'"{wanted[1]}"' if isinstance(wanted[1], str) else wanted[1]
                text += f' | 筛选("{column}", {words[wanted[0]]}={quoted})'
            elif isinstance(wanted, list):
                text += f' | 筛选("{column}", [{", ".join(chr(34) + w + chr(34) for w in wanted)}])'
            else:
                text += f' | 筛选("{column}", "{wanted}")'
        return text

    # --- workbook ---------------------------------------------------------------------------------

    def workbook(self, path):
        book = openpyxl.Workbook()
        book.remove(book.active)
        book.properties.created = book.properties.modified = STAMP
        book.properties.creator = self.unit
        if self.info:
            put(book.create_sheet("报告信息"), [("项目", "内容"), *self.info])
        made = [(sheet[5], lambda s=sheet: self.put_fields(book, s)) for sheet in self.sheets]
        made += [(2, lambda t=t: self.put_table(book, t)) for t in self.tables.values()]
        made += [(3, lambda o=o: put_other(book, *o)) for o in self.others]
        for _, make in sorted(made, key=lambda m: m[0]):
            make()
        book.save(path)
        same_bytes(path)

    def put_fields(self, book, sheet):
        name, rows, shape, title, unit_column, _, note = sheet
        ws = book.create_sheet(name)
        if shape == "across":
            return self.put_across(ws, rows, title)
        line = 1
        if title:
            ws.cell(1, 1, title).font = Font(bold=True, size=16)
            ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=3 + len(self.years))
            line = 2
        grouped = shape == "grouped"
        head = (["类别"] if grouped else []) + ["指标"] + (["单位"] if unit_column else [])
        years = [f"{y}年" if shape != "bare" else y for y in self.years]
        head += years + (["备注"] if any(r[4] for r in rows) else [])
        for at, text in enumerate(head, 1):
            ws.cell(line, at, text).font = Font(bold=True)
        first = {}
        for group, field, unit, by_year, remark in rows:
            line += 1
            label = field if grouped or not group else f"{group}.{field}"
            label = label if unit_column or not unit or unit == "%" else f"{label}（{unit}）"
            cells = ([group if group not in first else None] if grouped else []) + [label] + ([unit or None] if unit_column else [])
            for at, text in enumerate(cells, 1):
                ws.cell(line, at, text)
            for at, year in enumerate(self.years, len(cells) + 1):
                cell = ws.cell(line, at)
                cell.value, cell.number_format = typed(by_year[year])
                if shape == "texts" and isinstance(by_year[year], Decimal):
                    cell.value, cell.number_format = f"{flow(by_year[year])}", "@"
            if remark:
                ws.cell(line, len(head), remark)
            if grouped:
                first.setdefault(group, [line, line])[1] = line
        for group, (top, bottom) in first.items():
            if bottom > top:
                ws.merge_cells(start_row=top, start_column=1, end_row=bottom, end_column=1)
                ws.cell(top, 1).alignment = Alignment(vertical="center")
        if note:
            ws.cell(line + 2, 1, note)
        ws.column_dimensions["A"].width = ws.column_dimensions["B"].width = 22

    def put_across(self, ws, rows, title):
        """Years down, figures across, groups as merged cells over them."""
        line = 1
        if title:
            ws.cell(1, 1, title)
            line = 2
        ws.cell(line, 1, "年份")
        ws.merge_cells(start_row=line, start_column=1, end_row=line + 1, end_column=1)
        spans = {}
        for at, (group, field, unit, _, _) in enumerate(rows, 2):
            spans.setdefault(group, [at, at])[1] = at
            ws.cell(line + 1, at, f"{field}（{unit}）" if unit and unit != "%" else field)
        for group, (left, right) in spans.items():
            ws.cell(line, left, group)
            if right > left:
                ws.merge_cells(start_row=line, start_column=left, end_row=line, end_column=right)
        for down, year in enumerate(self.years, line + 2):
            ws.cell(down, 1, year)
            for at, row in enumerate(rows, 2):
                cell = ws.cell(down, at)
                cell.value, cell.number_format = typed(row[3][year])

    def put_table(self, book, t):
        if t.layout == "column":
            ws = book.create_sheet(t.name)
            lines = [["年份", *map(t.head, t.columns)]]
            for year in self.years:
                lines += [[Decimal(year), *(row[c] for c in t.columns)] for row in t.rows[year]]
            return put(ws, deep(lines, ws) if any("." in c for c in t.columns) else lines)
        for year in self.years:
            ws = book.create_sheet({"sheets": f"{t.name}{year}", "brackets": f"{t.name}（{year}年）"}[t.layout])
            lines = [[f"{year}年{t.name}情况表"]] if t.layout == "brackets" else []
            lines.append([t.head(c) for c in t.columns])
            lines += [[row[c] for c in t.columns] for row in t.rows[year]]
            if t.total:
                sums = ["合计"]
                for c in t.columns[1:]:
                    values = [row[c] for row in t.rows[year]]
                    amount = all(isinstance(v, Decimal) and not isinstance(v, Share) for v in values)
                    sums.append(sum(values) if amount and c not in ("比率",) else None)
                lines.append(sums)
            put(ws, lines)

    # --- YAML -------------------------------------------------------------------------------------

    def yaml(self, path, remark):
        newest = self.years[-1]
        lines = [f"# {remark}", f"年份: {newest}", "报告:"]
        lines += [f"  {key}: {flow(value(item))}" for key, item in self.info if key != "年份"]
        lines += self.yaml_fields(newest, "")
        for t in self.tables.values():
            lines += [f"{t.name}:", *yaml_rows(t, newest, "  ")]
        for name, head, rows, _ in self.others:
            lines += [f"{name}:"]
            lines += ["  - {" + ", ".join(f"{h}: {flow(value(v))}" for h, v in zip(head, row)) + "}" for row in rows]
        lines.append("历年:")
        for year in reversed(self.years[:-1]):
            lines.append(f"  {year}:")
            lines += self.yaml_fields(year, "    ")
            for t in self.tables.values():
                lines += [f"    {t.name}:", *yaml_rows(t, year, "      ")]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def yaml_fields(self, year, indent):
        lines, open_group = [], None
        for full, (unit, by_year) in self.fields.items():
            group, _, field = full.rpartition(".")
            if group != open_group and group:
                lines.append(f"{indent}{group}:")
            open_group = group
            label = f"{field}（{unit}）" if unit and unit != "%" else field
            lines.append(f"{indent}{'  ' if group else ''}{label}: {flow(by_year[year])}")
        return lines


def yaml_rows(t, year, indent):
    return [indent + "- {" + ", ".join(f"{t.head(c)}: {flow(row[c])}" for c in t.columns) + "}" for row in t.rows[year]]


def flow(v):
    if isinstance(v, Share):
        return plain(Decimal(v) * 100) + "%"
    if isinstance(v, Decimal):
        return plain(v)
    if isinstance(v, tuple):
        return "%d-%02d-%02d" % v
    return f'"{v}"' if re.search(r"[:#{}\[\],&*?|<>=!%@\"'-]", v) else v


def expression(name):
    plain_name = all(re.fullmatch(r"[\w]+", part) and not part[0].isdigit() for part in name.split("."))
    return name if plain_name else f'数据["{name}"]'


def put(ws, lines):
    for down, line in enumerate(lines, 1):
        for across, v in enumerate(line, 1):
            if v is None:
                continue
            cell = ws.cell(down, across)
            cell.value, cell.number_format = typed(value(v))
    for at in range(1, max(map(len, lines)) + 1):
        ws.column_dimensions[get_column_letter(at)].width = 14


def deep(lines, ws):
    """A header of two rows: 培训.场次 is 场次 below a merged 培训."""
    above, below = [], []
    for at, name in enumerate(lines[0], 1):
        group, dot, own = name.partition(".")
        above.append(group if not dot or group not in above else None)
        below.append(own if dot else None)
        if not dot:
            ws.merge_cells(start_row=1, start_column=at, end_row=2, end_column=at)
    start = None
    for at, name in enumerate([*lines[0], ""], 1):
        group = name.partition(".")[0] if "." in name else None
        if start and group != start[0]:
            ws.merge_cells(start_row=1, start_column=start[1], end_row=1, end_column=at - 1)
            start = None
        if group and not start:
            start = (group, at)
    return [above, below, *lines[1:]]


def put_other(book, name, head, rows, title):
    ws = book.create_sheet(name)
    put(ws, ([[title]] if title else []) + [list(head)] + [list(r) for r in rows])


def same_bytes(path):
    """The same input gives the same bytes: no clock inside the package."""
    import zipfile

    parts = zipfile.ZipFile(path)
    held = [(name, parts.read(name)) for name in parts.namelist()]
    parts.close()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in held:
            if name == "docProps/core.xml":
                stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)


# --- sheets that are in every office's workbook and in no report -----------------------------------


def distractors(data, seed, many=3):
    """Lists that lie in the same workbook: their numbers are of the size of the report's."""
    r = random.Random(seed)
    offices = ["党政办公室", "经济发展办公室", "社会事务办公室", "综合执法队", "财政所", "便民服务中心", "农业服务中心", "应急管理办公室"]
    kinds = [
        ("通讯录", ["部门", "电话", "房间"], lambda i: (offices[i % 8], f"0{r.randint(310, 999)}-{r.randint(2000000, 8999999)}", str(r.randint(101, 420)))),
        ("固定资产", ["资产名称", "数量", "购置年份", "原值（元）"], lambda i: (["电脑", "打印机", "空调", "文件柜", "投影仪", "办公桌"][i % 6] + "甲乙丙丁"[i // 6 % 4], r.randint(1, 36), r.randint(2015, 2025), r.randint(800, 9800))),
        ("会议安排", ["会议", "月份", "参会人数", "地点"], lambda i: (["班子例会", "调度会", "推进会", "培训会", "座谈会"][i % 5] + "第" + "一二三四"[i // 5 % 4] + "次", f"{i % 12 + 1}月", r.randint(8, 96), ["二楼会议室", "三楼会议室"][i % 2])),
        ("车辆台账", ["车辆", "行驶里程（公里）", "用油（升）", "维修（次）"], lambda i: (f"{['公务', '执法', '巡查', '应急'][i % 4]}{'甲乙丙'[i // 4 % 3]}车", r.randint(3000, 26000), r.randint(300, 2600), r.randint(0, 9))),
        ("值班统计", ["月份", "值班（班次）", "带班（人次）", "接听（次）"], lambda i: (f"{i % 12 + 1}月", r.randint(28, 62), r.randint(28, 62), r.randint(10, 120))),
        ("档案目录", ["卷号", "题名", "件数", "页数"], lambda i: (f"A{i + 1:03}", ["收文", "发文", "会议", "合同", "信访"][i % 5] + f"卷之{'一二三四'[i // 5 % 4]}", r.randint(12, 90), r.randint(60, 320))),
        ("食堂用餐", ["月份", "早餐（人次）", "午餐（人次）", "支出（元）"], lambda i: (f"{i % 12 + 1}月", r.randint(200, 600), r.randint(600, 1300), r.randint(9000, 23000))),
        ("印章使用", ["用途", "次数", "份数"], lambda i: (["证明", "合同", "上报材料", "介绍信", "批复", "报销"][i % 6] + "甲乙"[i // 6 % 2], r.randint(4, 60), r.randint(10, 180))),
        ("宣传栏目", ["栏目", "期数", "阅读量"], lambda i: (["时政要闻", "工作动态", "政策解读", "便民提示", "典型风采"][i % 5] + "一二三"[i // 5], r.randint(6, 48), r.randint(500, 9000))),
        ("办公用品", ["名称", "领用（件）", "单价（元）"], lambda i: (["复印纸", "签字笔", "笔记本", "文件夹", "墨盒", "订书机"][i % 6] + "大小"[i // 6 % 2], r.randint(2, 60), f"{r.randint(2, 90)}.5")),
        ("邮件收发", ["月份", "收件", "发件"], lambda i: (f"{i % 12 + 1}月", r.randint(20, 90), r.randint(10, 70))),
        ("设备巡检", ["设备", "巡检（次）", "故障（次）"], lambda i: (["机房", "监控", "广播", "电梯", "消防泵"][i % 5] + "东西"[i // 5 % 2], r.randint(12, 52), r.randint(0, 6))),
    ]
    r.shuffle(kinds)
    for name, head, row in kinds[:many]:
        data.other(name, head, [row(i) for i in range(r.randint(5, 12))])


def untie(rows, *columns):
    """The rows with no number twice in these columns (by place): most, least and ranks have one answer."""
    rows = [list(row) for row in rows]
    for at in columns:
        seen = set()
        for row in rows:
            while str(row[at]) in seen:
                if isinstance(row[at], int):
                    row[at] += 1
                else:
                    sign = "%" if row[at].endswith("%") else ""
                    row[at] = str(Decimal(row[at].rstrip("%")) + Decimal("0.1")) + sign
            seen.add(str(row[at]))
    return [tuple(row) for row in rows]
