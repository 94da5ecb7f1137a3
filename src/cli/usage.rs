//! Help and usage mistakes in Chinese; clap's own words are English.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};
use clap_complete::Shell;

use super::args::Args;
use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes};

/// Prints what clap found wrong (or the help that was asked for) and gives the exit code.
pub fn explain(err: &Error) -> Exit {
    match err.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            super::terminal::say(in_chinese(&err.render().to_string()).trim_end());
            return Exit::Done;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            super::terminal::hint(in_chinese(&err.render().to_string()).trim_end());
            return Exit::Usage;
        }
        _ => {}
    }
    let mut wrong = Diagnostic::new(codes::U001, message(err));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().find_map(|kind| text(err, kind)) {
        wrong = wrong.help(format!("是不是“{near}”？"));
    }
    let wrong = wrong.help("运行 huibao --help 看全部命令，huibao <命令> --help 看一个命令的用法");
    super::terminal::tell(&[wrong], &SourceMap::new());
    Exit::Usage
}

fn message(err: &Error) -> String {
    let arg = text(err, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(err, ContextKind::InvalidValue).unwrap_or_default();
    match err.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(err, ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("没有“{arg}”这个选项"),
        ErrorKind::UnknownArgument => format!("多出“{arg}”，这里不用再写内容"),
        ErrorKind::MissingRequiredArgument => format!("少了 {arg}"),
        ErrorKind::MissingSubcommand => "少了命令".to_string(),
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {arg} 后面少了内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = text(err, ContextKind::ValidValue).map(|v| format!("，可以是：{v}")).unwrap_or_default();
            let expected = if valid.is_empty() { expected(&arg) } else { "" };
            let what = if arg.starts_with('-') { "选项 " } else { "" };
            format!("{what}{arg} 不能是“{value}”{valid}{expected}")
        }
        ErrorKind::ArgumentConflict if text(err, ContextKind::PriorArg).is_none_or(|prior| prior == arg) => {
            format!("{arg} 写了不止一次，只能写一次")
        }
        ErrorKind::ArgumentConflict => {
            format!("{arg} 和 {} 不能一起用", text(err, ContextKind::PriorArg).unwrap_or_default())
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{arg} 的个数不对")
        }
        ErrorKind::NoEquals => format!("选项 {arg} 要写成 {arg}=值"),
        ErrorKind::InvalidUtf8 => "参数里有不能识别的字符".to_string(),
        _ => "命令写法有误".to_string(),
    }
}

/// What a value of an option looks like, for those that are no list of words.
fn expected(arg: &str) -> &'static str {
    match arg.split_whitespace().next().unwrap_or_default() {
        "--year" => "，应为1900到2199的四位年份，如 2026",
        "--set" => "，应写成 名=值，如 培训场次=36",
        "--shard" => "，应写成 第几片/共几片，如 2/8；auto 要有集群给出的片号和片数（HUIBAO_SHARDS）",
        "--jobs" => "，应为整数，如 4",
        "--port" => "，应为0到65535的整数，如 8080",
        "--host" => "，应为IP地址，如 127.0.0.1",
        "--output" => "，应为文件名，以 .xlsx 结尾，如 核对表.xlsx",
        "--mark" => "，应为文件名，以 .xlsx 结尾（带宏的工作簿以 .xlsm 结尾），标 Word 模板的以 .docx 结尾",
        _ => "",
    }
}

fn text(err: &Error, kind: ContextKind) -> Option<String> {
    match err.get(kind)? {
        ContextValue::String(s) => Some(s.clone()),
        ContextValue::Strings(all) if all.is_empty() => None,
        ContextValue::Strings(all) => Some(all.join("、")),
        ContextValue::StyledStr(s) => Some(s.to_string()),
        ContextValue::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn in_chinese(help: &str) -> String {
    let words = [
        ("Arguments:", "参数："),
        ("Options:", "选项："),
        ("Commands:", "命令："),
        ("Usage:", "用法："),
        ("[OPTIONS]", "[选项]"),
        ("[COMMAND]", "[命令]"),
        ("[possible values: ", "[可以是："),
        ("[default: ", "[默认："),
    ];
    words.iter().fold(help.to_string(), |text, (english, chinese)| text.replace(english, chinese))
}

/// Prints the completion script for a shell.
pub fn completions(shell: Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "huibao", &mut script);
    super::terminal::say(String::from_utf8_lossy(&script).trim_end());
    Exit::Done
}
