//! What packs would else write as ladders of conditions: 进展, 最多, 最少, 名单.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::builtin::length;
use super::items::with_unit;
use super::phrases::phrase;
use super::tables::numbers;
use super::{FunctionError, add_figure, add_filter, missing};
use crate::quantity::Quantity;
use crate::template::absent::TableMissing;
use crate::template::datum::{Datum, From, What, datum, is_absent, quantity, text};
use crate::template::records::Records;
use crate::template::session::{READING, charge, charge_text};
use crate::wording::{self, Amount, Ladder};

pub fn register(env: &mut Environment<'static>) {
    add_figure(env, "进展", progress);
    add_figure(env, "最多", |given| extreme("最多", given, Ordering::Greater));
    add_figure(env, "最少", |given| extreme("最少", given, Ordering::Less));
    add_filter(env, "名单", named);
    add_figure(env, "列前", first_of);
}

/// How many there are: of a table its records, else the number itself.
fn count(args: &mut Args, at: usize) -> Result<(), Error> {
    let value = args.value(at);
    if value.downcast_object_ref::<Records>().is_some() || value.len() == Some(0) {
        args.set(at, length(&[value])?);
    } else if value.downcast_object_ref::<TableMissing>().is_some() {
        args.set(at, Datum::number(Quantity::plain(0.into())).value());
    }
    Ok(())
}

/// 进展(完成, 全部, "办结", 单位="", 率="", 未="未办结"): both numbers, or both records.
fn progress(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("进展", &["完成", "全部", "说法", "单位", "率", "未"], 3, given)?;
    let counted = args.value(0).downcast_object_ref::<Records>().is_some();
    count(&mut args, 0)?;
    count(&mut args, 1)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (part, whole) = (args.figure(0)?, args.figure(1)?);
    let own = [&part, &whole].into_iter().flatten().map(Quantity::spoken_unit).find(|unit| !unit.is_empty());
    let unit = args.text(3, if counted { "个" } else { own.as_deref().unwrap_or_default() })?;
    let verb = args.text(2, "")?;
    let (rate, none) = (args.text(4, "")?, args.text(5, &format!("未{verb}"))?);
    let amount = |figure: &Option<Quantity>| match figure {
        Some(figure) => Amount::Value(figure.spoken_in(&unit).unwrap_or_else(|| figure.spoken_number())),
        None => Amount::Absent,
    };
    let ladder = Ladder { verb: &verb, unit: &unit, rate: &rate, none: &none };
    let said = phrase(&args, &[0, 1], wording::progress_of(amount(&part), amount(&whole), ladder))?;
    let from = From::Values(Arc::from([args.value(0), args.value(1)]));
    Ok(Datum { from, ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

/// 最多(表, "列", 量词="个", 前缀="最多的", 词="为", 单位="", 个数=3), 最少 alike. Where all are equal
/// there is no most and no least.
fn extreme(function: &'static str, given: &[Jinja], better: Ordering) -> Result<Jinja, Error> {
    let args = Args::new(function, &["表", "列", "量词", "前缀", "词", "单位", "个数"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(records) = args.records(0)? else { return Ok(args.absent_column(0, 1)?) };
    let column = args.column(1, &records)?;
    let found = match numbers(function, &records, &column)? {
        Ok(found) => found,
        Err(missing) => return Ok(missing),
    };
    let best = found.values.iter().map(|(_, value)| *value).reduce(|a, b| if b.cmp(&a) == better { b } else { a });
    let Some(best) = best.filter(|best| found.values.iter().any(|(_, value)| value != best)) else {
        let told = format!("{function}：表“{}”的“{column}”都一样，或者只有一个", records.name);
        return Err(FunctionError::new(told, "把这一句写进 [[ ]]，没有高低时略去").of_nothing().into());
    };
    let rows: Vec<usize> = found.values.iter().filter(|(_, v)| *v == best).map(|(row, _)| *row as usize).collect();
    let names: Vec<String> = rows.iter().map(|row| name_of(&records, *row)).collect();
    let most = usize::try_from(args.digits(6, 3)?).map_err(|_| args.wrong(6, "0以上的整数"))?;
    let lead = args.text(3, &format!("{function}的"))?;
    let best = found.quantity(best);
    let value = match args.text(4, "为")?.as_str() {
        "增长" => wording::growth(Amount::Value(best.number), "", 1)
            .map_err(|err| super::phrases::refused(&args, &[], &err))?,
        word => format!("{word}{}", with_unit(&best, &args.text(5, "")?)),
    };
    let said = phrase(&args, &[], wording::extreme_of(&names, &lead, most, &args.text(2, "个")?, &value))?;
    let cells = rows.iter().filter_map(|row| records.record(*row)?.read(&column)).collect();
    let from = From::Compared(cells, Arc::from([records.column_read(&column)]));
    Ok(Datum { from, ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

fn name_of(records: &Records, row: usize) -> String {
    records.record(row).and_then(|record| record.row_name()).unwrap_or_default()
}

/// 表 | 名单("列", 前="", 后="", 括号=true): each record by its name, with what the column says of it:
/// 甲镇（因征地滞后）、乙镇; without brackets 甲镇3个、乙镇2个.
fn named(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("名单", &["表", "列", "前", "后", "括号"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(records) = args.records(0)? else {
        return Err(super::phrases::refused(&args, &[], &wording::WordingError::EmptyList).into());
    };
    let column = args.column(1, &records)?;
    let (before, after, brackets) = (args.text(2, "")?, args.text(3, "")?, !args.given(4) || args.flag(4));
    charge(records.len() * READING)?;
    let mut items = Vec::new();
    for (row, record) in records.all() {
        let name = name_of(&records, row);
        let value = record.read(&column).unwrap_or_default();
        let gone = missing(&value).is_some() || is_absent(&value);
        match (gone, brackets) {
            (true, true) => items.push(name),
            // A number that is not known may not be left out of what adds up.
            (true, false) if missing(&value).is_some() => return Ok(value),
            (true, false) => {}
            (false, true) => items.push(format!("{name}（{before}{}{after}）", said(&value, &before, &after))),
            (false, false) => items.push(format!("{name}{before}{}{after}", said(&value, &before, &after))),
        }
        charge_text(items.last().map_or(0, String::len))?;
    }
    let text = phrase(&args, &[], wording::join(&items, ""))?;
    let name = records.data().and_then(|table| table.columns.get(table.name_column().unwrap_or(0)));
    let read = name.map(|name| name.name.to_string()).into_iter().chain([column]);
    let from = From::Columns(read.map(|column| records.column_read(&column)).collect());
    Ok(Datum { from, ..Datum::text(text.as_str().unwrap_or_default()) }.value())
}

/// What a cell says in a list: a number with its unit, unless what stands behind begins with it; a text without the
/// marks at its end and without a lead that is there already.
fn said(value: &Jinja, lead: &str, after: &str) -> String {
    if let Some(number) = quantity(value) {
        let said = with_unit(&number, "");
        let unit = said.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        let doubled = !unit.is_empty() && after.starts_with(unit);
        return if doubled { said[..said.len() - unit.len()].to_owned() } else { said };
    }
    if let Some(Datum { what: What::Day(date), .. }) = datum(value) {
        return wording::deadline(*date);
    }
    let text = text(value).unwrap_or_else(|| super::items::printed(value).into());
    let bare = text.trim().trim_end_matches(['。', '；', '，']);
    bare.strip_prefix(lead).unwrap_or(bare).to_owned()
}

/// 列前(表, "列", 个数=3, 升序=false): 云溪镇、石桥镇、柳湾镇列前三位.
fn first_of(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("列前", &["表", "列", "个数", "升序"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(records) = args.records(0)? else { return Ok(args.absent_column(0, 1)?) };
    let column = args.column(1, &records)?;
    let found = match numbers("列前", &records, &column)? {
        Ok(found) => found,
        Err(missing) => return Ok(missing),
    };
    let most = usize::try_from(args.digits(2, 3)?).ok().filter(|most| *most > 0);
    let most = most.ok_or_else(|| args.wrong(2, "1以上的整数"))?;
    charge(found.values.len())?;
    let mut values = found.values.clone();
    values.sort_by(|a, b| if args.flag(3) { a.1.cmp(&b.1) } else { b.1.cmp(&a.1) });
    // Who has as much as the last of them is one of them.
    let last = values.get(most.min(values.len()).saturating_sub(1)).map(|(_, value)| *value);
    let kept = values.iter().enumerate().take_while(|(at, (_, value))| *at < most || Some(*value) == last);
    let names: Vec<String> = kept.map(|(_, (row, _))| name_of(&records, *row as usize)).collect();
    let names = phrase(&args, &[], wording::join(&names, ""))?;
    let many = if most == 2 { "两".to_owned() } else { crate::vocabulary::numeral::han(most as u64) };
    let from = From::Columns(Arc::from([records.column_read(&column)]));
    Ok(Datum { from, ..Datum::text(format!("{}列前{many}位", names.as_str().unwrap_or_default())) }.value())
}
