//! What is known of a file that came back.

use std::ops::Range;

use crate::document::record::Said;

/// Words of a rise.
pub const UP: [&str; 7] = ["增长", "上升", "提高", "增加", "提升", "扩大", "上涨"];
/// Words of a fall.
pub const DOWN: [&str; 7] = ["下降", "减少", "降低", "回落", "缩小", "下滑", "下跌"];

/// Words of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The paragraph's place among all.
    pub paragraph: usize,
    /// Bytes of its text.
    pub bytes: Range<usize>,
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it was generated, and the data have not changed.
    Same,
    /// As it was generated, but the data say something else now.
    Stale,
    /// Changed by hand.
    Typed,
    /// Taken out by hand.
    Gone,
}

/// A figure of the report as it was generated.
#[derive(Clone, Debug)]
pub struct Figure {
    /// As it was printed; `None` where that is not known any more.
    pub old: Option<String>,
    /// What stands in the file.
    pub text: String,
    /// What the data say; `None` where the sentence is not generated any more.
    pub new: Option<String>,
    /// Its number in the document of today.
    pub id: Option<u32>,
    /// Where it stands in the file.
    pub spot: Option<Spot>,
    /// What became of it.
    pub state: State,
    /// What the data say could not be put in.
    pub left: bool,
    /// The sentence of the file that it stands in.
    pub sentence: Option<usize>,
}

impl Figure {
    /// A text of the data that was worded otherwise by hand, and none of its numbers became another: some may be gone,
    /// or some have come.
    pub fn reworded(&self) -> bool {
        const LONG: usize = 12;
        let numbers = |text: &str| -> Vec<String> {
            // With what makes a number another one: 8.6万, 12.5%.
            let parts = text.split(|c: char| !c.is_ascii_digit() && !".万亿千%‰".contains(c));
            parts.filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).map(str::to_string).collect()
        };
        let new = self.new.as_deref().or(self.old.as_deref()).unwrap_or_default();
        let (there, known) = (numbers(&self.text), numbers(new));
        let within = |few: &[String], many: &[String]| few.iter().all(|number| many.contains(number));
        let fewer = |words: &[&str]| words.iter().any(|w| self.text.matches(w).count() < new.matches(w).count());
        let more = |words: &[&str]| words.iter().any(|w| self.text.matches(w).count() > new.matches(w).count());
        let turned = fewer(&UP) && more(&DOWN) || fewer(&DOWN) && more(&UP);
        new.chars().count() > LONG && !turned && (within(&there, &known) || within(&known, &there))
    }
}

/// Words that are none of a figure's and were changed where they hang on one.
#[derive(Clone, Debug)]
pub struct Word {
    /// As they were generated.
    pub old: String,
    /// As they are in the file.
    pub text: String,
    /// Where they stand.
    pub spot: Spot,
    /// Up and down have changed places; else it is a unit.
    pub direction: bool,
}

/// Something that is proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Where; `None`: at the beginning.
    pub spot: Option<Spot>,
    /// Sentences, one behind the other.
    pub text: String,
    /// They are to be taken out; else to be put in behind the spot.
    pub out: bool,
}

/// A file beside the data.
#[derive(Default)]
pub struct Compared {
    /// All figures, in the order in which they were generated.
    pub figures: Vec<Figure>,
    /// What is to be put in, so that the file says what the data say.
    pub changes: Vec<(Spot, String)>,
    /// What could not be put in: where, and what the data say there.
    pub conflicts: Vec<(Option<Spot>, String)>,
    /// What is proposed for whole sentences.
    pub proposals: Vec<Proposal>,
    /// Words that were changed beside a figure.
    pub words: Vec<Word>,
    /// Numbers that are none of the data.
    pub strange: Vec<Spot>,
    /// Sentences that were taken out by hand.
    pub gone: Vec<String>,
    /// Charts that show other values than the data have, each with the place of its caption.
    pub charts: Vec<(Option<Spot>, String)>,
    /// Sentences that stand as they were generated.
    pub standing: Vec<Spot>,
    /// What the file is to remember: what was put in, and what it was where it could not be.
    pub record: Vec<Said>,
    /// The file has a record of what it was.
    pub recorded: bool,
}
