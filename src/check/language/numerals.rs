//! Numerals (GB/T 15835-2011) and units.

use super::super::line::{
    Hit, Line, at, before, decimals, ends, han, measure, number_end, numbers, starts, unit_digit,
};
use crate::vocabulary::measures;
use crate::vocabulary::numeral::{self, is_part};

/// N-01
pub fn han_count(l: &Line, hits: &mut Vec<Hit>) {
    let mut i = 0;
    while i < l.open.len() {
        let run = l.open[i..].iter().take_while(|c| is_part(**c)).count();
        if run < 2 {
            i += 1;
            continue;
        }
        let end = i + run;
        let number = &l.open[i..end];
        let composed = run >= 3
            && number.iter().any(|c| "百千万十".contains(*c))
            && number.iter().any(|c| unit_digit(*c).is_some());
        let counted = measure(&l.open, end).is_some_and(|m| !(m == "个" && at(&l.open, end + 1) == '字'));
        let ordinal = "第之".contains(before(&l.open, i)) && !ends(&l.open, i, "百分之");
        // 二三十, 七八百: about so many.
        let rough = number.windows(2).any(|w| w.iter().all(|c| unit_digit(*c).is_some()));
        // Two characters among Arabic counts: 代表62名，其中县代表十一名.
        let beside = run == 2 && number.contains(&'十') && !rough && among_counts(l, i) && strict_measure(l, end);
        let composed = composed || beside;
        // 三千四百五十吨, 一百零五张: to the last one.
        let exact = run >= 4 && number.contains(&'百') && counted_exactly(number);
        let counted = counted || exact && self::counted(&l.open, end);
        if composed && !rough && counted && !ordinal && at(&l.open, end) != '条' {
            l.hit(hits, (i, end), "统计数“{}”用了汉字", "改用阿拉伯数字");
        }
        i += run.max(1);
    }
    for (i, end, _) in l.find(&["百分之"]) {
        let run = l.open[end..].iter().take_while(|c| is_part(**c) || **c == '点').count();
        if run > 0 {
            l.hit(hits, (i, end + run), "百分数“{}”用了汉字", "改用阿拉伯数字和%");
        }
    }
}

/// A measure that counts people or cases; 十个方面 and 十项措施 are words.
fn strict_measure(l: &Line, at: usize) -> bool {
    measures::counts_cases(|word| starts(&l.open, at, word))
}

/// Whether the sentence counts the same kind of thing in Arabic digits.
fn among_counts(l: &Line, i: usize) -> bool {
    let Some((from, to)) = l.sentences().into_iter().find(|(a, b)| *a <= i && i < *b) else { return false };
    numbers(&l.open, from, to).iter().any(|n| strict_measure(l, n.1))
}

/// N-02
pub fn full_width(l: &Line, hits: &mut Vec<Hit>) {
    let mut i = 0;
    while i < l.raw.len() {
        let run = l.raw[i..].iter().take_while(|c| ('０'..='９').contains(*c)).count();
        if run > 0 {
            l.hit(hits, (i, i + run), "“{}”是全角数字", "改为半角数字");
        }
        i += run.max(1);
    }
}

/// N-03
pub fn leading_zero(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.open.len() {
        let alone = !before(&l.open, i).is_ascii_alphanumeric() && !".．".contains(before(&l.open, i));
        if l.open[i] == '.' && at(&l.open, i + 1).is_ascii_digit() && alone {
            let end = number_end(&l.open, i + 1);
            l.hit(hits, (i, end), "小数“{}”缺少整数部分的0", "在小数点前加0");
        }
    }
}

/// A range: the end of its first number, the start and end of its second.
fn ranges(l: &Line) -> Vec<(usize, usize, usize)> {
    let marks = |c: char| "～~—-－–至".contains(c);
    (1..l.open.len())
        .filter(|i| marks(l.open[*i]) && l.open[i - 1].is_ascii_digit() && at(&l.open, i + 1).is_ascii_digit())
        .filter(|i| !marks(at(&l.open, i + 1)) && !marks(before(&l.open, *i)))
        .map(|i| (i, i + 1, number_end(&l.open, i + 1)))
        .collect()
}

/// N-04
pub fn percent_range(l: &Line, hits: &mut Vec<Hit>) {
    for (first, _, end) in ranges(l) {
        if matches!(at(&l.open, end), '%' | '％') {
            let from = first - digits_before(l, first);
            l.hit(hits, (from, end + 1), "“{}”的前一个数缺少百分号", "每个数后面都写%");
        }
    }
}

/// N-05
pub fn scale_range(l: &Line, hits: &mut Vec<Hit>) {
    for (first, _, end) in ranges(l) {
        if matches!(at(&l.open, end), '万' | '亿') {
            let from = first - digits_before(l, first);
            l.hit(hits, (from, end + 1), "“{}”的前一个数缺少“万”“亿”", "每个数后面都写“万”或“亿”");
        }
    }
}

fn digits_before(l: &Line, end: usize) -> usize {
    l.open[..end].iter().rev().take_while(|c| c.is_ascii_digit() || **c == '.').count()
}

/// N-06
pub fn short_year(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in numbers(&l.open, 0, l.open.len()) {
        if end - start != 2 || at(&l.open, end) != '年' || "~～—-第".contains(before(&l.open, start)) {
            continue;
        }
        let next = end + 1;
        let month = number_end(&l.open, next);
        let dated = month > next && at(&l.open, month) == '月';
        let words = ["上半年", "下半年", "度", "全年", "底", "年初", "初", "末", "一季度", "前三季度"];
        if dated || words.iter().any(|w| starts(&l.open, next, w)) {
            l.hit(hits, (start, end + 1), "年份“{}”不能省成两位", "写全四位年份");
        }
    }
}

/// N-07
pub fn mixed_date(l: &Line, hits: &mut Vec<Hit>) {
    mixed_year(l, hits);
    for i in 0..l.open.len() {
        if !is_part(l.open[i]) {
            continue;
        }
        let run = l.open[i..].iter().take_while(|c| is_part(**c)).count();
        let (c, next) = (before(&l.open, i), at(&l.open, i + run));
        let arabic = before(&l.open, i.saturating_sub(1)).is_ascii_digit();
        if run > 0 && arabic && (c == '年' && next == '月' || c == '月' && next == '日') {
            l.hit(hits, (i - 1, i + run + 1), "日期里混用了阿拉伯数字和汉字（{…}）", "全部用阿拉伯数字");
        }
    }
}

/// N-07 as well: `二〇二六年7月`.
fn mixed_year(l: &Line, hits: &mut Vec<Hit>) {
    for i in 4..l.open.len() {
        let han = l.open[i - 4..i].iter().all(|c| numeral::digit(*c).is_some());
        if l.open[i] == '年' && han && at(&l.open, i + 1).is_ascii_digit() {
            let end = number_end(&l.open, i + 1);
            if at(&l.open, end) == '月' {
                l.hit(hits, (i - 4, end + 1), "日期里混用了阿拉伯数字和汉字（{…}）", "全部用阿拉伯数字");
            }
        }
    }
}

/// N-08
pub fn padded_date(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in numbers(&l.open, 0, l.open.len()) {
        let place = (before(&l.open, start), at(&l.open, end));
        if end - start == 2 && l.open[start] == '0' && (place == ('年', '月') || place == ('月', '日')) {
            l.hit(hits, (start, end + 1), "日期里的“{}”编了虚位", "月、日前面不加0");
        }
    }
}

/// N-09
pub fn half_arabic(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in numbers(&l.open, 0, l.open.len()) {
        let power = at(&l.open, end);
        let next = end + 1 + usize::from(matches!(at(&l.open, end + 1), '多' | '余'));
        // 千 is a part of these units; the rest are how statistics count.
        let units = ["千瓦", "千米", "千克", "千卡", "千伏", "百分", "千公顷", "千吨", "千人次", "千公里", "千立方米"];
        let lone = !units.iter().any(|w| starts(&l.open, end, w));
        if matches!(power, '千' | '百' | '十') && lone && (counted(&l.open, next) || at(&l.open, next) == '万') {
            l.hit(hits, (start, end + 1), "“{}”一半用阿拉伯数字一半用汉字", "除“万”“亿”外，数字要写全");
        }
    }
}

/// Whether a number is said to its tens or ones: 一百零五, 三千四百五十.
fn counted_exactly(number: &[char]) -> bool {
    number.contains(&'零') || number.iter().filter(|c| unit_digit(**c).is_some()).count() >= 2
}

/// Whether a measure word or a unit stands here.
fn counted(s: &[char], i: usize) -> bool {
    let text: String = s[i.min(s.len())..s.len().min(i + 4)].iter().collect();
    measure(s, i).is_some() || measures::at_start(&text).is_some()
}

/// N-11
pub fn rough_decimal(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in numbers(&l.open, 0, l.open.len()) {
        let scale = usize::from(matches!(at(&l.open, end), '万' | '亿'));
        // 3.6万余人次 is about so many; 36.52余万元 is exact.
        let exact = scale == 0 || decimals(&l.open, start, end) > 1;
        if decimals(&l.open, start, end) > 0 && exact && matches!(at(&l.open, end + scale), '多' | '余' | '几') {
            l.hit(hits, (start, end + scale + 1), "“{}”：带小数的精确数不能再加“多”“余”", "删去“多”“余”，或改写整数");
        }
    }
}

/// N-12
pub fn fixed_words(l: &Line, hits: &mut Vec<Hit>) {
    let words = [
        ("1律", "一律"),
        ("1些", "一些"),
        ("1般", "一般"),
        ("1旦", "一旦"),
        ("1致", "一致"),
        ("1定", "一定"),
        ("1直", "一直"),
        ("1是", "一是"),
        ("2是", "二是"),
        ("3是", "三是"),
        ("星期1", "星期一"),
        ("星期5", "星期五"),
        ("周5", "周五"),
        ("1把手", "一把手"),
        ("1方面", "一方面"),
        ("1次性", "一次性"),
        ("1站式", "一站式"),
        ("1票否决", "一票否决"),
        ("1岗双责", "一岗双责"),
        ("1如既往", "一如既往"),
        ("1体化", "一体化"),
        ("1揽子", "一揽子"),
    ];
    for (i, end, word) in l.find(&words.map(|(w, _)| w)) {
        let prev = before(&l.open, i);
        // “表1定期填报”, “问题1是”: the number belongs to what stands before it.
        let owned = "表图件第版号条款项题案例之".contains(prev) && prev != '\0';
        let next = at(&l.open, end);
        let longer = word == "1定" && "期点额时向员人量位".contains(next)
            || word == "1直" && "接播达".contains(next)
            || word == "1致" && "使力".contains(next)
            || word.ends_with('是') && !super::super::line::opens(&l.open, i) && prev != '，';
        if !prev.is_ascii_digit() && !".—".contains(prev) && !owned && !longer {
            let good = words.iter().find(|(w, _)| *w == word).map_or("", |(_, g)| g);
            l.hit(hits, (i, end), "“{}”是固定词语，要用汉字", &format!("改为“{good}”"));
        }
    }
    for (i, end, word) in l.find(&["第1时间", "第1书记", "第1责任人", "第1线"]) {
        l.hit(hits, (i, end), "“{}”是固定词语，要用汉字", &format!("改为“{}”", word.replace('1', "一")));
    }
    for (i, c) in l.raw.iter().enumerate() {
        let fixed = ["个意识”", "个自信”", "个维护”", "个全面”", "严3实”", "学1做”"];
        if *c == '“' && at(l.raw, i + 1).is_ascii_digit() && fixed.iter().any(|w| starts(l.raw, i + 2, w)) {
            l.hit(hits, (i + 1, i + 2), "“{…}”是固定词语，要用汉字", "例如“四个意识”");
        }
    }
    for i in 0..l.raw.len() {
        for word in ["“135”", "“145”", "“155”"] {
            if starts(l.raw, i, word) && ["规划", "时期", "期间"].iter().any(|w| starts(l.raw, i + 5, w)) {
                l.hit(hits, (i, i + 5), "{}要用汉字", "例如“十五五”");
            }
        }
    }
}

/// N-13
pub fn events(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.raw.len() {
        if let Some(word) = ["“315”", "“129”", "“918”", "“五·四”", "“八·一”"].iter().find(|w| starts(l.raw, i, w))
        {
            l.hit(
                hits,
                (i, i + word.chars().count()),
                "{}的写法不合规定",
                "阿拉伯数字的月日之间加间隔号（“3·15”），五四、八一不加",
            );
        }
    }
}

/// N-17
pub fn units(l: &Line, hits: &mut Vec<Hit>) {
    let words = [
        ("公分", "厘米"),
        ("公尺", "米"),
        ("公吨", "吨"),
        ("市斤", "千克"),
        ("平米", "平方米"),
        ("华里", "公里"),
        ("英里", "公里"),
        ("立方土", "立方米土"),
    ];
    for (_, end, _) in numbers(&l.open, 0, l.open.len()) {
        let from = end + usize::from(matches!(at(&l.open, end), '万' | '亿' | '余' | '多'));
        if let Some((bad, good)) = words.iter().find(|(w, _)| starts(&l.open, from, w)) {
            l.hit(hits, (from, from + bad.chars().count()), "“{}”不是法定计量单位", &format!("改用“{good}”并换算"));
        }
    }
}

/// N-18
pub fn doubled_rough(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["大约有近", "大约近", "约有近", "约近", "大概有近", "大约有将近", "将近约"])
    {
        if at(&l.open, end).is_ascii_digit() {
            l.hit(hits, (i, end), "“{}”重复表示约数", "只留一个");
        }
    }
    for (from, to) in l.clauses() {
        for (start, end, _) in numbers(&l.open, from, to) {
            let head = ["大约", "约", "将近", "近", "超过", "不足", "至少", "不少于", "不低于"]
                .into_iter()
                .find(|w| ends(&l.open, start, w));
            let Some(head) = head else { continue };
            let tail = &l.open[end..to.min(end + 7)];
            let stop = tail.iter().position(|c| c.is_ascii_digit() || *c == '、').unwrap_or(tail.len());
            let words: &[&str] = match head {
                "超过" | "至少" | "不少于" | "不低于" => &["以上", "多", "余"],
                "不足" => &["以下"],
                _ => &["左右", "上下", "余", "多"],
            };
            let found = (end..end + stop).find_map(|i| {
                let w = words.iter().find(|w| starts(&l.open, i, w))?;
                let near = !matches!(*w, "多" | "余") || i <= end + 1;
                near.then(|| i + w.chars().count())
            });
            if let Some(last) = found {
                l.hit(hits, (start - head.chars().count(), last), "“{}”重复表示约数", "前后只留一个");
            }
        }
    }
}

/// N-19
pub fn until(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["截止"]) {
        let rest = at(&l.open, end);
        let time = rest.is_ascii_digit()
            || ["目前", "当前", "今年", "本年", "上年", "年底", "上月", "本月"].iter().any(|w| starts(&l.open, end, w));
        if time && !han_verb(before(&l.open, i)) {
            l.hit(hits, (i, end), "“{}”后面接时间", "表示统计到某时，用“截至”");
        }
    }
}

fn han_verb(c: char) -> bool {
    "名理集告投期于已".contains(c)
}

/// S-12
pub fn whole_counts(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        // A mean of the sentence may be what is compared: 平均跑动由1.4次降到0.6次，减少0.8次.
        let begin = l.open[..from].iter().rposition(|c| "。！？\n".contains(*c)).map_or(0, |p| p + 1);
        let mean = l.find(&["平均", "人均", "户均", "均", "每"]).iter().any(|(i, ..)| (begin..to).contains(i));
        for (start, end, _) in numbers(&l.open, from, to) {
            let spans = ["个百分点", "个工作日", "个小时", "个月", "个点"];
            let whole = ["座", "辆", "台", "栋", "所", "间", "盏", "套", "艘", "架", "幢"]
                .iter()
                .any(|w| starts(&l.open, end, w));
            let counted = whole && l.open[end + 1..].first().is_none_or(|c| !han(*c))
                || measures::counts_wholes(|word| starts(&l.open, end, word))
                || starts(&l.open, end, "个")
                    && !spans.iter().any(|w| starts(&l.open, end, w))
                    // 2.1个和1.7个百分点
                    && !"和、".contains(at(&l.open, end + 1));
            if decimals(&l.open, start, end) > 0 && counted && !mean {
                l.hit(hits, (start, end + 1), "“{}”：件数、人数是整数，不带小数", "核对这个数");
            }
        }
    }
}

/// S-13
pub fn money_unit(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        let money = ["资金", "经费", "投入", "拨付", "支付", "支出", "补助", "投资"];
        for (start, end, _) in numbers(&l.open, from, to) {
            let next = at(&l.open, end + 1);
            let bare =
                matches!(at(&l.open, end), '万' | '亿') && (end + 1 >= to || !han(next) && !"～—-".contains(next));
            if bare && l.find(&money).iter().any(|(i, ..)| (from..start).contains(i)) {
                l.hit(hits, (start, end + 1), "金额“{}”缺少“元”", "写成“万元”“亿元”");
            }
        }
    }
}
