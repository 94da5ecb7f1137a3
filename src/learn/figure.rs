//! What was found out about one figure of a text.

use super::write::Tag;

/// What becomes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// One clear reading: it is a tag.
    Bound,
    /// Several that may be meant: it is asked.
    Asked,
    /// Nothing of the data.
    NoData,
}

impl State {
    /// As lists say it.
    pub fn label(self) -> &'static str {
        match self {
            State::Bound => "认定",
            State::Asked => "待认",
            State::NoData => "不是数据",
        }
    }
}

/// A figure of a text.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The text, by its number.
    pub text: usize,
    /// Bytes of the text: what the tag takes the place of, or the figure as it was found.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// As it stands.
    pub written: String,
    /// The sentence around it.
    pub sentence: String,
    /// What becomes of it.
    pub state: State,
    /// The tag, where it is bound.
    pub tag: Option<Tag>,
    /// What else may be meant, the likeliest first.
    pub candidates: Vec<Tag>,
}

/// A way to write a figure, with what speaks for it.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// The tag.
    pub tag: Tag,
    /// Higher is likelier.
    pub score: f64,
}
