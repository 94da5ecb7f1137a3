//! Where the runs of a part and their texts lie.

use std::ops::Range;

use super::edit::{Kind, Tags, attribute};
use super::error::ReviseError;

/// The runs and texts of a part, each in the order of their places.
pub struct Skeleton {
    pub runs: Vec<Run>,
    pub texts: Vec<Text>,
    /// A number that no tracked change and no bookmark has.
    pub free: u32,
}

/// An element `w:r`.
pub struct Run {
    /// Its tags.
    pub open: Range<usize>,
    pub close: Range<usize>,
    /// Its properties.
    pub properties: Option<Range<usize>>,
    /// `w:`
    pub prefix: Range<usize>,
    /// It stands in a tracked insertion.
    pub inserted: bool,
}

/// An element `w:t`.
pub struct Text {
    /// Its tags; of `<w:t/>` both are the same.
    pub open: Range<usize>,
    pub close: Range<usize>,
    /// Blanks at its ends are text.
    pub kept: bool,
}

impl Run {
    /// What stands in it behind its properties.
    pub fn content(&self) -> Range<usize> {
        self.properties.as_ref().map_or(self.open.end, |own| own.end)..self.close.start
    }
}

impl Skeleton {
    pub fn read(text: &str) -> Result<Skeleton, ReviseError> {
        let mut found = Skeleton { runs: Vec::new(), texts: Vec::new(), free: 1 };
        // Elements that are open: runs by their place among the runs, texts among the texts.
        let (mut runs, mut open, mut inserted) = (Vec::new(), None, 0usize);
        let mut tags = Tags::new(text);
        while let Some(tag) = tags.step()? {
            let raw = &text[tag.span.clone()];
            match (tag.name(), tag.kind) {
                ("r", Kind::Open) => {
                    let prefix = tag.span.start + 1..tag.span.start + 1 + tag.prefix().len();
                    runs.push((found.runs.len(), tag.depth));
                    let (open, close) = (tag.span.clone(), tag.span.clone());
                    found.runs.push(Run { open, close, properties: None, prefix, inserted: inserted > 0 });
                }
                ("r", Kind::Close) => {
                    if let Some((run, _)) = runs.pop() {
                        found.runs[run].close = tag.span;
                    }
                }
                ("rPr", kind) => {
                    // A change of the properties holds the old ones, one element deeper.
                    let own = runs.last().filter(|(_, depth)| depth + 1 == tag.depth);
                    if let Some((run, _)) = own {
                        let span = &mut found.runs[*run].properties;
                        let start = span.as_ref().filter(|_| kind == Kind::Close).map_or(tag.span.start, |s| s.start);
                        *span = Some(start..tag.span.end);
                    }
                }
                ("t", Kind::Open | Kind::Empty) => {
                    open = (tag.kind == Kind::Open).then_some(found.texts.len());
                    let kept = attribute(raw, "space").as_deref() == Some("preserve");
                    found.texts.push(Text { open: tag.span.clone(), close: tag.span, kept });
                }
                ("t", Kind::Close) => open.take().into_iter().for_each(|at| found.texts[at].close = tag.span.clone()),
                ("ins" | "moveTo", kind) => {
                    match kind {
                        Kind::Open => inserted += 1,
                        Kind::Close => inserted = inserted.saturating_sub(1),
                        Kind::Empty => {}
                    }
                    found.count(raw);
                }
                ("del" | "moveFrom" | "bookmarkStart" | "rPrChange" | "pPrChange", _) => found.count(raw),
                _ => {}
            }
        }
        Ok(found)
    }

    fn count(&mut self, tag: &str) {
        let id = attribute(tag, "id").and_then(|id| id.trim().parse::<u32>().ok());
        self.free = self.free.max(id.map_or(0, |id| id.saturating_add(1)));
    }

    /// The text that a byte lies in, its ends included.
    pub fn text(&self, at: usize) -> Option<&Text> {
        let next = self.texts.partition_point(|text| text.open.start < at);
        self.texts[..next].last().filter(|text| text.open.end <= at && at <= text.close.start)
    }

    /// The run whose element begins at a byte.
    pub fn run(&self, start: usize) -> Option<usize> {
        self.runs.binary_search_by_key(&start, |run| run.open.start).ok()
    }
}
