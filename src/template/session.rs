//! What one rendering leaves behind beside its text: figures, problems, and how much work it
//! has done. One session per report, on the thread that renders it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use minijinja::{Error, Value as Jinja};

use super::clauses::Clauses;
use super::prose::Held;
use super::refusal::FunctionError;
use crate::diagnostic::Origin;
use crate::figures::Figure;

/// Units of work that a rendering may do outside the engine's own steps: values looked at,
/// bytes and items made. A report over 20,000 rows with a hundred figures needs a third of it.
pub const WORK: u64 = 12_000_000;
/// Values that may be kept at one time.
const MOST_LIVE: i64 = 400_000;
/// Bytes of all texts that expressions make.
const TEXT: u64 = 24_000_000;

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

/// Who can tell all names at the top, where it is asked for.
pub trait AllNames: std::fmt::Debug {
    fn known(&self) -> Vec<Arc<str>>;
}

/// The names that could be meant where one is not known.
#[derive(Clone, Debug)]
pub enum Known {
    /// Those at the top.
    All(Arc<dyn AllNames>),
    Names(Vec<Arc<str>>),
}

impl Known {
    pub fn names(&self) -> Vec<Arc<str>> {
        match self {
            Known::All(names) => names.known(),
            Known::Names(names) => names.clone(),
        }
    }
}

/// How a value is reached in other years: the values ask, what stands above them answers.
#[derive(Clone, Copy)]
pub struct OtherYears {
    /// The same value some years on.
    pub moved: fn(&Jinja, i16) -> Result<Jinja, Error>,
    /// Reached by year.
    pub all: fn(Jinja) -> Jinja,
}

/// That of this rendering.
pub fn other_years() -> Option<OtherYears> {
    note(|session| session.other_years)
}

/// Names kept for messages; the engine asks for some again while it describes an error.
const MOST_NAMES: usize = 64;

#[derive(Default)]
pub struct Session {
    pub figures: Vec<Figure>,
    pub problems: Vec<Problem>,
    /// Names that were asked for last and not known, with those that are.
    pub unknown: VecDeque<(String, Known)>,
    pub draft: bool,
    /// Expressions that failed before and are left out now, with the name that a draft prints.
    pub blanked: BTreeMap<usize, Arc<str>>,
    /// Clauses that may vanish.
    pub clauses: Clauses,
    /// What the pack requires: fields, and columns as `表.列`.
    pub required: Arc<BTreeSet<Arc<str>>>,
    /// The table whose columns are names of their own: that of a batch's subject.
    pub table: Option<Arc<str>>,
    /// What is a 文稿, in the same way.
    pub prose: Arc<BTreeSet<Arc<str>>>,
    /// Figures of 文稿 that were read and may be printed.
    pub prose_held: Held,
    /// The names at the top of the template, for a 文稿.
    pub top: Option<Jinja>,
    pub other_years: Option<OtherYears>,
    work: u64,
    text: u64,
}

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

thread_local! {
    static LIVE: Cell<i64> = const { Cell::new(0) };
}

/// Counts how many values of this thread there are: it is made and goes with each.
#[derive(Debug)]
pub struct Live(());

impl Live {
    fn count() -> i64 {
        LIVE.get()
    }
}

impl Default for Live {
    fn default() -> Self {
        LIVE.set(LIVE.get() + 1);
        Live(())
    }
}

impl Clone for Live {
    fn clone(&self) -> Self {
        Live::default()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // A thread that ends lets its count go before its values.
        let _ = LIVE.try_with(|live| live.set(live.get() - 1));
    }
}

/// Runs `work` in a session on this thread and gives the session back.
pub fn within<R>(session: Session, work: impl FnOnce() -> R) -> (R, Session) {
    struct Restore(Option<Session>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let before = self.0.take();
            SESSION.with_borrow_mut(|slot| *slot = before);
        }
    }
    let restore = Restore(SESSION.with_borrow_mut(|slot| slot.replace(session)));
    let result = work();
    let session = SESSION.with_borrow_mut(Option::take).unwrap_or_default();
    drop(restore);
    (result, session)
}

/// The session of this thread; outside a rendering there is none and nothing is noted.
pub fn note<R: Default>(work: impl FnOnce(&mut Session) -> R) -> R {
    SESSION.with_borrow_mut(|slot| slot.as_mut().map(work).unwrap_or_default())
}

/// Counts work; refuses more than one report may need.
pub fn charge(work: usize) -> Result<(), FunctionError> {
    let spent = note(|session| {
        session.work = session.work.saturating_add(work as u64);
        session.work > WORK
    });
    if Live::count() > MOST_LIVE {
        return Err(FunctionError::limit("模板留住的数据太多", "检查是否在循环中把算出的数放进越来越长的列表"));
    }
    if spent {
        Err(FunctionError::limit("模板的运算量超过上限", "检查是否有写不完的循环，或者在循环中反复计算整张表"))
    } else {
        Ok(())
    }
}

/// Counts the bytes of a text that an expression makes.
pub fn charge_text(bytes: usize) -> Result<(), FunctionError> {
    let spent = note(|session| {
        session.text = session.text.saturating_add(bytes as u64);
        session.text > TEXT
    });
    if spent {
        Err(FunctionError::limit("模板拼出的文字超过上限", "检查是否在循环中成倍加长文字"))
    } else {
        Ok(())
    }
}

impl Session {
    /// For one rendering; figures are numbered after those that are there.
    pub fn new(figures: Vec<Figure>, draft: bool, blanked: BTreeMap<usize, Arc<str>>) -> Self {
        Session { figures, draft, blanked, ..Session::default() }
    }

    /// A name was asked for that nothing knows.
    pub fn not_known(&mut self, name: String, known: Known) {
        if self.unknown.len() == MOST_NAMES {
            self.unknown.pop_front();
        }
        self.unknown.push_back((name, known));
    }

    /// A datum is missing where a clause may go without it. `false`: there is no clause, or the
    /// pack requires the datum.
    pub fn goes_without(&mut self, name: &Arc<str>, origin: Option<Origin>) -> bool {
        self.clauses.inside() && !self.requires(name) && self.clauses.lacks(name, origin)
    }

    /// Whether the pack requires what a template reaches by this name: `经费`, `乡镇[云溪镇].经费`.
    fn requires(&self, name: &str) -> bool {
        let own = |table: &Arc<str>| self.required.contains(format!("{table}.{name}").as_str());
        self.required.contains(plain(name).as_str()) || self.table.as_ref().is_some_and(own)
    }

    /// Whether what a template reaches by this name is a 文稿, of whatever year.
    pub fn is_prose(&self, name: &str) -> bool {
        let of_year = name.strip_prefix("历年[").and_then(|rest| rest.split_once("].")).map(|(_, rest)| rest);
        let name = of_year.or_else(|| name.strip_prefix("上年.")).unwrap_or(name);
        !self.prose.is_empty() && self.prose.contains(plain(name).as_str())
    }

    pub fn problem(&mut self, figure: usize, kind: ProblemKind) {
        self.problems.push(Problem { figure, kind });
    }
}

/// Work of reading one cell as a value of the engine.
pub const READING: usize = 3;

/// A name without the record that it is of: `乡镇.经费`.
fn plain(name: &str) -> String {
    let column = |(table, rest): (&str, &str)| rest.rfind("].").map(|at| format!("{table}{}", &rest[at + 1..]));
    name.split_once('[').and_then(column).unwrap_or_else(|| name.to_owned())
}
