//! Why two quantities cannot be put together.

use thiserror::Error;

/// The text is for the user, without a final 。
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// 件 and 人次, 元 and 件.
    #[error("单位不同：一个以{left}计，另一个以{right}计，不能{act}")]
    Units {
        /// What was tried, in Chinese: 相加.
        act: &'static str,
        /// Unit of the first.
        left: String,
        /// Unit of the second.
        right: String,
    },
    /// A share and a plain number.
    #[error("{left}与{right}不能{act}")]
    Kinds {
        /// What was tried, in Chinese: 相加.
        act: &'static str,
        /// Kind of the first, in Chinese.
        left: &'static str,
        /// Kind of the second, in Chinese.
        right: &'static str,
    },
    /// What no such calculation makes sense for: rank + rank.
    #[error("{what}不能{act}")]
    Senseless {
        /// What was tried, in Chinese.
        act: &'static str,
        /// With what, in Chinese.
        what: &'static str,
    },
    /// A division by 0.
    #[error("除数为0，算不出来")]
    Zero,
    /// Beyond what a decimal holds exactly.
    #[error("数值过大，超出可精确计算的范围")]
    TooLarge,
}

impl QuantityError {
    /// What the user can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            QuantityError::Units { .. } => {
                "核对两个数的单位；确实要合在一起算的，写明按什么单位算，如 {{ 甲 | 作(\"件\") }}"
            }
            QuantityError::Kinds { act: "比较", .. } => "百分数要和百分数比：把数写成带引号的百分数，如 大于=\"10%\"",
            QuantityError::Kinds { left, right, .. } if ![left, right].contains(&&"百分数") => {
                "这两种数不能放在一起算，核对算式；年份只加减年数，名次只加减位数"
            }
            QuantityError::Kinds { .. } => "核对数据，两个数都写成百分数，如78.3%；固定的百分数带引号写，如 \"100%\"",
            QuantityError::Senseless { .. } => "核对算式，用得着的函数见 docs/figure-language.zh-CN.md",
            QuantityError::Zero => "先用 {% if %} 判断除数是否为0，或者核对数据",
            QuantityError::TooLarge => "检查有没有多填了位数的单元格",
        }
    }
}
