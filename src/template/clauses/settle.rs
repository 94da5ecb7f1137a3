//! What a rendering left of its clauses: each is kept, said in another way, or left out with what
//! it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::closing::{self, Gone};
use super::lines;
use super::signs::{CLOSE, ELSE, END, OPEN};
use super::state::{Clauses, NOTHING};
use crate::diagnostic::{Diagnostic, codes};
use crate::figures::Figure;
use crate::template::tokens::{TOKEN_CLOSE, TOKEN_OPEN, split_tokens};
use crate::template::trail::{Pieces, RenderedText, unmarked};

/// A text without clauses: what is printed, its figures, and what was left out.
pub struct Settled {
    pub text: RenderedText,
    pub figures: Vec<Figure>,
    pub notices: Vec<Diagnostic>,
}

/// Leaves out what lacks something. Figures from `first` on are those of this text; those that
/// are printed no more are dropped. What is left keeps its places.
pub fn settle(text: &str, pieces: Arc<Pieces>, figures: Vec<Figure>, clauses: &Clauses, first: usize) -> Settled {
    if clauses.is_empty() {
        return Settled { text: RenderedText::read(text, pieces), figures, notices: Vec::new() };
    }
    let mut settling = Settling { clauses, lost: BTreeSet::new(), dropped: BTreeSet::new() };
    let chosen = settling.chosen(text);
    let (chosen, figures) = without(&chosen, figures, &settling.dropped, first);
    // The marks of places are read first: what closes must see what stands beside what.
    let text = RenderedText::read(&chosen, pieces);
    let left = lines::without_empty(closing::close(&text, &figures));
    Settled { text: text.remade(left), figures, notices: settling.notices() }
}

/// A captured text that becomes part of one figure.
pub fn plainly(text: String, clauses: &Clauses, figures: &[Figure]) -> String {
    if !marked(&text) {
        return text;
    }
    let mut settling = Settling { clauses, lost: BTreeSet::new(), dropped: BTreeSet::new() };
    lines::without_empty(closing::close(&settling.chosen(&text), figures)).into_text()
}

/// A text from behind the openings of clauses that it begins with.
pub fn opened(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, inner)) = rest.trim_start().strip_prefix(OPEN).and_then(|rest| rest.split_once(END)) {
        rest = inner;
    }
    rest
}

/// Whether there is a clause in a text.
pub fn marked(text: &str) -> bool {
    text.contains([OPEN, CLOSE])
}

struct Settling<'c> {
    clauses: &'c Clauses,
    /// Clauses that are gone, by their number among all that were rendered.
    lost: BTreeSet<usize>,
    /// Figures in what is gone.
    dropped: BTreeSet<usize>,
}

/// One way to say a clause.
#[derive(Default)]
struct Said {
    text: String,
    /// A clause in it is kept.
    kept: bool,
    /// Clauses in it that are gone, by number.
    gone: Vec<usize>,
}

/// A clause whose end is still to come.
struct Frame {
    instance: usize,
    ways: Vec<Said>,
}

impl Settling<'_> {
    /// The text with a gap in the place of each clause that is gone.
    fn chosen(&mut self, text: &str) -> String {
        let mut frames = vec![Frame { instance: usize::MAX, ways: vec![Said::default()] }];
        let mut rest = text;
        while let Some(at) = rest.find([OPEN, ELSE, CLOSE]) {
            let mut after = rest[at..].chars();
            let mark = after.next();
            push(&mut frames, &rest[..at]);
            rest = after.as_str();
            match mark {
                Some(OPEN) => {
                    let (number, more) = rest.split_once(END).unwrap_or((rest, ""));
                    frames.push(Frame { instance: number.parse().unwrap_or(usize::MAX), ways: vec![Said::default()] });
                    rest = more;
                }
                Some(ELSE) if frames.len() > 1 => {
                    if let Some(frame) = frames.last_mut() {
                        frame.ways.push(Said::default());
                    }
                }
                Some(CLOSE) if frames.len() > 1 => self.closed(&mut frames),
                _ => {}
            }
        }
        push(&mut frames, rest);
        while frames.len() > 1 {
            self.closed(&mut frames);
        }
        let whole = frames.pop().and_then(|mut frame| frame.ways.pop()).unwrap_or_default();
        self.lost.extend(whole.gone);
        whole.text
    }

    /// The innermost clause is complete: what is kept of it goes to the one around it.
    fn closed(&mut self, frames: &mut Vec<Frame>) {
        let Some(frame) = frames.pop() else { return };
        let gone = Gone::of(&unmarked(&frame.ways[0].text));
        let good = (0..frame.ways.len()).find(|way| self.stands(&frame, *way));
        let Some(around) = frames.last_mut().and_then(|frame| frame.ways.last_mut()) else { return };
        let instance = frame.instance;
        for (way, said) in frame.ways.into_iter().enumerate() {
            // What is gone because of what is in it is told there.
            if Some(way) == good || way == 0 && !self.lacks(instance, way) {
                around.gone.extend(said.gone);
            }
            if Some(way) == good {
                around.text.push_str(&said.text);
                around.kept = true;
            } else {
                self.dropped.extend(split_tokens(&said.text).into_iter().filter_map(|(_, id)| Some(id?.0 as usize)));
            }
        }
        if good != Some(0) {
            around.gone.push(instance);
        }
        if good.is_none() {
            gone.write(&mut around.text);
        }
    }

    fn lacks(&self, instance: usize, way: usize) -> bool {
        let way = self.clauses.all.get(instance).and_then(|instance| instance.ways.get(way));
        way.is_some_and(|way| way.nothing || !way.missing.is_empty())
    }

    /// Whether one way of a clause can be printed: nothing lacks, and something is said.
    fn stands(&self, frame: &Frame, at: usize) -> bool {
        if self.lacks(frame.instance, at) {
            return false;
        }
        let (said, instance) = (&frame.ways[at], self.clauses.all.get(frame.instance));
        let printed = instance.and_then(|instance| instance.ways.get(at)).is_some_and(|way| way.printed);
        let clause = self.clauses.clause(frame.instance).map(|placed| &placed.clause);
        let loops = clause.and_then(|clause| clause.loops.get(at)).is_some_and(|loops| *loops);
        let blank = unmarked(&said.text).chars().all(|c| c.is_whitespace() || closing::is_mark(c));
        printed || said.kept || said.gone.is_empty() && !loops && !blank
    }

    /// What was left out for want of a datum.
    fn notices(&self) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut known = BTreeMap::new();
        for instance in &self.lost {
            let Some(placed) = self.clauses.clause(*instance) else { continue };
            let ways = self.clauses.all.get(*instance).map_or(&[][..], |instance| &instance.ways);
            for (name, cell) in ways.iter().take(1).flat_map(|way| &way.missing) {
                if &**name == NOTHING || known.insert((placed.origin, name.clone()), ()).is_some() {
                    continue;
                }
                let instead =
                    if placed.clause.nonzero.len() > 1 { "，改用了后面的写法或者略去" } else { "" };
                let message = format!("没有填写“{name}”，这里没有印出：“{}”{instead}", placed.clause.text);
                let mut told = Diagnostic::new(codes::T017, message).at(placed.origin);
                if let Some(cell) = cell {
                    told = told.also(*cell, "这里是空的");
                }
                found.push(told.help(format!("要印出这一处，就填写“{name}”；确实没有的填“无”，不再提示")));
            }
        }
        found
    }
}

fn push(frames: &mut [Frame], text: &str) {
    if let Some(said) = frames.last_mut().and_then(|frame| frame.ways.last_mut()) {
        said.text.push_str(text);
    }
}

/// The text and its figures without those that are printed no more.
fn without(text: &str, figures: Vec<Figure>, dropped: &BTreeSet<usize>, first: usize) -> (String, Vec<Figure>) {
    let printed: BTreeSet<usize> = split_tokens(text).into_iter().filter_map(|(_, id)| Some(id?.0 as usize)).collect();
    let stays = |id: &usize| *id < first || !dropped.contains(id) || printed.contains(id);
    let mut numbers = vec![0; figures.len()];
    let mut kept = Vec::with_capacity(figures.len());
    for (id, figure) in figures.into_iter().enumerate() {
        numbers[id] = kept.len();
        if stays(&id) {
            kept.push(figure);
        }
    }
    let mut renumbered = String::with_capacity(text.len());
    for (piece, id) in split_tokens(text) {
        renumbered.push_str(piece);
        if let Some(number) = id.and_then(|id| numbers.get(id.0 as usize)) {
            renumbered.push_str(&format!("{TOKEN_OPEN}{number}{TOKEN_CLOSE}"));
        }
    }
    (renumbered, kept)
}
