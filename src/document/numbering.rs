//! Numbers of headings (7.3.3): 一、 （一） 1. （1）, counted under their parent; what a
//! condition left out leaves no gap.

use std::sync::Arc;

use crate::vocabulary::numeral::han;

/// Counts the headings of one text.
#[derive(Debug, Default)]
pub struct Numbering {
    counts: [u32; 4],
}

impl Numbering {
    /// The number of the next heading of a level (1–4).
    pub fn next(&mut self, level: u8) -> Arc<str> {
        let at = (level.clamp(1, 4) - 1) as usize;
        self.counts[at] += 1;
        self.counts[at + 1..].fill(0);
        let n = self.counts[at];
        match level {
            1 => format!("{}、", han(n.into())),
            2 => format!("（{}）", han(n.into())),
            3 => format!("{n}."),
            _ => format!("（{n}）"),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_under_their_parent() {
        let mut n = Numbering::default();
        let got: Vec<_> = [1, 2, 2, 3, 4, 3, 1, 2, 3].iter().map(|l| n.next(*l).to_string()).collect();
        assert_eq!(got, ["一、", "（一）", "（二）", "1.", "（1）", "2.", "二、", "（一）", "1."]);
    }
}
