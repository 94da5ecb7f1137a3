//! Functions over tables: 合计, 筛选, 取.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::{Args, number};
use super::builtin::add;
use super::{FunctionError, add_filter, add_function, derived, missing};
use crate::dataset::Number;
use crate::template::records::{Record, Records, TableMissing, Values};
use crate::template::value::Day;

pub fn register(env: &mut Environment<'static>) {
    add_function(env, "合计", total);
    add_filter(env, "筛选", filter);
    add_filter(env, "取", column);
}

/// The numbers of a column; missing cells are left out unless all are missing; none counts
/// as nothing. `Err(value)` is a missing value to be passed on.
pub fn numbers(
    function: &'static str,
    records: &Records,
    column: &str,
) -> Result<Result<Vec<(usize, Number)>, Jinja>, FunctionError> {
    if let Some(numbers) = records.facts(column).and_then(|facts| facts.numbers.clone()) {
        return Ok(Ok(numbers));
    }
    read_numbers(function, records, column)
}

/// The same cell by cell.
pub fn read_numbers(
    function: &'static str,
    records: &Records,
    column: &str,
) -> Result<Result<Vec<(usize, Number)>, Jinja>, FunctionError> {
    let mut found = Vec::new();
    for i in 0..records.len() {
        let Some(record) = records.record(i) else { continue };
        let Some(value) = record.read(column) else { continue };
        if value.is_none() {
            continue;
        }
        if let Some(missing) = missing(&value) {
            return Ok(Err(missing));
        }
        let Some(number) = number(&value) else {
            return Err(FunctionError::new(
                format!("{function}：{}的“{column}”是“{value}”，不是数", record.label()),
                "把这个单元格改成数；没有的填“无”",
            )
            .with_value(&value));
        };
        found.push((i, number));
    }
    Ok(Ok(found))
}

/// 合计(表, "列")
fn total(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("合计", &["表", "列"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(records) = args.records(0)? else {
        return Ok(args.absent_column(0, 1)?);
    };
    let column = args.column(1, &records)?;
    let numbers = match numbers("合计", &records, &column)? {
        Ok(numbers) => numbers,
        Err(missing) => return Ok(missing),
    };
    let mut sum = Decimal::ZERO;
    let mut percent = !numbers.is_empty();
    for (_, number) in &numbers {
        sum = add(sum, number.decimal)?;
        percent &= number.percent;
    }
    let sum = Number { decimal: sum, percent };
    Ok(derived(sum, records.unit(&column)))
}

/// 表 | 筛选("列", 值): records whose column equals the value (or one of a list of values);
/// or is above or below a bound: 大于=, 小于=, 至少=, 至多=. What is none or missing is not kept
/// by a bound.
fn filter(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("筛选", &["表", "列", "值", "大于", "小于", "至少", "至多"], 2, given)?;
    let table = args.value(0);
    if args.missing(&[0]).is_some() || table.downcast_object_ref::<TableMissing>().is_some() {
        return Ok(table);
    }
    if let Some(missing) = args.missing(&[2, 3, 4, 5, 6]) {
        return Ok(missing);
    }
    if !(2..=6).any(|at| args.given(at)) {
        return Err(FunctionError::new(
            "筛选没有写条件",
            "写法：表 | 筛选(\"列\", 值)，或者 筛选(\"列\", 大于=10)；也可以用 小于、至少、至多",
        )
        .into());
    }
    let Some(records) = args.records(0)? else { return Ok(table) };
    let column = args.column(1, &records)?;
    let wanted = args.value(2);
    let several: Option<Vec<Jinja>> = match wanted.kind() {
        minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable => Some(args.list(2)?),
        _ => None,
    };
    let equal = |value: &Jinja| match &several {
        Some(list) => list.iter().any(|w| same(value, w)),
        None => !args.given(2) || same(value, &wanted),
    };
    // A value alone is looked up; bounds are asked of each record.
    if (3..7).all(|at| !args.given(at))
        && let Some(text) = wanted.as_str()
        && let Some(rows) = records.facts(&column).and_then(|facts| facts.rows_with(text))
    {
        return Ok(Jinja::from_object(records.select(rows)));
    }
    let mut kept = Vec::new();
    for i in 0..records.len() {
        let Some(record) = records.record(i) else { continue };
        let Some(value) = record.read(&column) else { continue };
        if equal(&value) && within(&args, &column, &record, &value)? {
            kept.push(i);
        }
    }
    Ok(Jinja::from_object(records.select(kept)))
}

/// Whether a value keeps the bounds that were given.
fn within(args: &Args, column: &str, record: &Record, value: &Jinja) -> Result<bool, FunctionError> {
    for at in 3..=6 {
        let bound = args.value(at);
        if !args.given(at) {
            continue;
        }
        if value.is_none() || value.is_undefined() || missing(value).is_some() {
            return Ok(false);
        }
        let days = value.downcast_object_ref::<Day>().is_some() && bound.downcast_object_ref::<Day>().is_some();
        let order = match (number(value), number(&bound)) {
            (Some(value), Some(bound)) => value.decimal.cmp(&bound.decimal),
            _ if days => value.cmp(&bound),
            (None, _) => {
                return Err(FunctionError::new(
                    format!("筛选：{}的“{column}”是“{value}”，不能比大小", record.label()),
                    "只有数和日期可以比大小；没有的填“无”",
                )
                .with_value(value));
            }
            _ => return Err(args.wrong(at, "数或者日期")),
        };
        let keeps = match at {
            3 => order.is_gt(),
            4 => order.is_lt(),
            5 => order.is_ge(),
            _ => order.is_le(),
        };
        if !keeps {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Equal as values, or as texts where one side is text (a code against a number).
fn same(a: &Jinja, b: &Jinja) -> bool {
    if a == b {
        return true;
    }
    match (a.as_str(), b.as_str()) {
        (Some(a), None) if b.is_number() => a == b.to_string(),
        (None, Some(b)) if a.is_number() || a.as_object().is_some() => a.to_string() == b,
        (None, Some(b)) if a.is_none() => matches!(b, "无" | "—" | "-" | "/"),
        _ => false,
    }
}

/// 表 | 取("列"): the values of a column; in a list they print and join like any list.
fn column(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("取", &["表", "列"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(records) = args.records(0)? else { return Ok(args.value(0)) };
    let column: Arc<str> = args.column(1, &records)?.into();
    Ok(Jinja::from_object(Values { of: Arc::new(records), column }))
}
