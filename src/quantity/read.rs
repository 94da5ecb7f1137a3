//! A quantity written as text, as templates do in quotes: `"10%"`, `"5万元"`, `"36"`.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Kind, Number, Quantity, Unit, unit};

impl Quantity {
    /// The quantity that a text states; `None` where it states none.
    pub fn read(text: &str) -> Option<Quantity> {
        let text = text.trim();
        let end = text
            .char_indices()
            .find(|&(at, c)| !(c.is_ascii_digit() || c == '.' || at == 0 && c == '-'))
            .map_or(text.len(), |(at, _)| at);
        let (digits, rest) = text.split_at(end);
        let whole = digits.trim_start_matches('-').split('.').next().unwrap_or_default();
        if digits.ends_with('.') || whole.is_empty() || whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        let decimal = Decimal::from_str(digits).ok()?;
        let number = match rest.trim() {
            "" => Number::plain(decimal),
            "%" | "％" => Number::percent(decimal / Decimal::ONE_HUNDRED),
            "‰" => Number::per_mille(decimal / Decimal::ONE_THOUSAND),
            "个百分点" | "百分点" => Number { kind: Kind::Points, ..Number::plain(decimal) },
            word => return Quantity::counted(decimal, word),
        };
        Some(Quantity { literal: true, ..Quantity::of(number, None) })
    }

    /// 5万元, 1.23亿, 36件.
    fn counted(decimal: Decimal, word: &str) -> Option<Quantity> {
        if !unit::is_unit(word) {
            return None;
        }
        let (factor, rest) = unit::multiple(word);
        let (decimal, unit) =
            if rest.is_empty() { (decimal.checked_mul(factor)?, None) } else { (decimal, Some(Unit::new(word))) };
        Some(Quantity { literal: true, ..Quantity::of(Number::plain(decimal), unit) })
    }
}
