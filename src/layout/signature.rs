//! Where 署名 and 成文日期 stand (7.3.5), in pt from the left edge of the type area.

use super::standard::{CELLS, SEALED_DATE_INDENT, SIGNATURE_INDENT, TYPE_WIDTH, pt};

/// Left edges of the lines of a signature.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Places {
    /// One for each unit.
    pub units: Vec<f64>,
    pub date: f64,
}

/// Width of 一字 in the body, pt.
pub fn cell() -> f64 {
    pt(TYPE_WIDTH) / f64::from(CELLS)
}

/// 7.3.5.2, without a seal: the unit stands 空二字 from the right, the date begins two
/// characters right of it; a date that is longer than the unit stands 空二字 itself and the
/// unit two characters left of it. Widths in pt.
pub fn plain(units: &[f64], date: Option<f64>) -> Places {
    let indent = SIGNATURE_INDENT * cell();
    let right = pt(TYPE_WIDTH) - indent;
    let widest = units.iter().copied().fold(0.0, f64::max);
    let (unit_left, date_left) = match date {
        Some(date) if date > widest && !units.is_empty() => (right - date - indent, right - date),
        Some(date) if units.is_empty() => (right, right - date),
        _ => (right - widest, right - widest + indent),
    };
    Places { units: vec![unit_left.max(0.0); units.len()], date: date_left.max(0.0) }
}

/// 7.3.5.1, with a seal: the date stands 空四字 from the right, the unit is centred over it;
/// where that would pass the type area both move left.
pub fn sealed(units: &[f64], date: f64) -> Places {
    let right = pt(TYPE_WIDTH);
    let widest = units.iter().copied().fold(0.0, f64::max);
    let centre = (right - SEALED_DATE_INDENT * cell() - date / 2.0).min(right - widest / 2.0);
    Places {
        units: units.iter().map(|unit| (centre - unit / 2.0).max(0.0)).collect(),
        date: (centre - date / 2.0).max(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_two_characters_right_of_the_unit() {
        let places = plain(&[158.0], Some(130.0));
        assert!((places.units[0] + 158.0 - (pt(156.0) - 2.0 * cell())).abs() < 1e-9);
        assert!((places.date - places.units[0] - 2.0 * cell()).abs() < 1e-9);
    }

    #[test]
    fn long_date_takes_the_right_place() {
        let places = plain(&[80.0], Some(130.0));
        assert!((places.date + 130.0 - (pt(156.0) - 2.0 * cell())).abs() < 1e-9);
        assert!((places.date - places.units[0] - 2.0 * cell()).abs() < 1e-9);
    }

    #[test]
    fn seal_centres_the_unit_on_the_date() {
        let places = sealed(&[158.0], 130.0);
        assert!((places.units[0] + 79.0 - places.date - 65.0).abs() < 1e-9);
        let wide = sealed(&[400.0], 130.0);
        assert!(wide.units[0] + 400.0 <= pt(156.0) + 1e-9);
    }
}
