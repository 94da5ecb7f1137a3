//! Numbers that stand before headings and items in official texts: 一、（一）1.（1）.

/// A number at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// 1: 一、 2: （一） 3: 1. 4: （1）
    pub level: u8,
    /// What it counts.
    pub n: u32,
    /// Bytes of the text that are the number, with blanks around it.
    pub length: usize,
}

/// The number that a text begins with.
pub fn typed(text: &str) -> Option<Typed> {
    let blank = |c: char| c.is_whitespace() || c == '\u{a0}';
    let start = text.trim_start_matches(blank);
    let opened = start.strip_prefix(['（', '(']);
    let rest = opened.unwrap_or(start);
    let (han, digits) = (head(rest, han_digit), head(rest, |c| western(c).is_some()));
    let (n, length, is_han) = match (han, digits) {
        (length @ 1.., _) => (han_number(&rest[..length])?, length, true),
        (_, length @ 1..) => (western_number(&rest[..length])?, length, false),
        _ => return None,
    };
    let behind = &rest[length..];
    let behind = match opened {
        Some(_) => behind.strip_prefix(['）', ')'])?.trim_start_matches(['、', '.', '．']),
        None if is_han => behind.strip_prefix(['、', '．', '.'])?,
        None => {
            let behind = behind.strip_prefix(['.', '．', '、'])?;
            // 36.5 and 2026.9.30 are no number of an item.
            if behind.starts_with(|c: char| western(c).is_some()) {
                return None;
            }
            behind
        }
    };
    let level = match (opened.is_some(), is_han) {
        (false, true) => 1,
        (true, true) => 2,
        (false, false) => 3,
        (true, false) => 4,
    };
    let length = text.len() - behind.trim_start_matches(blank).len();
    Some(Typed { level, n, length })
}

fn head(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(is).len()
}

fn han_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn western(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn western_number(text: &str) -> Option<u32> {
    let digits = text.chars().filter_map(western);
    (text.chars().count() <= 3).then(|| digits.fold(0, |n, digit| n * 10 + digit))
}

/// 一 to 九十九.
fn han_number(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1);
    let single = |text: &str| {
        let mut signs = text.chars();
        signs.next().and_then(digit).filter(|_| signs.next().is_none())
    };
    match text.split_once('十') {
        None => single(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            let ones = if ones.is_empty() { 0 } else { single(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u8, u32, &str)> {
        typed(text).map(|t| (t.level, t.n, &text[t.length..]))
    }

    #[test]
    fn numbers_of_official_texts() {
        assert_eq!(read("一、基本情况"), Some((1, 1, "基本情况")));
        assert_eq!(read("　　二十三、 其他"), Some((1, 23, "其他")));
        assert_eq!(read("（十）加强"), Some((2, 10, "加强")));
        assert_eq!(read("(三) 加强"), Some((2, 3, "加强")));
        assert_eq!(read("1.加强"), Some((3, 1, "加强")));
        assert_eq!(read("１２．加强"), Some((3, 12, "加强")));
        assert_eq!(read("（4）加强"), Some((4, 4, "加强")));
    }

    #[test]
    fn what_only_looks_like_one() {
        for text in ["36.5万元", "2026.9.30", "2026年", "一般", "十分", "（一般）", "1号", "一十一十、甲", "", "（）"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
