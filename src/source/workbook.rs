//! A workbook of any format to sheets: recognised by content, the extension only a hint.

use super::sheet::Workbook;
use super::xlsx::{self, XlsxError};
use crate::diagnostic::Diagnostic;

/// Reads a workbook. Diagnostics have no place yet: the caller knows the file.
pub fn read(bytes: &[u8], _name: &str) -> Result<(Workbook, Vec<Diagnostic>), Diagnostic> {
    if bytes.is_empty() {
        return Err(Diagnostic::error("S010", "文件是空的（0 字节），不是工作簿").help("重新取一份文件"));
    }
    xlsx::read(bytes).map(|w| (w, Vec::new())).map_err(|e| xlsx_fault(&e))
}

fn xlsx_fault(error: &XlsxError) -> Diagnostic {
    match error {
        XlsxError::Package(error) => error.diagnostic(),
        XlsxError::TooManyCells { .. } => {
            Diagnostic::error("S021", error.to_string()).help("删去大片无关的数据和空白格式再存")
        }
        XlsxError::Xml { .. } | XlsxError::BadAddress { .. } | XlsxError::NoSheets => {
            Diagnostic::error("S020", error.to_string()).help("用 Excel 或 WPS 打开（必要时修复）后另存为 .xlsx")
        }
    }
}
