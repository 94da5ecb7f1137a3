//! 排名: the place of one record among all.

use rust_decimal::Decimal;

use super::WordingError;

/// A place among others; equals share it and the places after them stay empty (1, 2, 2, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1.
    pub place: u32,
    /// Another holds the same place.
    pub tied: bool,
    /// How many were ranked.
    pub of: u32,
}

impl Rank {
    /// 第3位, 并列第3位.
    pub fn phrase(self) -> String {
        format!("{}第{}位", if self.tied { "并列" } else { "" }, self.place)
    }
}

/// The place of the value at `index`, the largest first unless `ascending`. A `—` is not
/// ranked; a blank anywhere is an error, since nobody knows who comes before it.
pub fn rank(values: impl Iterator<Item = Decimal>, own: Decimal, ascending: bool) -> Result<Rank, WordingError> {
    let (mut before, mut equal, mut all) = (0_usize, 0_usize, 0_usize);
    for other in values {
        all += 1;
        equal += usize::from(other == own);
        before += usize::from(if ascending { other < own } else { other > own });
    }
    let count = |n: usize| u32::try_from(n).map_err(|_| WordingError::TooLarge);
    Ok(Rank { place: count(before + 1)?, tied: equal > 1, of: count(all)? })
}

/// 位次: how a place has changed, a smaller number being higher (S-17): 上升2位, 下降1位, 持平.
pub fn rank_change(new: Rank, old: Rank) -> String {
    match new.place.cmp(&old.place) {
        std::cmp::Ordering::Less => format!("上升{}位", old.place - new.place),
        std::cmp::Ordering::Greater => format!("下降{}位", new.place - old.place),
        std::cmp::Ordering::Equal => "持平".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_ties() {
        let values = [9, 7, 7, 3].map(Decimal::from);
        let said = |own: i64, up| rank(values.into_iter(), own.into(), up).unwrap().phrase();
        assert_eq!(said(9, false), "第1位");
        assert_eq!(said(7, false), "并列第2位");
        assert_eq!(said(3, false), "第4位");
        assert_eq!(said(3, true), "第1位");
        assert_eq!(said(7, true), "并列第2位");
        assert_eq!(rank(values.into_iter(), Decimal::from(9), false).unwrap().of, 4);
    }

    #[test]
    fn a_smaller_number_is_a_rise() {
        let at = |place| Rank { place, tied: false, of: 17 };
        assert_eq!(rank_change(at(3), at(5)), "上升2位");
        assert_eq!(rank_change(at(5), at(4)), "下降1位");
        assert_eq!(rank_change(at(5), at(5)), "持平");
    }
}
