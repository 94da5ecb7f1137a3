//! 文稿: a text of a cell in which `{{ … }}`, typed half- or full-width, are figures. They are
//! expressions alone: no statements, no loops, no 文稿 in a 文稿. All else prints as it stands.
//! Each stands in the text as one private character until it is printed, so a text that is
//! trimmed, joined or numbered on the way is filled like one that is not.

use std::collections::BTreeMap;

use minijinja::value::Value as Jinja;

use super::refusal::FunctionError;
use super::tags::narrow;
use super::tokens::HELD;
use crate::diagnostic::Origin;

/// A part of a 文稿.
enum Part<'t> {
    /// As the cell says it.
    Text(&'t str),
    /// The expression between the braces, and the text behind it.
    Figure { written: &'t str, expression: &'t str, following: &'t str },
    /// Braces that do not end.
    Open(&'t str),
}

/// A figure of a 文稿.
#[derive(Clone, Debug)]
pub struct Inset {
    /// As the cell says it, braces and all.
    written: String,
    /// Between the braces, with half-width signs; or what is wrong with them.
    pub expression: Result<String, FunctionError>,
    /// The text behind it.
    pub following: String,
    /// The 文稿 itself: where it stands.
    pub cell: Jinja,
}

/// The figures of the 文稿 that one rendering has read, each with the character that stands for it.
#[derive(Debug, Default)]
pub struct Held {
    all: Vec<Inset>,
    /// Texts by their cells, so that a cell that is read again takes no more.
    cells: BTreeMap<Origin, String>,
}

/// Whether a text has a figure in it.
pub fn has_figures(text: &str) -> bool {
    text.contains("{{") || text.contains("｛｛")
}

impl Held {
    /// The text of a 文稿 with a character in the place of each figure.
    pub fn hold(&mut self, text: &str, at: Origin, cell: Jinja) -> String {
        if let Some(known) = self.cells.get(&at) {
            return known.clone();
        }
        let mut held = String::with_capacity(text.len());
        for part in parts(text) {
            let (written, expression, following) = match part {
                Part::Text(text) => {
                    held.push_str(text);
                    continue;
                }
                Part::Figure { written, expression, following } => (written, Ok(narrow(expression.trim())), following),
                Part::Open(rest) => (rest, Err(open(rest)), ""),
            };
            let following = following.chars().take(8).collect();
            // More than there are characters: the last stands for none, which is told when it is printed.
            let own = u32::try_from(self.all.len()).ok().and_then(|at| char::from_u32(u32::from(*HELD.start()) + at));
            match own.filter(|own| HELD.contains(own) && own != HELD.end()) {
                Some(own) => {
                    held.push(own);
                    self.all.push(Inset { written: written.to_owned(), expression, following, cell: cell.clone() });
                }
                None => held.push(*HELD.end()),
            }
        }
        self.cells.insert(at, held.clone());
        held
    }

    /// The figure that a character stands for.
    pub fn get(&self, c: char) -> Option<&Inset> {
        self.all.get((u32::from(c) as usize).checked_sub(u32::from(*HELD.start()) as usize)?)
    }

    /// A text as its cells say it, for messages.
    pub fn restored(&self, text: &str) -> String {
        text.chars().map(|c| self.get(c).map_or_else(|| c.to_string(), |inset| inset.written.clone())).collect()
    }
}

fn open(rest: &str) -> FunctionError {
    let said: String = rest.chars().take(12).collect();
    FunctionError::new(
        format!("文稿里的“{said}”没有结束"),
        "在名称后面补上 }}，如 {{ 培训场次 }}；全角的 ｛｛ ｝｝ 也可以",
    )
}

/// A 文稿 cut at its figures.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = [rest.find("{{"), rest.find("｛｛")].into_iter().flatten().min() {
        if open > 0 {
            parts.push(Part::Text(&rest[..open]));
        }
        let braced = &rest[open..];
        let inside = braced.strip_prefix("{{").or_else(|| braced.strip_prefix("｛｛")).unwrap_or(braced);
        let Some(close) = [inside.find("}}"), inside.find("｝｝")].into_iter().flatten().min() else {
            parts.push(Part::Open(braced));
            return parts;
        };
        let after = &inside[close..];
        let after = after.strip_prefix("}}").or_else(|| after.strip_prefix("｝｝")).unwrap_or(after);
        let written = &braced[..braced.len() - after.len()];
        parts.push(Part::Figure { written, expression: &inside[..close], following: after });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}
