//! Patterns of wrong words by what stands around them, as the data files write them:
//! `(甲|乙)` one of these, `?` behind it: or nothing, `[，。]` one of these characters or the end, `[^报说]` none of
//! these, `…8` up to so many characters within a clause, `‥8` the same over commas, `【 】` the words that are wrong.

/// One step of a pattern.
enum Step {
    One(char),
    Among {
        any: Vec<char>,
        not: bool,
    },
    Words {
        words: Vec<Vec<char>>,
        optional: bool,
    },
    Gap {
        most: usize,
        commas: bool,
    },
    /// The beginning of a sentence.
    Start,
}

/// A pattern, ready to be looked for.
pub struct Pattern {
    steps: Vec<Step>,
    /// Steps before the marked words, and up to their end.
    mark: (usize, usize),
    /// A word that stands in every text that it fits.
    pub key: String,
}

impl Pattern {
    pub fn read(text: &str) -> Pattern {
        let s: Vec<char> = text.chars().collect();
        let (mut steps, mut mark, mut key, mut i) = (Vec::new(), (0, 0), String::new(), 0);
        while i < s.len() {
            let until = |close: char| s[i..].iter().position(|c| *c == close).map_or(s.len(), |p| i + p);
            match s[i] {
                '【' => mark.0 = steps.len(),
                '】' => mark.1 = steps.len(),
                '(' => {
                    let end = until(')');
                    let inner: String = s[i + 1..end].iter().collect();
                    let optional = s.get(end + 1) == Some(&'?');
                    let words = inner.split('|').map(|word| word.chars().collect()).collect();
                    steps.push(Step::Words { words, optional });
                    i = end + usize::from(optional);
                }
                '[' => {
                    let end = until(']');
                    let not = s.get(i + 1) == Some(&'^');
                    steps.push(Step::Among { any: s[i + 1 + usize::from(not)..end].to_vec(), not });
                    i = end;
                }
                c @ ('…' | '‥') => {
                    let digits: String = s[i + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
                    steps.push(Step::Gap { most: digits.parse().unwrap_or(8), commas: c == '‥' });
                    i += digits.len();
                }
                '^' => steps.push(Step::Start),
                c if s.get(i + 1) == Some(&'?') => {
                    steps.push(Step::Words { words: vec![vec![c]], optional: true });
                    i += 1;
                }
                c => {
                    steps.push(Step::One(c));
                    key.push(c);
                }
            }
            i += 1;
        }
        if mark.1 == 0 {
            mark = (0, steps.len());
        }
        Pattern { steps, mark, key }
    }

    /// Where it fits, beginning at a character: the marked words.
    pub fn at(&self, s: &[char], start: usize) -> Option<(usize, usize)> {
        let mut mark = (start, start);
        self.fit(s, start, 0, &mut mark).then_some(mark)
    }

    fn fit(&self, s: &[char], at: usize, step: usize, mark: &mut (usize, usize)) -> bool {
        if step == self.mark.0 {
            mark.0 = at;
        }
        let Some(own) = self.steps.get(step) else {
            if step == self.mark.1 {
                mark.1 = at;
            }
            return true;
        };
        let here = s.get(at);
        let mut next = |to: usize| {
            let fits = self.fit(s, to, step + 1, mark);
            if fits && step + 1 == self.mark.1 {
                mark.1 = to;
            }
            // A later try of a gap may have moved the beginning.
            if fits && step == self.mark.0 {
                mark.0 = at;
            }
            fits
        };
        match own {
            Step::One(c) => here == Some(c) && next(at + 1),
            // Before the marked words a character is passed by, behind them only looked at.
            Step::Among { any, not: true } if step < self.mark.0 => {
                here.is_some_and(|c| !any.contains(c)) && next(at + 1) || at == 0 && step == 0 && next(at)
            }
            Step::Among { any, not: true } => here.is_none_or(|c| !any.contains(c)) && next(at),
            Step::Among { any, not: false } => here.is_none_or(|c| any.contains(c)) && next(at + 1),
            Step::Start => (at == 0 || "。！？；：\n".contains(s[at - 1])) && next(at),
            Step::Words { words, optional } => {
                let fits = |word: &Vec<char>| s.get(at..).is_some_and(|rest| rest.starts_with(word));
                words.iter().any(|word| fits(word) && next(at + word.len())) || *optional && next(at)
            }
            Step::Gap { most, commas } => {
                let ends = |c: &char| "。！？；：\n".contains(*c) || !commas && *c == '，';
                let free = s.get(at..).map_or(0, |rest| rest.iter().take(*most).take_while(|c| !ends(c)).count());
                (0..=free).any(|n| next(at + n))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let s: Vec<char> = text.chars().collect();
        let pattern = Pattern::read(pattern);
        (0..s.len()).find_map(|i| pattern.at(&s, i)).map(|(from, to)| s[from..to].iter().collect())
    }

    #[test]
    fn the_marked_words_are_found_by_what_stands_around_them() {
        assert_eq!(found("(打破|刷新)…6【记录】", "打破了历史记录。").as_deref(), Some("记录"));
        assert_eq!(found("(打破|刷新)…6【记录】", "打破，历史记录。"), None);
        assert_eq!(found("[^工]【作】(好|到)[^的]", "要作好宣传").as_deref(), Some("作"));
        assert_eq!(found("[^工]【作】好", "工作好"), None);
        assert_eq!(found("[^工]【作】好", "作好").as_deref(), Some("作"));
        assert_eq!(found("打破了?【记录】", "打破记录").as_deref(), Some("记录"));
        assert_eq!(found("^由于‥9，【使】", "由于努力，使它成了").as_deref(), Some("使"));
        assert_eq!(found("^由于‥9，【使】", "也由于努力，使它成了"), None);
        assert_eq!(found("(很)?【大】[，。]", "大").as_deref(), Some("大"));
        assert_eq!(found("【即】要‥9又要", "即要快，又要稳").as_deref(), Some("即"));
    }
}
