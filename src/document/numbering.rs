//! Numbers of headings (7.3.3): 一、 （一） 1. （1）, counted under their parent; what a
//! condition left out leaves no gap.

use std::sync::Arc;

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
            1 => format!("{}、", han(n)),
            2 => format!("（{}）", han(n)),
            3 => format!("{n}."),
            _ => format!("（{n}）"),
        }
        .into()
    }
}

/// Chinese numeral of a heading, 1 to 99; larger ones count on in figures of ten.
pub fn han(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, rest) = (n / 100, n % 100);
    let (tens, ones) = ((rest / 10) as usize, (rest % 10) as usize);
    let mut text = String::new();
    if hundreds > 0 {
        text.push_str(&han(hundreds));
        text.push('百');
        if tens == 0 && ones > 0 {
            text.push('零');
        }
    }
    match tens {
        0 => {}
        1 if hundreds == 0 => text.push('十'),
        _ => {
            text.push_str(DIGITS[tens]);
            text.push('十');
        }
    }
    text.push_str(DIGITS[ones]);
    text
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

    #[test]
    fn numerals() {
        assert_eq!(
            [1, 10, 11, 20, 21, 99, 100, 103, 110].map(han),
            ["一", "十", "十一", "二十", "二十一", "九十九", "一百", "一百零三", "一百一十"]
        );
    }
}
