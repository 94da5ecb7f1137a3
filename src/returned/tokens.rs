//! Words of a text: a number is one, any other character is one; blanks are none.

use std::ops::Range;

/// A word with its bytes in the text that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub bytes: Range<usize>,
}

impl Token {
    /// What stands between two paragraphs.
    pub fn border() -> Token {
        Token { text: String::new(), bytes: 0..0 }
    }

    pub fn is_border(&self) -> bool {
        self.text.is_empty()
    }

    pub fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// What it is worth to find it behind the word before it: a sentence is cut at its marks.
    pub fn beside(&self) -> u32 {
        if self.text.starts_with(char::is_alphanumeric) { 3 } else { 1 }
    }

    /// What it is worth to find it again.
    pub fn worth(&self) -> u32 {
        match self.text.chars().next() {
            None => 3,
            Some(c) if c.is_ascii_digit() => 4,
            Some(c) if c.is_alphanumeric() => 2,
            Some(_) => 1,
        }
    }
}

/// The words of a range of a text.
pub fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let own = &text[range.clone()];
    let mut chars = own.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        if c.is_ascii_digit() {
            while let Some(next) = chars.next_if(|(i, c)| {
                let behind = own[i + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
                c.is_ascii_digit() || matches!(c, '.' | ',') && behind
            }) {
                end = next.0 + next.1.len_utf8();
            }
        }
        found.push(Token { text: own[at..end].to_string(), bytes: range.start + at..range.start + end });
    }
    found
}

/// The words that a byte range touches, as a range of their places.
pub fn touched(tokens: &[Token], bytes: &Range<usize>) -> Range<usize> {
    let first = tokens.iter().position(|token| token.bytes.end > bytes.start).unwrap_or(tokens.len());
    let last = tokens.iter().rposition(|token| token.bytes.start < bytes.end).map_or(first, |last| last + 1);
    first..last.max(first)
}

/// Numbers in words.
pub fn counts(text: &str) -> bool {
    text.chars().any(|c| "〇零一二三四五六七八九十百千万亿两０１２３４５６７８９".contains(c))
}

/// How alike two texts are, of 100: words that they share, in pairs of neighbours.
pub fn likeness(a: &[Token], b: &[Token]) -> u32 {
    let pairs = |tokens: &[Token]| {
        let texts = tokens.iter().map(|token| if token.is_number() { "0" } else { &token.text });
        let texts: Vec<String> = texts.map(str::to_string).collect();
        let mut pairs: Vec<String> = texts.windows(2).map(<[String]>::concat).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    (200 * shared / (a.len() + b.len()).max(1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words() {
        let words = |text: &str| tokens(text, 0..text.len()).into_iter().map(|t| t.text).collect::<Vec<_>>().join("/");
        assert_eq!(words("共1,286件 12.5%，3.，"), "共/1,286/件/12.5/%/，/3/./，");
        let list = tokens("增长12.5%", 0..11);
        assert_eq!(touched(&list, &(6..10)), 2..3);
        assert_eq!(likeness(&list, &list), 100);
    }
}
