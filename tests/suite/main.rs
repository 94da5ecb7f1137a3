//! All integration tests: one binary, so that Typst is linked once.

mod authoring;
mod batch;
mod check;
mod cli;
mod data_clerks;
mod data_corpus;
mod data_formats;
mod data_messy;
mod data_properties;
mod data_schema;
mod data_support;
mod data_workbook;
mod data_yaml;
mod figure_language;
mod frames;
mod layout_charts;
mod layout_docx;
mod layout_geometry;
mod layout_pdf;
mod layout_profile;
mod packs;
mod packs_variants;
mod preview;
mod readme;
mod trace;
