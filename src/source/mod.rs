//! Bytes to raw values, each with its place: one reader a format.

mod crypt;
pub mod csv;
pub mod date;
pub mod file;
pub mod formats;
pub mod number;
pub mod number_format;
pub mod ods;
pub mod package;
pub mod sheet;
pub mod text;
pub mod workbook;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
pub mod xml;
pub mod yaml;

pub use date::Date;
