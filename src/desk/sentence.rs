//! A sentence that is ticked off, with the cells of its figures.

use serde::{Deserialize, Serialize};

/// A sentence that holds figures.
#[derive(Serialize)]
pub struct Sentence {
    pub key: String,
    /// The heading above it.
    pub heading: String,
    /// Its words, with the number of the figure where it is one.
    pub pieces: Vec<(String, Option<usize>)>,
    pub figures: Vec<Told>,
    pub ticked: Option<Tick>,
}

/// A figure and the cells that it was made of.
#[derive(Serialize)]
pub struct Told {
    pub text: String,
    pub cells: Vec<String>,
    pub more: usize,
}

/// Who looked at a sentence, and when.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tick {
    pub who: String,
    pub when: String,
}

impl Sentence {
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }
}
