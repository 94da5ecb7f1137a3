//! .csv: UTF-8 or GB18030 text to one sheet, all of whose cells are text.

use std::sync::Arc;

use thiserror::Error;

use super::sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawCell, RawValue, Sheet, Workbook};
use super::text;

/// Why a CSV file cannot be read.
#[derive(Debug, Error)]
pub enum CsvError {
    #[error("文件不是文本，或编码既不是 UTF-8 也不是 GBK（GB18030）")]
    NotText,
    #[error("第 {line} 行读不出来：引号没有成对")]
    Broken { line: u64 },
    #[error("内容超过上限：{MAX_CELLS} 个单元格")]
    TooLarge,
}

/// Reads the text; `name` becomes the sheet's name.
pub fn read(bytes: &[u8], name: &str) -> Result<Workbook, CsvError> {
    let encoding = text::guess(bytes).ok_or(CsvError::NotText)?;
    let text = text::decode(bytes, encoding).ok_or(CsvError::NotText)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: name.to_string(), ..Sheet::default() };
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(CsvError::Broken { line: error.position().map_or(1, |p| p.line()) }),
        }
        // Blank lines vanish in the reader; the rows after them keep their place.
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let blank = text.as_bytes()[start.min(text.len())..].iter().take_while(|b| matches!(b, b'\n' | b'\r'));
        row += blank.filter(|b| **b == b'\n').count() as u32;
        if row >= MAX_ROWS || record.len() > MAX_COLUMNS as usize || sheet.cells.len() + record.len() > MAX_CELLS {
            return Err(CsvError::TooLarge);
        }
        for (column, field) in record.iter().enumerate().filter(|(_, f)| !f.trim().is_empty()) {
            let value = RawValue::Text(Arc::from(field));
            sheet.cells.push(RawCell { row, column: column as u32, value, shown: None });
        }
        row += 1;
    }
    Ok(Workbook { sheets: vec![sheet] })
}

/// The separator that the first lines use most.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect();
    let count = |c: char| head.matches(c).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|&d| count(d as char)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_blank_lines_and_quotes() {
        let book = read("名称,数\n\n云溪镇,\"1,234\"\n".as_bytes(), "乡镇").expect("a sheet");
        let places: Vec<_> = book.sheets[0].cells.iter().map(|c| (c.row, c.column)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (2, 0), (2, 1)]);
        assert_eq!(delimiter("a\tb\tc\n1,5\t2\t3"), b'\t');
    }
}
