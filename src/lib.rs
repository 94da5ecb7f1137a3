//! huibao (汇报): a year's figures in, the official four-part report out, as PDF and DOCX
//! typeset by GB/T 9704-2012.
//!
//! One report is made in six steps; [`pipeline`] is their table of contents:
//!
//! 1. **Source** ([`source`]): files become raw values, each with its place.
//! 2. **Dataset** ([`dataset::load`]): raw values become fields by year, tables and report
//!    information; missing, none and zero stay three different things. The pack's schema
//!    types them ([`dataset::schema`]).
//! 3. **Template** ([`template`]): the pack's text is rendered over the dataset; every
//!    `{{ … }}` becomes a figure that knows the cells it was made of ([`figures`]). What
//!    figures say in Chinese is [`wording`].
//! 4. **Document** ([`document`]): marked-up text becomes blocks, with headings
//!    numbered: the only thing that the layout sees.
//! 5. **Layout** ([`layout`]): blocks become bytes, through Typst (PDF) and docx-rs (DOCX),
//!    by one table of the standard's numbers.
//! 6. **Output** (`output`): bytes become files, whole or not at all.
//!
//! What the user is told at any step is a [`diagnostic::Diagnostic`]. Data flows one way:
//! a step names only steps above it, which `tests/architecture.rs` keeps.

#![warn(missing_docs)]

mod batch;
pub mod check;
pub mod cli;
mod collect;
pub mod dataset;
mod desk;
pub mod diagnostic;
pub mod document;
pub mod figures;
pub mod form;
mod home;
pub mod layout;
pub mod learn;
pub mod mark;
mod output;
pub mod pipeline;
mod preview;
pub mod quantity;
pub mod returned;
pub mod revise;
mod settings;
pub mod source;
pub mod template;
pub mod trace;
pub mod vocabulary;
pub mod wording;
