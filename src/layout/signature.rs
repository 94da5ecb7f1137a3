//! Where 署名 and 成文日期 stand (7.3.5), in pt from the left edge of the type area.

use super::grid::Grid;
use super::standard::{
    SEAL_APART, SEAL_SIZE, SEALED_DATE_INDENT, SIGNATURE_INDENT, STAMP_HEIGHT, STAMP_INDENT, STAMP_POST_GAP,
    STAMP_WIDTH, pt,
};

/// Left edges of the lines of a signature.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Places {
    /// One for each unit.
    pub units: Vec<f64>,
    pub date: f64,
}

/// 7.3.5.2, without a seal: the unit stands 空二字 from the right, the date begins two
/// characters right of it; a date that is longer than the unit stands 空二字 itself and the
/// unit two characters left of it. Widths in pt.
pub fn plain(grid: &Grid, units: &[f64], date: Option<f64>) -> Places {
    let indent = SIGNATURE_INDENT * grid.cell();
    let right = grid.width() - indent;
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
pub fn sealed(grid: &Grid, units: &[f64], date: f64) -> Places {
    let right = grid.width();
    let widest = units.iter().copied().fold(0.0, f64::max);
    let centre = (right - SEALED_DATE_INDENT * grid.cell() - date / 2.0).min(right - widest / 2.0);
    Places {
        units: units.iter().map(|unit| (centre - unit / 2.0).max(0.0)).collect(),
        date: (centre - date / 2.0).max(0.0),
    }
}

/// Left edge and top of a line.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Spot {
    pub x: f64,
    /// pt below the top of the first unit's line.
    pub y: f64,
}

/// Places of the units and the date of a sealed document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Joint {
    pub units: Vec<Spot>,
    pub date: Spot,
}

/// 7.3.5.1 for any number of units: rows that are no wider than the type area, filled from the last one on, seals
/// that do not touch, each unit as wide as it is, the last one centred over the date.
/// `pitch` of the lines in pt.
pub fn joint(grid: &Grid, units: &[f64], date: f64, pitch: f64) -> Joint {
    let Some((&last, _)) = units.split_last() else {
        return Joint { units: Vec::new(), date: Spot { x: sealed(grid, &[], date).date, y: 0.0 } };
    };
    let gap = pt(SEAL_APART);
    let slot = |unit: f64| unit.max(pt(SEAL_SIZE)) + gap;
    let centre = sealed(grid, &[last], date).date + date / 2.0;
    // Where one row holds all of them only further right, unit and date go there.
    let all: f64 = units.iter().map(|unit| slot(*unit)).sum::<f64>() - gap;
    let right = (centre + (slot(last) - gap) / 2.0).max(if all <= grid.width() { all } else { 0.0 }).min(grid.width());
    let centre = if units.len() > 1 { right - (slot(last) - gap) / 2.0 } else { centre };
    // Rows from the last one up, each from its right end.
    let mut rows: Vec<Vec<f64>> = vec![Vec::new()];
    let mut left = right;
    for unit in units.iter().rev() {
        if left - (slot(*unit) - gap) < -0.01 && rows.last().is_some_and(|row| !row.is_empty()) {
            rows.push(Vec::new());
            left = right;
        }
        let middle = left - (slot(*unit) - gap) / 2.0;
        left -= slot(*unit);
        rows.last_mut().into_iter().for_each(|row| row.push((middle - unit / 2.0).max(0.0)));
    }
    let row_height = pt(SEAL_SIZE) + gap;
    let count = rows.len();
    let spots = rows.into_iter().enumerate().flat_map(|(up, row)| {
        let y = (count - 1 - up) as f64 * row_height;
        row.into_iter().map(move |x| Spot { x, y })
    });
    let mut units: Vec<Spot> = spots.collect();
    units.reverse();
    let y = units.last().map_or(0.0, |spot| spot.y + pitch);
    Joint { units, date: Spot { x: (centre - date / 2.0).max(0.0), y } }
}

/// A 签名章 and the post beside it, pt from the left edge and from the top of the first row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// Left edge of the post; its line's middle is the stamp's.
    pub post: f64,
    /// Middle of the stamp, from the top of the first row.
    pub middle: f64,
}

/// Places of the 签名章 and the date (7.3.5.3).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Stamped {
    pub stamps: Vec<Stamp>,
    pub date: Spot,
}

/// 7.3.5.3: a signer a row, the stamps right 空四字, below them a blank line and the date, right
/// 空四字 as well. A row is as many lines as hold a stamp. `posts` and `date`: widths in pt;
/// `pictures`: widths and heights in any unit; `pitch` of the lines in pt.
pub fn stamped(grid: &Grid, posts: &[f64], pictures: &[(f64, f64)], date: f64, pitch: f64) -> Stamped {
    let right = grid.width() - STAMP_INDENT * grid.cell();
    let fitted = pictures.iter().map(|&(width, height)| {
        let (width, height) = (width.max(1.0), height.max(1.0));
        let scale = (pt(STAMP_HEIGHT) / height).min(pt(STAMP_WIDTH) / width);
        (width * scale, height * scale)
    });
    let row = (pt(STAMP_HEIGHT) / pitch).ceil() * pitch;
    let stamps: Vec<Stamp> = posts
        .iter()
        .zip(fitted)
        .enumerate()
        .map(|(i, (post, (width, height)))| {
            let middle = (i as f64 + 0.5) * row;
            let x = right - width;
            let post = (x - STAMP_POST_GAP * grid.cell() - post).max(0.0);
            Stamp { x, y: middle - height / 2.0, width, height, post, middle }
        })
        .collect();
    let y = stamps.len() as f64 * row + pitch;
    Stamped { date: Spot { x: (right - date).max(0.0), y }, stamps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static GRID: LazyLock<Grid> = LazyLock::new(Grid::default);

    #[test]
    fn date_two_characters_right_of_the_unit() {
        let places = plain(&GRID, &[158.0], Some(130.0));
        assert!((places.units[0] + 158.0 - (pt(156.0) - 2.0 * GRID.cell())).abs() < 1e-9);
        assert!((places.date - places.units[0] - 2.0 * GRID.cell()).abs() < 1e-9);
    }

    #[test]
    fn long_date_takes_the_right_place() {
        let places = plain(&GRID, &[80.0], Some(130.0));
        assert!((places.date + 130.0 - (pt(156.0) - 2.0 * GRID.cell())).abs() < 1e-9);
        assert!((places.date - places.units[0] - 2.0 * GRID.cell()).abs() < 1e-9);
    }

    #[test]
    fn seal_centres_the_unit_on_the_date() {
        let places = sealed(&GRID, &[158.0], 130.0);
        assert!((places.units[0] + 79.0 - places.date - 65.0).abs() < 1e-9);
        let wide = sealed(&GRID, &[400.0], 130.0);
        assert!(wide.units[0] + 400.0 <= pt(156.0) + 1e-9);
    }

    #[test]
    fn three_seals_of_unequal_width_share_a_row() {
        for widths in [[100.0, 173.0, 110.0], [180.0, 100.0, 90.0], [126.0, 126.0, 126.0], [90.0, 90.0, 189.0]] {
            let joint = joint(&Grid::default(), &widths, 130.0, 29.0);
            assert!(joint.units.iter().all(|spot| spot.y == 0.0), "{widths:?} {joint:?}");
            for (i, pair) in joint.units.windows(2).enumerate() {
                let [a, b] = [pair[0].x + widths[i] / 2.0, pair[1].x + widths[i + 1] / 2.0];
                assert!(b - a >= pt(SEAL_SIZE) && pair[1].x >= pair[0].x + widths[i], "{widths:?} {joint:?}");
            }
            let centre = joint.units[2].x + widths[2] / 2.0;
            assert!((centre - joint.date.x - 65.0).abs() < 1e-6, "{widths:?} {joint:?}");
            assert!(joint.units[2].x + widths[2] <= pt(156.0) + 0.01, "{widths:?} {joint:?}");
        }
    }

    #[test]
    fn joint_seals_do_not_touch() {
        let joint = joint(&GRID, &[100.0, 120.0, 110.0, 90.0], 130.0, 29.0);
        let size = pt(SEAL_SIZE);
        let widths = [100.0, 120.0, 110.0, 90.0];
        let centres: Vec<(f64, f64)> = joint.units.iter().zip(widths).map(|(s, w)| (s.x + w / 2.0, s.y)).collect();
        for (i, a) in centres.iter().enumerate() {
            for b in &centres[i + 1..] {
                assert!((a.0 - b.0).abs() >= size || (a.1 - b.1).abs() >= size, "{centres:?}");
            }
        }
        assert!((centres[3].0 - joint.date.x - 65.0).abs() < 1e-9);
    }
}
