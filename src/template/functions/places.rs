//! Functions that weigh the records of a table: 平均, 最大, 最小, 排序, 排名, 名次, 位次.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::{count, refused};
use super::tables::numbers;
use super::{FunctionError, add_filter, add_function, derived, missing};
use crate::template::log::note;
use crate::template::records::{Record, Records, TableMissing};
use crate::wording::{self, Amount, Rank, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_function(env, "平均", mean);
    add_function(env, "最大", |given| extreme("最大", given, wording::largest));
    add_function(env, "最小", |given| extreme("最小", given, wording::smallest));
    add_function(env, "排名", |given| place("排名", given, |rank| rank.phrase().into()));
    add_function(env, "名次", |given| place("名次", given, |rank| rank.place.into()));
    add_function(env, "位次", rank_change);
    add_filter(env, "排序", sort);
}

/// A column as figures, an absent one for each record without a number.
struct Column {
    records: Records,
    amounts: Vec<Amount>,
    unit: Option<Arc<str>>,
}

/// The column that arguments 0 and 1 name; `Err` is a missing value to be passed on.
fn column(function: &'static str, args: &Args) -> Result<Result<Column, Jinja>, Error> {
    if let Some(missing) = args.missing(&[0]) {
        return Ok(Err(missing));
    }
    let Some(records) = args.records(0)? else {
        return Ok(Err(args.absent_column(0, 1)?));
    };
    let name = args.column(1, &records)?;
    let mut amounts = vec![Amount::Absent; records.len()];
    match numbers(function, &records, &name)? {
        Ok(numbers) => {
            for (index, number) in numbers {
                amounts[index] = Amount::Value(number);
            }
        }
        Err(missing) => return Ok(Err(missing)),
    }
    let unit = records.unit(&name);
    Ok(Ok(Column { records, amounts, unit }))
}

/// The refusal, an empty column said in the table's words.
fn refuse(function: &str, args: &Args, records: &Records, err: WordingError) -> Error {
    if err == WordingError::EmptyList {
        let message = format!("{function}：表“{}”里没有可算的数", records.name);
        return FunctionError::new(message, "先用 {% if %} 判断表里有没有记录").into();
    }
    refused(args, &[], &err).into()
}

/// In a draft a table may still be empty.
fn in_a_draft() -> bool {
    note(|log| log.draft)
}

/// 平均(表, "列", 位数=1)
fn mean(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("平均", &["表", "列", "位数"], 2, given)?;
    let column = match column("平均", &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let digits = count(args.digits(2, 1)?);
    match digits.and_then(|digits| wording::mean(&column.amounts, digits)) {
        Ok(mean) => Ok(derived(mean, column.unit)),
        Err(WordingError::EmptyList) if in_a_draft() => Ok(args.absent_column(0, 1)?),
        Err(err) => Err(refuse("平均", &args, &column.records, err)),
    }
}

/// 最大(表, "列"), 最小(表, "列"): the record.
fn extreme(
    function: &'static str,
    given: &[Jinja],
    find: fn(&[Amount]) -> Result<usize, WordingError>,
) -> Result<Jinja, Error> {
    let args = Args::new(function, &["表", "列"], 2, given)?;
    let column = match column(function, &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let index = match find(&column.amounts) {
        Err(WordingError::EmptyList) if in_a_draft() => return Ok(args.absent_column(0, 1)?),
        found => found.map_err(|err| refuse(function, &args, &column.records, err))?,
    };
    Ok(column.records.record(index).map(Jinja::from_object).unwrap_or_default())
}

/// 排名(表, "列", 记录, 升序=false), 名次 alike.
fn place(function: &'static str, given: &[Jinja], say: fn(Rank) -> Jinja) -> Result<Jinja, Error> {
    let args = Args::new(function, &["表", "列", "记录", "升序"], 2, given)?;
    if let Some(missing) = args.missing(&[2]) {
        return Ok(missing);
    }
    let column = match column(function, &args)? {
        Ok(column) => column,
        Err(missing) => return Ok(missing),
    };
    let index = position(function, &args, &column.records)?;
    let rank = wording::rank(&column.amounts, index, args.flag(3));
    rank.map(say).map_err(|err| refuse(function, &args, &column.records, err))
}

/// Which record of the table is meant: a record, its name, or the one the report is about.
fn position(function: &str, args: &Args, records: &Records) -> Result<usize, Error> {
    let wanted = args.value(2);
    let all = || (0..records.len()).filter_map(|i| Some((i, records.record(i)?)));
    let own = wanted.downcast_object_ref::<Record>();
    if let Some(index) = own.and_then(|own| records.index_of(own)) {
        return Ok(index);
    }
    let name = match own {
        Some(own) => own.row_name(),
        None => wanted.as_str().map(str::to_owned).or_else(|| records.subject_name()),
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

/// 位次(新, 旧)
fn rank_change(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("位次", &["新", "旧"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let place = |at: usize| {
        let found = u32::try_from(args.value(at)).ok().filter(|place| *place > 0);
        found.map(|place| Rank { place, tied: false, of: 0 }).ok_or_else(|| args.wrong(at, "名次（1以上的整数）"))
    };
    Ok(Jinja::from(wording::rank_change(place(0)?, place(1)?)))
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
    let mut rows: Vec<(usize, Jinja)> =
        (0..records.len()).map(|i| (i, records.record(i).and_then(|r| r.read(&name)).unwrap_or_default())).collect();
    let class =
        |value: &Jinja| u8::from(value.is_none()) + 2 * u8::from(value.is_undefined() || missing(value).is_some());
    rows.sort_by(|(_, a), (_, b)| {
        class(a).cmp(&class(b)).then_with(|| match class(a) {
            0 if falling => b.cmp(a),
            0 => a.cmp(b),
            _ => Ordering::Equal,
        })
    });
    Ok(Jinja::from_object(records.select(rows.into_iter().map(|(index, _)| index))))
}
