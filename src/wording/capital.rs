//! 大写, 千分位 and 简写: a number as it is written on cheques, in tables, and in short.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::decimal::{half_up, plain};
use super::{Operand, WordingError};

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// 大写: 人民币壹亿贰仟叁佰万元整, of an amount in 元.
pub fn capital(yuan: Decimal) -> Result<String, WordingError> {
    if yuan.is_sign_negative() && !yuan.is_zero() {
        return Err(WordingError::Negative(Operand::Only));
    }
    let cents = half_up(yuan, 2).checked_mul(Decimal::ONE_HUNDRED).and_then(|cents| cents.to_u64());
    let cents = cents.filter(|cents| *cents < 100_000_000_000_000_000).ok_or(WordingError::TooLarge)?;
    let (whole, jiao, fen) = (cents / 100, (cents / 10 % 10) as usize, (cents % 10) as usize);
    let mut text = String::from("人民币");
    if whole > 0 || cents == 0 {
        text.push_str(&whole_number(whole));
        text.push('元');
    }
    if jiao == 0 && fen == 0 {
        text.push('整');
        return Ok(text);
    }
    if jiao > 0 {
        text.extend([DIGITS[jiao], '角']);
    } else if whole > 0 {
        text.push('零');
    }
    if fen > 0 {
        text.extend([DIGITS[fen], '分'])
    } else {
        text.push('整')
    }
    Ok(text)
}

fn whole_number(number: u64) -> String {
    if number == 0 {
        return "零".into();
    }
    let mut text = String::new();
    let mut gap = false;
    for (size, word) in [(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let group = (number / size % 10_000) as usize;
        if group == 0 {
            gap = !text.is_empty();
            continue;
        }
        for (unit, mark) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            match group / unit % 10 {
                0 => gap = !text.is_empty(),
                digit => {
                    if std::mem::take(&mut gap) {
                        text.push('零');
                    }
                    text.push(DIGITS[digit]);
                    text.push_str(mark);
                }
            }
        }
        // 零 at the end of a group is said only where more follows directly.
        gap = gap && group.is_multiple_of(10);
        text.push_str(word);
    }
    text
}

/// 千分位: 12,345,678.5
pub fn grouped(value: Decimal) -> String {
    let text = plain(value);
    let (whole, rest) = text.split_once('.').map_or((&*text, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// 简写: 128.6万 of 1286000, 1.23亿; below 10,000 as it is.
pub fn short(value: Decimal, digits: u32) -> String {
    let (size, word) = match value.abs() {
        v if v >= Decimal::from(99_995_000) => (Decimal::from(100_000_000), "亿"),
        v if v >= Decimal::from(10_000) => (Decimal::from(10_000), "万"),
        _ => return plain(value),
    };
    format!("{}{word}", plain(half_up(value / size, digits)))
}
