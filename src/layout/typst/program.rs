//! The fixed Typst program, which walks the document as data.

/// The files of the program; the main files first.
pub const PROGRAM: &[(&str, &str)] = &[
    ("report.typ", include_str!("report.typ")),
    ("chart.typ", include_str!("chart.typ")),
    ("base.typ", include_str!("base.typ")),
    ("boards.typ", include_str!("boards.typ")),
    ("tables.typ", include_str!("tables.typ")),
];

/// Places of the main files in [`PROGRAM`].
pub const REPORT: usize = 0;
pub const CHART: usize = 1;
