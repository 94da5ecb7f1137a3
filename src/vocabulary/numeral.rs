//! Chinese numerals of running text, both ways. What a number format writes (`[DBNum1]`) follows
//! the spreadsheet's own rules and stays with the formats.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A digit or a power of a Chinese number.
pub fn is_part(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两".contains(c)
}

/// A character of the numbers before items: 一 to 十.
pub fn counts_items(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// The digit that a character is; 〇, 零 and ○ are 0.
pub fn digit(c: char) -> Option<u32> {
    "零一二三四五六七八九"
        .chars()
        .zip(0..)
        .find(|(d, _)| *d == c)
        .map(|(_, n)| n)
        .or(matches!(c, '〇' | '○').then_some(0))
}

/// A count below 一万亿; 十七 rather than 一十七 at the head.
pub fn han(count: u64) -> String {
    if count == 0 {
        return DIGITS[0].to_owned();
    }
    let mut text = String::new();
    for (size, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let group = count / size % 10_000;
        if group == 0 {
            continue;
        }
        // A gap inside this group's head, or an empty group above it, is read 零.
        let above = count / size / 10_000;
        if !text.is_empty() && (group < 1000 || above.is_multiple_of(10_000)) {
            text.push_str(DIGITS[0]);
        }
        text.push_str(&under_ten_thousand(group));
        text.push_str(name);
    }
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

fn under_ten_thousand(group: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = group / size % 10;
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap && !text.is_empty() {
            text.push_str(DIGITS[0]);
        }
        gap = false;
        text.push_str(DIGITS[digit as usize]);
        text.push_str(name);
    }
    text
}

/// `2026`, `九`, `三十一`, `二〇二六` as a number.
pub fn read(word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) && (1..=4).contains(&word.len()) {
        return word.parse().ok();
    }
    let chars: Vec<char> = word.chars().collect();
    if chars.len() == 4 {
        return chars.iter().try_fold(0u32, |n, &c| Some(n * 10 + digit(c)?));
    }
    let ten = chars.iter().position(|&c| c == '十');
    match (ten, chars.as_slice()) {
        (None, [c]) => digit(*c),
        (Some(0), ['十']) => Some(10),
        (Some(0), ['十', c]) => Some(10 + digit(*c)?),
        (Some(1), [t, '十']) => Some(10 * digit(*t)?),
        (Some(1), [t, '十', c]) => Some(10 * digit(*t)? + digit(*c)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_in_han() {
        for (count, said) in [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (17, "十七"),
            (20, "二十"),
            (103, "一百零三"),
            (110, "一百一十"),
            (1010, "一千零一十"),
            (10_000, "一万"),
            (10_017, "一万零一十七"),
            (100_000, "十万"),
            (120_305, "十二万零三百零五"),
            (12_003_050, "一千二百万三千零五十"),
            (100_000_000, "一亿"),
            (100_000_005, "一亿零五"),
            (100_010_000, "一亿零一万"),
            (100_003_000, "一亿零三千"),
        ] {
            assert_eq!(han(count), said, "{count}");
        }
    }

    /// The value of a Han numeral, read by itself.
    fn value(text: &str) -> u64 {
        let (mut all, mut group, mut digit) = (0, 0, 0);
        for c in text.chars() {
            match c {
                '亿' | '万' => {
                    all += (group + digit) * if c == '亿' { 100_000_000 } else { 10_000 };
                    (group, digit) = (0, 0);
                }
                '千' | '百' | '十' => {
                    let size = [('千', 1000), ('百', 100), ('十', 10)].iter().find(|s| s.0 == c).unwrap().1;
                    group += digit.max(u64::from(digit == 0)) * size;
                    digit = 0;
                }
                _ => digit = DIGITS.iter().position(|d| d.starts_with(c)).unwrap() as u64,
            }
        }
        all + group + digit
    }

    proptest! {
        #[test]
        fn reads_back(count in 0_u64..1_000_000_000_000) {
            let said = han(count);
            prop_assert_eq!(value(&said), count, "{}", said);
            prop_assert!(!said.contains("零零") && (count == 0 || !said.ends_with('零')));
        }
    }
}
