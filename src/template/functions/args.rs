//! Arguments by position or by their Chinese name, with the mistakes named.

use minijinja::Value as Jinja;
use minijinja::value::{Kwargs, ValueKind};

use super::FunctionError;
use crate::diagnostic::nearest;
use crate::quantity::Quantity;
use crate::template::absent::TableMissing;
use crate::template::datum::{is_absent, key, quantity, text};
use crate::template::describe::describe;
use crate::template::records::Records;
use crate::template::session::note;
use crate::template::years;

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
            let unknown = note(|session| session.unknown.back().cloned());
            let (name, known) = unknown.map(|(name, known)| (name, known.names())).unwrap_or_default();
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

    /// Puts another value in the place of an argument.
    pub fn set(&mut self, at: usize, value: Jinja) {
        self.values[at] = Some(value);
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
            Some(v) => match text(v) {
                Some(text) => Ok(text.to_string()),
                None if quantity(v).is_some() => Ok(v.to_string()),
                None => Err(self.wrong(at, "文字")),
            },
        }
    }

    pub fn digits(&self, at: usize, default: i64) -> Result<i64, FunctionError> {
        match &self.values[at] {
            None => Ok(default),
            Some(v) => i64::try_from(key(v)).map_err(|_| self.wrong(at, "整数")),
        }
    }

    pub fn flag(&self, at: usize) -> bool {
        self.values[at].as_ref().is_some_and(Jinja::is_true)
    }

    /// A figure; `None` where it is filled in as none. What is missing was passed on before.
    pub fn figure(&self, at: usize) -> Result<Option<Quantity>, FunctionError> {
        let value = self.value(at);
        if is_absent(&value) {
            return Ok(None);
        }
        quantity(&value).map(Some).ok_or_else(|| self.wrong(at, "数").with_value(&value))
    }

    /// Last year's value of an argument, where the one it is compared with is not given.
    pub fn or_last_year(&mut self, new: usize, old: usize) -> Result<(), minijinja::Error> {
        if self.values[old].is_none() {
            self.values[old] = Some(years::moved(&self.value(new), -1)?);
        }
        Ok(())
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
        Ok(crate::template::datum::missing(format!("{name}.{}", self.text(column, "")?), None))
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

fn usage(function: &str, parameters: &[&str]) -> String {
    format!("写法：{function}({})", parameters.join(", "))
}
