//! Titles over tables: the name that one gives.

use super::label::clean_name;
use crate::dataset::scalar;
use crate::quantity::unit;
use crate::vocabulary::numeral::counts_items;

use super::notes;

/// Longest name of a sheet.
const LONGEST: usize = 31;

/// What a title calls its table: 经费情况 of “表二 经费情况（单位：万元）”.
pub fn name(title: &str) -> Option<String> {
    let title = scalar::trim(title);
    if notes::is_aside(title) || notes::is_footnote(title, 1) || unit::stated(title).is_some() {
        return None;
    }
    let (title, _) = unit::split_header(title);
    let rest = ["附表", "附件", "续表", "表"].iter().find_map(|word| title.strip_prefix(word)).unwrap_or(title);
    let number = |c: char| c.is_ascii_digit() || counts_items(c) || matches!(c, '-' | '—' | '（' | '）' | '(' | ')');
    let after = rest.trim_start_matches(number);
    let marks = |c: char| c.is_whitespace() || matches!(c, '、' | '.' | '．' | '：' | ':' | '·' | '，');
    // 一般情况 begins with no number: a number is followed by a mark, or stands behind 表.
    let numbered = after.len() < rest.len()
        && (rest.len() < title.len() || after.starts_with(marks) || rest.starts_with(['（', '(']));
    let bare = if numbered { after } else { title };
    let name = clean_name(bare.trim_start_matches(marks).trim_end_matches(marks));
    let fits = name.chars().count() <= LONGEST && name.chars().any(|c| c.is_alphabetic());
    (fits && !name.contains(['：', ':', '，', '。'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_names() {
        for (title, wanted) in [
            ("表二 经费情况", "经费情况"),
            ("附表2：经费情况（单位：万元）", "经费情况"),
            ("二、经费情况", "经费情况"),
            ("（二）经费情况", "经费情况"),
            ("一般情况", "一般情况"),
            ("2026年经费情况表", "2026年经费情况表"),
            ("表3-1 经费", "经费"),
        ] {
            assert_eq!(name(title).as_deref(), Some(wanted), "{title}");
        }
        for title in ["单位：万元", "注：本表由各镇填报", "填表人：某岗", "以上为十一月底的数。"]
        {
            assert_eq!(name(title), None, "{title}");
        }
    }
}
