//! Units and measure words: which words are one, and how they stand in a header.
//!
//! Every word stands in one list, by what it is in running text: people and cases (which are
//! whole), other counts, and what is a unit in sheets and not counted in sentences.

use super::{among, words};

/// People and cases: always whole, and never a part of another word.
const CASES: &str = "名 件 户 人次 场次 起 宗 篇 家 份";
/// What is whole as well, and is a part of other words: 人员, 次序.
const TIMES: &str = "人 场 次";
/// What else running text counts or measures.
const COUNTED: &str = "批次 件次 户次 公里 公顷 个百分点 个 项 条 期 处 所 座 亩 元";
/// Units of sheets.
const UNITS: &str = "\
    位 间 册 本 套 台 辆 艘 架 张 批 家次 车次 只 头 羽 株 棵 平方米 平方公里 平方千米 ㎡ m² m2 立方米 m³ 米 千米 km 厘米 毫米 吨 公斤 千克 斤 毫克 微克 克 \
    kg 升 度 千瓦 千瓦时 天 小时 分钟 分 岁 倍 例 轮 门 组 支 村 镇 点 站 县 百分点 % ％ ‰ 美元 港元 欧元 公升 口 幢 栋 块 盏 根 眼";
/// What numbers and orders in running text are of, and no column is measured in.
const ORDERS: &str = "年 月 日 号 期 届 级 类 章 款 版 楼 层 周 季 季度 旬 时 秒 代 世纪 角 步 路 班 组 队 批 排 车道 年级 周年 个月 个百分点 人次 户次";
/// Sums of money in running text.
const MONEY: &str = "万元 亿元";

/// Multiples of a unit (万人, 千元); longer words first.
const MULTIPLES: &str = "十万 百万 千万 亿 万 千 百";

/// A unit, or how often it was there: 册次, 台次.
pub fn known(word: &str) -> bool {
    let listed = |word: &str| [CASES, TIMES, COUNTED, UNITS].iter().any(|list| among(list, word));
    listed(word) || word.strip_suffix('次').is_some_and(listed)
}

/// The measure word with which running text goes on behind a count: the longest one.
pub fn behind_a_count(starts: impl Fn(&str) -> bool) -> Option<&'static str> {
    let all = [MONEY, CASES, TIMES, COUNTED].into_iter().flat_map(words);
    all.filter(|word| starts(word)).max_by_key(|word| word.len())
}

/// True where text goes on with what counts people, cases or money; 十个方面 and 十项措施 are words.
pub fn counts_cases(starts: impl Fn(&str) -> bool) -> bool {
    [MONEY, CASES].into_iter().flat_map(words).any(starts)
}

/// True where text goes on with what is only there as a whole: 3件, 5人.
pub fn counts_wholes(starts: impl Fn(&str) -> bool) -> bool {
    [CASES, TIMES].into_iter().flat_map(words).any(starts)
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
    known(word) || matches!(word, "万" | "亿") || words(MULTIPLES).any(|m| word.strip_prefix(m).is_some_and(known))
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

/// The longest unit with which a text begins: 万元 of “万元，增长”.
pub fn at_start(text: &str) -> Option<&str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(6);
    ends.filter(|end| is_unit(&text[..*end])).last().map(|end| &text[..end])
}

/// The longest word with which a number goes on in running text, in characters: 万元, 人次, 年; 左右 is none.
pub fn behind_a_number(text: &str) -> Option<usize> {
    let unit = at_start(text).map(|unit| unit.chars().count());
    let order = words(ORDERS).filter(|word| text.starts_with(*word)).map(|word| word.chars().count()).max();
    unit.max(order)
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
    fn words_behind_a_count() {
        let after = |text: &str| behind_a_count(|word| text.starts_with(word));
        assert_eq!(after("人次，增长"), Some("人次"));
        assert_eq!(after("个百分点"), Some("个百分点"));
        assert_eq!(after("亿元"), Some("亿元"));
        assert_eq!(after("方面"), None);
        assert!(counts_cases(|word| "宗".starts_with(word)) && !counts_cases(|word| "项".starts_with(word)));
    }
}
