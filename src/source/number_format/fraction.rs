//! `1 1/4`: numbers as fractions.

use super::digits::{Pattern, Slot};
use crate::source::number::Magnitude;

/// What stands under the line of `# ?/?`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Denominator {
    /// Any number of so many digits.
    Digits(usize),
    Fixed(u32),
}

impl Pattern {
    /// The nearest fraction with such a denominator, with the whole number before it where the
    /// pattern has a place for one.
    pub fn write_fraction(&self, number: Magnitude, denominator: Denominator, out: &mut String) {
        let groups = self.slots.split(|s| matches!(s, Slot::Literal(_))).filter(|g| !g.is_empty()).count();
        // The number as above / below, in whole numbers; beyond 18 decimals it is zero.
        let number = number.rounded(18);
        if number.exponent >= 0 {
            return number.write_general(out);
        }
        let below = 10u128.pow(number.exponent.unsigned_abs().min(18));
        let above = u128::from(number.digits);
        let (mut whole, part) = if groups > 1 { (above / below, above % below) } else { (0, above) };
        let (mut top, bottom) = match denominator {
            Denominator::Fixed(fixed) => ((part * u128::from(fixed) * 2 + below) / (below * 2), u128::from(fixed)),
            Denominator::Digits(digits) => nearest(part, below, 10u128.pow(digits.clamp(1, 4) as u32) - 1),
        };
        if groups > 1 && top == bottom {
            (whole, top) = (whole + 1, 0);
        }
        let text = match (whole, top) {
            (whole, 0) => whole.to_string(),
            (0, top) => format!("{top}/{bottom}"),
            (whole, top) => format!("{whole} {top}/{bottom}"),
        };
        out.push_str(&text);
    }
}

/// The fraction with a denominator of at most `most` that is nearest to above / below: the
/// last but one convergent of its continued fraction, or the one between (the semiconvergent).
fn nearest(above: u128, below: u128, most: u128) -> (u128, u128) {
    let (mut p0, mut q0, mut p1, mut q1) = (0u128, 1u128, 1u128, 0u128);
    let (mut n, mut d) = (above, below);
    while d > 0 {
        let step = n / d;
        let q2 = q0 + step * q1;
        if q2 > most {
            break;
        }
        (p0, q0, p1, q1) = (p1, q1, p0 + step * p1, q2);
        (n, d) = (d, n - step * d);
    }
    if d == 0 {
        return (p1, q1);
    }
    let steps = (most - q0) / q1;
    let between = (p0 + steps * p1, q0 + steps * q1);
    // |above/below − p/q| = |above·q − p·below| / (below·q): compared crosswise.
    let away = |(p, q): (u128, u128)| (above * q).abs_diff(p * below);
    if away((p1, q1)) * between.1 <= away(between) * q1 { (p1, q1) } else { between }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_fractions() {
        assert_eq!(nearest(3141592653589793, 1_000_000_000_000_000, 9), (22, 7));
        assert_eq!(nearest(3141592653589793, 1_000_000_000_000_000, 99), (311, 99));
        assert_eq!(nearest(3141592653589793, 1_000_000_000_000_000, 999), (355, 113));
        assert_eq!(nearest(95, 100, 9), (1, 1));
        assert_eq!(nearest(0, 1, 9), (0, 1));
        // Against the nearest of all.
        for above in 0..1000u128 {
            let (p, q) = nearest(above, 1000, 99);
            let away = |p: u128, q: u128| (above * q).abs_diff(p * 1000) as f64 / q as f64;
            let best = (1..=99).map(|q| away((above * q * 2 + 1000) / 2000, q)).fold(f64::MAX, f64::min);
            assert!(away(p, q) <= best + 1e-9, "{above}: {p}/{q}");
        }
    }
}
