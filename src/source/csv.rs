//! .csv: UTF-8 or GB18030 text to one sheet, all of whose cells are text.

use thiserror::Error;

use super::formats::is_picture;
use super::sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawCell, RawValue, Sheet, Workbook};
use super::text;

/// Why a CSV file cannot be read.
#[derive(Debug, Error)]
pub enum CsvError {
    #[error("文件不是文本，或编码既不是 UTF-8 也不是 GBK（GB18030）")]
    NotText,
    #[error("第 {line} 行的引号没有成对，后面的内容都连成了一格")]
    Broken { line: u64 },
    #[error("内容超过上限：{MAX_CELLS} 个单元格")]
    TooLarge,
}

/// Reads the text; `name` becomes the sheet's name.
pub fn read(bytes: &[u8], name: &str) -> Result<Workbook, CsvError> {
    let encoding = text::guess(bytes).ok_or(CsvError::NotText)?;
    let text = text::decode(bytes, encoding).ok_or(CsvError::NotText)?;
    // One kind of line end, so that rows are counted alike.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (text, delimiter) = separated(text);
    if let Some(line) = open_quote(&text, delimiter) {
        return Err(CsvError::Broken { line });
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
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
        let blank = text.as_bytes()[start.min(text.len())..].iter().take_while(|b| **b == b'\n');
        row += blank.count() as u32;
        if row >= MAX_ROWS || record.len() > MAX_COLUMNS as usize || sheet.cells.len() + record.len() > MAX_CELLS {
            return Err(CsvError::TooLarge);
        }
        for (column, field) in record.iter().enumerate().filter(|(_, f)| !f.trim().is_empty()) {
            let text = as_text(field);
            let value = if is_picture(text) { RawValue::Picture } else { RawValue::Text(text.into()) };
            sheet.cells.push(RawCell { row, column: column as u32, value, shown: None });
        }
        row += 1;
    }
    Ok(Workbook { sheets: vec![sheet], delimited: true, ..Workbook::default() })
}

/// The text with the separator that its first lines use most. A Chinese comma or a bar,
/// where nothing else separates, becomes a tab.
fn separated(text: String) -> (String, u8) {
    let head: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(5).collect();
    let count = |c: char| head.iter().map(|l| l.matches(c).count()).sum::<usize>();
    let best = [b',', b'\t', b';'].into_iter().rev().max_by_key(|&d| count(d as char)).unwrap_or(b',');
    if count(best as char) == 0 {
        let every =
            |c: &char| head.len() > 1 && head.iter().all(|l| l.matches(*c).count() == head[0].matches(*c).count());
        if let Some(other) = ['|', '，'].into_iter().find(|c| count(*c) > 0 && every(c)) {
            return (text.replace(other, "\t"), b'\t');
        }
    }
    (text, best)
}

/// The line of a quotation mark that nothing closes: the rest of the file would be one field.
fn open_quote(text: &str, delimiter: u8) -> Option<u64> {
    let (mut line, mut opened, mut at_start) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (b'"', Some(_)) => opened = None,
            (b'"', None) if at_start => opened = Some(line),
            _ => {}
        }
        at_start = byte == delimiter || byte == b'\n';
        line += u64::from(byte == b'\n');
    }
    opened
}

/// `="000001"` and `'000001` are how a spreadsheet keeps a code as text.
fn as_text(field: &str) -> &str {
    let trimmed = field.trim();
    let quoted = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let marked = trimmed.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    quoted.or(marked).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_blank_lines_and_quotes() {
        let book = read("名称,数\n\n云溪镇,\"1,234\"\n".as_bytes(), "乡镇").expect("a sheet");
        let places: Vec<_> = book.sheets[0].cells.iter().map(|c| (c.row, c.column)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (2, 0), (2, 1)]);
        assert_eq!(separated("a\tb\tc\n1,5\t2\t3".into()).1, b'\t');
        let rows = |text: &str| -> Vec<u32> {
            read(text.as_bytes(), "乡镇").expect("a sheet").sheets[0].cells.iter().map(|c| c.row).collect()
        };
        assert_eq!(rows("a,b\r\n\r\nc,d\r\n"), [0, 0, 2, 2]);
        assert_eq!(rows("a,b\rc,d\r"), [0, 0, 1, 1]);
        assert_eq!(rows("名称，数\n云溪镇，12\n"), [0, 0, 1, 1]);
        assert_eq!(as_text("=\"000001\""), "000001");
        let open = read("名称,做法\n云溪镇,\"没关上\n石桥镇,x\n".as_bytes(), "乡镇");
        assert!(matches!(open, Err(CsvError::Broken { line: 2 })));
    }
}
