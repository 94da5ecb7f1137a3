//! What a comparison is made with where the template names one figure only: of a part its whole, of
//! what is done its task, and the day up to which the data go.

use std::sync::Arc;

use minijinja::{Error, Value as Jinja};

use super::FunctionError;
use super::args::Args;
use super::tables::numbers;
use crate::template::datum::{Datum, From, What, datum, key};
use crate::template::records::{InRecord, Record};
use crate::template::scope::InScope;
use crate::template::session::note;
use crate::wording::{Elapsed, WordingError};

/// How the task is called that stands beside what is done: 培训场次任务, or a column 任务.
const TASKS: [&str; 6] = ["任务", "目标", "计划", "年度任务", "年度目标", "年度计划"];

/// The second argument of 占比, 完成率 and 序时进度, where it is not given.
pub fn second(args: &mut Args) -> Result<(), Error> {
    if args.given(1) || args.missing(&[0]).is_some() {
        return Ok(());
    }
    let value = args.value(0);
    let own = datum(&value);
    let found = if let Some(InRecord { record, column }) = own.and_then(Datum::place) {
        let task = || TASKS.iter().flat_map(|task| [format!("{column}{task}"), (*task).to_owned()]);
        match args.function {
            "占比" => whole(args.function, record, column)?,
            _ => task().find_map(|name| record.read(&name)),
        }
    } else if let Some(InScope { scope, key }) = own.and_then(Datum::place).filter(|_| args.function != "占比") {
        let task = || TASKS.iter().flat_map(|task| [format!("{key}{task}"), format!("{key}.{task}")]);
        task().find_map(|name| scope.find(&name))
    } else {
        None
    };
    let help = if args.function == "占比" {
        "写成 占比(部分, 全体)；表里的一个数可以只写一个，如 镇.接待 | 占比，就是占这一列合计的比重"
    } else {
        "写成 完成率(完成, 任务)；任务填在“任务”一列，或者指标“某某任务”里的，可以只写一个数"
    };
    let told = || FunctionError::new(format!("{}少了与它相比的数", args.function), help);
    args.set(1, found.ok_or_else(told)?);
    Ok(())
}

/// The day up to which the data go, where none is given.
pub fn until(args: &mut Args, at: usize) {
    if !args.given(at) {
        let top = note(|session| session.top.clone()).unwrap_or_default();
        let day = top.get_attr("截至日期").ok().filter(|day| !day.is_undefined());
        args.set(at, day.unwrap_or_else(|| crate::template::datum::missing("截至日期", None)));
    }
}

/// The sum of a column in the table of a record.
fn whole(function: &'static str, record: &Record, column: &str) -> Result<Option<Jinja>, Error> {
    let all = record.of.whole();
    Ok(Some(match numbers(function, &all, column)? {
        Ok(found) => {
            let from = From::Columns(Arc::from([all.column_read(column)]));
            Datum { from, ..Datum::number(found.quantity(found.sum)) }.value()
        }
        Err(missing) => missing,
    }))
}

/// How much of the year is over: so many months, or up to a day.
pub fn elapsed(args: &Args, at: usize) -> Result<Elapsed, WordingError> {
    let until = args.value(at);
    let is_day = datum(&until).is_some_and(|own| matches!(own.what, What::Day(_)));
    match u32::try_from(key(&until)).ok().filter(|_| !is_day) {
        Some(months) => Ok(Elapsed::Months(months)),
        None => super::phrases::date(&until).map(Elapsed::up_to),
    }
}
