//! The three sheets.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::Subject;
use super::cells::{Index, raw};
use super::rows::{Printed, Untraced};
use super::style::{Style, page};
use crate::figures::Figure;
use crate::source::{Origin, Place, SourceMap, cell_name};

const FIGURES: [(&str, f64); 14] = [
    ("序号", 5.0),
    ("部分", 12.0),
    ("标题", 16.0),
    ("原文（所核数字加粗）", 44.0),
    ("报告中的数", 12.0),
    ("原始值", 14.0),
    ("文件", 12.0),
    ("工作表", 9.0),
    ("单元格", 10.0),
    ("取数名称", 18.0),
    ("怎样得来", 24.0),
    ("上年数", 10.0),
    ("核对√", 7.0),
    ("核对人", 9.0),
];
const CELLS: [(&str, f64); 8] = [
    ("文件", 16.0),
    ("工作表", 12.0),
    ("单元格", 12.0),
    ("年份", 7.0),
    ("名称", 30.0),
    ("值", 18.0),
    ("用在（序号）", 24.0),
    ("位置", 40.0),
];
const WITHOUT: [(&str, f64); 8] = [
    ("序号", 5.0),
    ("部分", 16.0),
    ("标题", 22.0),
    ("原文（所核数字加粗）", 60.0),
    ("报告中的数", 14.0),
    ("为什么没有出处", 30.0),
    ("核对√", 8.0),
    ("核对人", 10.0),
];
/// Cells that are named one by one for one figure; the rest is counted.
const MOST_READS: usize = 12;

/// 数据核对: one row for each printed figure.
pub fn figures(
    sheet: &mut Worksheet,
    subject: &Subject,
    printed: &[Printed],
    index: &Index,
    style: &Style,
) -> Result<(), XlsxError> {
    head(sheet, "数据核对", &FIGURES, style)?;
    for (i, item) in printed.iter().enumerate() {
        let row = i as u32 + 1;
        let figure = item.figure;
        sheet.write_number_with_format(row, 0, item.number as f64, &style.middle)?;
        sheet.write_string_with_format(row, 1, item.part, &style.text)?;
        sheet.write_string_with_format(row, 2, item.heading, &style.text)?;
        sentence(sheet, row, 3, (&item.before, &item.text, &item.after), style)?;
        sheet.write_string_with_format(row, 4, &item.text, &style.middle)?;
        sheet.write_string_with_format(row, 5, listed(figure, |i| raw(&figure.reads[i]).to_string()), &style.text)?;
        let names = distinct(figure, |o| subject.sources.get(o.source).name.clone());
        sheet.write_string_with_format(row, 6, names, &style.text)?;
        sheet.write_string_with_format(row, 7, distinct(figure, |o| sheet_name(subject.sources, o)), &style.text)?;
        place(sheet, row, 8, subject, figure, style)?;
        sheet.write_string_with_format(row, 9, listed(figure, |i| figure.reads[i].name.to_string()), &style.text)?;
        sheet.write_string_with_format(row, 10, figure.expression.trim(), &style.text)?;
        sheet.write_string_with_format(row, 11, index.last_year(figure).unwrap_or_default(), &style.middle)?;
        sheet.write_blank(row, 12, &style.middle)?;
        sheet.write_blank(row, 13, &style.middle)?;
    }
    Ok(())
}

/// 单元格去向: one row for each cell of the data, with the numbers of the first sheet.
pub fn cells(
    sheet: &mut Worksheet,
    subject: &Subject,
    printed: &[Printed],
    index: &Index,
    style: &Style,
) -> Result<(), XlsxError> {
    head(sheet, "单元格去向", &CELLS, style)?;
    let mut uses: BTreeMap<Origin, Vec<&Printed>> = BTreeMap::new();
    for item in printed {
        item.figure.reads.iter().for_each(|r| uses.entry(r.origin).or_default().push(item));
    }
    for (row, (origin, entry)) in (1..).zip(index.entries().filter(|(_, e)| !e.cell.is_missing())) {
        let used = uses.get(origin).map(Vec::as_slice).unwrap_or_default();
        let text = if used.is_empty() { &style.unused } else { &style.text };
        sheet.write_string_with_format(row, 0, &subject.sources.get(origin.source).name, text)?;
        sheet.write_string_with_format(row, 1, sheet_name(subject.sources, *origin), text)?;
        link(sheet, row, 2, subject, *origin, &short(*origin), style)?;
        let year = if entry.year > 0 { entry.year.to_string() } else { String::new() };
        sheet.write_string_with_format(row, 3, year, &style.middle)?;
        sheet.write_string_with_format(row, 4, &entry.name, text)?;
        sheet.write_string_with_format(row, 5, &*entry.cell.shown, text)?;
        if used.is_empty() {
            sheet.write_string_with_format(row, 6, "未使用", text)?;
            sheet.write_blank(row, 7, text)?;
            continue;
        }
        let numbers: Vec<String> = used.iter().map(|p| p.number.to_string()).collect();
        sheet.write_string_with_format(row, 6, numbers.join("、"), text)?;
        let mut places: Vec<&str> = used.iter().map(|p| p.heading).filter(|h| !h.is_empty()).collect();
        places.dedup();
        sheet.write_string_with_format(row, 7, places.join("；"), text)?;
    }
    Ok(())
}

/// 无出处: numbers that no cell stands behind.
pub fn without_origin(sheet: &mut Worksheet, rows: &[Untraced], style: &Style) -> Result<(), XlsxError> {
    head(sheet, "无出处", &WITHOUT, style)?;
    for (row, item) in (1..).zip(rows) {
        sheet.write_number_with_format(row, 0, f64::from(row), &style.middle)?;
        sheet.write_string_with_format(row, 1, item.part, &style.text)?;
        sheet.write_string_with_format(row, 2, item.heading, &style.text)?;
        sentence(sheet, row, 3, (&item.before, &item.text, &item.after), style)?;
        sheet.write_string_with_format(row, 4, &item.text, &style.middle)?;
        sheet.write_string_with_format(row, 5, &item.reason, &style.text)?;
        sheet.write_blank(row, 6, &style.middle)?;
        sheet.write_blank(row, 7, &style.middle)?;
    }
    if rows.is_empty() {
        sheet.write_string_with_format(1, 0, "没有", &style.middle)?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)], style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (i, (title, _)) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, i as u16, *title, &style.head)?;
    }
    page(sheet, columns)
}

/// The sentence as rich text, the figure marked.
fn sentence(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    (before, text, after): (&str, &str, &str),
    style: &Style,
) -> Result<(), XlsxError> {
    let pieces = [(&style.plain, before), (&style.figure, text), (&style.plain, after)];
    let pieces: Vec<_> = pieces.into_iter().filter(|(_, t)| !t.is_empty()).collect();
    sheet.write_rich_string_with_format(row, column, &pieces, &style.text)?;
    Ok(())
}

/// The cell's address with a link that opens the file there; several cells as ranges, the
/// link leading to the first.
fn place(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    subject: &Subject,
    figure: &Figure,
    style: &Style,
) -> Result<(), XlsxError> {
    let origins: Vec<Origin> = figure.reads.iter().map(|r| r.origin).collect();
    match origins.first() {
        Some(first) => {
            let cells = ranges(&origins, subject.sources, false);
            link(sheet, row, column, subject, *first, &cells, style)
        }
        None => sheet.write_blank(row, column, &style.text).map(|_| ()),
    }
}

fn link(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    subject: &Subject,
    origin: Origin,
    text: &str,
    style: &Style,
) -> Result<(), XlsxError> {
    let source = subject.sources.get(origin.source);
    let file = relative(&source.path, subject.target);
    // `#` parts file from place in a link; such a file is not linked.
    if source.path.as_os_str().is_empty() || file.contains('#') || file.len() > 500 {
        sheet.write_string_with_format(row, column, text, &style.text)?;
        return Ok(());
    }
    let anchor = match origin.place {
        Place::Cell { row, column, .. } => {
            let name = sheet_name(subject.sources, origin).replace('\'', "''");
            format!("#'{name}'!{}", cell_name(row, column))
        }
        _ => String::new(),
    };
    let url = Url::new(format!("file:///{file}{anchor}")).set_text(text);
    sheet.write_url_with_format(row, column, url, &style.link)?;
    Ok(())
}

/// The path of a file as seen from the folder of another.
fn relative(path: &Path, target: &Path) -> String {
    let whole = |p: &Path| std::path::absolute(p).unwrap_or(p.to_path_buf());
    let (path, target) = (whole(path), whole(target));
    let folder = target.parent().unwrap_or(Path::new(""));
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().count() - shared;
    let mut out: PathBuf = std::iter::repeat_n(Component::ParentDir, up).collect();
    out.extend(path.components().skip(shared));
    out.to_string_lossy().replace('\\', "/")
}

fn sheet_name(sources: &SourceMap, origin: Origin) -> String {
    match origin.place {
        Place::Cell { sheet, .. } | Place::Sheet(sheet) => {
            sources.get(origin.source).sheets.get(sheet as usize).cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn short(origin: Origin) -> String {
    match origin.place {
        Place::Cell { row, column, .. } => cell_name(row, column),
        Place::Text { line, .. } => format!("第{line}行"),
        _ => String::new(),
    }
}

/// `乡镇!C3:C19、D4`: cells below each other as one range, the sheet where it is another one
/// than before; `named`: the first one's as well.
pub fn ranges(origins: &[Origin], sources: &SourceMap, named: bool) -> String {
    let mut runs: Vec<(Origin, Origin)> = Vec::new();
    for &origin in origins {
        let follows = |last: Origin| match (last.place, origin.place) {
            (Place::Cell { sheet: a, row, column }, Place::Cell { sheet: b, row: next, column: c }) => {
                last.source == origin.source && a == b && column == c && row + 1 == next
            }
            _ => false,
        };
        match runs.last_mut() {
            Some((_, last)) if follows(*last) => *last = origin,
            _ => runs.push((origin, origin)),
        }
    }
    let more = if runs.len() > MOST_READS { format!("等{}处", origins.len()) } else { String::new() };
    let mut before = origins.first().filter(|_| !named).map(|o| sheet_name(sources, *o)).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for (a, b) in runs.iter().take(MOST_READS) {
        let sheet = sheet_name(sources, *a);
        let prefix = if sheet.is_empty() || sheet == before { String::new() } else { format!("{sheet}!") };
        let range = if a == b { short(*a) } else { format!("{}:{}", short(*a), short(*b)) };
        names.push(format!("{prefix}{range}"));
        before = sheet;
    }
    format!("{}{more}", names.join("、"))
}

/// A line for each read.
fn listed(figure: &Figure, text: impl Fn(usize) -> String) -> String {
    let count = figure.reads.len();
    let shown: Vec<String> = (0..count.min(MOST_READS)).map(text).collect();
    let more = if count > MOST_READS { format!("……共{count}个") } else { String::new() };
    format!("{}{more}", shown.join("；"))
}

fn distinct(figure: &Figure, text: impl Fn(Origin) -> String) -> String {
    let mut all: Vec<String> = Vec::new();
    for read in &figure.reads {
        let name = text(read.origin);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join("、")
}
