//! Why a binary workbook cannot be read, and the errors that its cells hold.

use thiserror::Error;

use crate::source::sheet::MAX_CELLS;

/// Why a binary workbook cannot be read.
#[derive(Debug, Error)]
pub enum XlsError {
    #[error("文件损坏或不完整：复合文档的目录读不出来")]
    Broken,
    #[error("文件设了打开密码")]
    Encrypted,
    #[error("这是 Excel 4.0 或更早的格式，太旧了")]
    TooOld,
    #[error("文件是复合文档，但里面没有工作簿（可能是 Word、PPT 或别的文件）")]
    NotAWorkbook,
    #[error("工作表“{sheet}”有内容的单元格超过上限 {MAX_CELLS} 个")]
    TooManyCells { sheet: String },
}

/// The text of an error by its number, the same in both binary formats.
pub fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
