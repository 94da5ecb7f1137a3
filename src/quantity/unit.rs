//! Units: which words are one, how they stand in a header, and what converts into what.

use rust_decimal::Decimal;

use super::measure::Measure;

/// Words that count as a unit behind a number or in a header. A multiple (万人, 千元) of
/// one of them, and a rate of two (元/人), count as well.
const UNITS: &[&str] = &[
    "元",
    "人",
    "名",
    "个",
    "位",
    "户",
    "家",
    "所",
    "处",
    "座",
    "间",
    "场",
    "次",
    "场次",
    "人次",
    "件",
    "条",
    "项",
    "份",
    "册",
    "本",
    "套",
    "台",
    "辆",
    "艘",
    "架",
    "张",
    "篇",
    "期",
    "批",
    "批次",
    "件次",
    "户次",
    "家次",
    "车次",
    "只",
    "头",
    "羽",
    "株",
    "棵",
    "亩",
    "公顷",
    "平方米",
    "平方公里",
    "平方千米",
    "㎡",
    "m²",
    "m2",
    "立方米",
    "m³",
    "米",
    "千米",
    "公里",
    "km",
    "厘米",
    "毫米",
    "吨",
    "公斤",
    "千克",
    "斤",
    "克",
    "kg",
    "升",
    "度",
    "千瓦",
    "千瓦时",
    "天",
    "小时",
    "分钟",
    "分",
    "岁",
    "倍",
    "宗",
    "起",
    "例",
    "轮",
    "门",
    "组",
    "支",
    "村",
    "镇",
    "点",
    "站",
    "县",
    "百分点",
    "个百分点",
    "%",
    "％",
    "‰",
    "美元",
    "港元",
    "欧元",
    "公升",
    "口",
    "幢",
    "栋",
    "块",
    "盏",
    "根",
    "眼",
];

const MULTIPLES: &[&str] = &["十万", "百万", "千万", "亿", "万", "千", "百"];

/// A unit, or how often it was there: 册次, 台次.
fn known(word: &str) -> bool {
    UNITS.contains(&word) || word.strip_suffix('次').is_some_and(|thing| UNITS.contains(&thing))
}

/// True for a word that is used as a unit.
pub fn is_unit(word: &str) -> bool {
    let word = word.trim();
    if word.is_empty() || word.chars().count() > 8 {
        return false;
    }
    // An index and its base: 上年=100.
    if word.strip_suffix("100").is_some_and(|base| base.ends_with(['=', '＝']) && base.chars().count() > 1) {
        return true;
    }
    if let Some((a, b)) = word.split_once('/') {
        return is_unit(a) && is_unit(b);
    }
    known(word) || matches!(word, "万" | "亿") || MULTIPLES.iter().any(|m| word.strip_prefix(m).is_some_and(known))
}

/// A header's name and unit: `经费（万元）` → 经费, 万元. Brackets with anything but a unit
/// stay part of the name.
pub fn split_header(header: &str) -> (&str, Option<&str>) {
    let header = header.trim();
    for (open, close) in [('（', '）'), ('(', ')'), ('（', ')'), ('(', '）'), ('［', '］'), ('[', ']'), ('【', '】')]
    {
        let Some(body) = header.strip_suffix(close) else { continue };
        let Some(at) = body.rfind(open) else { continue };
        let inside = &body[at + open.len_utf8()..];
        let inside = stated(inside).unwrap_or(inside).trim();
        let name = body[..at].trim_end();
        if !name.is_empty() && is_unit(inside) {
            return (name, Some(inside));
        }
    }
    for mark in ["，单位：", ",单位:", "，单位:", " 单位："] {
        if let Some((name, unit)) = header.split_once(mark)
            && is_unit(unit)
        {
            return (name.trim_end(), Some(unit.trim()));
        }
    }
    // 完成率%
    if let Some(name) = header.strip_suffix(['%', '％', '‰']).filter(|name| !name.is_empty()) {
        return (name.trim_end(), Some(&header[name.len()..]));
    }
    match header.rsplit_once(['/', '／']) {
        Some((name, unit)) if !name.trim().is_empty() && is_unit(unit) && !is_unit(name) => {
            (name.trim_end(), Some(unit.trim()))
        }
        _ => (header, None),
    }
}

/// The unit that a note states: `单位：万元`, `金额单位: 元`. An organisation behind 单位：
/// is no unit.
pub fn stated(note: &str) -> Option<&str> {
    let note = note.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']).trim();
    let (label, unit) = note.split_once(['：', ':'])?;
    let unit = unit.trim();
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    (label.ends_with("单位") && label.chars().count() <= 6 && is_unit(unit)).then_some(unit)
}

/// A unit's multiple and the rest: 万元 is 10,000 of 元, 千瓦时 is one of itself.
pub fn multiple(unit: &str) -> (Decimal, &str) {
    let powers: [(&str, i64); 7] = [
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("十万", 100_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("千", 1_000),
        ("百", 100),
    ];
    let whole = matches!(unit, "千瓦" | "千瓦时" | "千克" | "千米" | "百分点");
    let found = powers.iter().filter(|_| !whole).find_map(|(word, factor)| {
        let rest = unit.strip_prefix(word).filter(|rest| rest.is_empty() || known(rest))?;
        Some((Decimal::from(*factor), rest))
    });
    found.unwrap_or((Decimal::ONE, unit))
}

/// 万 or 亿 alone, typed behind a number, counts whatever is declared: 12万 of 人, of 元.
pub fn counted(own: &str, declared: &str) -> Option<(Decimal, Decimal)> {
    let (factor, rest) = multiple(own);
    (is_unit(own) && rest.is_empty()).then(|| (factor, multiple(declared).0))
}

/// Factor and divisor that turn a number of `from` into one of `to`: 元 to 万元 is 1/10000.
/// `None` when the two measure different things.
pub fn conversion(from: &str, to: &str) -> Option<(Decimal, Decimal)> {
    if !is_unit(from) || !is_unit(to) {
        return None;
    }
    let (from, to) = (Measure::of(same(from)), Measure::of(same(to)));
    (from.dimension == to.dimension && !from.dimension.is_empty()).then_some((from.size, to.size))
}

/// The longest unit with which a text begins: 万元 of “万元，增长”.
pub fn at_start(text: &str) -> Option<&str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(6);
    ends.filter(|end| is_unit(&text[..*end])).last().map(|end| &text[..end])
}

/// One spelling for units that mean the same.
pub fn same(unit: &str) -> &str {
    match unit.trim() {
        "％" => "%",
        "平方米" | "㎡" | "m2" => "m²",
        "公里" | "千米" => "km",
        "公斤" | "千克" => "kg",
        "名" | "位" => "人",
        "个百分点" => "百分点",
        "人民币元" => "元",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_their_units() {
        assert_eq!(split_header("经费（万元）"), ("经费", Some("万元")));
        assert_eq!(split_header("经费 (单位：万元)"), ("经费", Some("万元")));
        assert_eq!(split_header("镇（街道）"), ("镇（街道）", None));
        assert_eq!(split_header("人均支出（元/人）"), ("人均支出", Some("元/人")));
        assert_eq!(split_header("经费/万元"), ("经费", Some("万元")));
        assert_eq!(split_header("占比（%）"), ("占比", Some("%")));
        assert_eq!(split_header("完成率%"), ("完成率", Some("%")));
        assert_eq!(split_header("（万元）"), ("（万元）", None));
        assert_eq!(split_header("借阅（万册次）"), ("借阅", Some("万册次")));
    }

    #[test]
    fn stated_units() {
        assert_eq!(stated("单位：万元"), Some("万元"));
        assert_eq!(stated("（金额单位: 元）"), Some("元"));
        assert_eq!(stated("单位：云溪镇人大主席团"), None);
        assert_eq!(stated("填报单位：云溪镇"), None);
    }

    #[test]
    fn conversions() {
        let c = |a, b| conversion(a, b).map(|(f, t)| f / t);
        assert_eq!(c("元", "万元").map(|d| d.to_string()).as_deref(), Some("0.0001"));
        assert_eq!(c("亿元", "万元").map(|d| d.to_string()).as_deref(), Some("10000"));
        assert_eq!(c("人", "万元"), None);
        assert!(c("平方米", "㎡").is_some());
    }
}
