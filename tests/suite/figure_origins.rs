//! The cells of every figure of two reports, over their workbooks: read through by hand once,
//! and kept as golden files. What a condition read, what chose a unit or an order is no origin.

use std::path::PathBuf;

use huibao::diagnostic::{Origin, Place, SourceMap};
use huibao::figures::{ColumnRead, Figure};
use huibao::pipeline::{self, Material, Request};
use huibao::template::Subject;

fn material(pack: &str) -> Material {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let data = vec![root.join("samples").join(pack).join("2026.xlsx")];
    let request = Request { data, template: Some(pack.into()), folders: vec![root], ..Request::default() };
    pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics))
}

/// `经费!C3:C19、D4`: cells below each other as one range.
fn ranges(origins: &[Origin], sources: &SourceMap) -> String {
    let mut runs: Vec<(Origin, Origin)> = Vec::new();
    for &origin in origins {
        match runs.last_mut() {
            Some((_, last)) if is_below(*last, origin) => *last = origin,
            _ => runs.push((origin, origin)),
        }
    }
    let said = |(from, to): &(Origin, Origin)| match from == to {
        true => sources.describe_short(*from),
        false => {
            let to = sources.describe_short(*to);
            format!("{}:{}", sources.describe_short(*from), to.rsplit('!').next().unwrap_or_default())
        }
    };
    runs.iter().map(said).collect::<Vec<_>>().join("、")
}

fn is_below(above: Origin, origin: Origin) -> bool {
    match (above.place, origin.place) {
        (Place::Cell { sheet, row, column }, Place::Cell { sheet: other, row: next, column: same }) => {
            above.source == origin.source && sheet == other && column == same && row + 1 == next
        }
        _ => false,
    }
}

fn cells<'r>(reads: impl IntoIterator<Item = &'r ColumnRead>, sources: &SourceMap) -> String {
    let columns = reads.into_iter().map(|c| ranges(&c.iter().map(|read| read.origin).collect::<Vec<_>>(), sources));
    columns.collect::<Vec<_>>().join("、")
}

/// text · expression · cells · compared columns, a line each.
fn listed(figures: &[Figure], sources: &SourceMap) -> String {
    let line = |figure: &Figure| {
        let own: Vec<Origin> = figure.reads.iter().map(|read| read.origin).collect();
        let compared = cells(figure.reads.compared_columns(), sources);
        let compared = if compared.is_empty() { compared } else { format!(" ｜ 比较 {compared}") };
        let text = figure.text.replace('\n', "⏎");
        format!("{text} ｜ {} ｜ {}{compared}\n", figure.expression, ranges(&own, sources))
    };
    figures.iter().map(line).collect()
}

#[test]
fn every_figure_of_an_overview_names_its_cells() {
    let material = material("district-overview");
    let document = pipeline::compose(&material, None, false).unwrap_or_else(|d| panic!("{d:?}")).document;
    insta::assert_snapshot!(listed(&document.figures, &material.sources));
}

#[test]
fn every_figure_of_a_briefing_names_its_cells() {
    let material = material("township-briefing");
    let data = &material.data;
    let rows = data.years.iter().filter(|(_, of)| of.tables.contains_key("乡镇")).map(|(year, _)| (*year, 0));
    let subject = Subject { table: "乡镇".into(), rows: rows.collect(), report: Vec::new(), digest: "".into() };
    let document = pipeline::compose(&material, Some(subject), false).unwrap_or_else(|d| panic!("{d:?}")).document;
    insta::assert_snapshot!(listed(&document.figures, &material.sources));
}
