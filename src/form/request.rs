//! What a form is asked for.

use thiserror::Error;

use crate::dataset::Dataset;
use crate::vocabulary::report::LayoutKind;

/// Why a form cannot be made.
#[derive(Debug, Error)]
pub enum FormError {
    /// The workbook could not be put together.
    #[error("填报表写不成：{0}")]
    Write(#[from] rust_xlsxwriter::XlsxError),
}

/// What the form is for.
#[derive(Clone, Debug, Default)]
pub struct FormRequest<'a> {
    /// Display name of the template; stands in 报告信息 as 模板.
    pub title: &'a str,
    /// 版式 of the template: which keys of 报告信息 it prints.
    pub kind: LayoutKind,
    /// The column by which units are known (主键).
    pub key: &'a str,
    /// The report's year; `None`: the clerk fills it in, and the columns are 本年, 上年, 前年.
    pub year: Option<i16>,
    /// Data of earlier years, filled in where they fit.
    pub previous: Option<&'a Dataset>,
    /// Further keys of 报告信息 that the template asks for.
    pub report_keys: &'a [String],
}
