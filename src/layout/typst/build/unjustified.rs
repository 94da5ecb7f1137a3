//! Texts that are not set to the full width.

use super::super::super::paragraph::{APART, APART_TRACKED, LINE_END, Runs};

/// Lines in cells end where planned but are not set to full width; they have no tracking.
pub(super) fn unjustified(runs: Runs) -> Runs {
    let plain = |text: String| text.replace(LINE_END, "\n");
    let key = |key| if key == APART_TRACKED { APART } else { key };
    match runs {
        Runs::Plain(text) => Runs::Plain(plain(text)),
        Runs::Mixed(runs) => Runs::Mixed(runs.into_iter().map(|(face, text)| (key(face), plain(text))).collect()),
        Runs::Marked(runs) => Runs::Marked(runs.into_iter().map(|(f, text, id)| (f, plain(text), id)).collect()),
    }
}
