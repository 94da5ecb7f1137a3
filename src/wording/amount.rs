//! What the functions are given, and why they may refuse it.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::dataset::{Number, Value};

/// A figure as the functions take it: missing (blank), absent (`—`, 无), or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// The cell is blank.
    Missing,
    /// The cell says that there is none.
    Absent,
    /// The cell holds a number.
    Value(Number),
}

impl Amount {
    /// The amount that a value stands for; `operand` is named where it is none.
    pub fn of(value: &Value, operand: Operand) -> Result<Self, WordingError> {
        match value {
            Value::Missing => Ok(Amount::Missing),
            Value::Absent => Ok(Amount::Absent),
            Value::Number(number) => Ok(Amount::Value(*number)),
            Value::Text(text) => Err(WordingError::NotANumber { operand, found: text.clone() }),
            Value::Bool(b) => Err(WordingError::NotANumber { operand, found: if *b { "是" } else { "否" }.into() }),
            Value::Date(_) => Err(WordingError::NotANumber { operand, found: "日期".into() }),
        }
    }

    /// The number, or the error that says why there is none.
    pub(super) fn require(self, operand: Operand) -> Result<Number, WordingError> {
        match self {
            Amount::Value(number) => Ok(number),
            Amount::Missing => Err(WordingError::Missing(operand)),
            Amount::Absent => Err(WordingError::Absent(operand)),
        }
    }
}

impl From<Number> for Amount {
    fn from(number: Number) -> Self {
        Amount::Value(number)
    }
}

/// The argument an error is about; the template stage knows which cell it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operand {
    /// The figure of this period (新).
    New,
    /// The figure of the period compared with (旧).
    Old,
    /// The part of a share (部分).
    Part,
    /// The whole of a share (全体).
    Whole,
    /// What is done (完成).
    Done,
    /// The task for the year (任务).
    Target,
    /// The only argument.
    Only,
    /// The value of a list at this index, from 0.
    Item(usize),
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::New => f.write_str("本期数"),
            Operand::Old => f.write_str("上期数"),
            Operand::Part => f.write_str("部分数"),
            Operand::Whole => f.write_str("全体数"),
            Operand::Done => f.write_str("完成数"),
            Operand::Target => f.write_str("任务数"),
            Operand::Only => f.write_str("数值"),
            Operand::Item(index) => write!(f, "第{}个值", index + 1),
        }
    }
}

/// Why a figure cannot be put into words. The text is for the user, without a final 。
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WordingError {
    /// A figure that is blank.
    #[error("缺少{0}")]
    Missing(Operand),
    /// A figure that is said not to be.
    #[error("{0}为“—”（无），不能参加计算")]
    Absent(Operand),
    /// A text where a number stands.
    #[error("{operand}“{found}”不是数字")]
    NotANumber {
        /// Which figure.
        operand: Operand,
        /// The text.
        found: Arc<str>,
    },
    /// One share, one plain number.
    #[error("百分数与一般数字不能一起计算（{0}）")]
    MixedPercent(Operand),
    /// 0.886 where a rate is expected: a ratio, or less than one percent.
    #[error("看不出{0}是百分数还是比值，应在数据里写上百分号")]
    UnclearRate(Operand),
    /// What is divided by is 0.
    #[error("{0}为0，不能作除数")]
    Zero(Operand),
    /// A figure below 0 where none can be.
    #[error("{0}为负数，这里应为零或正数")]
    Negative(Operand),
    /// 占比 of more than the whole.
    #[error("部分数大于全体数，不成其为占比")]
    PartExceedsWhole,
    /// 0 where counting begins at 1.
    #[error("{0}为0，这里应为1以上的整数")]
    NotPositive(Operand),
    /// A fraction where only whole numbers are.
    #[error("{0}不是整数，这里应为整数")]
    NotWhole(Operand),
    /// Beyond what a decimal holds exactly.
    #[error("数值过大，超出可精确计算的范围")]
    TooLarge,
    /// More decimals than are printed, or fewer than none.
    #[error("位数应为0到{max}的整数，现为{0}", max = MAX_DIGITS)]
    WrongDigits(i64),
    /// Nothing to choose from.
    #[error("列表里没有内容")]
    EmptyList,
    /// A record of another table.
    #[error("记录不在这张表里")]
    NoSuchRecord,
    /// A text that is no date.
    #[error("“{0}”不是日期，应写作2026年9月30日或2026-09-30")]
    NotADate(Arc<str>),
    /// A month where a day is needed.
    #[error("日期没有写明哪一日，应写全年、月、日")]
    NoDay,
    /// None of 元, 万元, 亿元.
    #[error("“{0}”不是金额单位，应为元、万元或亿元")]
    NotAMoneyUnit(Arc<str>),
    /// No month, or the last before the first.
    #[error("月份应为1到12，且起月不晚于止月")]
    WrongMonth,
}

/// Most decimals that may be asked for.
pub const MAX_DIGITS: u32 = 8;
