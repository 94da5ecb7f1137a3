//! What the tests of the data side share.

use huibao::dataset::{Input, LoadOptions, Loaded, dump, load_inputs};
use huibao::diagnostic::render;
use rust_xlsxwriter::{Workbook, Worksheet};

/// Reads files in memory without options.
pub fn read(files: &[(&str, &[u8])]) -> Loaded {
    read_with(files, &LoadOptions::default())
}

pub fn read_with(files: &[(&str, &[u8])], options: &LoadOptions) -> Loaded {
    let inputs =
        files.iter().map(|(name, bytes)| Input::Bytes { name: name.to_string(), bytes: bytes.to_vec() }).collect();
    load_inputs(inputs, options)
}

/// What was understood and what the user is told.
pub fn report(loaded: &Loaded) -> String {
    let data = match &loaded.dataset {
        Some(dataset) => dump(dataset, &loaded.sources),
        None => "读不出\n".to_string(),
    };
    format!("{data}----\n{}", told(loaded))
}

/// What the user is told.
pub fn told(loaded: &Loaded) -> String {
    loaded.diagnostics.iter().map(|d| render(d, &loaded.sources)).collect()
}

/// A workbook with sheets filled by a function each.
pub type Fill<'a> = &'a dyn Fn(&mut Worksheet);

pub fn workbook(sheets: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, fill) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a sheet's name");
        fill(sheet);
    }
    book.save_to_buffer().expect("a workbook")
}

/// Writes rows of text; what looks like a number becomes one unless it starts with `'`.
pub fn rows(sheet: &mut Worksheet, first_row: u32, rows: &[&[&str]]) {
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            let (r, c) = (first_row + r as u32, c as u16);
            match (text.strip_prefix('\''), text.parse::<f64>()) {
                (Some(text), _) => sheet.write_string(r, c, text),
                (None, Ok(number)) => sheet.write_number(r, c, number),
                (None, Err(_)) if text.is_empty() => continue,
                (None, Err(_)) => sheet.write_string(r, c, *text),
            }
            .expect("a cell");
        }
    }
}
