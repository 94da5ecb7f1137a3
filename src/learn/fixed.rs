//! Tables whose rows are those of the old report: what next year's data have more is not printed.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Figure, State};
use super::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::docx::Place;

/// Tells of the tables in which figures of two or more rows are bound, each row by itself.
pub fn fixed_rows(figures: &[Figure], report: &Report) -> Option<Diagnostic> {
    let paragraphs = report.document.paragraphs();
    let mut rows: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.state == State::Bound) {
        let paragraph = report.paragraphs.get(figure.text).and_then(|at| paragraphs.get(*at));
        if let Some(Place::Cell(table, row, _)) = paragraph.map(|paragraph| &paragraph.place) {
            rows.entry(*table).or_default().insert(*row);
        }
    }
    let tables: Vec<String> =
        rows.iter().filter(|(_, rows)| rows.len() > 1).map(|(table, _)| table.to_string()).collect();
    (!tables.is_empty()).then(|| {
        let message = format!("第{}张表的行照旧报告逐行写定：以后数据里多出来的行不会印", tables.join("、"));
        Diagnostic::new(codes::N006, message).help(
            "行会增减的表，在模板里只留一行，行首写 {% for 行 in 表名 %}，行末写 {% endfor %}，格里写 {{ 行.列名 }}（docs/word）",
        )
    })
}
