"""Figures of a report: each is a text for a year, with how it is read from the data.

A report is written once, as a function of `Year`. What a figure says follows the rules of huibao's wordings
(docs/figure-language.md): half up on the magnitude, trailing zeros dropped, points for shares, a small base
in full. Every figure leaves a mark in the text, so the gold is what was written and not what was searched for.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MARK = re.compile("\ue000(\\d+)\ue001(.*?)\ue002", re.S)
HAN = "零一二三四五六七八九"
MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}


def half_up(value, digits):
    step = Decimal(1).scaleb(-digits)
    rounded = abs(value).quantize(step, ROUND_HALF_UP)
    return -rounded if value < 0 else rounded


def plain(value):
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(ratio, digits=1):
    """A change in hundredths that is there never reads 0."""
    for more in range(3):
        rounded = half_up(ratio * 100, digits + more)
        if rounded:
            return plain(rounded)
    raise ValueError("a change too small to be said")


def numeral(n):
    assert 0 < n < 100
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else HAN[tens] + "十"
    return head + (HAN[ones] if ones or not tens else "")


def is_share(value):
    return isinstance(value, Share)


class Share(Decimal):
    """A value that is spoken of in per cent."""


def grouped(expr):
    """What a filter ends stands in brackets beside a sign."""
    return f"({expr})" if " | " in expr else expr


@dataclass(frozen=True)
class Q:
    """A figure of any year: its value, the expression that a template says it with, its unit."""

    of: object
    expr: str
    unit: str = ""
    kind: str = "cell"

    def __call__(self, year):
        return self.of(year)

    def __add__(self, other):
        return Q(lambda y: self(y) + other(y), f"({grouped(self.expr)} + {grouped(other.expr)})", self.unit, "sum-fields")

    def __sub__(self, other):
        return Q(lambda y: self(y) - other(y), f"({grouped(self.expr)} - {grouped(other.expr)})", self.unit, "difference")


def alike(part, whole_):
    """Part and whole in one unit: persons of beds are a share all the same."""
    if not part.unit or not whole_.unit or part.unit == whole_.unit:
        return part, whole_
    return Q(part.of, f'(({part.expr}) | 作("{whole_.unit}"))', whole_.unit, part.kind), whole_


@dataclass
class Figure:
    text: str
    kind: str
    state: str
    comment: str
    template: str


def whole(value):
    return value == value.to_integral_value()


def going(new, old, unit, lead):
    """同比: growth in per cent, points for shares, both figures for a small base."""
    if is_share(new) or is_share(old):
        return points(new, old, lead)
    change = new - old
    if change == 0:
        return "与上年持平" if lead == "同比" else "与" + lead.lstrip("比较") + "持平"
    assert old > 0 and new >= 0, (new, old)
    if old < 10 and whole(old) and whole(new):
        return f"由{plain(old)}{unit}{'增' if change > 0 else '减'}至{plain(new)}{unit}"
    verb = "增长" if change > 0 else "下降"
    if change > 0 and half_up(change / old, 3) > 2:
        return f"{lead}{verb}{plain(half_up(change / old, 1))}倍"
    return f"{lead}{verb}{shown(abs(change) / old)}%"


def points(new, old, lead):
    change = Decimal(new) - Decimal(old)
    assert change, "points that do not change"
    return f"{lead}{'提高' if change > 0 else '下降'}{shown(abs(change))}个百分点"


class Year:
    """The report of one year: its methods give texts with marks and keep the figures."""

    def __init__(self, data, year):
        self.data, self.year, self.figures = data, year, []

    def mark(self, text, kind, template, state="认定", comment=""):
        self.figures.append(Figure(text, kind, state, comment, template))
        return f"\ue000{len(self.figures) - 1}\ue001{text}\ue002"

    # --- quantities -------------------------------------------------------------------------------

    def q(self, what):
        return what if isinstance(what, Q) else self.data.field(what)

    def rows(self, table, where=None):
        return self.data.where(table, self.year, where or {})

    def total(self, table, column, where=None):
        unit = self.data.tables[table].unit(column)
        kind = "sum-condition" if where else "sum-column"
        expr = f'合计({self.data.filtered(table, where)}, "{column}")'
        return Q(lambda y: sum((r[column] for r in self.data.where(table, y, where or {})), Decimal(0)), expr, unit, kind)

    def count(self, table, where=None, unit="个"):
        kind = "count-condition" if where else "count-rows"
        source = self.data.filtered(table, where)
        expr = f"({source}) | length" if where else f"{source} | length"
        return Q(lambda y: Decimal(len(self.data.where(table, y, where or {}))), expr, unit, kind)

    def at(self, table, name, column):
        """The cell of a row that is known by its name."""
        t = self.data.tables[table]
        expr = f'({table} | 筛选("{t.key}", "{name}") | first).{column}'
        return Q(lambda y: next(r for r in t.rows[y] if r[t.key] == name)[column], expr, t.unit(column), "table-cell")

    def was(self, what, years=1):
        """A figure of an earlier year, to calculate with."""
        q = self.q(what)
        return Q(lambda y: q(y - years), f"({q.expr}).上年" if years == 1 else f"({q.expr}).历年[年份 - {years}]", q.unit)

    # --- figures ----------------------------------------------------------------------------------

    def n(self, what, unit=None, kind=None, comment=""):
        """A number as it stands, with its unit."""
        q = self.q(what)
        value, unit = q(self.year), q.unit if unit is None else unit
        text = plain(value * 100) + "%" if is_share(value) else plain(value) + unit
        tail = "" if is_share(value) else unit
        return self.mark(text, kind or q.kind, f"{{{{ {q.expr} }}}}{tail}", comment=comment)

    def ago(self, what, years=1, unit=None):
        """The number of an earlier year."""
        q = self.q(what)
        value, unit = q(self.year - years), q.unit if unit is None else unit
        back = ".上年" if years == 1 else f".历年[年份 - {years}]"
        text = plain(value * 100) + "%" if is_share(value) else plain(value) + unit
        return self.mark(text, "cell-other-year", f"{{{{ ({q.expr}){back} }}}}{'' if is_share(value) else unit}")

    def yoy(self, what, lead="同比"):
        q = self.q(what)
        new, old = q(self.year), q(self.year - 1)
        named = "" if lead == "同比" else f', 前缀="{lead}"'
        kind = "points" if is_share(new) else "growth"
        text = going(new, old, q.unit, lead)
        if text.startswith("由"):
            kind = "small-base"
        return self.mark(text, kind, f'{{{{ 同比({q.expr}, ({q.expr}).上年, "{q.unit}"{named}) }}}}')

    def change(self, what, lead="较上年", unit=None):
        """增减: how much more or less."""
        q = self.q(what)
        unit = q.unit if unit is None else unit
        change = q(self.year) - q(self.year - 1)
        assert change, (q.expr, "does not change")
        text = f"{lead}{'增加' if change > 0 else '减少'}{plain(abs(change))}{unit}"
        return self.mark(text, "change", f'{{{{ 增减({q.expr}, ({q.expr}).上年, "{unit}", 前缀="{lead}") }}}}')

    def points(self, what, lead="同比"):
        q = self.q(what)
        text = points(q(self.year), q(self.year - 1), lead)
        return self.mark(text, "points", f'{{{{ 百分点({q.expr}, ({q.expr}).上年, 前缀="{lead}") }}}}')

    def fromto(self, what):
        q = self.q(what)
        new, old = q(self.year), q(self.year - 1)
        assert new != old
        up, down = ("增加到", "减少到") if q.unit in MONEY else ("增至", "减至")
        say = lambda v: plain(v) + q.unit
        if is_share(new):
            up, down = "提高到", "下降到"
            say = lambda v: plain(v * 100) + "%"
        text = f"由{say(old)}{up if new > old else down}{say(new)}"
        return self.mark(text, "from-to", f'{{{{ 由至({q.expr}, ({q.expr}).上年, "{"" if is_share(new) else q.unit}") }}}}')

    def share(self, part, all_, digits=1, kind="share"):
        p, w = alike(self.q(part), self.q(all_))
        text = shown(p(self.year) / w(self.year), digits) + "%"
        more = "" if digits == 1 else f", 位数={digits}"
        return self.mark(text, kind, f"{{{{ 占比({p.expr}, {w.expr}{more}) }}}}")

    def share_change(self, part, all_, lead="同比"):
        """How a share has changed, in points."""
        p, w = alike(self.q(part), self.q(all_))
        at = lambda y: Share(p(y) / w(y))
        text = points(at(self.year), at(self.year - 1), lead)
        return self.mark(text, "points", f'{{{{ 占比({p.expr}, {w.expr}) | 百分点(前缀="{lead}") }}}}')

    def done(self, what, task):
        """完成率: may be over a hundred."""
        p, w = self.q(what), self.q(task)
        text = shown(p(self.year) / w(self.year)) + "%"
        return self.mark(text, "completion", f"{{{{ 完成率({p.expr}, {w.expr}) }}}}")

    def fixed_share(self, part, all_):
        """A share as some clerks type it: always one decimal, 20.0%."""
        p, w = self.q(part), self.q(all_)
        text = str(half_up(p(self.year) / w(self.year) * 100, 1)) + "%"
        return self.mark(text, "style", f"{{{{ (({p.expr}) / ({w.expr}) * 100) | 保留(1) }}}}%", comment="总保留一位小数")

    def mean(self, table, column, digits=1, where=None, unit=None):
        values = [r[column] for r in self.rows(table, where)]
        unit = self.data.tables[table].unit(column) if unit is None else unit
        text = plain(half_up(sum(values) / len(values), digits)) + unit
        more = "" if digits == 1 else f", 位数={digits}"
        return self.mark(text, "mean", f'{{{{ 平均({self.data.filtered(table, where)}, "{column}"{more}) }}}}{unit}')

    def per(self, what, heads, unit, digits=1):
        """A quotient of two figures."""
        p, w = self.q(what), self.q(heads)
        text = str(half_up(p(self.year) / w(self.year), digits)) + unit
        return self.mark(text, "per-head", f'{{{{ (({p.expr}) / ({w.expr})) | 作("") | 保留({digits}) }}}}{unit}')

    def times(self, what, of):
        """倍数: how many times one is the other."""
        p, w = self.q(what), self.q(of)
        value = half_up(p(self.year) / w(self.year), 1)
        assert value > 1
        return self.mark(plain(value) + "倍", "ratio", f"{{{{ 倍数({p.expr}, {w.expr}) }}}}")

    def ratio(self, what, of):
        """比值: 2.05∶1."""
        p, w = self.q(what), self.q(of)
        text = plain(half_up(p(self.year) / w(self.year), 2)) + "∶1"
        return self.mark(text, "ratio", f"{{{{ 比值({p.expr}, {w.expr}) }}}}")

    def best(self, table, column, least=False, where=None):
        rows = self.rows(table, where)
        row = (min if least else max)(rows, key=lambda r: r[column])
        assert sum(r[column] == row[column] for r in rows) == 1, (table, column, self.year, "a tie")
        return row

    def top(self, table, column, least=False, where=None):
        """The name of the most or the least."""
        word = "最小" if least else "最大"
        key = self.data.tables[table].key
        expr = f'{word}({self.data.filtered(table, where)}, "{column}").{key}'
        return self.mark(self.best(table, column, least, where)[key], "least-name" if least else "most-name", f"{{{{ {expr} }}}}")

    def top_value(self, table, column, least=False, where=None, unit=None):
        word = "最小" if least else "最大"
        unit = self.data.tables[table].unit(column) if unit is None else unit
        value = self.best(table, column, least, where)[column]
        expr = f'{word}({self.data.filtered(table, where)}, "{column}").{column}'
        text = plain(value * 100) + "%" if is_share(value) else plain(value) + unit
        tail = "" if is_share(value) else unit
        return self.mark(text, "least-value" if least else "most-value", f"{{{{ {expr} }}}}{tail}")

    def rank(self, table, column, name, least=False):
        t = self.data.tables[table]
        rows = t.rows[self.year]
        own = next(r for r in rows if r[t.key] == name)[column]
        assert sum(r[column] == own for r in rows) == 1, (table, column, name, self.year, "a tie")
        place = 1 + sum(r[column] < own if least else r[column] > own for r in rows)
        up = ", 升序=true" if least else ""
        return self.mark(f"第{place}位", "rank", f'{{{{ 排名({table}, "{column}", "{name}"{up}) }}}}')

    def first(self, table, column, many=3, last=""):
        """The names of the first few."""
        key = self.data.tables[table].key
        rows = sorted(self.data.tables[table].rows[self.year], key=lambda r: -r[column])
        assert len({r[column] for r in rows[: many + 1]}) == many + 1, (table, column, self.year, "a tie")
        names = [r[key] for r in rows[:many]]
        end = f'(末="{last}")' if last else ""
        expr = f'({table} | 排序("{column}", 降序=true))[:{many}] | 取("{key}") | 顿号{end}'
        text = "、".join(names[:-1]) + last + names[-1] if last else "、".join(names)
        return self.mark(text, "top-three" if many == 3 else "top-few", f"{{{{ {expr} }}}}")

    def names(self, table, where=None, last="", column=None):
        key = column or self.data.tables[table].key
        names = [r[key] for r in self.rows(table, where)]
        assert names, (table, where, self.year, "an empty list")
        end = f'(末="{last}")' if last else ""
        text = "、".join(names[:-1]) + last + names[-1] if last and len(names) > 1 else "、".join(names)
        kind = "list-condition" if where else "list"
        return self.mark(text, kind, f'{{{{ {self.data.filtered(table, where)} | 取("{key}") | 顿号{end} }}}}')

    def listed(self, table, column, where=None, unit=None):
        """Each name with its value behind it: 甲镇12件、乙镇8件."""
        key = self.data.tables[table].key
        unit = self.data.tables[table].unit(column) if unit is None else unit
        rows = self.rows(table, where)
        assert rows
        text = "、".join(f"{r[key]}{plain(r[column])}{unit}" for r in rows)
        # The column says its unit itself.
        expr = f'{self.data.filtered(table, where)} | 名单("{column}", 括号=false)'
        return self.mark(text, "list-values", f"{{{{ {expr} }}}}")

    def han(self, what, unit="个"):
        """A count in characters: 十七个."""
        q = self.q(what)
        value = int(q(self.year))
        assert value != 2, "两个"
        return self.mark(numeral(value) + unit, "characters", f"{{{{ {q.expr} | 汉字 }}}}{unit}")

    def money(self, what):
        """金额: the fitting unit, at most two decimals."""
        q = self.q(what)
        yuan = q(self.year) * MONEY[q.unit]
        for unit, size in list(MONEY.items()):
            rounded = half_up(yuan / size, 2)
            if rounded < 10**4 or unit == "亿元":
                return self.mark(plain(rounded) + unit, "unit", f'{{{{ {q.expr} | 金额("{q.unit}") }}}}')

    def in_unit(self, what, unit):
        """An amount in another unit of money, at most two decimals."""
        q = self.q(what)
        text = plain(half_up(q(self.year) * MONEY[q.unit] / MONEY[unit], 2)) + unit
        return self.mark(text, "unit", f'{{{{ {q.expr} | 金额("{q.unit}", 为="{unit}") }}}}')

    def ten_thousand(self, what):
        """A count in 万: 12860人次 is 1.29万人次."""
        q = self.q(what)
        text = plain(half_up(q(self.year) / 10**4, 2)) + "万" + q.unit
        return self.mark(text, "unit", f'{{{{ {q.expr} | 简写 }}}}')

    def round(self, what, digits=1, unit=None):
        q = self.q(what)
        unit = q.unit if unit is None else unit
        value = q(self.year)
        if is_share(value):
            return self.mark(f"{half_up(value * 100, digits)}%", "rounded", f"{{{{ {q.expr} | 保留({digits}) }}}}")
        return self.mark(f"{half_up(value, digits)}{unit}", "rounded", f"{{{{ {q.expr} | 保留({digits}) }}}}{unit}")

    def date(self, what, short=False):
        """A day: 2024年9月30日, or 9月30日."""
        q = self.q(what)
        year, month, day = q(self.year)
        text = f"{month}月{day}日" if short else f"{year}年{month}月{day}日"
        return self.mark(text, "date", f"{{{{ {q.expr} | {'期限(带年=false)' if short else '年月日'} }}}}")

    def y(self, more=0, tail="年"):
        """The report's year, or one beside it."""
        shift = f" {'+' if more > 0 else '-'} {abs(more)}" if more else ""
        return self.mark(f"{self.year + more}{tail}", "year", f"{{{{ 年份{shift} }}}}{tail}")

    def text(self, what):
        """A text of the data, such as the name of a project that is told by the year."""
        q = self.q(what)
        return self.mark(q(self.year), "text", f"{{{{ {q.expr} }}}}")

    def no(self, text, kind, comment=""):
        """A number that is no datum: it stays as it is."""
        return self.mark(text, kind, text, "不是数据", comment)


def bare(text):
    """A text without its marks."""
    return MARK.sub(lambda m: m.group(2), text)
