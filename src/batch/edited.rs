//! Reports of earlier runs that were edited by hand since.

use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::output::{Stamp, Standing, Workshop};
use crate::returned::{File, State};

/// The file with the figures of today, where somebody has edited it and it can be read; and what is told of it.
pub fn refreshed(workshop: &Workshop, name: &str, known: &[Stamp], today: &Document) -> Option<(Vec<u8>, Diagnostic)> {
    if known.is_empty() || workshop.standing(name, known) != Standing::Foreign {
        return None;
    }
    let path = workshop.dir().join(name);
    let bytes = crate::source::file::read(&path, crate::source::file::MAX_FILE_BYTES).ok()?;
    let file = File::read(&bytes).ok()?;
    let compared = file.compare(today);
    if !compared.recorded {
        return None;
    }
    let renewed = file.refreshed(&compared, today, false).ok()?.bytes;
    let count = |state: State| compared.figures.iter().filter(|figure| figure.state == state).count();
    let message = format!(
        "“{name}”被人改动过，没有重做，更新了{}个数，手工改的{}个数没有动",
        count(State::Stale),
        count(State::Typed) + count(State::Gone)
    );
    Some((renewed, Diagnostic::new(codes::B027, message).help("打开看一遍批注；PDF 是按数据新做的，不含手工的改动")))
}
