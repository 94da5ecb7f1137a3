//! 汉字 and 序数: counts in Chinese numerals.

use rust_decimal::prelude::ToPrimitive;

use super::{Amount, Operand, WordingError};

/// 汉字: 17 → 十七, 103 → 一百零三, up to 一万亿 exclusive. Whole numbers from 0 only.
pub fn han_numeral(value: Amount) -> Result<String, WordingError> {
    Ok(han(count(value)?))
}

/// 序数: 17 → 第十七. From 1.
pub fn ordinal(value: Amount) -> Result<String, WordingError> {
    match count(value)? {
        0 => Err(WordingError::NotPositive(Operand::Only)),
        count => Ok(format!("第{}", han(count))),
    }
}

fn count(value: Amount) -> Result<u64, WordingError> {
    let number = value.require(Operand::Only)?;
    if number.is_share() || !number.decimal.is_integer() {
        return Err(WordingError::NotWhole(Operand::Only));
    }
    if number.decimal.is_sign_negative() && !number.decimal.is_zero() {
        return Err(WordingError::Negative(Operand::Only));
    }
    number.decimal.to_u64().filter(|n| *n < 1_000_000_000_000).ok_or(WordingError::TooLarge)
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A count below 一万亿; 十七 rather than 一十七 at the head.
pub(super) fn han(count: u64) -> String {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dataset::Number;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

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

    #[test]
    fn ordinals() {
        assert_eq!(ordinal(n("17")).unwrap(), "第十七");
        assert_eq!(ordinal(n("3.0")).unwrap(), "第三");
        assert_eq!(ordinal(n("0")), Err(WordingError::NotPositive(Operand::Only)));
    }

    #[test]
    fn only_counts() {
        assert_eq!(han_numeral(n("1.5")), Err(WordingError::NotWhole(Operand::Only)));
        assert_eq!(han_numeral(n("-1")), Err(WordingError::Negative(Operand::Only)));
        assert_eq!(han_numeral(n("1000000000000")), Err(WordingError::TooLarge));
        assert_eq!(han_numeral(Amount::Missing), Err(WordingError::Missing(Operand::Only)));
    }

    /// The value of a Han numeral, read by itself.
    fn read(text: &str) -> u64 {
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
            prop_assert_eq!(read(&said), count, "{}", said);
            prop_assert!(!said.contains("零零") && (count == 0 || !said.ends_with('零')));
        }
    }
}
