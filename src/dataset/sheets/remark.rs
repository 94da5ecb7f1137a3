//! What can be said about a cell; a thousand equal slips of a column are one message.

use std::collections::BTreeMap;

use crate::dataset::scalar::Guess;
use crate::diagnostic::{Code, Diagnostic, Origin, codes};
use crate::source::sheet::RawCell;

/// What can be said about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    Error,
    Uncalculated,
    Picture,
    NotADate,
    TooLarge,
    LostDigits,
    Power,
    Control,
    Spaced,
    Unseen,
    Unsigned,
    Guessed(Guess),
}

/// The first cell of a column with a remark, and the places of the others.
struct Noted {
    origin: Origin,
    subject: String,
    sample: String,
    read_as: String,
    others: Vec<Origin>,
}

/// The remarks of one sheet, by column.
#[derive(Default)]
pub struct Remarks(BTreeMap<(u32, Remark), Noted>);

/// What was found in a cell, and what it was read as.
pub struct Found<'f> {
    pub remark: Remark,
    pub sample: &'f str,
    pub read_as: &'f str,
}

impl Remarks {
    pub fn note(&mut self, raw: &RawCell, origin: Origin, found: Found<'_>, subject: &dyn Fn() -> String) {
        if let Some(noted) = self.0.get_mut(&(raw.column, found.remark)) {
            // A merged cell is read once for each of its rows.
            if *noted.others.last().unwrap_or(&noted.origin) != origin {
                noted.others.push(origin);
            }
            return;
        }
        let noted = Noted {
            origin,
            subject: subject(),
            sample: found.sample.to_string(),
            read_as: found.read_as.to_string(),
            others: Vec::new(),
        };
        self.0.insert((raw.column, found.remark), noted);
    }

    /// One message for each column and kind of remark.
    pub fn messages(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().map(|((_, remark), noted)| message(remark, noted))
    }
}

fn message(remark: Remark, noted: Noted) -> Diagnostic {
    let sample: String = noted.sample.chars().take(40).collect();
    let (code, text, help) = match remark {
        Remark::Error | Remark::Uncalculated | Remark::Picture | Remark::NotADate | Remark::TooLarge => {
            unreadable(remark, &sample)
        }
        Remark::LostDigits | Remark::Power | Remark::Unsigned => doubtful(remark, &sample, &noted.read_as),
        _ => read_anyway(remark, &sample, &noted.read_as),
    };
    let diagnostic = Diagnostic::new(code, text).at(noted.origin).and_at(noted.others);
    diagnostic.about(noted.subject).help(help)
}

type Said = (Code, String, &'static str);

/// Cells whose content is no value.
fn unreadable(remark: Remark, sample: &str) -> Said {
    match remark {
        Remark::Error => (codes::D040, format!("单元格是错误值 {sample}"), "改正公式或直接填数；确实没有就填“—”"),
        Remark::Uncalculated => {
            (codes::D041, format!("公式 {sample} 没有存下计算结果"), "用 Excel 或 WPS 打开文件，保存一次，再来生成")
        }
        Remark::Picture => (
            codes::D044,
            "单元格里是一张图片，不是文字或数".to_string(),
            "在这一格填文字或数；图片放到表外，或用模板的图片写法插入",
        ),
        Remark::NotADate => {
            (codes::D042, format!("单元格设成了日期格式，但 {sample} 不是日期"), "改填日期，或把单元格格式改为“常规”")
        }
        _ => (codes::D043, format!("数 {sample} 超出能精确计算的范围"), "检查是否多打了几位；编号请存成文本"),
    }
}

/// Cells that were read and are probably not what was meant.
fn doubtful(remark: Remark, sample: &str, read_as: &str) -> Said {
    match remark {
        Remark::LostDigits => (
            codes::D120,
            format!("{sample} 超过 15 位，Excel 只保留前 15 位，后面的已经变成 0"),
            "账号、证件号等编号，先把单元格格式设为“文本”再重新填写",
        ),
        Remark::Power => (
            codes::D126,
            format!("“{sample}”是科学记数法的写法，原来的数后几位已经丢失"),
            "从原来的工作簿重新导出：先把这一列的单元格格式设为“文本”（编号）或“数值”（数）",
        ),
        _ => (
            codes::D121,
            format!("单元格显示 {sample}，实际是负数 {read_as}，格式没有把负号显示出来"),
            "把单元格格式改成带负号的，否则报告里印出来的数没有负号",
        ),
    }
}

/// Slips that leave no doubt.
fn read_anyway(remark: Remark, sample: &str, read_as: &str) -> Said {
    let guessed = |what: &str| format!("“{sample}”是{what}，按 {read_as} 读取");
    match remark {
        Remark::Control => {
            (codes::D112, format!("文字里有 {sample} 个看不见的控制字符，已去掉"), "不用处理；若文字不对，请重新输入")
        }
        Remark::Spaced => (
            codes::D123,
            format!("“{sample}”字间有空格，按“{read_as}”读取"),
            "不用处理；要对齐可以用单元格的“分散对齐”",
        ),
        Remark::Guessed(Guess::FullWidth) => (codes::D102, guessed("全角数字"), "改成半角数字"),
        Remark::Guessed(Guess::Separators) => (codes::D102, guessed("带千分位的文字"), "改成真正的数（去掉逗号）"),
        Remark::Guessed(Guess::Blanks) => (codes::D102, guessed("数字中间有空格"), "去掉空格"),
        Remark::Guessed(Guess::Unit) => {
            (codes::D102, guessed("数后面带着单位的文字"), "单位写到表头里，单元格里只填数")
        }
        _ => (
            codes::D109,
            format!("单元格里是 {sample}，但它的格式不显示这个数，按 {sample} 读取"),
            "看不见的数也是数：不要的请清除，确实没有的填“—”",
        ),
    }
}
