//! Where each stretch of a rendered text was written. Before every stretch of a template's own
//! text the rewriter puts a mark, which goes with the text through loops, macros, captured
//! blocks and includes; once the text is rendered, the marks are read and taken out.

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::remade::Remade;
use super::tokens::{TOKEN_CLOSE, TOKEN_OPEN, is_mark};
use crate::diagnostic::{Origin, Script};

/// Opens a mark: `MARK number TOKEN_CLOSE` stands before what that piece of a template wrote.
const MARK: char = '\u{E00C}';

/// The mark of a piece.
pub fn mark(piece: usize) -> String {
    format!("{MARK}{piece}{TOKEN_CLOSE}")
}

/// Whether all of a text knows its place: it begins with a mark or a figure, or says nothing.
pub fn is_marked(text: &str) -> bool {
    text.trim_start().chars().next().is_none_or(|c| matches!(c, MARK | TOKEN_OPEN))
}

/// A text without its marks: what a filter or a comparison sees of it.
pub fn unmarked(text: &str) -> Cow<'_, str> {
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(split(text).map(|(_, words)| words).collect())
}

/// The text cut at its marks: what stands before the first one has none.
fn split(text: &str) -> impl Iterator<Item = (Option<usize>, &str)> {
    text.split(MARK).enumerate().map(|(i, part)| {
        let marked = part.split_once(TOKEN_CLOSE).filter(|_| i > 0);
        match marked.and_then(|(number, words)| Some((number.parse().ok()?, words))) {
            Some((number, words)) => (Some(number), words),
            None => (None, part),
        }
    })
}

/// A stretch of a template: text that it prints as it stands, or an expression.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Index of the template.
    pub template: usize,
    pub range: Range<usize>,
}

/// The templates of a pack, and the pieces that marks name.
#[derive(Debug, Default)]
pub struct Pieces {
    pub scripts: Vec<Script>,
    pub all: Vec<Piece>,
}

/// Text of one piece within a rendered text.
#[derive(Clone, Debug)]
struct Run {
    /// Bytes of the rendered text.
    range: Range<usize>,
    /// Index of the template, and the bytes of it.
    template: usize,
    written: Range<usize>,
    /// It is printed as it is written; else a filter has changed it.
    exact: bool,
}

/// A stretch of a printed text, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The byte of the printed text at which it begins.
    pub at: u32,
    /// In the template, or the cell that a text comes from.
    pub origin: Origin,
    /// Each of its characters is one of the place, in order; else it was made of the whole.
    pub exact: bool,
}

/// A rendered text with tokens, and where it was written.
#[derive(Clone, Debug, Default)]
pub struct RenderedText {
    text: String,
    runs: Vec<Run>,
    pieces: Arc<Pieces>,
}

impl Deref for RenderedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// A text of no template, for tests of what comes behind.
impl From<&str> for RenderedText {
    fn from(text: &str) -> Self {
        RenderedText { text: text.into(), ..RenderedText::default() }
    }
}

impl RenderedText {
    /// Reads and takes out the marks.
    pub fn read(marked: &str, pieces: Arc<Pieces>) -> RenderedText {
        let mut done = RenderedText { text: String::with_capacity(marked.len()), runs: Vec::new(), pieces };
        for (piece, words) in split(marked) {
            let start = done.text.len();
            done.text.push_str(words);
            // Up to the next figure: that one has a place of its own; or up to where a clause is gone.
            let printed = words.split(is_mark).next().unwrap_or_default();
            if let Some(piece) = piece.and_then(|number| done.pieces.all.get(number)) {
                let (template, written) = (piece.template, piece.range.clone());
                done.run(start, printed, template, written);
            }
        }
        done
    }

    /// What is printed as it is written, beside what is written.
    #[cfg(test)]
    pub fn exact(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let written = |run: &Run| self.pieces.scripts[run.template].text.get(run.written.clone()).unwrap();
        self.runs.iter().filter(|run| run.exact).map(move |run| (run.range.clone(), written(run)))
    }

    /// The text made anew from parts of this one; each part keeps its places.
    pub fn remade(self, new: Remade) -> RenderedText {
        let mut runs = Vec::with_capacity(self.runs.len());
        for (at, from, length) in new.parts() {
            let first = self.runs.partition_point(|run| run.range.end <= from);
            for run in self.runs[first..].iter().take_while(|run| run.range.start < from + length) {
                let (start, end) = (run.range.start.max(from), run.range.end.min(from + length));
                let skip = start - run.range.start;
                let part = run.written.start + skip..run.written.start + skip + (end - start);
                let written = if run.exact { part } else { run.written.clone() };
                runs.push(Run { range: at + start - from..at + end - from, written, ..run.clone() });
            }
        }
        RenderedText { text: new.into_text(), runs, pieces: self.pieces }
    }

    /// Notes what of a piece was printed from byte `start` on.
    fn run(&mut self, start: usize, printed: &str, template: usize, range: Range<usize>) {
        let Some(script) = self.pieces.scripts.get(template) else { return };
        let written = script.text.get(range.clone()).unwrap_or_default();
        let length = printed.len();
        let mut add = |own: Range<usize>, of: Range<usize>, exact| {
            if !own.is_empty() {
                let (range, written) =
                    (start + own.start..start + own.end, range.start + of.start..range.start + of.end);
                self.runs.push(Run { range, template, written, exact });
            }
        };
        let head = alike(printed.chars(), written.chars());
        // What a filter keeps in length, such as `upper`, it keeps in its places.
        let kept = length == written.len() && printed.chars().count() == written.chars().count();
        if head == length || kept {
            return add(0..length, 0..length, true);
        }
        let tail = alike(printed[head..].chars().rev(), written[head..].chars().rev());
        add(0..head, 0..head, true);
        add(head..length - tail, head..written.len() - tail, false);
        add(length - tail..length, written.len() - tail..written.len(), true);
    }

    /// The places of a range of bytes, as stretches of a text that has it from byte `at` on.
    pub fn stretches(&self, range: Range<usize>, at: usize, out: &mut Vec<Stretch>) {
        let first = self.runs.partition_point(|run| run.range.end <= range.start);
        for run in self.runs[first..].iter().take_while(|run| run.range.start < range.end) {
            let Some(script) = self.pieces.scripts.get(run.template) else { continue };
            let (start, end) = (run.range.start.max(range.start), run.range.end.min(range.end));
            let at = at + start - range.start;
            if !run.exact {
                out.push(Stretch { at: at as u32, origin: script.place(run.written.clone()), exact: false });
                continue;
            }
            let from = run.written.start + start - run.range.start;
            for part in script.cut(from..from + (end - start)).filter(|part| !part.is_empty()) {
                let at = (at + part.start - from) as u32;
                out.push(Stretch { at, origin: script.place(part), exact: true });
            }
        }
    }
}

/// Bytes of the characters that two texts begin with alike.
fn alike(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    fn read(marked: &str) -> RenderedText {
        let scripts = vec![Script::whole("甲乙丙\n丁", SourceId(3))];
        let piece = |range| Piece { template: 0, range };
        let all = vec![piece(0..9), piece(10..13)];
        RenderedText::read(marked, Arc::new(Pieces { scripts, all }))
    }

    fn at(text: &RenderedText, range: Range<usize>) -> Vec<(u32, Origin, bool)> {
        let mut found = Vec::new();
        text.stretches(range, 0, &mut found);
        found.into_iter().map(|s| (s.at, s.origin, s.exact)).collect()
    }

    #[test]
    fn marks_lead_back_to_their_pieces() {
        let text = read(&format!("{}甲乙丙{}丁{TOKEN_OPEN}0{TOKEN_CLOSE}戊", mark(0), mark(1)));
        assert_eq!(&*text, format!("甲乙丙丁{TOKEN_OPEN}0{TOKEN_CLOSE}戊"));
        let place = |line, column, length| Origin::text(SourceId(3), line, column, length);
        assert_eq!(at(&text, 3..12), [(0, place(1, 2, 2), true), (6, place(2, 1, 1), true)]);
        // What nobody marked has no place.
        assert_eq!(at(&text, text.len() - 3..text.len()), []);
    }

    #[test]
    fn a_changed_piece_is_a_whole() {
        let text = read(&format!("{}甲戊己丙", mark(0)));
        let place = |column, length| Origin::text(SourceId(3), 1, column, length);
        assert_eq!(at(&text, 0..12), [(0, place(1, 1), true), (3, place(2, 1), false), (9, place(3, 1), true)]);
        // Cut by a filter, the rest is where it was.
        let text = read(&format!("{}甲乙", mark(0)));
        assert_eq!(at(&text, 3..6), [(0, Origin::text(SourceId(3), 1, 2, 1), true)]);
    }

    #[test]
    fn filters_see_no_marks() {
        assert_eq!(unmarked(&format!("a{}b{}", mark(1), mark(22))), "ab");
    }
}
