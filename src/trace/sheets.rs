//! The three sheets.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rust_xlsxwriter::{DataValidation, Url, Worksheet, XlsxError};

use super::cells::{Index, Known, raw};
use super::rows::{Printed, Untraced};
use super::style::{Style, height, page};
use super::subject::Subject;
use crate::diagnostic::{Origin, Place, SourceMap, cell_name};
use crate::figures::Figure;

const FIGURES: [(&str, f64); 14] = [
    ("序号", 4.5),
    ("部分", 9.0),
    ("标题", 13.0),
    ("原文（所核数字标红）", 42.0),
    ("报告中的数", 11.0),
    ("原始值", 13.0),
    ("文件", 9.5),
    ("工作表", 8.5),
    ("单元格", 11.0),
    ("取数名称", 18.0),
    ("怎样得来", 20.0),
    ("上年数", 8.5),
    ("核对√", 6.0),
    ("核对人", 8.0),
];
const CELLS: [(&str, f64); 8] = [
    ("文件", 14.0),
    ("工作表", 11.0),
    ("单元格", 9.0),
    ("年份", 6.5),
    ("名称", 28.0),
    ("值", 24.0),
    ("用在（序号）", 26.0),
    ("位置", 40.0),
];
const WITHOUT: [(&str, f64); 8] = [
    ("序号", 5.0),
    ("部分", 14.0),
    ("标题", 20.0),
    ("原文（所核数字标红）", 60.0),
    ("报告中的数", 13.0),
    ("为什么没有出处", 30.0),
    ("核对√", 8.0),
    ("核对人", 10.0),
];
/// Cells that are named one by one for one figure; the rest is counted.
const MOST_READS: usize = 12;
/// Values of one figure that are listed.
const MOST_VALUES: usize = 6;
/// Cells of the data that 单元格去向 lists one by one (a sheet holds 65,530 links); of larger
/// data those that nothing was printed of are only counted, then those of long columns.
const MOST_CELLS: usize = 60_000;
/// Cells of one figure from which on it is a column to read in the data, not a list.
const LONG: usize = 1_000;
/// From so many on, cells of one column go by its name.
const MANY: usize = 4;

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
        let whole = format!("{}{}{}", item.before, item.text, item.after);
        let values = listed(figure);
        let files = files(figure, subject.sources);
        let tables = distinct(figure, |o| sheet_name(subject.sources, o));
        let origins: Vec<Origin> = figure.reads.iter().map(|r| r.origin).collect();
        let places = ranges(&origins, subject.sources, false);
        let (names, expression) = (names(figure), figure.expression.trim());
        let past = index.last_year(figure).unwrap_or_default();
        let texts = [
            "",
            item.part,
            item.heading,
            &whole,
            &item.text,
            &values,
            &files,
            &tables,
            &places,
            &names,
            expression,
            &past,
        ];
        sheet.set_row_height(row, height(&texts, &FIGURES))?;
        sheet.write_number_with_format(row, 0, item.number as f64, &style.middle)?;
        sheet.write_string_with_format(row, 1, item.part, &style.text)?;
        sheet.write_string_with_format(row, 2, item.heading, &style.text)?;
        sentence(sheet, row, 3, (&item.before, &item.text, &item.after), style)?;
        sheet.write_string_with_format(row, 4, &item.text, &style.middle)?;
        sheet.write_string_with_format(row, 5, &values, &style.text)?;
        sheet.write_string_with_format(row, 6, &files, &style.text)?;
        sheet.write_string_with_format(row, 7, &tables, &style.text)?;
        match origins.first() {
            Some(first) => link(sheet, row, 8, subject, *first, &places, style)?,
            None => sheet.write_blank(row, 8, &style.text).map(|_| ())?,
        }
        sheet.write_string_with_format(row, 9, &names, &style.text)?;
        sheet.write_string_with_format(row, 10, expression, &style.text)?;
        sheet.write_string_with_format(row, 11, past, &style.middle)?;
        sheet.write_blank(row, 12, &style.middle)?;
        sheet.write_blank(row, 13, &style.middle)?;
    }
    ticks(sheet, printed.len(), 12)
}

/// 单元格去向: one row for each cell of the data, with the numbers of the first sheet; what is
/// printed as text has none.
pub fn cells(
    sheet: &mut Worksheet,
    subject: &Subject,
    (numbers, texts): (&[Printed], &[Printed]),
    index: &Index,
    style: &Style,
) -> Result<(), XlsxError> {
    head(sheet, "单元格去向", &CELLS, style)?;
    let mut uses: BTreeMap<Origin, Vec<&Printed>> = BTreeMap::new();
    for item in numbers.iter().chain(texts) {
        item.figure.reads.iter().for_each(|r| uses.entry(r.origin).or_default().push(item));
    }
    let all = || index.entries().filter(|(_, e)| !e.cell.is_missing());
    let count = all().count();
    let told = |origin: &Origin, whole: bool| match uses.get(origin) {
        Some(items) => whole || items.iter().any(|item| item.figure.reads.len() < LONG),
        None => false,
    };
    let printed = all().filter(|(origin, _)| told(origin, true)).count();
    let listed = all().filter(|(origin, _)| count <= MOST_CELLS || told(origin, printed <= MOST_CELLS));
    let mut next = 1;
    for (row, (origin, entry)) in (1..).zip(listed.take(MOST_CELLS)) {
        next = row + 1;
        let used = uses.get(origin).map(Vec::as_slice).unwrap_or_default();
        cell(sheet, row, subject, (*origin, entry), (used, index), style)?;
    }
    let left = count - (next as usize - 1);
    if left > 0 {
        let which =
            if printed <= MOST_CELLS { "没有用到的" } else { "没有用到的、只在整列计算里用到的" };
        let text = format!("数据很大：另有{left}个{which}单元格没有一一列出");
        sheet.write_string_with_format(next, 0, text, &style.plain)?;
    }
    Ok(())
}

/// One cell and where it went.
fn cell(
    sheet: &mut Worksheet,
    row: u32,
    subject: &Subject,
    (origin, entry): (Origin, &Known),
    (used, index): (&[&Printed], &Index),
    style: &Style,
) -> Result<(), XlsxError> {
    let mut file = subject.sources.get(origin.source).name.clone();
    if let Some(place) = subject.sources.filled_in(origin) {
        file += &format!("（来自 {place}）");
    }
    let text = if used.is_empty() { &style.unused } else { &style.text };
    let year = if entry.year > 0 { entry.year.to_string() } else { String::new() };
    let listed = used.iter().filter(|item| index.is_numeric(item));
    let numbers: Vec<String> = listed.map(|item| item.number.to_string()).collect();
    let numbers = match (used.is_empty(), numbers.is_empty()) {
        (true, _) => "未使用".to_string(),
        (_, true) => "文字".to_string(),
        _ => numbers.join("、"),
    };
    let mut places: Vec<&str> = Vec::new();
    for heading in used.iter().map(|p| p.heading).filter(|h| !h.is_empty()) {
        if !places.contains(&heading) {
            places.push(heading);
        }
    }
    let places = places.join("；");
    let texts = [&file, "", "", "", &entry.name, &entry.cell.shown, &numbers, &places];
    sheet.set_row_height(row, height(&texts, &CELLS))?;
    sheet.write_string_with_format(row, 0, &file, text)?;
    sheet.write_string_with_format(row, 1, sheet_name(subject.sources, origin), text)?;
    link(sheet, row, 2, subject, origin, &short(origin), style)?;
    sheet.write_string_with_format(row, 3, year, &style.middle)?;
    sheet.write_string_with_format(row, 4, &entry.name, text)?;
    sheet.write_string_with_format(row, 5, &*entry.cell.shown, text)?;
    sheet.write_string_with_format(row, 6, numbers, text)?;
    sheet.write_string_with_format(row, 7, places, text)?;
    Ok(())
}

/// 无出处: numbers that no cell stands behind.
pub fn without_origin(sheet: &mut Worksheet, rows: &[Untraced], style: &Style) -> Result<(), XlsxError> {
    head(sheet, "无出处", &WITHOUT, style)?;
    for (row, item) in (1..).zip(rows) {
        let whole = format!("{}{}{}", item.before, item.text, item.after);
        let texts = ["", item.part, item.heading, &whole, &item.text, &item.reason];
        sheet.set_row_height(row, height(&texts, &WITHOUT))?;
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
    ticks(sheet, rows.len(), 6)
}

/// A drop-down of √ and × in the column for the checker.
fn ticks(sheet: &mut Worksheet, rows: usize, column: u16) -> Result<(), XlsxError> {
    if rows > 0 {
        let choice = DataValidation::new().allow_list_strings(&["√", "×"])?;
        sheet.add_data_validation(1, column, rows as u32, column, &choice)?;
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

/// A text with a link that opens the file at the cell.
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

/// The values as the file shows them.
fn listed(figure: &Figure) -> String {
    let count = figure.reads.len();
    let shown: Vec<String> = figure.reads.iter().take(MOST_VALUES).map(|read| raw(&read).to_owned()).collect();
    let more = if count > MOST_VALUES { format!("……共{count}个") } else { String::new() };
    format!("{}{more}", shown.join("；"))
}

/// The names by which the template reached the cells: `乡镇.经费（17个）` for many of a column.
fn names(figure: &Figure) -> String {
    let column = |name: &str| match (name.find('['), name.find("].")) {
        (Some(a), Some(b)) if a < b => format!("{}{}", &name[..a], &name[b + 1..]),
        _ => name.to_string(),
    };
    let mut groups: Vec<(String, Vec<Arc<str>>)> = Vec::new();
    for read in figure.reads.iter() {
        let key = column(&read.name);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, list)) => list.push(read.name),
            None => groups.push((key, vec![read.name])),
        }
    }
    let told = |(key, list): &(String, Vec<Arc<str>>)| match list.len() {
        0..MANY => list.join("；"),
        many => format!("{key}（{many}个）"),
    };
    let mut said: Vec<String> = groups.iter().map(told).collect();
    if figure.reads.compared() > 0 {
        said.push(format!("比较了{}个单元格", figure.reads.compared()));
    }
    said.join("；")
}

/// The files, and where the cells of a collected workbook were filled in.
fn files(figure: &Figure, sources: &SourceMap) -> String {
    let names = distinct(figure, |o| sources.get(o.source).name.clone());
    let mut places: Vec<&str> = figure.reads.iter().filter_map(|read| sources.filled_in(read.origin)).collect();
    places.dedup();
    let more = if places.len() > MOST_READS { format!("等{}处", places.len()) } else { String::new() };
    match places.is_empty() {
        true => names,
        false => format!("{names}（来自 {}{more}）", places[..places.len().min(MOST_READS)].join("、")),
    }
}

fn distinct(figure: &Figure, text: impl Fn(Origin) -> String) -> String {
    let mut all: Vec<String> = Vec::new();
    for read in figure.reads.iter() {
        let name = text(read.origin);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join("、")
}
