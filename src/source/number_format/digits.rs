//! The digits of a number in the pattern of its format.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Denominator, Section, Slot, general, round};

impl Section {
    /// What the shown number is smaller by than the stored one: 1000 for `0,`, 10,000 for
    /// `0!.0,` (1.2万).
    pub(super) fn divisor(&self) -> Decimal {
        let mut divisor = Decimal::ONE;
        for _ in 0..self.scale {
            divisor = divisor.checked_mul(Decimal::ONE_THOUSAND).unwrap_or(divisor);
        }
        let point = self.pattern.iter().position(|s| *s == Slot::Literal(".".to_string()));
        if let Some(point) = point.filter(|_| !self.pattern.contains(&Slot::Point)) {
            let behind = self.pattern[point..].iter().filter(|s| matches!(s, Slot::Digit(_))).count();
            for _ in 0..behind {
                divisor = divisor.checked_mul(Decimal::TEN).unwrap_or(divisor);
            }
        }
        divisor
    }

    /// The number in its pattern, without a sign.
    pub(super) fn digits(&self, number: Decimal) -> String {
        let rounded = round(number, self.max_decimals);
        let text = format!("{:.*}", self.max_decimals, rounded);
        let (integer, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut integer = integer.trim_start_matches('0').to_string();
        while integer.len() < self.min_integer {
            integer.insert(0, '0');
        }
        if self.thousands {
            let bare = integer;
            integer = String::new();
            for (i, c) in bare.chars().enumerate() {
                if i > 0 && (bare.len() - i).is_multiple_of(3) {
                    integer.push(',');
                }
                integer.push(c);
            }
        } else if self.pattern.iter().any(|s| matches!(s, Slot::Literal(_))) {
            integer = self.spread(&integer);
        }
        let mut decimals = decimals.to_string();
        while decimals.len() > self.min_decimals && decimals.ends_with('0') {
            decimals.pop();
        }
        // `??` only keeps room for digits: nothing is shown for zero.
        let room_only = self.pattern.iter().all(|s| *s == Slot::Digit('?'));
        match (integer.is_empty(), decimals.is_empty()) {
            (true, true) if room_only => String::new(),
            (true, true) => "0".to_string(),
            (_, true) => integer,
            // `#.00` shows .50; nobody means that.
            (true, false) => format!("0.{decimals}"),
            (false, false) => format!("{integer}.{decimals}"),
        }
    }

    /// Digits from the right into the places of the pattern, its text between them; what
    /// is left over stands at the first place.
    fn spread(&self, digits: &str) -> String {
        let slots: Vec<&Slot> = self.pattern.iter().take_while(|s| **s != Slot::Point).collect();
        let first = slots.iter().position(|s| matches!(s, Slot::Digit(_)));
        let mut rest: Vec<char> = digits.chars().collect();
        let mut out: Vec<String> = Vec::new();
        for (i, slot) in slots.iter().enumerate().rev() {
            match slot {
                Slot::Literal(text) => out.push(text.clone()),
                Slot::Digit(_) if Some(i) == first => out.push(rest.drain(..).collect()),
                Slot::Digit(_) => out.extend(rest.pop().map(String::from)),
                Slot::Point => {}
            }
        }
        out.reverse();
        out.concat()
    }

    /// `1 1/4`; the nearest fraction with such a denominator.
    pub(super) fn fraction(&self, number: Decimal, denominator: Denominator) -> String {
        let groups = self.pattern.split(|s| matches!(s, Slot::Literal(_))).filter(|g| !g.is_empty()).count();
        let whole = if groups > 1 { number.trunc() } else { Decimal::ZERO };
        let part = (number - whole).to_f64().unwrap_or(0.0);
        let most = match denominator {
            Denominator::Digits(digits) => 10u32.pow(digits.clamp(1, 3) as u32) - 1,
            Denominator::Fixed(fixed) => fixed,
        };
        let below = match denominator {
            Denominator::Fixed(fixed) => fixed,
            Denominator::Digits(_) => {
                let error = |d: u32| ((part * f64::from(d)).round() / f64::from(d) - part).abs();
                (1..=most).fold(1, |best, d| if error(d) + 1e-12 < error(best) { d } else { best })
            }
        };
        let above = (part * f64::from(below)).round();
        match (whole.is_zero(), above == 0.0) {
            (false, true) => general(whole),
            (true, true) => "0".to_string(),
            (true, false) => format!("{above}/{below}"),
            (false, false) => format!("{} {above}/{below}", general(whole)),
        }
    }
}
