//! A workbook of any format to sheets: recognised by content, the extension only a hint.

use std::borrow::Cow;

use super::csv::{self, CsvError};
use super::ods::{self, OdsError};
use super::package::{Package, PackageError};
use super::sheet::Workbook;
use super::text;
use super::xls::{self, Container, XlsError};
use super::xlsb;
use super::xlsx::{self, XlsxError};
use crate::diagnostic::{Diagnostic, codes};

/// Formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML (ECMA-376): .xlsx and .xlsm, their templates, and what WPS saves as such.
    Xlsx,
    /// The same package with binary parts ([MS-XLSB]).
    Xlsb,
    /// BIFF8 in a compound file ([MS-XLS]): .xls, and .et of WPS.
    Xls,
    /// OpenDocument spreadsheet (ISO/IEC 26300) of LibreOffice and WPS.
    Ods,
    /// Separated text in UTF-8 or GB18030, by comma, tab, semicolon and what else stands for them.
    Csv,
}

impl Format {
    /// Extensions that files of this format rightly have; the first is the usual one.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Format::Xlsb => &["xlsb"],
            Format::Xls => &["xls", "et", "xlt", "ett"],
            Format::Ods => &["ods", "ots"],
            Format::Csv => &["csv", "txt", "tsv"],
        }
    }
}

/// A workbook that something is to be added to.
pub(crate) enum Opened<'b> {
    /// The package of an .xlsx or .xlsm.
    Package(Cow<'b, [u8]>),
    /// Another format, with its usual ending: only the contents can be had.
    Other { workbook: Workbook, ending: &'static str },
}

/// Opens a workbook for something to be added to it.
pub(crate) fn open<'b>(bytes: &'b [u8], name: &str) -> Result<Opened<'b>, Box<Diagnostic>> {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    let mut format = recognise(bytes, &extension)?;
    if format == Format::Xls {
        let mut container = Container::open(bytes).map_err(|e| Box::new(xls_fault(&e)))?;
        if let Some(package) = container.package().map_err(|e| Box::new(xls_fault(&e)))? {
            format = zipped(&package)?;
            if format == Format::Xlsx {
                return Ok(Opened::Package(package.into()));
            }
        }
    }
    if format == Format::Xlsx {
        return Ok(Opened::Package(bytes.into()));
    }
    let (workbook, _) = read(bytes, name)?;
    let named = format.extensions().iter().find(|known| **known == extension);
    Ok(Opened::Other { workbook, ending: named.unwrap_or(&format.extensions()[0]) })
}

/// Whether a file of this name is read as a workbook.
pub fn is_named(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods, Format::Csv]
        .iter()
        .any(|format| format.extensions().contains(&extension.as_str()))
}

/// Reads a workbook; `name` is its file name. Diagnostics have no place yet: the caller
/// knows the file.
pub fn read(bytes: &[u8], name: &str) -> Result<(Workbook, Vec<Diagnostic>), Box<Diagnostic>> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_lowercase();
    let mut format = recognise(bytes, &extension)?;
    let mut inner = Vec::new();
    let mut container = None;
    if format == Format::Xls {
        let mut opened = Container::open(bytes).map_err(|e| Box::new(xls_fault(&e)))?;
        match opened.package().map_err(|e| Box::new(xls_fault(&e)))? {
            Some(package) => {
                format = zipped(&package)?;
                inner = package;
            }
            None => container = Some(opened),
        }
    }
    let bytes = if inner.is_empty() { bytes } else { &inner };
    let workbook = match format {
        Format::Xlsx => xlsx::read(bytes).map_err(|e| xlsx_fault(&e)),
        Format::Xlsb => xlsb::read(bytes).map_err(|e| xlsx_fault(&e)),
        Format::Ods => ods::read(bytes).map_err(|e| ods_fault(&e)),
        Format::Xls => container.ok_or(XlsError::Broken).and_then(xls::read).map_err(|e| xls_fault(&e)),
        Format::Csv => csv::read(bytes, stem).map_err(|e| csv_fault(&e)),
    };
    let workbook = workbook.map_err(Box::new)?;
    let mut remarks = Vec::new();
    if !format.extensions().contains(&extension.as_str()) {
        let usual = format.extensions()[0];
        let named = match extension.is_empty() {
            true => "文件名没有扩展名".to_string(),
            false => format!("扩展名是 .{extension}"),
        };
        remarks.push(
            Diagnostic::new(codes::S012, format!("{named}，内容其实是 .{usual}，按 .{usual} 读取"))
                .help(format!("把扩展名改成 .{usual}，免得别的软件打不开")),
        );
    }
    Ok((workbook, remarks))
}

/// The format by the first bytes and the names of the parts.
fn recognise(bytes: &[u8], extension: &str) -> Result<Format, Box<Diagnostic>> {
    if bytes.is_empty() {
        return Err(Diagnostic::new(codes::S010, "文件是空的（0 字节），不是工作簿")
            .help("文件没有存好，请重新取一份")
            .into());
    }
    if bytes.starts_with(b"PK") {
        return zipped(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Ok(Format::Xls);
    }
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..]) {
        return Err(xls_fault(&XlsError::TooOld).into());
    }
    let looks_like = |what: &str| {
        Diagnostic::new(codes::S011, format!("不是 Excel 工作簿，看起来是{what}"))
            .help("用 Excel 或 WPS 打开它，另存为 .xlsx，再用新文件")
    };
    if bytes.starts_with(b"%PDF") {
        return Err(looks_like(" PDF").into());
    }
    let Some(encoding) = text::guess(bytes) else {
        if matches!(extension, "csv" | "txt" | "tsv") {
            return Err(csv_fault(&CsvError::NotText).into());
        }
        return Err(Diagnostic::new(codes::S011, "认不出这是什么文件")
            .help("数据文件可以是 .xlsx .xlsm .xlsb .xls .et .ods .csv 或 .yaml")
            .into());
    };
    let head = text::decode(bytes, encoding).unwrap_or_default();
    let head = head.trim_start().get(..).unwrap_or("");
    let lower: String = head.chars().take(400).collect::<String>().to_lowercase();
    if lower.starts_with('<') {
        let xml = lower.contains("schemas-microsoft-com:office:spreadsheet");
        return Err(looks_like(if xml { "“XML 电子表格 2003”" } else { "网页（HTML）" }).into());
    }
    match extension {
        "csv" | "txt" | "tsv" => Ok(Format::Csv),
        "" => Err(Diagnostic::new(codes::S011, "文件没有扩展名，不知道怎么读")
            .help("加上扩展名：表格用 .csv，其余用 .yaml")
            .into()),
        _ if head.is_empty() => Err(looks_like("空白文本").into()),
        _ => Err(looks_like(&format!("文本（{}）", encoding.label()))
            .help("若是用逗号分开的表，把扩展名改成 .csv")
            .into()),
    }
}

fn zipped(bytes: &[u8]) -> Result<Format, Box<Diagnostic>> {
    let package = Package::open(bytes).map_err(|e| Box::new(e.diagnostic()))?;
    let has = |start: &str| package.names().iter().any(|n| n.trim_start_matches('/').to_lowercase().starts_with(start));
    let other = |what: &str| {
        Diagnostic::new(codes::S011, format!("不是工作簿，看起来是{what}")).help("数据放在 Excel 工作簿或 YAML 文件里")
    };
    if has("xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if has("xl/") || has("[content_types].xml") && !has("word/") && !has("ppt/") {
        Ok(Format::Xlsx)
    } else if has("word/") {
        Err(other(" Word 文档").into())
    } else if has("ppt/") {
        Err(other(" PPT").into())
    } else if has("content.xml") {
        Ok(Format::Ods)
    } else {
        Err(other("普通的压缩包").into())
    }
}

const SAVE_AGAIN: &str = "用 Excel 或 WPS 打开（必要时修复）后另存为 .xlsx";
const TOO_LARGE: &str = "删去大片无关的数据和空白格式再存，或只把要用的表复制到新工作簿";
const PASSWORD: &str = "打开后去掉打开密码（另存为时“工具—常规选项”里清空），再存一份";

fn xlsx_fault(error: &XlsxError) -> Diagnostic {
    match error {
        XlsxError::Package(error) => error.diagnostic(),
        XlsxError::TooManyCells { .. } => Diagnostic::new(codes::S021, error.to_string()).help(TOO_LARGE),
        XlsxError::Xml { error: super::xml::XmlError::Doctype, part } => {
            PackageError::Doctype(part.clone()).diagnostic()
        }
        XlsxError::Xml { .. } | XlsxError::BadAddress { .. } | XlsxError::NoSheets => {
            Diagnostic::new(codes::S020, error.to_string()).help(SAVE_AGAIN)
        }
    }
}

fn ods_fault(error: &OdsError) -> Diagnostic {
    match error {
        OdsError::Package(error) => error.diagnostic(),
        OdsError::Xml { .. } => Diagnostic::new(codes::S020, error.to_string()).help(SAVE_AGAIN),
        OdsError::Encrypted => Diagnostic::new(codes::S023, error.to_string()).help(PASSWORD),
        OdsError::TooManyCells { .. } => Diagnostic::new(codes::S021, error.to_string()).help(TOO_LARGE),
    }
}

fn xls_fault(error: &XlsError) -> Diagnostic {
    match error {
        XlsError::Broken | XlsError::NotAWorkbook => Diagnostic::new(codes::S020, error.to_string()).help(SAVE_AGAIN),
        XlsError::Encrypted => Diagnostic::new(codes::S023, error.to_string()).help(PASSWORD),
        XlsError::TooOld => Diagnostic::new(codes::S024, error.to_string()).help("用 Excel 或 WPS 打开后另存为 .xlsx"),
        XlsError::TooManyCells { .. } => Diagnostic::new(codes::S021, error.to_string()).help(TOO_LARGE),
    }
}

fn csv_fault(error: &CsvError) -> Diagnostic {
    match error {
        CsvError::NotText => Diagnostic::new(codes::S011, error.to_string()).help("另存为 UTF-8 编码的 .csv"),
        CsvError::Broken { .. } => Diagnostic::new(codes::S020, error.to_string()).help("检查那一行的引号"),
        CsvError::TooLarge => Diagnostic::new(codes::S021, error.to_string()).help(TOO_LARGE),
    }
}
