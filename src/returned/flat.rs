//! The words of a file one behind the other, with a border before each paragraph.

use std::ops::Range;

use super::edited::Sentence;
use super::tokens::Token;

/// All words of a file.
#[derive(Default)]
pub struct Flat {
    pub tokens: Vec<Token>,
    /// The paragraph of each.
    pub paragraphs: Vec<usize>,
    /// The words of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl Flat {
    pub fn of(sentences: &[Sentence]) -> Flat {
        let mut flat = Flat::default();
        for sentence in sentences {
            if flat.paragraphs.last() != Some(&sentence.paragraph) {
                flat.tokens.push(Token::border());
                flat.paragraphs.push(sentence.paragraph);
            }
            let start = flat.tokens.len();
            flat.tokens.extend(sentence.tokens.iter().cloned());
            flat.paragraphs.resize(flat.tokens.len(), sentence.paragraph);
            flat.sentences.push(start..flat.tokens.len());
        }
        flat.tokens.push(Token::border());
        flat.paragraphs.push(usize::MAX);
        flat
    }

    /// Whether words follow each other in one paragraph.
    pub fn is_run(&self, places: &[Option<usize>]) -> bool {
        places.windows(2).all(|two| matches!(two, [Some(a), Some(b)] if a + 1 == *b))
            && places.iter().all(|place| place.is_some_and(|at| !self.tokens[at].is_border()))
    }

    /// The paragraph and the bytes of words, as far as they stand in the first paragraph of them.
    pub fn bytes(&self, words: Range<usize>) -> Option<(usize, Range<usize>)> {
        let mut own = words.filter(|at| !self.tokens[*at].is_border());
        let first = own.next()?;
        let paragraph = self.paragraphs[first];
        let last = own.take_while(|at| self.paragraphs[*at] == paragraph).last().unwrap_or(first);
        Some((paragraph, self.tokens[first].bytes.start..self.tokens[last].bytes.end))
    }
}
