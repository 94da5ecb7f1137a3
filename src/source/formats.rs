//! The number formats of a workbook's cell styles: a cell's number or text to its value.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::date::Epoch;
use super::number::Exact;
use super::number_format::NumberFormat;
use super::sheet::RawValue;

/// What a cell holds and, where that is more, what it shows; `None` for an empty cell.
pub type Content = Option<(RawValue, Option<Arc<str>>)>;

/// Formats by the number of the cell style. Each code is compiled once, however many styles
/// share it.
#[derive(Default)]
pub struct CellFormats {
    codes: BTreeMap<u32, String>,
    compiled: Vec<NumberFormat>,
    by_code: BTreeMap<u32, u32>,
    styles: Vec<u32>,
    general: NumberFormat,
    /// How the workbook counts days.
    pub epoch: Epoch,
    /// Room to write what is shown.
    buffer: String,
}

impl CellFormats {
    /// A format of the workbook's own, by its number.
    pub fn add_code(&mut self, id: u32, code: String) {
        self.codes.insert(id, code);
    }

    /// The next cell style, by the number of its format.
    pub fn add_style(&mut self, id: u32) {
        let next = self.compiled.len() as u32;
        let at = *self.by_code.entry(id).or_insert(next);
        if at == next {
            self.compiled.push(match self.codes.get(&id) {
                Some(code) => NumberFormat::parse(code),
                None => NumberFormat::built_in(id),
            });
        }
        self.styles.push(at);
    }

    fn format(&self, style: usize) -> &NumberFormat {
        self.styles.get(style).and_then(|at| self.compiled.get(*at as usize)).unwrap_or(&self.general)
    }

    /// A number in a cell of this style.
    pub fn number(&mut self, style: usize, number: Exact) -> (RawValue, Option<Arc<str>>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = self.format(style).read(number, self.epoch, &mut buffer);
        self.buffer = buffer;
        read
    }

    /// A binary number in a cell of this style.
    pub fn double(&mut self, style: usize, value: f64) -> (RawValue, Option<Arc<str>>) {
        match Exact::of_double(value) {
            Some(number) => self.number(style, number),
            None => (RawValue::TooLarge(value.to_string().into()), None),
        }
    }

    /// A text in a cell of this style.
    pub fn text(&self, style: usize, text: Arc<str>) -> Content {
        if text.is_empty() {
            return None;
        }
        if is_picture(&text) {
            return Some((RawValue::Picture, None));
        }
        let shown = self.format(style).of_text(&text);
        Some((RawValue::Text(shown.map_or(text, Arc::from)), None))
    }
}

/// `=DISPIMG("ID_…",1)`: the text that WPS stores for a picture inside a cell.
pub fn is_picture(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches('=');
    let text = text.strip_prefix("_xlfn.").unwrap_or(text);
    text.starts_with("DISPIMG(\"")
}
