//! One report, stage after stage. Everything that makes reports (build, batch, preview, check,
//! trace) goes through here:
//!
//! 1. [`prepare`]: source → dataset, template: data and pack, read and checked against each other.
//! 2. [`compose`]: template → document.
//! 3. [`examine`]: document → check: what the rules say.
//! 4. [`lay_out`]: document → layout: the bytes of each format.
//!
//! [`Report::make`] is the way from 2 to 4. Who needs less stops at a stage on the way: a trace at the
//! document, a check at what the rules say.

mod around;
mod asked;
mod compose;
mod lay;
mod own_rows;
mod prepare;
mod records;
mod sets;

use crate::check::{self, Finding, Memory, Strict, Subject};
use crate::diagnostic::{Diagnostic, fault};
use crate::document::Document;
use crate::template;

pub(crate) use asked::settle;
pub use compose::{Composed, compose, file_name};
pub use lay::{Laid, Order, lay_out};
pub use prepare::{Failure, Material, Purpose, Request, gather, prepare};
pub use records::table_of;

/// A report that is to be made.
pub struct Report<'a> {
    /// Data and pack, shared by all reports of a run.
    pub material: &'a Material,
    /// The record that it is about; `None`: the data as a whole.
    pub subject: Option<template::Subject>,
    /// What is missing is shown in the text, and no rule stops it.
    pub draft: bool,
    /// Which rules are asked, and what they may stop.
    pub rules: Rules<'a>,
}

/// How the rules are asked.
pub enum Rules<'a> {
    /// All of them, by all that they find.
    All,
    /// Only those that can stop a report, the rules of the data left out: they are asked once
    /// for all reports of a batch.
    Strict(&'a Strict),
    /// All of them, of what has changed since they were asked before; the layout does not wait
    /// for the answer.
    Again(&'a Memory),
}

/// A report as it came out.
pub struct Made<T> {
    /// The document and the name of its file.
    pub composed: Composed,
    /// What the rules found; an error is among it only in a draft.
    pub findings: Vec<Finding>,
    /// What the pages were made into: bytes, or pages for the screen.
    pub laid: T,
}

/// Where a report came to its end.
pub enum Stop {
    /// The text could not be made.
    Text(Vec<Diagnostic>),
    /// A rule of level 错误 fires; everything that the rules found.
    Rules(Vec<Finding>),
    /// The pages could not be made.
    Pages(Vec<Diagnostic>),
}

impl Report<'_> {
    /// Composes, examines, and lays out unless a rule stands against it; `lay_out`: what is made
    /// of the document.
    pub fn make<T: Send>(
        self,
        lay_out: impl FnOnce(&Document) -> Result<T, Vec<Diagnostic>> + Send,
    ) -> Result<Made<T>, Stop> {
        let composed = compose(self.material, self.subject, self.draft).map_err(Stop::Text)?;
        let document = &composed.document;
        let examine = || examine(self.material, document, &self.rules);
        let stops = |findings: &[Finding]| !self.draft && findings.iter().any(|f| f.diagnostic.is_error());
        let (laid, findings) = match self.rules {
            Rules::Again(_) => rayon::join(|| Some(lay_out(document)), examine),
            _ => {
                let findings = examine();
                ((!stops(&findings)).then(|| lay_out(document)), findings)
            }
        };
        match laid {
            Some(laid) if !stops(&findings) => Ok(Made { laid: laid.map_err(Stop::Pages)?, findings, composed }),
            _ => Err(Stop::Rules(findings)),
        }
    }
}

/// What the rules say of a report and its data.
pub fn examine(material: &Material, document: &Document, rules: &Rules) -> Vec<Finding> {
    let _step = fault::step("检查");
    let Material { data, pack, levels, .. } = material;
    let subject = Subject { document, data, schema: &pack.schema, levels };
    match rules {
        Rules::All => check::examine(&subject),
        Rules::Strict(rules) => rules.errors(&subject),
        Rules::Again(memory) => check::examine_again(&subject, memory),
    }
}

impl Stop {
    /// What stands against the report, without what the rules only remark on.
    pub fn errors(self) -> Vec<Diagnostic> {
        match self {
            Stop::Text(found) | Stop::Pages(found) => found,
            Stop::Rules(found) => found.into_iter().map(|f| f.diagnostic).filter(Diagnostic::is_error).collect(),
        }
    }
}
