//! Functions over tables: 合计, 筛选, 取.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::{FunctionError, add_figure, add_filter, missing};
use crate::template::absent::TableMissing;
use crate::template::columns::Numbers;
use crate::template::datum::{Call, Datum, From, datum, is_absent, quantity, text};
use crate::template::numbers::{known_numbers, known_rows, numbers_of};
use crate::template::operators::{holds, matches};
use crate::template::records::{Record, Records};
use crate::template::session::{READING, charge};
use crate::template::values::Values;

pub fn register(env: &mut Environment<'static>) {
    add_figure(env, "合计", total);
    add_filter(env, "筛选", filter);
    add_filter(env, "取", column);
}

/// The numbers of a column in one unit; none counts as nothing. `Err(value)` is a missing value
/// to be passed on.
pub fn numbers(function: &str, records: &Records, column: &str) -> Result<Result<Arc<Numbers>, Jinja>, FunctionError> {
    if let Some(numbers) = known_numbers(records, column) {
        charge(8)?;
        return Ok(Ok(numbers));
    }
    charge(records.len())?;
    let found = numbers_of(records, column)
        .map_err(|err| FunctionError { message: format!("{function}：{}", err.message), ..err });
    Ok(found?.map(Arc::new))
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
    let from = From::Columns(Arc::from([records.column_read(&column)]));
    Ok(Datum { from, ..Datum::number(numbers.quantity(numbers.sum)) }.value())
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
    let kept = |rows: Vec<usize>| {
        let by: (Call, &[Jinja]) = (filter, given);
        let beside = (3..=6).filter_map(|at| text(&args.value(at))).filter(|name| records.knows(name));
        let picked = records.select(rows, by).tested_by(&records, &column);
        Ok(Jinja::from_object(beside.fold(picked, |picked, name| picked.tested_by(&records, &name))))
    };
    // A value alone is looked up; bounds are asked of each record.
    if (3..7).all(|at| !args.given(at))
        && let Some(text) = text(&wanted)
        && quantity(&wanted).is_none()
        && let Some(rows) = known_rows(&records, &column, &text)
    {
        charge(rows.len() + 8)?;
        return kept(rows);
    }
    charge(records.len() * READING)?;
    let several: Option<Vec<Jinja>> = match wanted.kind() {
        minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable => Some(args.list(2)?),
        _ => None,
    };
    let mut rows = Vec::new();
    for (i, record) in records.all() {
        let Some(value) = record.read(&column) else { continue };
        let equal = match &several {
            Some(list) => list.iter().map(|w| matches(&value, w)).collect::<Result<Vec<_>, _>>()?.contains(&true),
            None => !args.given(2) || matches(&value, &wanted)?,
        };
        if equal && within(&args, &column, &record, &value)? {
            rows.push(i);
        }
    }
    kept(rows)
}

/// A bound: what is written, or where that names another column (小于="计划") or last year (小于="上年"),
/// what stands there for the same record.
fn beside(bound: &Jinja, column: &str, record: &Record) -> Result<Jinja, Error> {
    match text(bound).filter(|_| quantity(bound).is_none()) {
        Some(name) if &*name == "上年" => {
            let own = record.read(column).unwrap_or_default();
            crate::template::years::moved(&own, -1)
        }
        Some(name) => Ok(record.read(&name).unwrap_or_else(|| bound.clone())),
        None => Ok(bound.clone()),
    }
}

/// Whether a value keeps the bounds that were given.
fn within(args: &Args, column: &str, record: &Record, value: &Jinja) -> Result<bool, Error> {
    for at in (3..=6).filter(|at| args.given(*at)) {
        if is_absent(value) || value.is_undefined() || missing(value).is_some() {
            return Ok(false);
        }
        let bound = beside(&args.value(at), column, record)?;
        if missing(&bound).is_some() || is_absent(&bound) {
            return Ok(false);
        }
        let comparable =
            quantity(value).is_some() || datum(value).is_some_and(|own| !own.is_missing() && text(value).is_none());
        if !comparable {
            return Err(FunctionError::new(
                format!("筛选：{}的“{column}”是“{value}”，不能比大小", record.label()),
                "只有数和日期可以比大小；没有的填“无”",
            )
            .with_value(value)
            .into());
        }
        if quantity(value).is_some() && quantity(&bound).is_none() {
            return Err(args.wrong(at, "数或者日期").into());
        }
        let op = ["", "", "", ">", "<", ">=", "<="][at];
        if !holds(op, value, &bound)? {
            return Ok(false);
        }
    }
    Ok(true)
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
