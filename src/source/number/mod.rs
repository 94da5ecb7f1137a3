//! Numbers of cells: exact decimals from the moment that a reader has them.

mod exact;
mod magnitude;
#[cfg(test)]
mod tests;

pub use exact::Exact;
use exact::MAX_SCALE;
pub(crate) use magnitude::Magnitude;
use rust_decimal::Decimal;

/// The number of a cell. The text that the cell shows stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawNumber {
    /// The true value as stored, to 15 significant digits; what a format divides by is not
    /// taken off.
    pub value: Decimal,
    /// %, ‰ or neither, as the section of the number format says it that applies to this value.
    pub kind: NumberKind,
    /// Power of ten by which the text that is shown, its own % or ‰ included, is smaller
    /// than the value: 3 for `0.0,`, 4 for `0!.0,"万"`, 2 for `0.0"%"` (78.3 is shown 78.3%);
    /// 0 for nearly all, `0.0%` (0.783 is shown 78.3%) among them.
    pub shift: u8,
}

/// What the sign in the shown text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberKind {
    /// Neither % nor ‰: the value is the number that is shown.
    #[default]
    Plain,
    /// %: the value is the hundredth part of what is shown (0.783 for 78.3%).
    Percent,
    /// ‰: the value is the thousandth part of what is shown.
    PerMille,
}

impl RawNumber {
    /// A number without a format of its own: neither % nor ‰, shown in its own size.
    pub fn plain(value: Decimal) -> Self {
        RawNumber { value, kind: NumberKind::Plain, shift: 0 }
    }

    /// What the shown text says by itself: 3.2 for 31860 that is shown 3.2万; 0.783 for
    /// 78.3 that is shown 78.3% by `0.0"%"`.
    pub fn as_shown(&self) -> Decimal {
        if self.shift == 0 {
            return self.value;
        }
        let mut value = self.value.normalize();
        let scale = value.scale() + u32::from(self.shift);
        if scale <= MAX_SCALE as u32 && value.set_scale(scale).is_ok() {
            return value.normalize();
        }
        (0..self.shift).fold(self.value, |value, _| value / Decimal::TEN)
    }
}

/// A number without a format, as a wide cell shows it.
pub fn general(value: Decimal) -> String {
    let mut text = String::new();
    Exact::of_decimal(value).write_general(&mut text);
    text
}
