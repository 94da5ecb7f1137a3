//! All integration tests: one binary, so that Typst is linked once.

mod cli;
mod data_messy;
mod figure_language;
mod layout_docx;
mod layout_geometry;
mod layout_pdf;
mod readme;
