//! Workbooks as clerks make them, each drawn as text in `clerks/`: what is understood of it and
//! what the clerk is told is one golden text a group.
//!
//! `== name` begins a workbook, `>> sheet >> merge A1:B2 …` a sheet, each further line is a row with
//! cells parted by ` | `; `.` is a blank row. `'36` is text, `0.783{0.0%}` has a number format,
//! `"…"` keeps blanks, ⏎ is a line break.

use std::collections::HashMap;

use insta::assert_snapshot;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::data_support::{read, report, rows};

fn golden(drawn: &str) -> String {
    let mut out = String::new();
    for case in drawn.split("== ").filter(|c| !c.trim().is_empty()) {
        let (title, body) = case.split_once('\n').expect("a title and a body");
        let bytes = draw(body, !title.ends_with("(alone)"));
        let told = report(&read(&[("数据.xlsx", &bytes)]));
        out.push_str(&format!("==== {title}\n{told}"));
    }
    out
}

/// The workbook that is drawn; with the year in 报告信息 unless it stands alone.
pub fn draw(body: &str, with_year: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    if with_year {
        let sheet = book.add_worksheet();
        sheet.set_name("报告信息").expect("a name");
        rows(sheet, 0, &[&["项目", "内容"], &["年份", "2026"]]);
    }
    let mut lines = body.lines().filter(|l| !l.is_empty()).peekable();
    while let Some((name, options)) = lines.next().and_then(|l| l.strip_prefix(">> ")?.split_once(" >>")) {
        let sheet = book.add_worksheet();
        sheet.set_name(name.trim_matches('"')).expect("a name");
        let mut texts = HashMap::new();
        let mut row = 0u32;
        while let Some(line) = lines.next_if(|l| !l.starts_with(">> ")) {
            for (column, text) in line.split(" | ").enumerate().filter(|_| line != ".") {
                cell(sheet, row, column as u16, text);
                texts.insert((row, column as u16), text);
            }
            row += 1;
        }
        for option in options.split(' ') {
            match option.split_once(':') {
                Some((first, last)) => {
                    let ((r1, c1), (r2, c2)) = (place(first), place(last));
                    sheet.merge_range(r1, c1, r2, c2, "", &Format::new()).expect("a range");
                    cell(sheet, r1, c1, texts.get(&(r1, c1)).unwrap_or(&""));
                }
                None if option == "veryhidden" => drop(sheet.set_very_hidden(true)),
                None if option == "hide" => {
                    sheet.set_row_hidden(2).expect("a row");
                    sheet.set_column_hidden(2).expect("a column");
                }
                None => {}
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn place(address: &str) -> (u32, u16) {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = address[..letters].bytes().fold(0u16, |n, b| n * 26 + u16::from(b - b'A' + 1)) - 1;
    (address[letters..].parse::<u32>().expect("a row") - 1, column)
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, drawn: &str) {
    let text = drawn.trim();
    let (text, code) = match text.strip_suffix('}').and_then(|t| t.rsplit_once('{')) {
        Some((text, code)) => (text, code),
        None => (text, "General"),
    };
    let format = Format::new().set_num_format(code);
    let written = match (text, text.strip_prefix('\''), text.parse::<f64>()) {
        ("", ..) => return,
        ("TRUE!" | "FALSE!", ..) => sheet.write_boolean(row, column, text == "TRUE!"),
        (_, Some(text), _) => sheet.write_string(row, column, text),
        (_, None, Ok(number)) => sheet.write_number_with_format(row, column, number, &format),
        (_, None, Err(_)) => {
            let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
            sheet.write_string(row, column, text.replace('⏎', "\n").replace('␍', "\r").replace('│', "|"))
        }
    };
    written.expect("a cell");
}

#[test]
fn titles_and_units() {
    assert_snapshot!(golden(include_str!("clerks/titles-and-units.txt")));
}

#[test]
fn headers() {
    assert_snapshot!(golden(include_str!("clerks/headers.txt")));
}

#[test]
fn totals() {
    assert_snapshot!(golden(include_str!("clerks/totals.txt")));
}

#[test]
fn years_and_fields() {
    assert_snapshot!(golden(include_str!("clerks/years-and-fields.txt")));
}

#[test]
fn notes_below() {
    assert_snapshot!(golden(include_str!("clerks/notes-below.txt")));
}

#[test]
fn values() {
    assert_snapshot!(golden(include_str!("clerks/values.txt")));
}

#[test]
fn sheets() {
    assert_snapshot!(golden(include_str!("clerks/sheets.txt")));
}

#[test]
fn odds() {
    assert_snapshot!(golden(include_str!("clerks/odds.txt")));
}
