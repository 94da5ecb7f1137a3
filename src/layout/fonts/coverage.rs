//! The characters that a font has.

/// Characters of the basic plane as bits, since every character of a report is looked up; those
/// beyond as ranges.
pub struct Coverage {
    low: Box<[u64; 1024]>,
    /// First and last, sorted.
    high: Vec<(u32, u32)>,
}

impl Coverage {
    /// From code points in rising order.
    pub fn of(codes: impl Iterator<Item = u32>) -> Coverage {
        let mut coverage = Coverage { low: Box::new([0; 1024]), high: Vec::new() };
        for code in codes {
            match (coverage.low.get_mut(code as usize / 64), coverage.high.last_mut()) {
                (Some(word), _) => *word |= 1 << (code % 64),
                (None, Some(last)) if last.1 + 1 == code => last.1 = code,
                (None, _) => coverage.high.push((code, code)),
            }
        }
        coverage
    }

    pub fn has(&self, c: char) -> bool {
        let code = c as u32;
        match self.low.get(code as usize / 64) {
            Some(word) => word >> (code % 64) & 1 == 1,
            None => {
                let next = self.high.partition_point(|&(first, _)| first <= code);
                next > 0 && code <= self.high[next - 1].1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn has_what_it_is_made_of(codes in proptest::collection::btree_set(0..0x2_0000_u32, 0..200)) {
            let coverage = Coverage::of(codes.iter().copied());
            for code in codes.iter().flat_map(|code| [code.saturating_sub(1), *code, code + 1]) {
                let Some(c) = char::from_u32(code) else { continue };
                prop_assert_eq!(coverage.has(c), codes.contains(&code));
            }
        }
    }
}
