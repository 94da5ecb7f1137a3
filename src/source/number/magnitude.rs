//! The digits of a number without its sign, rounded and written.

use std::cmp::Ordering;
use std::fmt::Write;

/// A number without its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Magnitude {
    pub digits: u64,
    pub exponent: i32,
}

impl Magnitude {
    /// Power of ten of the first digit; `None` for zero.
    pub fn top(self) -> Option<i32> {
        (self.digits > 0).then(|| self.digits.ilog10() as i32 + self.exponent)
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        let (Some(a), Some(b)) = (self.top(), other.top()) else { return self.digits.cmp(&other.digits) };
        // Of the same size: both digits as long as 18 places.
        let padded = |m: Magnitude| m.digits * 10u64.pow(17 - m.digits.ilog10().min(17));
        a.cmp(&b).then_with(|| padded(self).cmp(&padded(other)))
    }

    /// Ten to this power times the number.
    pub fn shifted(self, power: i32) -> Self {
        Magnitude { exponent: self.exponent.saturating_add(power), ..self }
    }

    /// At most so many decimals, rounded half up; a negative number of them rounds tens.
    pub fn rounded(self, decimals: i32) -> Self {
        let drop = i64::from(-self.exponent) - i64::from(decimals);
        if drop <= 0 {
            return self;
        }
        let exponent = -decimals;
        if drop > 18 {
            return Magnitude { digits: 0, exponent };
        }
        let power = 10u64.pow(drop as u32);
        let (kept, rest) = (self.digits / power, self.digits % power);
        Magnitude { digits: kept + u64::from(rest >= power - rest), exponent }
    }

    /// Its integer digits without leading zeros (none for zero) and `decimals` decimals behind
    /// them; gives where the decimals begin.
    pub fn write_digits(self, decimals: usize, out: &mut String) -> usize {
        let rounded = self.rounded(decimals as i32);
        let start = out.len();
        if rounded.digits > 0 {
            let _ = write!(out, "{}", rounded.digits);
        }
        let zeros = i64::from(rounded.exponent) + decimals as i64;
        if rounded.digits > 0 {
            out.extend(std::iter::repeat_n('0', zeros.clamp(0, 400) as usize));
        }
        while out.len() - start < decimals {
            out.insert(start, '0');
        }
        out.len() - decimals
    }

    /// More decimals than a cell without a format has room for.
    pub(super) fn is_lossy(self) -> bool {
        self.exponent < -9 || self.exponent < 0 && self.digits >= 10_000_000_000
    }

    /// At most ten digits where there are decimals; sizes that have no room as `1.5E-10`.
    pub fn write_general(self, out: &mut String) {
        let Some(top) = self.top() else { return out.push('0') };
        let lossy = self.is_lossy();
        if top >= WIDEST || lossy && top < -4 {
            return self.write_scientific(out);
        }
        let kept = if lossy { (10 - (top + 1).max(1)).max(0) } else { (-self.exponent).max(0) };
        self.write_plain(kept as usize, out);
    }

    /// Digits with at most so many decimals, without zeros at the end of them.
    fn write_plain(self, decimals: usize, out: &mut String) {
        let start = out.len();
        let mut point = self.write_digits(decimals, out);
        if point == start {
            out.insert(start, '0');
            point += 1;
        }
        if decimals > 0 {
            out.insert(point, '.');
            while out.ends_with('0') {
                out.pop();
            }
            if out.ends_with('.') {
                out.pop();
            }
        }
    }

    /// Six significant digits and a power of ten.
    fn write_scientific(self, out: &mut String) {
        let top = self.top().unwrap_or(0);
        let rounded = self.rounded(5 - top);
        let top = rounded.top().unwrap_or(top);
        let digits = rounded.digits.to_string();
        let kept = digits.trim_end_matches('0');
        let (first, rest) = kept.split_at(kept.len().min(1));
        let point = if rest.is_empty() { "" } else { "." };
        let sign = if top < 0 { '-' } else { '+' };
        let _ = write!(out, "{first}{point}{rest}E{sign}{:02}", top.unsigned_abs());
    }
}

/// From this power of ten on, a number without a format is shown as `1.5E+15`.
pub const WIDEST: i32 = 15;
