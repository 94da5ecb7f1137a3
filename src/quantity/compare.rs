//! Which of two quantities is the larger, by their true values.

use std::cmp::Ordering;

use super::{Kind, Quantity, QuantityError};

/// Order of two quantities. Zero compares with everything; a share only with shares.
pub fn compare(a: &Quantity, b: &Quantity) -> Result<Ordering, QuantityError> {
    let spoken_as_numbers = |kind: Kind| matches!(kind, Kind::Points | Kind::Index | Kind::Rank | Kind::Year);
    let with_ratio = |a: Kind, b: Kind| a == Kind::Share && b == Kind::Ratio;
    let fits = a.class() == b.class()
        || with_ratio(a.kind(), b.kind())
        || with_ratio(b.kind(), a.kind())
        || a.is_zero()
        || b.is_zero()
        || a.is_amount() && a.unit.is_none() && spoken_as_numbers(b.kind())
        || b.is_amount() && b.unit.is_none() && spoken_as_numbers(a.kind());
    if !fits {
        return Err(a.refuse(b, "比较"));
    }
    if a.class() != b.class() {
        return Ok(a.number.decimal.cmp(&b.number.decimal));
    }
    let (a, b, _) = a.alike(b, "比较")?;
    Ok(a.cmp(&b))
}
