//! Numbers into the unit that they are wanted in: that of a declaration, a header, or the column
//! 单位 of their row.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::value::{MONEY, is_of_money};
use super::{Cell, Column, Number, Table, Value, scalar};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::quantity::{Show, unit};

pub type Outcome = Result<(), Box<Diagnostic>>;

pub fn fault(code: Code, message: String, help: String) -> Outcome {
    Err(Box::new(Diagnostic::new(code, message).help(help)))
}

/// Numbers of a table that say another scale or unit than their header, or their row: 31.6万 under
/// 万人次, 5000元 under 万元. Templates write the unit behind the number themselves. What does not
/// convert stays as it is and is told by those who look for it.
pub fn table(table: &mut Table, units: &[Option<Arc<str>>], diagnostics: &mut Vec<Diagnostic>) {
    for at in 0..table.columns.len() {
        let column: &Column = &table.columns[at];
        let (own, name) = (column.unit.clone().filter(|_| !column.unit_of_sheet), column.name.clone());
        let mut told: Vec<Diagnostic> = Vec::new();
        for row in 0..table.records.len() {
            let Some(unit) = own.as_ref().or(units.get(row).and_then(Option::as_ref)) else { continue };
            if !differs(&table.records[row].cells[at], unit) {
                continue;
            }
            let label = table.row_name(&table.records[row].cells).unwrap_or_default().to_owned();
            let said = cell(&mut table.records[row].cells[at], unit);
            told.extend(said.map(|d| d.about(format!("{label} · {name}"))));
        }
        diagnostics.extend(Diagnostic::first_of(told));
    }
}

/// The cheap question: another scale or unit than this.
fn differs(cell: &Cell, unit: &Arc<str>) -> bool {
    let Some(number) = cell.number().filter(|n| !n.is_share()) else { return false };
    let other =
        cell.unit.as_ref().is_some_and(|own| own != unit && unit::same(own) != unit::same(unit) && &**own != MONEY);
    (other || number.show.shift > 0) && unit::same(unit) != "%"
}

/// One cell into the unit that stands over it or beside it.
pub fn cell(cell: &mut Cell, unit: &Arc<str>) -> Option<Diagnostic> {
    if !differs(cell, unit) {
        return None;
    }
    let mut changed = cell.clone();
    let mut said = Vec::new();
    into_unit(&mut changed, unit, &String::new, false, &mut said).ok()?;
    *cell = changed;
    said.pop().map(|d| d.at(cell.origin))
}

/// A number in another unit is converted when the data say in which unit it is.
/// `wanted` tells what belongs there.
pub fn into_unit(
    cell: &mut Cell,
    declared: &Arc<str>,
    wanted: &dyn Fn() -> String,
    unit_of_sheet: bool,
    said: &mut Vec<Diagnostic>,
) -> Outcome {
    let Some(number) = cell.number() else { return Ok(()) };
    money(cell, declared, wanted)?;
    if number.show.shift > 0 {
        return scaled(cell, number, declared, said);
    }
    let Some(own) = cell.unit.clone() else {
        cell.unit = Some(declared.clone());
        return Ok(());
    };
    if unit::same(&own) == unit::same(declared) {
        bare(cell, &own);
        cell.unit = Some(declared.clone());
        return Ok(());
    }
    match unit::conversion(&own, declared).or_else(|| unit::counted(&own, declared)) {
        Some((factor, divisor)) => {
            let Some(converted) = number.decimal.checked_mul(factor).and_then(|n| n.checked_div(divisor)) else {
                return fault(
                    codes::D043,
                    format!("“{}”超出能精确计算的范围", cell.shown),
                    "检查是否多打了几位".to_string(),
                );
            };
            let converted = converted.normalize();
            let message = match unit::counted(&own, declared) {
                Some(_) => format!("“{}”按 {converted} {declared} 读取", cell.shown),
                None => format!("{}（{own}）换算成 {converted} {declared}", cell.shown),
            };
            said.push(Diagnostic::new(codes::D113, message).help(format!("以{declared}填写可免换算")));
            cell.value = Value::Number(Number { decimal: converted, ..number });
            cell.shown = converted.to_string().into();
            cell.unit = Some(declared.clone());
            Ok(())
        }
        // “单位：万元” over the sheet is not meant for a count of people.
        None if unit_of_sheet => {
            cell.unit = Some(declared.clone());
            Ok(())
        }
        None => fault(
            codes::D065,
            format!("单位是“{own}”，应为“{declared}”，两者不能换算"),
            format!("改成以{declared}计的数，或改正单位"),
        ),
    }
}

/// ￥ says that a number is money: in the declared unit, where that is one of money.
fn money(cell: &mut Cell, declared: &Arc<str>, wanted: &dyn Fn() -> String) -> Outcome {
    let alone = cell.unit.as_deref() == Some(MONEY);
    if !alone && !scalar::is_money(&cell.shown) {
        return Ok(());
    }
    if !is_of_money(declared) {
        return fault(
            codes::D065,
            format!("“{}”带着“￥”，是钱数，应为{}", cell.shown, wanted()),
            "不是钱数的，去掉“￥”；是钱数的，核对是不是填错了位置".to_string(),
        );
    }
    if alone {
        cell.unit = Some(declared.clone());
    }
    Ok(())
}

/// A number whose format divides it: 31860 shown 3.2万元, or 3.2 by a format that does not say
/// so. Where the declared unit is of that size, the shown number is one of it; else the true
/// value counts.
fn scaled(cell: &mut Cell, number: Number, declared: &Arc<str>, said: &mut Vec<Diagnostic>) -> Outcome {
    let Show { shift, word, .. } = number.show;
    let own = cell.unit.clone().unwrap_or_default();
    let factor = unit::multiple(declared).0;
    if !own.is_empty() && unit::conversion(&own, declared).is_none() {
        return fault(
            codes::D065,
            format!("单位是“{own}”，应为“{declared}”，两者不能换算"),
            format!("改成以{declared}计的数，或改正单位"),
        );
    }
    let power = Decimal::from(10_i64.pow(u32::from(shift.min(18))));
    let same = factor == power;
    // The number counts the unit itself, whatever multiple of it a header says.
    let (size, steps) = unit::conversion(unit::multiple(&own).1, declared).unwrap_or((Decimal::ONE, factor));
    let exact = || number.decimal.checked_mul(size)?.checked_div(steps);
    let value = if word || same { exact() } else { Some(number.decimal) };
    let value = value.unwrap_or(number.decimal).normalize();
    let shown = cell.shown.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
    if word && (own.is_empty() || !same) {
        let message = format!("“{}”按 {value} {declared} 读取", cell.shown);
        said.push(Diagnostic::new(codes::D113, message).help(format!("以{declared}填写可免换算")));
    }
    cell.shown = if same { shown.into() } else { value.to_string().into() };
    cell.value = Value::Number(Number::plain(value));
    cell.unit = Some(declared.clone());
    Ok(())
}

/// The unit behind a shown number goes: templates write the declared unit themselves.
fn bare(cell: &mut Cell, unit: &Arc<str>) {
    if let Some(rest) = cell.shown.strip_suffix(&**unit) {
        cell.shown = rest.trim_end().into();
    }
}
