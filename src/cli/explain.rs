//! `huibao explain D060`: the entry of a code.

use super::terminal::{say, tell};
use crate::check;
use crate::diagnostic::{Code, Diagnostic, Exit, SourceMap, codes, nearest};

/// Without a code: the whole page.
pub fn run(asked: Option<&str>) -> Exit {
    let Some(asked) = asked else {
        say(check::messages_chinese().trim_end());
        return Exit::Done;
    };
    match codes::of(asked) {
        Some(code) => {
            say(check::explained(code).trim_end());
            Exit::Done
        }
        None => {
            tell(&[unknown(asked)], &SourceMap::new());
            Exit::Usage
        }
    }
}

fn unknown(asked: &str) -> Diagnostic {
    let unknown = Diagnostic::new(codes::U004, format!("没有“{asked}”这个编号"));
    match nearest(&asked.trim().to_uppercase(), codes::all().map(Code::name)) {
        Some(near) => unknown.help(format!("是不是“{near}”？")),
        None => unknown.help("编号是消息里方括号中的那几个字，如 D060、S-22；全部编号见 docs/messages.zh-CN.md"),
    }
}
