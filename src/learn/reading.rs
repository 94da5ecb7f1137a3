//! The figures of one text while they are read.

use super::base::Base;
use super::extremes::Outermost;
use super::index::Form;
use super::place::{Place, Text};
use super::scan::Token;
use super::series::Facts;
use super::weigh::{Candidate, Scales};
use super::words::Labels;

/// The figures of one text with their readings.
pub struct Reading<'t> {
    pub text: &'t Text,
    pub tokens: Vec<Token>,
    pub places: Vec<Place<'t>>,
    pub found: Vec<Vec<Candidate>>,
    /// Names of records: where they end, and what they are known to have the most of.
    pub by: Vec<(usize, Option<Outermost>)>,
}

impl Reading<'_> {
    /// Who the figure is told of, where that is the record with the most: the last name before it in its sentence.
    fn by_of(&self, at: usize) -> Option<Outermost> {
        let (start, place) = (self.tokens[at].start, &self.places[at]);
        let from = start - place.before.len();
        let last = self.by.iter().rev().find(|(end, _)| *end <= start && *end > from);
        last.filter(|(end, _)| start - end <= 60).and_then(|(_, by)| *by)
    }
}

/// What the data can say, and what it is called.
pub struct Known {
    pub facts: Facts,
    pub labels: Labels,
}

impl Known {
    pub fn scales<'s>(&'s self, reading: &'s Reading<'s>, at: usize) -> Scales<'s> {
        Scales {
            facts: &self.facts,
            labels: &self.labels,
            text: reading.text,
            token: &reading.tokens[at],
            place: &reading.places[at],
            by: reading.by_of(at),
        }
    }
}

/// The series whose plain value a reading is.
pub fn plain(candidate: &Candidate) -> Option<usize> {
    match (candidate.entry.base, candidate.entry.form) {
        (Base::One(own), Form::Plain) => own.single(),
        _ => None,
    }
}
