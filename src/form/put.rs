//! Writes a known value so that it reads back as it was.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use super::request::FormError;
use crate::dataset::schema::{FieldSpec, Kind};
use crate::dataset::{Cell, Value};

pub fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    spec: Option<&FieldSpec>,
    format: &Format,
) -> Result<(), FormError> {
    match &cell.value {
        Value::Missing => {
            sheet.write_blank(row, column, format)?;
        }
        Value::Number(n) => {
            let text = spec.is_some_and(|s| matches!(s.kind, Some(Kind::Text | Kind::Prose)));
            match n.decimal.to_f64().filter(|_| !text) {
                Some(number) if n.is_share() => {
                    let decimals = n.decimal.normalize().scale().saturating_sub(2) as usize;
                    let code = if decimals == 0 { "0%".to_string() } else { format!("0.{}%", "0".repeat(decimals)) };
                    sheet.write_with_format(row, column, number, &format.clone().set_num_format(code))?;
                }
                Some(number) => {
                    // 1.10 stays 1.10.
                    let decimals = cell
                        .shown
                        .rsplit_once('.')
                        .map_or(0, |(_, d)| d.chars().take_while(char::is_ascii_digit).count());
                    let kept = cell.shown.ends_with('0') && decimals > 0;
                    let format = if kept {
                        format.clone().set_num_format(format!("0.{}", "0".repeat(decimals)))
                    } else {
                        format.clone()
                    };
                    sheet.write_with_format(row, column, number, &format)?;
                }
                None => {
                    sheet.write_with_format(row, column, &*cell.shown, format)?;
                }
            }
        }
        Value::Date(date) if date.day.is_some() && spec.is_none_or(|s| s.kind == Some(Kind::Date)) => {
            let day = date.day.unwrap_or(1) as u8;
            let moment = ExcelDateTime::from_ymd(date.year as u16, date.month as u8, day)?;
            let format = if spec.is_none() { &format.clone().set_num_format("yyyy-mm-dd") } else { format };
            sheet.write_with_format(row, column, &moment, format)?;
        }
        _ => {
            sheet.write_with_format(row, column, &*cell.shown, format)?;
        }
    }
    Ok(())
}
