//! Means, extremes, ranks and sorting: by true values, whatever they look like.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::phrases::{count, refused};
use super::tables::numbers;
use super::{FunctionError, add_figure, add_filter, missing};
use crate::quantity::{self, Kind, Quantity};
use crate::template::absent::TableMissing;
use crate::template::columns::Numbers;
use crate::template::datum::key;
use crate::template::datum::{Datum, From, What, datum, is_absent, quantity, text};
use crate::template::records::{Record, Records};
use crate::template::session::{READING, charge, note};
use crate::wording::{self, Rank, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_figure(env, "平均", mean);
    add_figure(env, "最大", |given| extreme("最大", given, Ordering::Greater));
    add_figure(env, "最小", |given| extreme("最小", given, Ordering::Less));
    add_figure(env, "排名", |given| place("排名", given, |rank| Datum::text(rank.phrase())));
    add_figure(env, "名次", |given| {
        place("名次", given, |rank| Datum::number(Quantity::of_kind(Kind::Rank, Decimal::from(rank.place))))
    });
    add_figure(env, "位次", rank_change);
    add_filter(env, "位次", rank_change);
    add_filter(env, "排序", sort);
}

/// The numbers of a column of a table.
struct Column {
    records: Records,
    name: String,
    numbers: Arc<Numbers>,
}

fn column(function: &'static str, args: &Args) -> Result<Result<Column, Jinja>, Error> {
    if let Some(missing) = args.missing(&[0]) {
        return Ok(Err(missing));
    }
    let Some(records) = args.records(0)? else {
        return Ok(Err(args.absent_column(0, 1)?));
    };
    let name = args.column(1, &records)?;
    Ok(numbers(function, &records, &name)?.map(|numbers| Column { records, name, numbers }))
}

fn refuse(function: &str, args: &Args, records: &Records, err: WordingError) -> Error {
    if err == WordingError::EmptyList {
        let message = format!("{function}：表“{}”里没有可算的数", records.name);
        return FunctionError::new(message, "把这一句写进 [[ ]]，没有记录时略去；也可以先用 {% if %} 判断")
            .of_nothing()
            .into();
    }
    refused(args, &[], &err).into()
}

/// A table without numbers: in a draft something that is still to be filled in.
fn empty(function: &str, args: &Args, records: &Records) -> Result<Jinja, Error> {
    if note(|session| session.draft && !session.clauses.inside()) {
        return Ok(args.absent_column(0, 1)?);
    }
    Err(refuse(function, args, records, WordingError::EmptyList))
}

/// 平均(表, "列", 位数=1)
fn mean(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("平均", &["表", "列", "位数"], 2, given)?;
    let column = match column("平均", &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let numbers = &column.numbers;
    if numbers.values.is_empty() {
        return empty("平均", &args, &column.records);
    }
    let digits = count(args.digits(2, 1)?);
    let (sum, parts) = (numbers.quantity(numbers.sum), Decimal::from(numbers.values.len()));
    let mean = digits.and_then(|digits| wording::mean(&sum, parts, digits));
    let mean = mean.map_err(|err| refuse("平均", &args, &column.records, err))?;
    let from = From::Columns(Arc::from([column.records.column_read(&column.name)]));
    Ok(Datum { from, ..Datum::number(mean) }.value())
}

/// 最大(表, "列"), 最小(表, "列"): the record; of equals the first.
fn extreme(function: &'static str, given: &[Jinja], better: Ordering) -> Result<Jinja, Error> {
    let args = Args::new(function, &["表", "列"], 2, given)?;
    let column = match column(function, &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let values = column.numbers.values.iter();
    let best = values.fold(None, |best: Option<(u32, Decimal)>, (row, value)| match best {
        Some((_, held)) if value.cmp(&held) != better => best,
        _ => Some((*row, *value)),
    });
    let Some((row, _)) = best else { return empty(function, &args, &column.records) };
    let found = Arc::from([column.records.column_read(&column.name)]);
    let Some(mut record) = column.records.record(row as usize) else { return Ok(Jinja::UNDEFINED) };
    record.found = Some(found);
    Ok(Jinja::from_object(record))
}

/// 排名(表, "列", 记录, 升序=false), 名次 alike.
fn place(function: &'static str, given: &[Jinja], say: fn(Rank) -> Datum) -> Result<Jinja, Error> {
    let args = Args::new(function, &["表", "列", "记录", "升序"], 2, given)?;
    if let Some(missing) = args.missing(&[2]) {
        return Ok(missing);
    }
    let column = match column(function, &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let index = position(function, &args, &column.records)?;
    let values = &column.numbers.values;
    charge(values.len() / 4)?;
    let rank = match values.binary_search_by_key(&(index as u32), |(row, _)| *row) {
        Ok(at) => wording::rank(values.iter().map(|(_, value)| *value), values[at].1, args.flag(3)),
        Err(_) => Err(WordingError::Absent(wording::Operand::Item(index))),
    };
    let rank = rank.map_err(|err| refuse(function, &args, &column.records, err))?;
    let own = column.records.record(index).and_then(|record| record.read(&column.name)).unwrap_or_default();
    let compared = Arc::from([column.records.column_read(&column.name)]);
    Ok(Datum { from: From::Compared(Arc::from([own]), compared), ..say(rank) }.value())
}

/// Which record of the table is meant: a record, its name, or the one the report is about.
fn position(function: &str, args: &Args, records: &Records) -> Result<usize, Error> {
    let wanted = args.value(2);
    let all = || records.all();
    let own = wanted.downcast_object_ref::<Record>();
    if let Some(index) = own.and_then(|own| records.index_of(own)) {
        return Ok(index);
    }
    charge(records.len() * READING)?;
    let name = match own {
        Some(own) => own.row_name(),
        None => text(&wanted).map(|text| text.to_string()).or_else(|| records.subject_name()),
    };
    let same = all().find(|(_, record)| own.is_some_and(|own| record.is_same(own)));
    let named = || all().find(|(_, record)| name.is_some() && record.row_name() == name);
    let found = same.or_else(named).map(|(index, _)| index);
    found.ok_or_else(|| {
        let what = name.map(|name| format!("“{name}”")).unwrap_or_else(|| "这条记录".to_owned());
        FunctionError::new(
            format!("{function}：表“{}”里没有{what}", records.name),
            "第三个参数应为这张表里的一条记录，或者它的名称",
        )
        .into()
    })
}

/// 位次(新, 旧, 前缀="")
fn rank_change(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("位次", &["新", "旧", "前缀"], 1, given)?;
    if args.missing(&[0]).is_none() {
        args.or_last_year(0, 1)?;
    }
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let place = |at: usize| {
        let value = args.value(at);
        let rank = quantity(&value).filter(|q| matches!(q.kind(), Kind::Rank | Kind::Amount));
        let found = rank.and_then(|q| u32::try_from(key(&Datum::number(q).value())).ok()).filter(|place| *place > 0);
        found.map(|place| Rank { place, tied: false, of: 0 }).ok_or_else(|| args.wrong(at, "名次（1以上的整数）"))
    };
    let from = From::Values(Arc::from([args.value(0), args.value(1)]));
    Ok(Datum { from, ..Datum::text(wording::compared(&args.text(2, "")?, wording::rank_change(place(0)?, place(1)?))) }
        .value())
}

/// 表 | 排序("列", 降序=false): equals keep their order; what is none or missing comes last.
fn sort(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("排序", &["表", "列", "降序"], 2, given)?;
    let table = args.value(0);
    if args.missing(&[0]).is_some() || table.downcast_object_ref::<TableMissing>().is_some() {
        return Ok(table);
    }
    let Some(records) = args.records(0)? else { return Ok(table) };
    let name = args.column(1, &records)?;
    let falling = args.flag(2);
    charge(records.len() * (READING + 5))?;
    let mut rows: Vec<(usize, Jinja)> =
        records.all().map(|(i, record)| (i, record.read(&name).unwrap_or_default())).collect();
    let class =
        |value: &Jinja| u8::from(is_absent(value)) + 2 * u8::from(value.is_undefined() || missing(value).is_some());
    rows.sort_by(|(_, a), (_, b)| {
        let order = || order(a, b);
        class(a).cmp(&class(b)).then_with(|| match class(a) {
            0 if falling => order().reverse(),
            0 => order(),
            _ => Ordering::Equal,
        })
    });
    let sorted = records.select(rows.into_iter().map(|(index, _)| index), (sort, given));
    Ok(Jinja::from_object(sorted.sorted_by(&name)))
}

/// Order of two cells: numbers by value, what is of another kind by its kind.
fn order(a: &Jinja, b: &Jinja) -> Ordering {
    let class = |value: &Jinja| match datum(value).map(|own| &own.what) {
        Some(What::Number(_)) => 0,
        Some(What::Day(_)) => 1,
        Some(What::Bool(_)) => 2,
        _ => 3,
    };
    class(a).cmp(&class(b)).then_with(|| match (quantity(a), quantity(b)) {
        (Some(x), Some(y)) => quantity::compare(&x, &y).unwrap_or_else(|_| x.number.decimal.cmp(&y.number.decimal)),
        _ => a.cmp(b),
    })
}
