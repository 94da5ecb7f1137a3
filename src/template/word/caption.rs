//! Captions, units and notes of tables and pictures, as the text of a pack says them: 表：…, 图：…

use std::ops::Range;

/// What a caption stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Table,
    Figure,
}

/// A caption: its kind and the bytes of its words, without the number that the program sets.
pub fn caption(text: &str) -> Option<(Of, Range<usize>)> {
    let blank = |c: char| c.is_whitespace() || c == '\u{a0}';
    let start = text.trim_start_matches(blank);
    let (of, rest) = match (start.strip_prefix('表'), start.strip_prefix('图')) {
        (Some(rest), _) => (Of::Table, rest),
        (_, Some(rest)) => (Of::Figure, rest),
        _ => return None,
    };
    let numbered = rest.trim_start_matches(blank);
    let sign = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '-' | '－' | '.');
    let mut words = numbered.trim_start_matches(sign);
    if words.len() == numbered.len() {
        words = numbered.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    }
    let counted = words.len() < numbered.len();
    let said = words.trim_start_matches(blank);
    let marked = said.trim_start_matches(['：', ':', '、', '.', '．']).trim_start_matches(blank);
    // 表彰 is no caption: a number or a colon stands behind the word.
    let separated = said.len() < words.len() || marked.len() < said.len();
    if marked.trim().is_empty() || !(separated || counted) || marked.contains('。') {
        return None;
    }
    let from = text.len() - marked.len();
    Some((of, from..text.trim_end().len()))
}

/// A unit above a table, also in brackets: the bytes of the unit.
pub fn unit(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let from = text.len() - text.trim_start().len();
    let bracketed = trimmed.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')']));
    let inner = bracketed.unwrap_or(trimmed);
    let before = from + if bracketed.is_some() { trimmed.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let unit = inner.strip_prefix("单位").and_then(|rest| rest.strip_prefix(['：', ':']))?;
    let start = before + inner.len() - unit.len();
    (!unit.trim().is_empty() && unit.chars().count() <= 20).then_some(start..start + unit.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_units() {
        let words = |text: &str| caption(text).map(|(_, range)| text[range].to_string());
        assert_eq!(words("表1 各镇经费").as_deref(), Some("各镇经费"));
        assert_eq!(words("　表2-1　各镇经费 ").as_deref(), Some("各镇经费"));
        assert_eq!(words("图一：走势").as_deref(), Some("走势"));
        assert_eq!(words("表：各镇经费").as_deref(), Some("各镇经费"));
        for text in ["表彰先进", "图书馆", "表1", "表"] {
            assert_eq!(words(text), None, "{text}");
        }
        let unit = |text: &str| unit(text).map(|range| text[range].to_string());
        assert_eq!(unit("（单位：万元）").as_deref(), Some("万元"));
        assert_eq!(unit(" 单位:个、万元").as_deref(), Some("个、万元"));
        assert_eq!(unit("单位概况"), None);
    }
}
