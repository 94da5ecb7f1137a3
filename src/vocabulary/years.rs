//! Years as they are said: in a cell, in the header of a column.

use super::numeral;
use super::text::{half_width, trim};
use super::{among, words};

/// Years that a report can be about or name.
pub const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// The year that a value was said to belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearKey {
    /// The year of the report, whichever that is.
    Current,
    /// So many years before it: 上年 is 1, 前年 is 2.
    Before(i16),
    /// A year by its number.
    Year(i16),
}

impl YearKey {
    /// What a cell says: 2026, 2026年; 今年 and 去年 as well.
    pub fn of(text: &str) -> Option<Self> {
        match relative(text) {
            Some((key, "")) => Some(key),
            _ => year(text).map(YearKey::Year),
        }
    }

    /// The year that is meant, where the report's is known.
    pub fn resolved(self, year: i16) -> i16 {
        match self {
            YearKey::Current => year,
            YearKey::Before(years) => year - years,
            YearKey::Year(stated) => stated,
        }
    }
}

/// Years that are said from the report's. Longer words stand before those that they begin with.
const RELATIVE: [(&str, YearKey); 13] = [
    ("本年度", YearKey::Current),
    ("本年", YearKey::Current),
    ("今年", YearKey::Current),
    ("当年", YearKey::Current),
    ("本期", YearKey::Current),
    ("上年同期", YearKey::Before(1)),
    ("去年同期", YearKey::Before(1)),
    ("上年度", YearKey::Before(1)),
    ("上年", YearKey::Before(1)),
    ("去年", YearKey::Before(1)),
    ("上期", YearKey::Before(1)),
    ("前年度", YearKey::Before(2)),
    ("前年", YearKey::Before(2)),
];

/// Headers that say nothing but the year, though they have more in them.
const HEADERS: [(&str, YearKey); 3] = [
    ("本年数 本年实际 数值", YearKey::Current),
    ("上年数 上年实际", YearKey::Before(1)),
    ("前年数 前年实际", YearKey::Before(2)),
];

/// What may stand behind a year without making it another thing.
const PARTS: &str = "实际 实绩 实际数 实际完成 实际完成数 完成 完成数 完成情况 数 数值 数据 值 情况 \
                     累计 累计数 累计完成 以来 同期 同期数 数量 数额 底 末 年底 年末 上半年 前三季度 全年";

/// Words in brackets behind a year that make it another thing.
const OTHERS: &str = "计划 目标 预算 预计 预期 任务 同比 环比 增 减 率 比 排名 位次 年";

/// The relative year with which a text begins, and the rest of it.
fn relative(text: &str) -> Option<(YearKey, &str)> {
    RELATIVE.iter().find_map(|(word, key)| Some((*key, text.strip_prefix(word)?)))
}

/// `2026`, `2026年`, `2026年度`, `二〇二六年` as a year.
pub fn year(text: &str) -> Option<i16> {
    let half = half_width(trim(text));
    let bare = half.strip_suffix("年度").or(half.strip_suffix('年'));
    let digits = bare.unwrap_or(&half).trim();
    let plain = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    // 二〇二六 alone may be anything; with 年 it is a year.
    if !plain && (bare.is_none() || digits.chars().count() != 4) {
        return None;
    }
    numeral::read(digits).filter(|y| YEARS.contains(y)).and_then(|y| i16::try_from(y).ok())
}

/// The year of a column; `exact` when the header says nothing but the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearColumn {
    /// Which year.
    pub key: YearKey,
    /// The header says nothing else.
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
    let header = HEADERS.iter().find(|(list, _)| among(list, text)).map(|(_, key)| *key);
    if let Some(key) = header.or_else(|| YearKey::of(text)) {
        return Some(YearColumn { key, exact: true });
    }
    if let Some((key, rest)) = relative(text) {
        return is_part(rest).then_some(YearColumn { key, exact: false });
    }
    let text = text.strip_prefix("截至").or(text.strip_prefix("截止")).unwrap_or(text);
    let (stated, rest) = text.split_once('年')?;
    let key = YearKey::Year(year(stated)?);
    is_part(rest).then_some(YearColumn { key, exact: false })
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

/// What a column of one year holds, and the year: 本年 is the figure without a name, 上年接待 is 接待
/// of the year before. `year` is the report's.
pub fn figure_of_column(name: &str, year: i16) -> Option<(String, i16)> {
    figure_and_year(name).map(|(figure, key)| (figure, key.resolved(year)))
}

/// 本年接待 is the figure 接待 of this year.
pub fn figure_and_year(name: &str) -> Option<(String, YearKey)> {
    if let Some(year) = year_of(name) {
        return Some((String::new(), year.key));
    }
    let parts: Vec<&str> = name.split('.').collect();
    if let Some((at, year)) = parts.iter().enumerate().find_map(|(i, part)| Some((i, single(part)?))) {
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| *part).collect();
        return Some((rest.join("."), year.key));
    }
    if let Some((key, rest)) = relative(name) {
        return Some((rest.to_owned(), key));
    }
    let (stated, rest) = name.split_once('年')?;
    Some((rest.trim_start_matches('度').to_owned(), YearKey::Year(year(stated)?)))
}

/// What may stand behind a year without making it another thing: 实际, 1-9月, （截至11月底）.
fn is_part(text: &str) -> bool {
    let text = text.strip_prefix('度').unwrap_or(text);
    // 2026年（不含网上）; what is planned or compared is another thing.
    let aside = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    if aside.is_some_and(|inside| !inside.is_empty() && !words(OTHERS).any(|word| inside.contains(word))) {
        return true;
    }
    let text = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let text = text.strip_prefix("截至").or(text.strip_prefix("截止")).unwrap_or(text);
    if among(PARTS, text) {
        return true;
    }
    // 1-9月, 11月底, 1—11月累计, 11月30日
    let months = text.strip_prefix("前").unwrap_or(text);
    let Some((numbers, rest)) = months.split_once('月') else { return false };
    let numbers = numbers.trim_end_matches('个');
    let plain = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    numbers.split(['-', '—', '–', '至', '～', '~', '－', '到']).all(|n| plain(n.trim_end_matches('月')))
        && (among(PARTS, rest) || rest.is_empty() || rest.strip_suffix('日').is_some_and(plain))
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
            "2026年（不含网上）",
            "2026年底",
        ] {
            assert_eq!(key(text), Some((YearKey::Year(2026), false)), "{text}");
        }
        assert_eq!(key("年份.2026年"), Some((YearKey::Year(2026), true)));
        assert_eq!(key("上年同期数"), Some((YearKey::Before(1), false)));
        for text in [
            "同比",
            "2026年（计划）",
            "2026年（比上年）",
            "2026年计划",
            "2026年.计划",
            "2026年目标",
            "比上年增减",
            "2026年增幅",
            "今年比去年",
            "备注",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn years_as_typed() {
        for text in ["2026", "2026年", "2026年度", " 2026 年", "２０２６", "二〇二六年"] {
            assert_eq!(year(text), Some(2026), "{text}");
        }
        for text in ["26年", "2026年底", "二〇二六", "12345"] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
