//! What a number is worth by the format that shows it: its kind, its scale, its unit.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::quantity::{Number, Show, unit};
use crate::source::number::{NumberKind, RawNumber};

/// What a number is worth by its format: 31860 that is shown 3.2万元 is 31860元, shown in 万;
/// `written` is the unit that the format writes behind it.
pub fn worth(number: &RawNumber, written: Option<Arc<str>>) -> (Number, Option<Arc<str>>) {
    match number.kind {
        // `0.0"%"`: the sign is typed into the format, the number is in hundredths.
        NumberKind::Percent => return (Number::percent(number.as_shown()), None),
        NumberKind::PerMille => return (Number::per_mille(number.as_shown()), None),
        NumberKind::Plain => {}
    }
    let plain = Number::plain(number.value);
    let Some(written) = written else {
        let show = Show { shift: number.shift, ..Show::default() };
        return (Number { show, ..plain }, None);
    };
    let (factor, base) = unit::multiple(&written);
    let power = factor.to_string().len() as u8 - 1;
    let unit = Some(Arc::from(base)).filter(|_| !base.is_empty());
    if number.shift == 0 && unit.is_some() {
        return (Number { show: Show { unit: true, ..Show::default() }, ..plain }, Some(written));
    }
    // `0.0"万"` over 3.2: the word is typed into the format, the number is in 万.
    let typed = if number.shift == 0 { factor } else { Decimal::ONE };
    let decimal = number.value.checked_mul(typed).unwrap_or(number.value);
    let show = Show { shift: power.max(number.shift), word: power > 0, unit: unit.is_some() };
    (Number { decimal, show, ..plain }, unit)
}
