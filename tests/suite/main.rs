//! All integration tests: one binary, so that Typst is linked once.

mod cli;
mod layout_pdf;
