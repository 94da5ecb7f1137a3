//! One state of the report: a choice over the data as they are now, built as far as it goes.
//! What is on the screen and what is taken away are made from the same state.

use std::path::PathBuf;
use std::sync::Arc;

use super::choice::{Choice, From};
use super::guard;
use super::message::{self, Message, Units};
use crate::batch;
use crate::check::Memory;
use crate::diagnostic::{Diagnostic, Exit, SourceMap, fault, has_error};
use crate::layout::{self, Drawings, Drawn, Kit, Screen};
use crate::pipeline::{Composed, Made, Material, Report, Request, Rules, Stop, gather};
use crate::template::{self, Subject};

/// A report that could be made.
pub struct State {
    pub id: String,
    pub material: Material,
    pub composed: Composed,
    /// Something is still to be filled in or wrong: the report bears the mark of a draft.
    pub draft: bool,
    /// Held, so that the browser can fetch them and they are not drawn again.
    pub sheets: Vec<Arc<Drawn>>,
}

/// What one build gives.
pub struct View {
    pub message: String,
    /// `None`: the data or the template are wrong.
    pub state: Option<Arc<State>>,
    /// Files that were read, and the folder of the pack: what is to be followed.
    pub read: Vec<PathBuf>,
    pub pack: Option<PathBuf>,
    /// A file could not be opened: a program may hold it for a moment.
    pub locked: bool,
}

impl View {
    /// A fault of the program, told like other problems.
    pub fn fault() -> View {
        let fault = fault::told(fault::last().as_ref());
        let message = Message::only(message::problems(&[fault], &SourceMap::new()));
        View { message: message.to_json(), state: None, read: Vec::new(), pack: None, locked: false }
    }
}

/// What is built with, the same for all choices.
pub struct Tools<'a> {
    pub request: &'a Request,
    pub kit: &'a Kit,
    pub drawings: &'a Drawings,
    pub memory: &'a Memory,
}

/// Builds the state of a choice and says it in a message.
pub fn build(tools: &Tools, from: &From, choice: &Choice) -> View {
    let mut request = choice.over(tools.request, from);
    let mut message = Message::new(&template::list(&request.folders), choice);
    let files = from.load(&request);
    if choice.leaves_template(from, &files) {
        request.template = None;
    }
    let view = match gather(files, &request) {
        Err(failure) => {
            message.problems = message::problems(&failure.diagnostics, &failure.sources);
            let read = read_from(&failure.sources);
            let pack = read.iter().find(|f| f.ends_with("template.yaml")).and_then(|f| f.parent());
            let locked = failure.exit() == Exit::Io;
            View { message: message.to_json(), state: None, pack: pack.map(PathBuf::from), read, locked }
        }
        Ok(material) => {
            let (read, pack) = (read_from(&material.sources), material.pack.folder().map(PathBuf::from));
            message.describe(&material);
            let state = report(tools, material, choice, &mut message);
            View { message: message.to_json(), state, read, pack, locked: false }
        }
    };
    layout::evict();
    view
}

/// Every file that the sources name.
fn read_from(sources: &SourceMap) -> Vec<PathBuf> {
    sources.iter().map(|(_, source)| source.path.clone()).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Compose, look through, lay out. What is found goes into the message.
fn report(tools: &Tools, material: Material, choice: &Choice, message: &mut Message) -> Option<Arc<State>> {
    let single =
        material.table.as_deref().map(|table| batch::single(&material, tools.kit, table, choice.unit.as_deref(), true));
    let single = match single.transpose() {
        Ok(single) => single,
        Err(found) => {
            message.problems = message::problems(&found, &material.sources);
            return None;
        }
    };
    message.units = single.as_ref().map(Units::of);
    let mut found = single.as_ref().map_or_else(|| material.diagnostics.clone(), |s| s.diagnostics.clone());
    let (blank, rest) = found.into_iter().partition(|d| d.code.is_blank());
    found = rest;
    message.blank(&blank, &material.sources);
    if has_error(&found) {
        message.problems = message::problems(&found, &material.sources);
        return None;
    }
    match made(tools, &material, single.map(|s| s.subject), blank.is_empty()) {
        Err(more) => {
            found.extend(more);
            message.problems = message::problems(&found, &material.sources);
            None
        }
        Ok((Made { composed, findings, laid: screen }, draft)) => {
            found.extend(composed.diagnostics.iter().chain(&screen.notices).cloned());
            message.problems = message::problems(&found, &material.sources);
            message.findings(&findings, &screen, &material.sources);
            message.report(&composed, &screen, &material);
            message.ok = true;
            message.draft = draft;
            let id = guard::random().unwrap_or_default();
            message.state = id.clone();
            let sheets = screen.pages.iter().map(|page| page.drawn.clone()).collect();
            Some(Arc::new(State { id, material, composed, draft, sheets }))
        }
    }
}

/// The final report where nothing stands against it, else its draft; whether it is one.
fn made(
    tools: &Tools,
    material: &Material,
    subject: Option<Subject>,
    whole: bool,
) -> Result<(Made<Screen>, bool), Vec<Diagnostic>> {
    let make = |draft| {
        let report = Report { material, subject: subject.clone(), draft, rules: Rules::Again(tools.memory) };
        report.make(|document| layout::screen(document, tools.kit, tools.drawings)).map(|made| (made, draft))
    };
    let made = if whole { make(false).or_else(|_| make(true)) } else { make(true) };
    made.map_err(Stop::errors)
}
