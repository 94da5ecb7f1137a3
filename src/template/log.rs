//! The read log: which cells were read for which `{{ … }}`. Scalars handed to the engine
//! are plain values; the containers note every read here, and the formatter takes what
//! was read since the figure began. One log per report, on the thread that renders it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::ValueKind;
use rust_decimal::prelude::ToPrimitive;

use crate::dataset::Number;
use crate::figures::{Figure, Read};
use crate::source::Origin;

/// One read, or a derived value that knows how it is printed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The cell; `None` for a derived value.
    pub read: Option<Read>,
    /// The value as the engine got it.
    pub value: Jinja,
    /// How the value prints as it stands.
    pub shown: Arc<str>,
    pub number: Option<Number>,
    pub unit: Option<Arc<str>>,
    /// The value came as an item of a list that is being walked through.
    pub item: bool,
    /// The reads of a whole column, which stand together here.
    pub column: Option<Arc<[Entry]>>,
}

impl Entry {
    /// The cells that were read.
    pub fn reads(self) -> Vec<Read> {
        match self.column {
            Some(column) => column.iter().filter_map(|entry| entry.read.clone()).collect(),
            None => self.read.into_iter().collect(),
        }
    }

    /// Whether it stands for cells.
    pub fn is_read(&self) -> bool {
        self.read.is_some() || self.column.is_some()
    }
}

/// A mistake found while rendering, to be turned into a diagnostic with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Number of the expression.
    pub figure: usize,
    pub kind: ProblemKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A known name without a value: the name as the template reached it, and its cell.
    Missing { name: Arc<str>, origin: Option<Origin> },
    /// A name that nothing knows; the names that could be meant.
    Unknown { name: String, known: Vec<Arc<str>> },
    /// Something that cannot be printed.
    Unprintable { what: &'static str },
}

/// Names kept for messages; a figure that asks for more has told enough.
const MOST_NAMES: usize = 64;

#[derive(Default)]
pub struct Log {
    pub entries: Vec<Entry>,
    /// Where among the entries each number stands last.
    places: RefCell<Places>,
    /// Figures that have begun and not been printed: number and first entry.
    pub open: Vec<(usize, usize)>,
    mark: usize,
    bound: HashMap<String, Vec<Entry>>,
    /// Variables that something missing was read for: what was missing, and its cell.
    pub gaps: HashMap<String, (Arc<str>, Option<Origin>)>,
    pub figures: Vec<Figure>,
    pub problems: Vec<Problem>,
    /// Names that were asked for and not known since the figure began, with those that are.
    pub unknown: Vec<(String, Vec<Arc<str>>)>,
    /// Missing values that were read since the figure began.
    pub missing: Vec<(Arc<str>, Option<Origin>)>,
    pub draft: bool,
    /// Figures whose expression failed before and is left out now, with the name that a
    /// draft prints in their place.
    pub blanked: BTreeMap<usize, Arc<str>>,
}

/// Numbers of the entries by their bits, so that a sum over a column does not search it anew
/// for each of its numbers.
#[derive(Default)]
struct Places {
    /// So many entries are known.
    known: usize,
    last: HashMap<u64, usize>,
    /// Some entry is a number that cannot be told by its bits.
    odd: bool,
}

/// Equal numbers have equal bits here, whether whole or not.
fn bits(value: &Jinja) -> Option<u64> {
    let float = match value.kind() {
        ValueKind::Bool => f64::from(u8::from(value.is_true())),
        ValueKind::Number => f64::try_from(value.clone()).ok()?,
        _ => return None,
    };
    // Zero has two.
    Some((float + 0.0).to_bits())
}

thread_local! {
    static LOG: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Runs `work` with a fresh log on this thread and gives the log back.
pub fn with_log<R>(log: Log, work: impl FnOnce() -> R) -> (R, Log) {
    struct Restore(Option<Log>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let before = self.0.take();
            LOG.with_borrow_mut(|slot| *slot = before);
        }
    }
    let restore = Restore(LOG.with_borrow_mut(|slot| slot.replace(log)));
    let result = work();
    let log = LOG.with_borrow_mut(Option::take).unwrap_or_default();
    drop(restore);
    (result, log)
}

/// The log of this thread; outside a rendering there is none and nothing is noted.
pub fn note<R: Default>(work: impl FnOnce(&mut Log) -> R) -> R {
    LOG.with_borrow_mut(|slot| slot.as_mut().map(work).unwrap_or_default())
}

impl Log {
    /// A log for one rendering; figures are numbered after those that are there.
    pub fn new(figures: Vec<Figure>, draft: bool, blanked: BTreeMap<usize, Arc<str>>) -> Self {
        Log { figures, draft, blanked, ..Log::default() }
    }

    /// A `{{` was reached.
    pub fn figure(&mut self, number: usize) {
        self.open.push((number, self.entries.len()));
        self.unknown.clear();
        self.missing.clear();
    }

    /// A name was asked for that nothing knows.
    pub fn not_known(&mut self, name: String, known: Vec<Arc<str>>) {
        if self.unknown.len() < MOST_NAMES {
            self.unknown.push((name, known));
        }
    }

    /// A known name without a value was read.
    pub fn not_filled(&mut self, name: Arc<str>, origin: Option<Origin>) {
        if self.missing.len() < MOST_NAMES {
            self.missing.push((name, origin));
        }
    }

    /// An assignment or loop begins.
    pub fn begin(&mut self) {
        if self.open.is_empty() {
            self.unknown.clear();
            self.missing.clear();
        }
        self.mark = self.entries.len();
    }

    /// The reads since [`begin`](Self::begin) belong to these variables, and so do the
    /// reads of the variables that they were made of (`=name`).
    pub fn bind(&mut self, names: &[String], only_items: bool) {
        let from = self.mark.min(self.entries.len());
        let mut reads: Vec<Entry> = Vec::new();
        for used in names.iter().filter_map(|n| n.strip_prefix('=')) {
            reads.extend(self.bound.get(used).into_iter().flatten().filter(|e| e.is_read()).cloned());
        }
        reads.extend(self.entries[from..].iter().filter(|e| !only_items || e.item).cloned());
        let used = || names.iter().filter_map(|n| n.strip_prefix('='));
        let gap = self.missing.first().cloned().or_else(|| used().find_map(|n| self.gaps.get(n).cloned()));
        for name in names.iter().filter(|n| !n.starts_with('=')) {
            match &gap {
                Some(gap) => drop(self.gaps.insert(name.clone(), gap.clone())),
                None => drop(self.gaps.remove(name)),
            }
            self.bound.insert(name.clone(), reads.clone());
        }
        self.mark = self.entries.len();
    }

    /// The figure is printed: its number and the reads that made it.
    pub fn take(&mut self, names: impl Fn(usize) -> Vec<String>) -> Option<(usize, Vec<Entry>)> {
        let (number, start) = self.open.pop()?;
        let start = start.min(self.entries.len());
        let mut reads: Vec<Entry> = self.entries[start..].to_vec();
        if !self.bound.is_empty() {
            for name in names(number) {
                if let Some(bound) = self.bound.get(&name) {
                    // What a variable holds was read before the rest.
                    let tail = std::mem::replace(&mut reads, bound.clone());
                    reads.extend(tail);
                }
            }
        }
        if reads.is_empty()
            && let Some((_, outer)) = self.open.last()
        {
            // Inside a macro: the arguments were read by the figure that called it.
            reads = self.entries[(*outer).min(start)..start].to_vec();
        }
        if self.open.is_empty() {
            self.entries.clear();
            *self.places.borrow_mut() = Places::default();
            self.mark = 0;
        }
        Some((number, reads))
    }

    /// The number of a value that was read or derived for the figure in hand: tells a
    /// percentage from a plain number.
    pub fn find(&self, value: &Jinja) -> Option<&Entry> {
        self.recent(value).or_else(|| self.bound.values().flatten().find(|e| &e.value == value))
    }

    /// The last entry with a value.
    fn recent(&self, value: &Jinja) -> Option<&Entry> {
        let search = || self.entries.iter().rev().find(|e| &e.value == value);
        let Some(wanted) = bits(value) else { return search() };
        let mut places = self.places.borrow_mut();
        for (at, entry) in self.entries.iter().enumerate().skip(places.known) {
            match bits(&entry.value) {
                Some(bits) => drop(places.last.insert(bits, at)),
                None => places.odd |= entry.value.is_number(),
            }
        }
        places.known = self.entries.len();
        match places.last.get(&wanted).map(|&at| &self.entries[at]) {
            Some(entry) if &entry.value == value => Some(entry),
            None if !places.odd => None,
            _ => search(),
        }
    }

    /// The largest number that the figure in hand was made of, in magnitude.
    pub fn magnitude(&self) -> f64 {
        let bound = self.bound.values().flatten();
        let numbers = self.entries.iter().chain(bound).filter_map(|e| e.number);
        numbers.filter_map(|n| n.decimal.to_f64()).fold(0.0, |most, n| most.max(n.abs()))
    }
}
