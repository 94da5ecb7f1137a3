//! The digits of a number in the pattern of its format.

use crate::source::number::Magnitude;

/// The places of a number, with the text between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pattern {
    pub slots: Vec<Slot>,
    /// Digits of the integer part that are always shown.
    pub min_integer: usize,
    /// Decimals always shown, and decimals at most.
    pub min_decimals: usize,
    pub max_decimals: usize,
    pub thousands: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Literal(String),
}

impl Pattern {
    /// Digits and a point, nothing else, at least one digit before the point.
    pub fn is_plain(&self) -> bool {
        self.min_integer == 1 && !self.thousands && !self.slots.iter().any(|s| matches!(s, Slot::Literal(_)))
    }

    /// Power of ten of a point that is only written: 1 for `0!.0`, 4 for `0!.0000`.
    pub fn written_point(&self) -> usize {
        let points = |s: &&Slot| matches!(s, Slot::Literal(text) if text == ".");
        if self.slots.iter().filter(points).count() != 1 || self.slots.contains(&Slot::Point) {
            return 0;
        }
        let behind = self.slots.iter().rev().take_while(|s| !points(s));
        behind.filter(|s| matches!(s, Slot::Digit(_))).count()
    }

    fn integer(&self) -> &[Slot] {
        self.slots.split(|s| *s == Slot::Point).next().unwrap_or_default()
    }

    /// The number in its pattern, without a sign.
    pub fn write_digits(&self, number: Magnitude, out: &mut String) {
        let mut text = String::with_capacity(24);
        let point = number.write_digits(self.max_decimals, &mut text);
        let missing = self.min_integer.saturating_sub(point);
        text.insert_str(0, &"0".repeat(missing));
        let (integer, decimals) = text.split_at(point + missing);
        let mut shown = decimals.len();
        while shown > self.min_decimals && decimals.as_bytes()[shown - 1] == b'0' {
            shown -= 1;
        }
        let start = out.len();
        self.spread(integer, out);
        if shown > 0 {
            // `#.00` shows .50; nobody means that.
            if out.len() == start {
                out.push('0');
            }
            out.push('.');
            out.push_str(&decimals[..shown]);
        }
    }

    /// Digits from the right into the places of the pattern, separators and text between them;
    /// what is left over stands at the first place.
    fn spread(&self, digits: &str, out: &mut String) {
        let slots = self.integer();
        let first = slots.iter().position(|s| matches!(s, Slot::Digit(_)));
        let mut rest = digits.bytes().rev().enumerate().peekable();
        let mut back: Vec<char> = Vec::with_capacity(digits.len() * 2);
        let push = |back: &mut Vec<char>, (i, digit): (usize, u8)| {
            if self.thousands && i > 0 && i.is_multiple_of(3) {
                back.push(',');
            }
            back.push(char::from(digit));
        };
        for (i, slot) in slots.iter().enumerate().rev() {
            match slot {
                // Text between places that have no digit is not shown.
                Slot::Literal(_) if rest.peek().is_none() && i > first.unwrap_or(0) => {}
                Slot::Literal(text) => back.extend(text.chars().rev()),
                Slot::Digit(_) if Some(i) == first => rest.by_ref().for_each(|d| push(&mut back, d)),
                Slot::Digit(_) => rest.next().into_iter().for_each(|d| push(&mut back, d)),
                Slot::Point => {}
            }
        }
        rest.for_each(|d| push(&mut back, d));
        out.extend(back.iter().rev());
    }

    /// `1.23E+04`; with several places before the point (`##0.0E+0`) the power of ten is a
    /// multiple of their number.
    pub fn write_exponent(&self, number: Magnitude, exponent: Exponent, out: &mut String) {
        let places = self.integer().iter().filter(|s| matches!(s, Slot::Digit(_))).count().max(1) as i32;
        let power_of = |number: Magnitude| number.top().unwrap_or(0).div_euclid(places) * places;
        let mut power = power_of(number);
        // 999.96 is 1.0E+3 when it is rounded.
        let rounded = number.shifted(-power).rounded(self.max_decimals as i32);
        power += power_of(rounded);
        self.write_digits(number.shifted(-power), out);
        if out.is_empty() {
            out.push('0');
        }
        out.push('E');
        match (power < 0, exponent.plus) {
            (true, _) => out.push('-'),
            (false, true) => out.push('+'),
            (false, false) => {}
        }
        out.push_str(&format!("{:0width$}", power.unsigned_abs(), width = exponent.digits));
    }
}

/// `E+00`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponent {
    pub digits: usize,
    /// `E+`: a plus sign is shown as well.
    pub plus: bool,
}
