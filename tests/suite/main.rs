//! All integration tests: one binary, so that Typst is linked once.

mod layout_pdf;
