//! What a code means: for `huibao explain`, and for docs/messages.md and its Chinese twin, which
//! are made here.

use super::rule;
use crate::diagnostic::{Code, codes};

/// The entry of a code.
pub fn explained(code: Code) -> String {
    let mut out = format!("{code} {}（{}）\n", code.title(), code.severity().label());
    let mut line = |name: &str, text: &str| out.push_str(&format!("{name}：{text}\n"));
    if let Some(text) = code.text() {
        line("意思", text.meaning);
        line("例子", text.example);
        line("怎么办", text.remedy);
    }
    if let Some(rule) = rule::rule(code.name()) {
        line("依据", rule.basis);
        if code.text().is_none() {
            line("错例", rule.bad);
            line("正例", rule.good);
            line("怎么办", &format!("照正例的写法改；确实不用这条规则的，在 huibao.yaml 的“检查”里写 {code}: 关"));
        }
    }
    out
}

const CHINESE: &str = include_str!("messages-head.zh-CN.md");
const ENGLISH: &str = include_str!("messages-head.md");

/// docs/messages.zh-CN.md, as committed.
pub fn messages_chinese() -> String {
    let mut out = String::from(CHINESE);
    for (name, all) in codes::tables() {
        out.push_str(&format!("\n## {name}\n\n"));
        if all.iter().all(|code| code.text().is_none()) {
            out.push_str("依据、错例、正例见[检查规则](checks.md)。\n\n| 编号 | 级别 | 要求 |\n|---|---|---|\n");
            for code in all {
                out.push_str(&format!("| {code} | {} | {} |\n", code.severity().label(), code.title()));
            }
            continue;
        }
        out.push_str("| 编号 | 级别 | 题目 | 意思 | 例子 | 怎么办 |\n|---|---|---|---|---|---|\n");
        for (code, text) in all.iter().filter_map(|code| Some((code, code.text()?))) {
            let level = match code.exit() as u8 {
                1 => code.severity().label().to_string(),
                exit => format!("{}，退出码{exit}", code.severity().label()),
            };
            let cells = [code.title(), text.meaning, text.example, text.remedy].map(cell).join(" | ");
            out.push_str(&format!("| {code} | {level} | {cells} |\n"));
        }
    }
    out
}

/// docs/messages.md, as committed.
pub fn messages_english() -> String {
    let mut out = String::from(ENGLISH);
    out.push_str("\n| Code | Level | Meaning | Exit |\n|---|---|---|---|\n");
    for (code, text) in codes::all().filter_map(|code| Some((code, code.text()?))) {
        let level = format!("{:?}", code.severity()).to_lowercase();
        let exit = Some(code.exit() as u8).filter(|exit| *exit != 1).map(|exit| exit.to_string()).unwrap_or_default();
        out.push_str(&format!("| {code} | {level} | {} | {exit} |\n", cell(text.english.trim())));
    }
    out
}

/// Text inside a cell of a table in Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
