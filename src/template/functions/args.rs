//! Arguments by position or by their Chinese name, with the mistakes named.

use minijinja::Value as Jinja;
use minijinja::value::{Kwargs, ValueKind};

use super::FunctionError;
use crate::dataset::Number;
use crate::diagnostic::nearest;
use crate::template::log::note;
use crate::template::records::{Record, Records, TableMissing, Values};
use crate::template::value::{Missing, jinja_to_decimal};
use crate::wording::Amount;

/// The arguments of one call, in the order of the function's parameters.
pub struct Args {
    pub function: &'static str,
    parameters: &'static [&'static str],
    values: Vec<Option<Jinja>>,
}

impl Args {
    /// Sorts what was written into the parameters of `function`; the first `required` must be there.
    pub fn new(
        function: &'static str,
        parameters: &'static [&'static str],
        required: usize,
        given: &[Jinja],
    ) -> Result<Args, FunctionError> {
        let (positional, named) = match given.split_last() {
            Some((last, rest)) if last.is_kwargs() => (rest, Kwargs::try_from(last.clone()).ok()),
            _ => (given, None),
        };
        if positional.len() > parameters.len() {
            return Err(FunctionError::new(
                format!("{function}最多要{}个参数，给了{}个", parameters.len(), positional.len()),
                usage(function, parameters),
            ));
        }
        let mut values: Vec<Option<Jinja>> = positional.iter().cloned().map(Some).collect();
        values.resize(parameters.len(), None);
        for name in named.iter().flat_map(|n| n.args()) {
            let Some(at) = parameters.iter().position(|p| *p == name) else {
                let near = nearest(name, parameters.iter().copied()).map(|n| format!("是不是“{n}”？"));
                return Err(FunctionError::new(
                    format!("{function}没有“{name}”这个参数"),
                    near.unwrap_or_else(|| usage(function, parameters)),
                ));
            };
            values[at] = named.as_ref().and_then(|n| n.peek(name).ok());
        }
        for (i, parameter) in parameters.iter().enumerate().take(required) {
            if values[i].is_none() {
                return Err(FunctionError::new(
                    format!("{function}少了参数“{parameter}”"),
                    usage(function, parameters),
                ));
            }
        }
        if let Some(at) = values.iter().position(|v| v.as_ref().is_some_and(|v| v.is_undefined())) {
            let unknown = note(|log| log.unknown.iter().rfind(|(name, _)| !is_function(name)).cloned());
            let (name, known) = unknown.unwrap_or_default();
            let near = nearest(&name, known.iter().map(|k| &**k)).map(|n| format!("是不是“{n}”？"));
            return Err(FunctionError::new(
                format!("{function}的参数“{}”用到的“{name}”不存在", parameters[at]),
                near.unwrap_or_else(|| "名称要与数据中的指标名、表名、列名完全一致".into()),
            ));
        }
        Ok(Args { function, parameters, values })
    }

    pub fn value(&self, at: usize) -> Jinja {
        self.values[at].clone().unwrap_or_default()
    }

    pub fn given(&self, at: usize) -> bool {
        self.values[at].is_some()
    }

    /// The first of these arguments that is missing.
    pub fn missing(&self, at: &[usize]) -> Option<Jinja> {
        at.iter().find_map(|i| super::missing(&self.value(*i)))
    }

    /// Text; a number is taken as its text.
    pub fn text(&self, at: usize, default: &str) -> Result<String, FunctionError> {
        match &self.values[at] {
            None => Ok(default.to_string()),
            Some(v) => match v.as_str() {
                Some(text) => Ok(text.to_string()),
                None if v.is_number() => Ok(v.to_string()),
                None => Err(self.wrong(at, "文字")),
            },
        }
    }

    pub fn digits(&self, at: usize, default: i64) -> Result<i64, FunctionError> {
        match &self.values[at] {
            None => Ok(default),
            Some(v) => i64::try_from(v.clone()).map_err(|_| self.wrong(at, "整数")),
        }
    }

    pub fn flag(&self, at: usize) -> bool {
        self.values[at].as_ref().is_some_and(Jinja::is_true)
    }

    /// A figure: missing, none or a number; whether it is a percentage is known from its cell.
    pub fn amount(&self, at: usize) -> Result<Amount, FunctionError> {
        amount(&self.value(at)).ok_or_else(|| self.wrong(at, "数").with_value(&self.value(at)))
    }

    /// A figure that is compared: where the data give it the unit %, it is a percentage.
    pub fn rate(&self, at: usize) -> Result<Amount, FunctionError> {
        let unit = note(|log| log.find(&self.value(at)).and_then(|e| e.unit.clone()));
        match self.amount(at)? {
            Amount::Value(n) if !n.percent && matches!(unit.as_deref(), Some("%" | "％")) => {
                let ratio = n.decimal.checked_div(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(n.decimal);
                Ok(Amount::Value(Number::percent(ratio)))
            }
            amount => Ok(amount),
        }
    }

    /// A table or a selection of it; `None` for a declared table without data.
    pub fn records(&self, at: usize) -> Result<Option<Records>, FunctionError> {
        let value = self.value(at);
        if value.downcast_object_ref::<TableMissing>().is_some() {
            return Ok(None);
        }
        if let Some(records) = value.downcast_object_ref::<Records>() {
            return Ok(Some(records.clone()));
        }
        // A slice of a table, or what 筛选 left when it left nothing.
        let listed = matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable);
        match value.try_iter().ok().filter(|_| listed).and_then(Records::of_list) {
            Some(records) => Ok(Some(records)),
            None if listed && value.len() == Some(0) => Ok(None),
            None => Err(self.wrong(at, "一张表")),
        }
    }

    /// What is missing where a declared table has no data: `乡镇.经费`.
    pub fn absent_column(&self, table: usize, column: usize) -> Result<Jinja, FunctionError> {
        let value = self.value(table);
        let absent = value.downcast_object_ref::<TableMissing>().map(|t| t.0.as_ref());
        let name = absent.or(value.downcast_object_ref::<Records>().map(|r| r.name.as_ref())).unwrap_or_default();
        Ok(crate::template::value::missing(format!("{name}.{}", self.text(column, "")?).into(), None))
    }

    /// The column named by an argument, checked against the table.
    pub fn column(&self, at: usize, records: &Records) -> Result<String, FunctionError> {
        let name = self.text(at, "")?;
        check_column(self.function, &name, records)?;
        Ok(name)
    }

    /// The items of a list; of a column, the values that are there.
    pub fn list(&self, at: usize) -> Result<Vec<Jinja>, FunctionError> {
        let value = self.value(at);
        match value.kind() {
            ValueKind::Seq | ValueKind::Iterable => {
                value.try_iter().map(|items| items.collect()).map_err(|_| self.wrong(at, "一列数据"))
            }
            _ => Err(self.wrong(at, "一列数据")),
        }
    }

    pub fn wrong(&self, at: usize, expected: &str) -> FunctionError {
        let found = describe(&self.value(at));
        FunctionError::new(
            format!("{}的参数“{}”应为{expected}，现在是{found}", self.function, self.parameters[at]),
            usage(self.function, self.parameters),
        )
    }
}

pub fn check_column(function: &str, name: &str, records: &Records) -> Result<(), FunctionError> {
    if records.knows(name) {
        return Ok(());
    }
    let columns = records.columns();
    let help = match nearest(name, columns.iter().map(|c| &**c)) {
        Some(near) => format!("是不是“{near}”？"),
        None => format!("这张表的列有：{}", columns.iter().map(|c| &**c).collect::<Vec<_>>().join("、")),
    };
    Err(FunctionError::new(format!("{function}：表“{}”没有“{name}”这一列", records.name), help))
}

fn is_function(name: &str) -> bool {
    crate::template::names::FUNCTIONS.contains(&name) || name.starts_with("__")
}

fn usage(function: &str, parameters: &[&str]) -> String {
    format!("写法：{function}({})", parameters.join(", "))
}

/// A value in the user's words.
pub fn describe(value: &Jinja) -> String {
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

/// What a value is as a figure; `None` where it is neither number nor none nor missing.
pub fn amount(value: &Jinja) -> Option<Amount> {
    if value.downcast_object_ref::<Missing>().is_some() {
        return Some(Amount::Missing);
    }
    if value.is_none() {
        return Some(Amount::Absent);
    }
    number(value).map(Amount::Value)
}

/// The exact number behind a value.
pub fn number(value: &Jinja) -> Option<Number> {
    let percent = note(|log| log.find(value).and_then(|e| e.number).map(|n| n.percent)).unwrap_or(false);
    jinja_to_decimal(value).map(|decimal| Number { decimal, percent })
}
