//! Two sequences side by side: pairs in the order of both, by what each pair is worth.

/// More places than this are not looked through together.
const MOST: usize = 3_000_000;
/// So much of an equal beginning or end is not taken for granted.
const BACK: usize = 24;
/// How far ahead is looked where there are more.
const NEAR: usize = 40;

/// What a pair of sentences is worth more beside the one before it.
pub const BESIDE: u32 = 2;

/// Pairs of places, those of the greatest worth together; 0: never a pair. `same` says which are surely a pair, so
/// that equal beginnings and ends cost nothing; `beside` what a pair is worth more where it follows the one before.
pub fn align(
    sizes: [usize; 2],
    same: impl Fn(usize, usize) -> bool,
    worth: impl Fn(usize, usize) -> u32,
    beside: impl Fn(usize) -> u32,
) -> Vec<(usize, usize)> {
    let [n, m] = sizes;
    let least = n.min(m);
    // The last of what is equal may as well belong to what comes behind: it is weighed with the rest.
    let kept = |equal: usize| if equal == n.max(m) { equal } else { equal.saturating_sub(BACK) };
    let head = kept((0..least).take_while(|i| same(*i, *i)).count());
    let tail = kept((0..least - head).take_while(|i| same(n - 1 - i, m - 1 - i)).count());
    let (rows, columns) = (n - head - tail, m - head - tail);
    let shifted = |i: usize, j: usize| worth(head + i, head + j);
    let middle = match rows.saturating_mul(columns) <= MOST {
        true => whole(rows, columns, shifted, |i| beside(head + i)),
        false => near(rows, columns, shifted),
    };
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
    pairs.extend(middle.into_iter().map(|(i, j)| (head + i, head + j)));
    pairs.extend((0..tail).rev().map(|i| (n - 1 - i, m - 1 - i)));
    pairs
}

fn whole(
    rows: usize,
    columns: usize,
    worth: impl Fn(usize, usize) -> u32,
    more: impl Fn(usize) -> u32,
) -> Vec<(usize, usize)> {
    let width = columns + 1;
    // The best up to a place, and the best of those in which the place itself is a pair.
    let (mut best, mut paired) = (vec![0u32; (rows + 1) * width], vec![0u32; (rows + 1) * width]);
    for i in 1..=rows {
        for j in 1..=columns {
            let (at, before) = (i * width + j, (i - 1) * width + j - 1);
            let own = worth(i - 1, j - 1);
            if own > 0 {
                let beside = if paired[before] > 0 { paired[before] + more(i - 1) } else { 0 };
                paired[at] = own + best[before].max(beside);
            }
            best[at] = paired[at].max(best[at - 1]).max(best[at - width]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j, mut beside) = (rows, columns, false);
    while i > 0 && j > 0 {
        let (at, before) = (i * width + j, (i - 1) * width + j - 1);
        if beside || best[at] == paired[at] && paired[at] > 0 {
            pairs.push((i - 1, j - 1));
            beside = paired[before] > 0 && paired[before] + more(i - 1) >= best[before];
            (i, j) = (i - 1, j - 1);
        } else if best[at] == best[at - width] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

/// The nearest pair first: for texts that have hardly anything in common.
fn near(rows: usize, columns: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < rows && j < columns {
        let ahead = (0..NEAR).flat_map(|sum| (0..=sum).map(move |k| (k, sum - k)));
        let next = ahead.map(|(k, l)| (i + k, j + l)).find(|(k, l)| *k < rows && *l < columns && worth(*k, *l) > 0);
        match next {
            Some((k, l)) => {
                pairs.push((k, l));
                (i, j) = (k + 1, l + 1);
            }
            None => (i, j) = (i + NEAR / 2, j + NEAR / 2),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(a: &str, b: &str) -> Vec<(usize, usize)> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        align([a.len(), b.len()], |i, j| a[i] == b[j], |i, j| u32::from(a[i] == b[j]), |_| 2)
    }

    #[test]
    fn pairs_stand_together() {
        assert_eq!(pairs("abc", "abc"), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(pairs("ac", "abc"), [(0, 0), (1, 2)]);
        assert_eq!(pairs("", "a"), []);
        // Of two places for a word the one where it stands whole.
        assert_eq!(pairs("xabx", "yazabz"), [(1, 3), (2, 4)]);
        assert_eq!(near(3, 3, |i, j| u32::from(i == j)), [(0, 0), (1, 1), (2, 2)]);
    }
}
