//! Tags in the text of a paragraph, typed half- or full-width, with the quotes that Word makes.

use std::ops::Range;

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Statement,
    /// `{# … #}`
    Comment,
}

impl Kind {
    /// How the engine wants it opened and closed.
    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Kind::Print => ("{{", "}}"),
            Kind::Statement => ("{%", "%}"),
            Kind::Comment => ("{#", "#}"),
        }
    }
}

/// A tag in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub kind: Kind,
    pub range: Range<usize>,
    /// Between its signs.
    pub inner: Range<usize>,
}

/// A stretch of a paragraph's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(Range<usize>),
    Tag(Tag),
}

/// Looks at signs, for each byte of a text, after which the rest is text: no clerk opens so many tags
/// without ending them.
const LOOKS: usize = 8;

/// A text cut into tags and what stands between them.
pub fn parts(text: &str) -> Vec<Part> {
    parts_of(text, 0..text.len())
}

/// The same of a part of a text.
pub fn parts_of(text: &str, own: Range<usize>) -> Vec<Part> {
    let (mut parts, mut from, mut at) = (Vec::new(), own.start, own.start);
    let mut looks = own.len().saturating_mul(LOOKS).saturating_add(10_000);
    while let Some(found) = text[at..own.end].find(['{', '｛']).filter(|_| looks > 0) {
        let start = at + found;
        match tag(&text[..own.end], start, &mut looks) {
            Some(tag) => {
                if start > from {
                    parts.push(Part::Text(from..start));
                }
                (at, from) = (tag.range.end, tag.range.end);
                parts.push(Part::Tag(tag));
            }
            None => at = start + text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if from < own.end {
        parts.push(Part::Text(from..own.end));
    }
    parts
}

/// The tags of a text.
pub fn tags(text: &str) -> impl Iterator<Item = Tag> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Tag(tag) => Some(tag),
        Part::Text(_) => None,
    })
}

/// The tag that opens at a byte; one without an end has none here.
fn tag(text: &str, start: usize, looks: &mut usize) -> Option<Tag> {
    let mut signs = text[start..].char_indices();
    signs.next()?;
    let (second, kind) = match signs.next()? {
        (at, c @ ('{' | '｛')) => (at + c.len_utf8(), Kind::Print),
        (at, c @ ('%' | '％')) => (at + c.len_utf8(), Kind::Statement),
        (at, c @ ('#' | '＃')) => (at + c.len_utf8(), Kind::Comment),
        _ => return None,
    };
    let from = start + second;
    // A quote that does not end hides no sign.
    let quoted = end(&text[from..], kind, kind != Kind::Comment, looks);
    let (inner, end) = quoted.or_else(|| end(&text[from..], kind, false, looks))?;
    Some(Tag { kind, range: start..from + end, inner: from..from + inner })
}

/// Where a tag's inside and the tag itself end.
fn end(rest: &str, kind: Kind, quoted: bool, looks: &mut usize) -> Option<(usize, usize)> {
    let (mut quote, mut braces) = (None, 0usize);
    let mut signs = rest.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        *looks = looks.checked_sub(1)?;
        if let Some(sign) = quote_of(c).filter(|_| quoted) {
            match quote {
                Some(open) if open == sign => quote = None,
                None => quote = Some(sign),
                _ => {}
            }
            continue;
        }
        if quote.is_some() {
            continue;
        }
        let next = signs.peek().copied();
        let closes = |c: Option<(usize, char)>| c.filter(|(_, c)| matches!(c, '}' | '｝'));
        match (kind, c) {
            (Kind::Print, '{' | '｛') => braces += 1,
            (Kind::Print, '}' | '｝') if braces > 0 => braces -= 1,
            (Kind::Print, '}' | '｝') | (Kind::Statement, '%' | '％') | (Kind::Comment, '#' | '＃') => {
                if let Some((last, c)) = closes(next) {
                    return Some((at, last + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    None
}

fn quote_of(c: char) -> Option<char> {
    match c {
        '"' | '“' | '”' | '„' | '＂' => Some('"'),
        '\'' | '‘' | '’' | '＇' => Some('\''),
        _ => None,
    }
}

/// The inside of a tag as the engine reads it, sign by sign, each with its byte in the text.
pub fn signs(text: &str, inner: Range<usize>) -> Vec<(usize, char)> {
    let from = inner.start;
    let narrowed = super::super::tags::narrowed(&text[inner]);
    let mut signs: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (at, c) in narrowed {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        let plain = match c {
            // What Word makes of signs while one types, and what it puts in unseen.
            '–' | '−' if quote.is_none() => '-',
            '„' | '＂' => '"',
            '＇' => '\'',
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => continue,
            '\u{2002}'..='\u{200a}' | '\u{202f}' | '\t' | '\u{b}' | '\u{c}' => ' ',
            c => c,
        };
        signs.push((from + at, plain));
    }
    unprefixed(&mut signs);
    signs
}

/// What docxtpl writes before a statement to say what it is about (`{%tr for`): the program sees it.
fn unprefixed(signs: &mut Vec<(usize, char)>) {
    let head: String = signs.iter().take(4).map(|(_, c)| *c).collect();
    let cut = ["tr ", "tc ", "p ", "r "]
        .iter()
        .find(|prefix| head.starts_with(**prefix))
        .map_or(0, |prefix| prefix.len() - 1);
    signs.drain(..cut);
}

/// A statement as it is read: its first word and what follows.
pub fn statement(text: &str, tag: &Tag) -> (String, String) {
    let inner: String = signs(text, tag.inner.clone()).into_iter().map(|(_, c)| c).collect();
    let inner = inner.trim_matches(['-', '+']).trim();
    let (word, rest) = inner.split_at(inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len()));
    (word.to_string(), rest.trim().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let own = |tag: &Tag| signs(text, tag.inner.clone()).into_iter().map(|(_, c)| c).collect::<String>();
        tags(text).map(|tag| format!("{:?}{}", tag.kind, own(&tag))).collect()
    }

    #[test]
    fn tags_as_they_are_typed_in_word() {
        assert_eq!(read("甲{{ 乙 }}丙"), ["Print 乙 "]);
        assert_eq!(read("｛｛乙 ｜ 保留（1）｝｝"), ["Print乙 | 保留(1)"]);
        assert_eq!(read("｛％ for 镇 in 乡镇 ％｝{％if 甲%}"), ["Statement for 镇 in 乡镇 ", "Statementif 甲"]);
        assert_eq!(read("{{ 合计(乡镇, “经费”) }}"), ["Print 合计(乡镇, \"经费\") "]);
        assert_eq!(read("{{ 甲 | 顿号(末=‘和’) }}"), ["Print 甲 | 顿号(末='和') "]);
        assert_eq!(read("{{ {'a': {}} }}{# 乙 }} #}"), ["Print {'a': {}} ", "Comment 乙 }} "]);
        assert_eq!(read("{{ 甲 – 乙 }}"), ["Print 甲 - 乙 "]);
        assert_eq!(read("{%tr for 镇 in 乡镇 %}"), ["Statementfor 镇 in 乡镇 ".replace("Statement", "Statement ")]);
    }

    #[test]
    fn what_has_no_end_is_text() {
        assert_eq!(read("{{ 甲 } 乙"), Vec::<String>::new());
        assert_eq!(read("{ 甲 }"), Vec::<String>::new());
        // A quote that does not end hides nothing.
        assert_eq!(read("{{ 合计(乡镇, \"经费) }}乙"), ["Print 合计(乡镇, \"经费) "]);
    }
}
