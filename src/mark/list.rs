//! The sheet 问题: every finding with a link to its cell.

use super::findings::Marks;
use super::styles::{Look, Styles};
use crate::dataset::{MARKED_SHEET, PAIR_COLUMNS};
use crate::diagnostic::cell_name;
use crate::revise::edit::escaped;

/// What the sheet is called; another name is found where the workbook has one of this.
pub const NAME: &str = "问题";
/// Widths of its columns, characters.
pub const WIDTHS: [f64; 4] = [10.0, 24.0, 62.0, 52.0];

/// The first of two hidden columns: each marked cell, and the fill that it had before, so that a
/// copy that is marked again gets it back.
pub const KEPT: u32 = 5;

/// A name for a sheet that no sheet of the workbook has.
pub fn free_name<'n>(wanted: &str, taken: impl Iterator<Item = &'n str> + Clone) -> String {
    let free = |name: &String| taken.clone().all(|known| !known.trim().eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{wanted}（核对{number}）"));
    let names = [wanted.to_string(), format!("{wanted}（核对）")].into_iter().chain(numbered);
    names.into_iter().find(free).unwrap_or_else(|| wanted.to_string())
}

/// The part of the sheet 对应: names that may stand for the template's, to be put right and kept.
pub fn pairs(marks: &Marks, space: &str, styles: &mut Styles) -> String {
    let (head, text) = (styles.look(Look::Head), styles.look(Look::Text));
    let row = |number: u32, look: u32, texts: &[String; 3]| {
        let cells: String = (0..).zip(texts).map(|(column, text)| cell(number - 1, column, look, text)).collect();
        format!("<row r=\"{number}\" ht=\"22\" customHeight=\"1\">{cells}</row>")
    };
    let body: String = (2..).zip(&marks.pairs).map(|(number, texts)| row(number, text, texts)).collect();
    let data = row(1, head, &PAIR_COLUMNS.map(String::from)) + &body;
    let columns = columns(&PAIR_WIDTHS);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{space}\">\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{data}</sheetData></worksheet>"
    )
}

fn cell(row: u32, column: u32, style: u32, text: &str) -> String {
    let (at, text) = (cell_name(row, column), escaped(text));
    format!("<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

fn columns(widths: &[f64]) -> String {
    let column = |(at, width)| format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
    (1..).zip(widths).map(column).collect()
}

/// Widths of the columns of 对应.
pub const PAIR_WIDTHS: [f64; 3] = [28.0, 28.0, 52.0];

/// The texts of each row: 严重程度, 位置, 问题, 怎么办.
pub fn rows(marks: &Marks) -> impl Iterator<Item = [String; 4]> + '_ {
    marks.list.iter().map(|mark| {
        let label = mark.severity.label().to_string();
        [label, mark.shown_place(), mark.told(), mark.helps.join("\n")]
    })
}

/// Height of a row, points.
pub fn height(texts: &[String; 4]) -> f64 {
    let lines = |text: &str, width: f64| -> f64 {
        let of_line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
        text.lines().map(|line| (of_line(line) / (width - 2.0)).ceil().max(1.0)).sum()
    };
    let most = texts.iter().zip(WIDTHS).map(|(text, width)| lines(text, width)).fold(1.0, f64::max);
    (most * 15.0 + 5.0).min(400.0)
}

/// The part of the sheet. `kept`: marked cells with the fill that each had.
pub fn part(marks: &Marks, kept: &[(String, String)], space: &str, styles: &mut Styles) -> String {
    let (head, text, link) = (styles.look(Look::Head), styles.look(Look::Text), styles.look(Look::Link));
    let aside = |row: u32| {
        let Some((place, fill)) = kept.get(row as usize - 1) else { return String::new() };
        let fill = if fill.is_empty() { String::new() } else { cell(row, KEPT + 1, 0, fill) };
        cell(row, KEPT, 0, place) + &fill
    };
    let heads: String = (0..).zip(MARKED_SHEET).map(|(column, name)| cell(0, column, head, name)).collect();
    let mut data = format!("<row r=\"1\" ht=\"22\" customHeight=\"1\">{heads}</row>");
    let mut links = String::new();
    for ((row, mark), texts) in (1..).zip(&marks.list).zip(rows(marks)) {
        let target = mark.link();
        let looks = [styles.look(Look::Level(mark.severity)), if target.is_some() { link } else { text }, text, text];
        let cells: String =
            (0..).zip(&texts).zip(looks).map(|((column, text), look)| cell(row, column, look, text)).collect();
        let (number, aside) = (row + 1, aside(row));
        data += &format!("<row r=\"{number}\" ht=\"{}\" customHeight=\"1\">{cells}{aside}</row>", height(&texts));
        if let Some(target) = target {
            let target = escaped(&target);
            links += &format!("<hyperlink ref=\"{}\" location=\"{target}\" display=\"{target}\"/>", cell_name(row, 1));
        }
    }
    // One finding may mark several cells.
    for row in marks.list.len() as u32 + 1..=kept.len() as u32 {
        data += &format!("<row r=\"{}\">{}</row>", row + 1, aside(row));
    }
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let columns = columns(&WIDTHS);
    let hidden = format!("<col min=\"{}\" max=\"{}\" width=\"9\" hidden=\"1\" customWidth=\"1\"/>", KEPT + 1, KEPT + 2);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{space}\"><sheetPr>\
         <tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}{hidden}</cols><sheetData>{data}</sheetData>{links}\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}
