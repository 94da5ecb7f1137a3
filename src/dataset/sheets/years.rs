//! Which year a column of a field sheet is about, by its header.

use std::collections::BTreeMap;

use crate::dataset::draft::YearKey;
use crate::dataset::{Table, scalar};

/// The year of a column; `exact` when the header says nothing but the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearColumn {
    pub key: YearKey,
    pub exact: bool,
}

/// Reads `2026年`, 本年, 上年同期; also `2026年1-9月`, `2026年实际`, and a year over or
/// under another name (`2026年.实绩`). Plans and comparisons are no year.
pub fn year_of(header: &str) -> Option<YearColumn> {
    let (mut key, mut exact) = (None, true);
    for part in header.split('.') {
        match single(part) {
            Some(found) if key.is_none() => {
                key = Some(found.key);
                exact &= found.exact;
            }
            Some(_) => return None,
            None if matches!(part, "年份" | "年度" | "数值" | "数据") => {}
            None if is_part(part) => exact = false,
            None => return None,
        }
    }
    key.map(|key| YearColumn { key, exact })
}

fn single(text: &str) -> Option<YearColumn> {
    let column = |key, exact| Some(YearColumn { key, exact });
    match text {
        "本年" | "本年数" | "今年" | "本年度" | "本期" | "数值" | "本年实际" | "当年" => {
            return column(YearKey::Current, true);
        }
        "上年" | "上年数" | "去年" | "上年度" | "上年同期" | "去年同期" | "上年实际" | "上期" =>
        {
            return column(YearKey::Before(1), true);
        }
        "前年" | "前年数" | "前年度" | "前年实际" => return column(YearKey::Before(2), true),
        _ => {}
    }
    if let Some(year) = scalar::year(text) {
        return column(YearKey::Year(year), true);
    }
    for (key, words) in [
        (YearKey::Current, ["本年度", "本年", "今年", "当年", "本期"].as_slice()),
        (YearKey::Before(1), &["上年同期", "去年同期", "上年度", "上年", "去年", "上期"]),
    ] {
        if let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
            return is_part(rest).then_some(YearColumn { key, exact: false });
        }
    }
    let text = text.strip_prefix("截至").or(text.strip_prefix("截止")).unwrap_or(text);
    let (year, rest) = text.split_once('年')?;
    let year = scalar::year(year)?;
    is_part(rest).then_some(YearColumn { key: YearKey::Year(year), exact: false })
}

/// Columns of a table that hold one figure for several years (本年, 上年, 前年; 接待.2026年,
/// 接待.2025年), from the latest year on. `year` is the report's.
pub fn year_columns(table: &Table, year: i16) -> Vec<Vec<usize>> {
    let mut figures: BTreeMap<String, BTreeMap<i16, usize>> = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        let Some((figure, key)) = figure_and_year(&column.name) else { continue };
        // The first of two columns of one year counts.
        figures.entry(figure).or_default().entry(key.resolved(year)).or_insert(at);
    }
    let several = figures.into_values().filter(|years| years.len() > 1);
    several.map(|years| years.into_values().rev().collect()).collect()
}

/// A column of some months of its year: 2026年1-11月, 2026年上半年, 2026年前三季度.
pub fn is_span(name: &str) -> bool {
    let months = name.split_once('年').is_some_and(|(_, rest)| rest.contains('月'));
    (months || name.contains("上半年") || name.contains("前三季度")) && !name.contains("12月")
}

/// The year that a column's name says and nothing else: 本年, 2026年, 上年同期. `year` is the report's.
pub fn year_of_column(name: &str, year: i16) -> Option<i16> {
    year_of(name).map(|found| found.key.resolved(year))
}

/// 本年接待 is the figure 接待 of this year.
fn figure_and_year(name: &str) -> Option<(String, YearKey)> {
    if let Some(year) = year_of(name) {
        return Some((String::new(), year.key));
    }
    let parts: Vec<&str> = name.split('.').collect();
    if let Some((at, year)) = parts.iter().enumerate().find_map(|(i, part)| Some((i, single(part)?))) {
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| *part).collect();
        return Some((rest.join("."), year.key));
    }
    let words = [
        ("本年度", YearKey::Current),
        ("本年", YearKey::Current),
        ("今年", YearKey::Current),
        ("上年同期", YearKey::Before(1)),
        ("去年同期", YearKey::Before(1)),
        ("上年度", YearKey::Before(1)),
        ("上年", YearKey::Before(1)),
        ("去年", YearKey::Before(1)),
        ("前年", YearKey::Before(2)),
    ];
    if let Some((rest, key)) = words.iter().find_map(|(word, key)| Some((name.strip_prefix(word)?, *key))) {
        return Some((rest.to_owned(), key));
    }
    let (year, rest) = name.split_once('年')?;
    Some((rest.trim_start_matches('度').to_owned(), YearKey::Year(scalar::year(year)?)))
}

/// What may stand behind a year without making it another thing: 实际, 1-9月, （截至11月底）.
fn is_part(text: &str) -> bool {
    let text = text.strip_prefix('度').unwrap_or(text);
    let text = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let text = text.strip_prefix("截至").or(text.strip_prefix("截止")).unwrap_or(text);
    let words = [
        "实际",
        "实绩",
        "实际数",
        "实际完成",
        "实际完成数",
        "完成",
        "完成数",
        "完成情况",
        "数",
        "数值",
        "数据",
        "值",
        "情况",
        "累计",
        "累计数",
        "累计完成",
        "底",
        "末",
        "年底",
        "年末",
        "上半年",
        "前三季度",
        "全年",
    ];
    if words.contains(&text) {
        return true;
    }
    // 1-9月, 11月底, 1—11月累计, 11月30日
    let months = text.strip_prefix("前").unwrap_or(text);
    let Some((numbers, rest)) = months.split_once('月') else { return false };
    let numbers = numbers.trim_end_matches('个');
    let plain = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    numbers.split(['-', '—', '–', '至', '～', '~', '－', '到']).all(|n| plain(n.trim_end_matches('月')))
        && (words.contains(&rest) || rest.is_empty() || rest.strip_suffix('日').is_some_and(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_years() {
        let key = |text: &str| year_of(text).map(|y| (y.key, y.exact));
        assert_eq!(key("2026年度"), Some((YearKey::Year(2026), true)));
        assert_eq!(key("去年"), Some((YearKey::Before(1), true)));
        for text in [
            "2026年1-9月",
            "2026年1—11月",
            "2026年前三季度",
            "2026年实际",
            "2026年.实绩",
            "2026年（截至11月底）",
            "截至2026年11月",
            "2026年11月30日",
            "2026年度完成数",
            "2026年底",
        ] {
            assert_eq!(key(text), Some((YearKey::Year(2026), false)), "{text}");
        }
        assert_eq!(key("年份.2026年"), Some((YearKey::Year(2026), true)));
        assert_eq!(key("上年同期数"), Some((YearKey::Before(1), false)));
        for text in
            ["同比", "2026年计划", "2026年.计划", "2026年目标", "比上年增减", "2026年增幅", "今年比去年", "备注"]
        {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
