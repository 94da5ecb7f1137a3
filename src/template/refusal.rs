//! Why a function or an operation refuses what it is given.

use std::sync::Arc;

use minijinja::{Error, ErrorKind};

use crate::diagnostic::Origin;

/// What kind of refusal it is; it decides the code of the message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Fault {
    /// A function refuses its arguments.
    #[default]
    Refused,
    /// An operation that cannot be done.
    Operation,
    /// A limit of time or memory.
    Limit,
    /// A name that nothing knows.
    Undefined,
    /// There is nothing to say: an empty list, a share of nothing, a number that is none.
    Nothing,
    /// Something that is not filled in is needed to go on.
    Missing { name: Arc<str>, origin: Option<Origin> },
}

/// Why a function refuses its arguments, in the user's words.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct FunctionError {
    pub message: String,
    pub help: String,
    /// Cells that are to blame, with what they hold.
    pub cells: Vec<(Origin, String)>,
    pub fault: Fault,
}

impl FunctionError {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        FunctionError { message: message.into(), help: help.into(), cells: Vec::new(), fault: Fault::Refused }
    }

    /// A limit that is reached ends the rendering.
    pub fn limit(message: &str, help: &str) -> Self {
        FunctionError { fault: Fault::Limit, ..FunctionError::new(message, help) }
    }

    pub fn undefined() -> Self {
        let told = FunctionError::new("这里用到的名称没有值", "名称要与数据中的指标名、表名、列名完全一致");
        FunctionError { fault: Fault::Undefined, ..told }
    }

    pub fn missing(name: Arc<str>, origin: Option<Origin>) -> Self {
        let told = FunctionError::new(format!("缺少“{name}”"), "在数据中填写，没有的写“无”");
        FunctionError { fault: Fault::Missing { name, origin }, ..told }
    }

    /// An operation of the template, not one of its functions.
    pub fn of_operation(self) -> Self {
        FunctionError { fault: Fault::Operation, ..self }
    }

    /// Whether a limit of time or memory was reached.
    pub fn is_limit(&self) -> bool {
        self.fault == Fault::Limit
    }

    /// There is nothing to say; a clause vanishes for it.
    pub fn of_nothing(self) -> Self {
        FunctionError { fault: Fault::Nothing, ..self }
    }
}

impl From<FunctionError> for Error {
    fn from(err: FunctionError) -> Error {
        Error::new(ErrorKind::InvalidOperation, err.message.clone()).with_source(err)
    }
}
