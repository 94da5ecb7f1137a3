//! Bytes to raw values, each with its place: one reader a format.

mod crypt;
pub(crate) mod csv;
pub mod date;
pub mod docx;
pub mod file;
pub(crate) mod formats;
pub mod number;
pub mod number_format;
pub(crate) mod ods;
pub(crate) mod package;
pub mod sheet;
pub mod small;
pub(crate) mod text;
pub mod workbook;
pub(crate) mod xls;
pub(crate) mod xlsb;
pub(crate) mod xlsx;
pub(crate) mod xml;
pub mod yaml;

pub use date::Date;
