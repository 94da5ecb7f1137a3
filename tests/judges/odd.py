"""Packs of odd, long documents by a seed: every kind, every element, numbers of all forms, wide and narrow tables, pages of
an office's own. Nothing in them was chosen for what the layout does.

usage: odd.py FOLDER [FIRST [LAST]]      writes FOLDER/odd-07/{data.yaml, template.yaml, report.md.j2, …}
"""
import json, pathlib, random, shutil, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ["云溪镇", "白石乡", "柳树店街道", "青河经济技术开发区管理委员会", "东山镇", "南湖风景名胜区管理处", "马家塘村", "龙潭镇", "竹园社区", "金坪镇"]
WORDS = ["今年以来", "全县上下", "各镇（街道）", "紧扣目标任务", "认真贯彻落实", "扎实推进", "重点项目建设", "累计完成", "同比增长", "占年度计划的", "受理群众诉求",
         "“一件事一次办”", "《管理办法（试行）》", "便民服务站", "其中", "仍有", "存在短板", "群众满意度达到", "平均用时压缩到", "——这是薄弱环节", "规范化", "数字化改造",
         "的", "和", "进一步", "督查发现的问题", "已整改到位", "年度考核", "由", "牵头负责", "第三方评估", "网格员", "示范点"]
LATIN = ["5G", "AI", "GIS", "Wi-Fi", "App", "IoT", "ISO 9001", "GB/T 9704—2012", "PM2.5", "COVID-19", "DeepSeek-R1", "VPN", "K1038+500", "DN600mm"]
UNITS = ["件", "万元", "亿元", "个百分点", "人次", "万人次", "公里", "平方公里", "km²", "m³", "μg/m³", "%", "‰", "℃", "亩", "万平方米", "元/kW·h", "mg/L", "户", "倍", "千瓦时", "吨", "个", "名"]
SHAPES = ["1.92∶1", "±0.05", "≥95%", "120×80×60", "1—11月", "2025—2027年", "3～5天", "5%～8%", "2026年12月31日", "8:30—17:30", "第12号", "〔2026〕18号", "东经113°45′12″",
          "1亿2,345万元", "气温-3.5℃", "×100%", "第Ⅲ类", "0376-0000000", "20 000元", "1∶500"]
FACES = ["仿宋体", "宋体", "楷体", "黑体"]


class Maker:
    def __init__(self, seed):
        self.r, self.seed = random.Random(seed), seed

    def one(self, of): return self.r.choice(of)

    def number(self):
        r = self.r; whole = r.randrange(10 ** r.choice([1, 2, 3, 4, 6]))
        return r.choice([f"{whole}", f"{whole}.{r.randrange(100):02}", f"{whole}.{r.randrange(10)}", f"{whole:,}", f"{whole:,}.{r.randrange(100):02}"])

    def small(self): return f"{self.r.uniform(0, 99):.{self.r.choice([0, 1, 2])}f}"

    def counted(self):
        unit = self.one(UNITS)
        return (self.small() if unit in "%‰" else self.number()) + unit

    def clause(self):
        words = "".join(self.one(WORDS) for _ in range(self.r.randint(1, 5)))
        tail = self.r.random()
        if tail < .45: return words + self.counted()
        if tail < .6: return words + self.one(SHAPES)
        if tail < .7: return words + self.one(LATIN) + self.one(["平台", "系统", "标准", "项目", ""])
        if tail < .75: return words + "、".join(self.one(LATIN[:6]) for _ in range(self.r.randint(2, 6)))
        if tail < .8: return words + f"（{self.one(WORDS)}{self.counted()}，占{self.small()}%）"
        return words

    def sentence(self, most=6):
        out = self.clause()
        for _ in range(self.r.randint(0, most)): out += self.one(["，", "，", "，", "；", "、", "："]) + self.clause()
        return out + self.one(["。", "。", "。", "！"])

    def paragraph(self): return "".join(self.sentence() for _ in range(self.r.randint(1, 5)))

    def cell(self):
        kind = self.r.random()
        if kind < .3: return self.number()
        if kind < .38: return self.number() + "%"
        if kind < .42: return "-" + self.number()
        if kind < .45: return self.number() + "‰"
        if kind < .5: return self.number() + self.one(UNITS)
        if kind < .55: return self.one(SHAPES)
        if kind < .6: return self.one(["—", "", "无", "……"])
        if kind < .7: return self.one(NAMES)
        if kind < .9: return self.clause()
        return self.sentence(3)

    def column(self):
        """What the cells of a column have in common."""
        kind = self.r.random()
        if kind < .45: digits = self.r.randint(1, 7); return lambda: f"{self.r.uniform(-1, 9) * 10 ** (digits - 1):,.{self.r.choice([0, 1, 2])}f}"
        if kind < .6: return lambda: f"{self.r.uniform(-20, 120):.{self.r.choice([1, 2])}f}{self.one('%%‰')}"
        if kind < .75: return lambda: self.one(NAMES)
        if kind < .8: return lambda: "".join(self.one("0123456789") for _ in range(self.r.choice([18, 18, 30])))
        return self.cell

    def heading(self):
        return self.one([self.one(NAMES), self.clause(), self.one(["序号", "数量", "占比", "备注", "同比增减"]),
                         f"{self.one(['受理', '完成投资', '总库容', '人均可支配收入', '项目建设进度'])}（{self.one(['件', '万元', '%', '万立方米', '元/平方米', '个百分点'])}）"])

    def table(self, most=9, rows=None):
        count = self.r.randint(2, most); columns = [self.column() for _ in range(count)]
        if self.r.random() < .6: columns[0] = lambda: self.one(NAMES)
        rows = rows or self.r.choice([1, 3, 5, 8, 12, 45])
        lines = [f"表：{self.one(NAMES)}{self.clause()}情况", ""] if self.r.random() < .7 else []
        if self.r.random() < .5: lines += [f"单位：{self.one(['万元', '件', '人次、万元'])}", ""]
        lines += ["| " + " | ".join(self.heading() for _ in columns) + " |", "|" + "|".join(self.one(["---", "--:", ":-:", "--:"]) for _ in columns) + "|"]
        lines += ["| " + " | ".join(make() for make in columns) + " |" for _ in range(rows)]
        if self.r.random() < .4: lines += ["", f"注：{self.sentence(2)}"]
        return "\n".join(lines)

    def merged(self):
        columns = ["名称"] + [f"{{列: {key}, 标题: {self.one(['计划', '完成', '投资'])}.{title}}}" for key, title in (("甲", "中央"), ("乙", "省级（万元）"), ("丙", "占比"))]
        return f"```table\n数据: 乡镇\n标题: {self.one(NAMES)}投资完成情况\n单位: 万元\n列: [{', '.join(columns)}]\n序号: true\n合计: {self.one(['true', 'false'])}\n注: 数据截至2026年11月30日。\n```"

    def chart(self):
        kind = self.one(["柱", "条", "线", "占比"])
        series = "[甲]" if kind == "占比" else self.one(["[甲]", "[甲, 丙]"])
        return f"```chart\n类型: {kind}\n标题: {self.one(NAMES)}情况\n单位: 万元\n数据: 乡镇\n类别: 名称\n系列: {series}\n```"

    def items(self):
        ordered = self.r.random() < .5
        return "\n".join(f"{'1.' if ordered else '-'} {self.sentence(3)}" for _ in range(self.r.randint(2, 7)))

    def body(self, length):
        out, level = [], 0
        for _ in range(length):
            kind = self.r.random()
            if kind < .2:
                level = min(level + 1, self.r.randint(1, 4)); out.append("#" * level + " " + "".join(self.one(WORDS[:20]) for _ in range(self.r.randint(1, 6))) + self.one(["", "", "。"]))
                out.append(self.paragraph())
            elif kind < .62: out.append(self.paragraph())
            elif kind < .72: out.append(self.items())
            elif kind < .84: out.append(self.table())
            elif kind < .9: out.append(self.merged())
            else: out.append(self.chart())
        return "\n\n".join(out) + "\n"

    def profile(self):
        r = self.r; top, left = r.randint(25, 45), r.randint(20, 32)
        page = {"上边距": f"{top}毫米", "下边距": f"{r.randint(25, 40)}毫米", "左边距": f"{left}毫米", "右边距": f"{r.randint(20, 30)}毫米"}
        if r.random() < .5: page["正文字号"] = r.choice(["小三", "三号", "15.5磅", "17磅", "四号"])
        if r.random() < .3: page["行距"] = f"{r.choice([26, 27.5, 28, 29, 30])}磅"
        if r.random() < .3: page["正文字体"] = r.choice(FACES)
        if r.random() < .4: page |= {"一级标题字号": r.choice(["小三", "三号", "18磅"]), "二级标题加粗": "是"}
        if r.random() < .4: page |= {"页码": "居中", "页码样式": r.choice(["-1-", "第1页", "1"])}
        if r.random() < .3: page["编号"] = "自动"
        if r.random() < .2: page["页边距对称"] = "是"
        if r.random() < .2: page["标题字号"] = r.choice(["小二", "24磅"])
        return page

    def report(self, kind):
        r = self.r; unit = self.one(["青河区人民政府", "云川县政务服务和大数据管理局", "青岭县水务中心"])
        info = {"单位": unit, "成文日期": "2026-12-18", "主送": self.one(["区人民政府", "各镇人民政府，各街道办事处，区直各单位", "云川市自然资源和规划局"])}
        if kind in ("公文", "信函"): info |= {"发文机关": unit, "发文字号": "青政〔2026〕18号", "抄送": "区财政局，区统计局，各镇人民政府", "印发机关": unit + "办公室", "印发日期": "2026-12-19"}
        if kind == "公文":
            info["发文机关后缀"] = "文件"
            if r.random() < .5: info["签发人"] = self.one(["甲乙丙", "甲乙、丙丁戊"])
            seal = r.random()
            if seal < .4: info["印章"] = "seal.png"
            elif seal < .6: info |= {"签名章": "name.png", "签发人职务": "区长"}; info.pop("单位")
            elif seal < .75: info |= {"单位": [unit, "青河区财政局", "青河区农业农村局"], "发文机关": [unit, "青河区财政局", "青河区农业农村局"], "印章": ["seal.png"] * 3}
        if r.random() < .5 and kind in ("公文", "汇报"): info["附注"] = "联系人：值班室，电话：000-00000000"
        if kind == "简报":
            info = {"简报名称": self.one(["便民服务工作简报", "青河区优化营商环境工作领导小组办公室工作简报"]), "期号": "第12期", "编印单位": unit, "日期": "2026-12-10", "单位": unit,
                    "按语": self.sentence(), "报": "区委、区政府领导", "送": "区委各部门，区直各单位", "发": "各镇人民政府，各街道办事处", "印数": "共印60份"}
        if kind == "命令": info = {"发文机关": unit, "令号": "第12号", "签发人职务": "区长", "签名章": "name.png", "成文日期": "2026-12-05"}
        if kind == "纪要":
            info = {"纪要名称": "青河区人民政府常务会议纪要", "期号": "第33期", "编印单位": unit + "办公室", "日期": "2026-12-03", "出席": "区长，各副区长，" + "，".join(NAMES[:r.randint(2, 10)]),
                    "请假": "分管农业农村工作的副区长", "列席": "，".join(NAMES[:r.randint(1, 10)]) + "主要负责人", "抄送": "区委办公室", "印发机关": unit + "办公室", "印发日期": "2026-12-03"}
        return info

    def write(self, folder):
        r = self.r; kind = ["汇报", "公文", "简报", "信函", "纪要", "汇报", "公文", "命令"][self.seed % 8]
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("seal.png", "name.png"): shutil.copy(ROOT / "tests/fixtures/official" / name, folder)
        template = {"名称": f"odd{self.seed}", "版式": kind, "文件名": f"odd-{self.seed:02}"}
        if kind != "命令": template["标题"] = "关于" + "".join(self.one(WORDS[:12]) for _ in range(r.randint(1, 4))) + "情况的报告"
        if self.seed % 3 == 2: template["版面"] = self.profile()
        annexes = []
        if kind in ("汇报", "公文", "信函"):
            for i in range(r.choice([0, 0, 1, 2, 3])):
                lying = r.random() < .5
                annexes.append({"标题": self.clause() + "一览表", "文件": f"annex{i}.md.j2"} | ({"横排": True} if lying else {}))
                text = "\n\n".join([self.table(14 if lying else 8, r.choice([4, 20, 60])), self.paragraph()] if r.random() < .7 else [self.body(5)])
                (folder / f"annex{i}.md.j2").write_text(text)
        if annexes: template["附件"] = annexes
        dump = lambda value: json.dumps(value, ensure_ascii=False, indent=1)
        (folder / "template.yaml").write_text(dump(template))
        (folder / "report.md.j2").write_text(self.body(4 if kind == "命令" else r.choice([6, 15, 40, 70])))
        rows = [{"名称": name, "甲": round(r.uniform(1, 20000), 2), "乙": r.choice([0, 320.5, "无", 88.25, 12345.6]), "丙": round(r.uniform(0, 130), 1)} for name in NAMES[:r.randint(3, 8)]]
        (folder / "data.yaml").write_text(dump({"年份": 2026, "报告": self.report(kind), "乡镇": rows}))


def main():
    folder, first, last = pathlib.Path(sys.argv[1]), *(int(n) for n in (sys.argv[2:] + ["0", "39"])[:2])
    for seed in range(first, last + 1): Maker(seed).write(folder / f"odd-{seed:02}")


if __name__ == "__main__":
    main()
