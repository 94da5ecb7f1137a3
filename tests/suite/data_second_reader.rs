//! A second reader over the same files: calamine and this program agree cell by cell. Where they
//! do not, `second_reader.tsv` has the reason, one row for each kind of difference on a sheet:
//! file, first place, ours, theirs, how many, why. A difference without a row fails, and so does
//! a row whose difference is gone.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use huibao::diagnostic::cell_name;
use huibao::source::date::{Epoch, moment};
use huibao::source::number::Exact;
use huibao::source::sheet::{RawCell, RawValue, Sheet};
use huibao::source::workbook;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/second_reader.tsv");
/// Most cells of a grid that calamine is asked for: it keeps all of them, empty ones too, and
/// ends the process where memory does not do.
const MAX_GRID: u64 = 10_000_000;

/// Workbooks of the project, and those that are shared with it where they are there.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/fixtures/twins")];
    folders.extend(std::fs::read_dir(root.join("samples")).expect("samples").flatten().map(|e| e.path()));
    for folder in ["../shared/corpus", "../shared/cases/workbooks"] {
        match root.join(folder) {
            there if there.is_dir() => folders.push(there),
            _ => super::skipped(&format!("calamine_agrees_but_for_what_the_table_says: {folder} is not here")),
        }
    }
    let kinds = ["xlsx", "xlsm", "xlsb", "xls", "et", "ods"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| kinds.iter().any(|k| e.eq_ignore_ascii_case(k))))
        .collect();
    files.sort();
    files
}

fn ours(cell: Option<&RawCell>) -> String {
    match cell.map(|c| &c.value) {
        None => "nothing".into(),
        Some(RawValue::Text(text)) => format!("“{}”", text.replace("\r\n", "\n").replace('\r', "\n")),
        Some(RawValue::Number(number)) => number.value.normalize().to_string(),
        Some(RawValue::NotADate(number)) => number.normalize().to_string(),
        Some(RawValue::TooLarge(text)) => text.to_string(),
        Some(RawValue::Date(date)) => format!("{}-{:02}-{:02}", date.year, date.month, date.day.unwrap_or(0)),
        Some(RawValue::Time) => "a time".into(),
        Some(RawValue::Bool(value)) => value.to_string(),
        Some(RawValue::Error(text)) => text.to_string(),
        Some(RawValue::Uncalculated(_)) => "a formula without a value".into(),
        Some(RawValue::Picture) => "a picture".into(),
    }
}

/// In the same words; `time` where ours is a time of day.
fn theirs(data: &Data, epoch: Epoch, time: bool) -> String {
    let number = |value: f64| {
        Exact::of_double(value)
            .map_or(value.to_string(), |n| n.decimal().map_or(n.scientific(), |d| d.normalize().to_string()))
    };
    match data {
        Data::Empty => "nothing".into(),
        Data::String(text) if text.trim().is_empty() => "nothing".into(),
        Data::String(text) => format!("“{}”", text.replace("\r\n", "\n").replace('\r', "\n")),
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number(*value),
        Data::Bool(value) => value.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTimeIso(_) | Data::DateTime(_) if time => "a time".into(),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_string(),
        Data::DurationIso(_) => "a time".into(),
        Data::DateTime(date) => {
            let serial = date.as_f64();
            match Exact::of_double(serial).and_then(|n| moment(n, epoch)) {
                Some(moment) => {
                    format!("{}-{:02}-{:02}", moment.date.year, moment.date.month, moment.date.day.unwrap_or(0))
                }
                None => number(serial),
            }
        }
    }
}

/// What kind of thing a text of [`ours`] or [`theirs`] is: differences of one kind are one row.
fn class(told: &str) -> &str {
    match told.chars().next() {
        Some('“') => "text",
        Some('#') => "error",
        Some(c) if c.is_ascii_digit() || c == '-' => {
            if told.matches('-').count() == 2 {
                "date"
            } else {
                "number"
            }
        }
        _ => told,
    }
}

/// Differences by kind: first place, ours, theirs, how many.
type Differences = BTreeMap<(String, String), (String, String, String, usize)>;

fn compare(sheet: &Sheet, range: &Range<Data>, epoch: Epoch, found: &mut Differences) {
    let mut note = |row: u32, column: u32, a: String, b: String| {
        let key = (format!("{}/{}", class(&a), class(&b)), sheet.name.clone());
        let place = format!("{}!{}", sheet.name, cell_name(row, column));
        found.entry(key).or_insert((place, a, b, 0)).3 += 1;
    };
    for cell in &sheet.cells {
        let a = ours(Some(cell));
        let b = range.get_value((cell.row, cell.column)).unwrap_or(&Data::Empty);
        let b = theirs(b, epoch, matches!(cell.value, RawValue::Time));
        if a != b {
            note(cell.row, cell.column, a, b);
        }
    }
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (row as u32 + top, column as u32 + left);
        let b = theirs(data, epoch, false);
        if b != "nothing" && sheet.cell(row, column).is_none() {
            note(row, column, "nothing".into(), b);
        }
    }
}

/// All differences of a file as rows of the table, without the reason.
fn differences(path: &Path) -> Vec<[String; 5]> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("a file");
    let whole = |ours: String, theirs: String| vec![[name.clone(), "*".into(), ours, theirs, "1".into()]];
    let book = workbook::read(&bytes, &name);
    let area = |sheet: &Sheet| {
        let columns = sheet.cells.iter().map(|c| u64::from(c.column) + 1).max().unwrap_or(0);
        let rows = sheet.cells.last().map_or(0, |c| u64::from(c.row) + 1);
        rows * columns
    };
    if book.as_ref().is_ok_and(|(book, _)| book.sheets.iter().map(area).sum::<u64>() > MAX_GRID) {
        return whole("read".into(), "not asked".into());
    }
    // What is refused because it fills memory is not given to another.
    if book.as_ref().is_err_and(|error| error.code.name() == "S021") {
        return whole("S021".into(), "not asked".into());
    }
    let second = catch_unwind(|| open_workbook_auto_from_rs(Cursor::new(bytes.clone())).ok());
    let (book, mut second) = match (book, second) {
        (Err(_), Ok(None)) => return Vec::new(),
        (Err(error), Ok(Some(_))) => return whole(error.code.to_string(), "opened".into()),
        (Ok(_), Ok(None)) => return whole("read".into(), "not opened".into()),
        (_, Err(_)) => return whole("read".into(), "panic".into()),
        (Ok((book, _)), Ok(Some(second))) => (book, second),
    };
    let mut found = Differences::new();
    for sheet in &book.sheets {
        match second.worksheet_range(&sheet.name) {
            Ok(range) => compare(sheet, &range, book.epoch, &mut found),
            Err(_) => {
                let cells = format!("{} cells", sheet.cells.len());
                found.insert((String::new(), sheet.name.clone()), (sheet.name.clone(), cells, "not read".into(), 1));
            }
        }
    }
    let short = |text: &str| text.chars().take(40).collect::<String>().replace(['\n', '\t'], "␣");
    let rows = found.into_values();
    rows.map(|(place, a, b, count)| [name.clone(), place, short(&a), short(&b), count.to_string()]).collect()
}

#[test]
fn calamine_agrees_but_for_what_the_table_says() {
    let table = std::fs::read_to_string(TABLE).unwrap_or_default();
    let reasons: BTreeMap<&str, &str> = table.lines().filter_map(|line| line.rsplit_once('\t')).collect();
    let files = files();
    let names: Vec<String> =
        files.iter().map(|f| f.file_name().unwrap_or_default().to_string_lossy().into_owned()).collect();
    let rows: Vec<String> = files.iter().flat_map(|f| differences(f)).map(|row| row.join("\t")).collect();
    if std::env::var_os("SECOND_UPDATE").is_some() {
        let lines = rows.iter().map(|row| format!("{row}\t{}\n", reasons.get(row.as_str()).unwrap_or(&"?")));
        std::fs::write(TABLE, lines.collect::<String>()).expect("the table");
        return;
    }
    let mut wrong: Vec<String> = Vec::new();
    for row in &rows {
        match reasons.get(row.as_str()) {
            Some(reason) if reason.chars().count() > 3 => {}
            _ => wrong.push(format!("no reason in the table: {row}")),
        }
    }
    // Rows of files that are not here are left alone.
    let here = |row: &&&str| names.iter().any(|name| row.split('\t').next() == Some(name));
    let gone = reasons.keys().filter(here).filter(|row| !rows.iter().any(|r| r == **row));
    wrong.extend(gone.map(|row| format!("gone: {row}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() >= 10, "the fixtures are there");
}
