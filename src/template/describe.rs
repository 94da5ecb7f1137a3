//! A value in the user's words.

use minijinja::Value as Jinja;
use minijinja::value::ValueKind;

use super::datum::{What, datum};
use super::records::{Record, Records};
use super::values::Values;

/// A value in the user's words.
pub fn describe(value: &Jinja) -> String {
    if let Some(own) = datum(value) {
        return match &own.what {
            What::Text(text) => format!("文字“{text}”"),
            What::Absent => format!("“{}”", own.printed()),
            What::Bool(_) => format!("“{}”", own.printed()),
            What::Day(_) => format!("日期“{}”", own.printed()),
            _ => own.printed(),
        };
    }
    match value.kind() {
        ValueKind::None => "“无”".into(),
        ValueKind::Number => value.to_string(),
        ValueKind::String => format!("文字“{value}”"),
        ValueKind::Undefined => "没有的名称".into(),
        ValueKind::Bool => if value.is_true() { "“是”" } else { "“否”" }.into(),
        _ if value.downcast_object_ref::<Records>().is_some() => "一张表".into(),
        _ if value.downcast_object_ref::<Record>().is_some() => "一条记录".into(),
        _ if value.downcast_object_ref::<Values>().is_some() => "一列数据".into(),
        ValueKind::Seq | ValueKind::Iterable => "一列数据".into(),
        ValueKind::Map => "一组数据".into(),
        _ => format!("“{value}”"),
    }
}
