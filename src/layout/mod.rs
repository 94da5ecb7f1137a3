//! Blocks to bytes: PDF and pages through Typst, DOCX through docx-rs. Backends return
//! bytes and open no file.

pub mod standard;
