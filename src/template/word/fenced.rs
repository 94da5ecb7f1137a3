//! Tags that stand for a block: `{{ 图表(类型="柱", 数据=乡镇, …) }}`, `{{ 表格(数据=乡镇) }}`,
//! `{{ 图片("门前.jpg", "活动现场") }}`. The keys are those of the blocks of a pack.

use super::scan::{Kind, Tag, signs};
use super::writer::Writer;

/// Signs with the bytes at which they stand.
type Signs = [(usize, char)];

/// Keys whose bare words are names of the data.
const NAMES: [&str; 6] = ["数据", "列", "类别", "系列", "排序", "类型"];

/// Writes a block, if the tag stands for one; `start`: where its line begins.
pub fn write(text: &str, tag: &Tag, start: usize, out: &mut Writer) -> bool {
    let inner = signs(text, tag.inner.clone());
    let Some((name, arguments)) = called(tag, &inner) else { return false };
    let language = match name.as_str() {
        "图表" => "chart",
        "表格" => "table",
        "图片" => {
            picture(&arguments, start, out);
            return true;
        }
        _ => return false,
    };
    out.block();
    out.instead(&format!("```{language}"), start + tag.range.start);
    out.add("\n");
    for argument in arguments {
        let (key, value) = keyed(argument);
        copy(key, start, out);
        out.add(if key.is_empty() { "" } else { ": " });
        let named = NAMES.contains(&said(key).as_str());
        scalar(value, named, start, out);
        out.add("\n");
    }
    out.add("```\n");
    true
}

/// The name of the function and its arguments.
fn called<'s>(tag: &Tag, inner: &'s Signs) -> Option<(String, Vec<&'s Signs>)> {
    if tag.kind != Kind::Print {
        return None;
    }
    let open = inner.iter().position(|(_, c)| *c == '(')?;
    let close = inner.iter().rposition(|(_, c)| *c == ')')?;
    let behind = inner[close.max(open) + 1..].iter().all(|(_, c)| c.is_whitespace());
    (behind && close > open).then(|| (said(&inner[..open]), split(&inner[open + 1..close])))
}

fn said(signs: &Signs) -> String {
    signs.iter().map(|(_, c)| *c).collect::<String>().trim().to_string()
}

fn trimmed(signs: &Signs) -> &Signs {
    let blank = |(_, c): &(usize, char)| c.is_whitespace();
    let from = signs.iter().position(|s| !blank(s)).unwrap_or(signs.len());
    let to = signs.iter().rposition(|s| !blank(s)).map_or(from, |at| at + 1);
    &signs[from..to]
}

/// Arguments at their commas, those in quotes and brackets left alone.
fn split(inner: &Signs) -> Vec<&Signs> {
    let (mut arguments, mut from) = (Vec::new(), 0);
    for at in outer(inner, ',') {
        arguments.push(trimmed(&inner[from..at]));
        from = at + 1;
    }
    arguments.push(trimmed(&inner[from..]));
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// Where a sign stands outside of quotes and brackets.
fn outer(inner: &Signs, wanted: char) -> Vec<usize> {
    let (mut found, mut quote, mut depth) = (Vec::new(), None, 0usize);
    for (at, (_, c)) in inner.iter().enumerate() {
        match (quote, c) {
            (Some(open), c) if open == *c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(*c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, c) if *c == wanted && depth == 0 => found.push(at),
            _ => {}
        }
    }
    found
}

/// `键=值`
fn keyed(argument: &Signs) -> (&Signs, &Signs) {
    match outer(argument, '=').first() {
        Some(&at) if argument.get(at + 1).is_none_or(|(_, c)| *c != '=') => {
            (trimmed(&argument[..at]), trimmed(&argument[at + 1..]))
        }
        _ => (&[], argument),
    }
}

fn copy(signs: &Signs, start: usize, out: &mut Writer) {
    signs.iter().for_each(|(at, c)| out.copy(*c, start + at));
}

/// The text between quotes.
fn quoted(value: &Signs) -> Option<&Signs> {
    let (first, last) = (value.first()?.1, value.last()?.1);
    (value.len() >= 2 && first == last && matches!(first, '"' | '\'')).then(|| &value[1..value.len() - 1])
}

/// A value as a scalar of the block.
fn scalar(value: &Signs, named: bool, start: usize, out: &mut Writer) {
    if let Some(text) = quoted(value) {
        out.add("\"");
        for (at, c) in text {
            if matches!(c, '"' | '\\') {
                out.instead("\\", start + at);
            }
            out.copy(*c, start + at);
        }
        return out.add("\"");
    }
    let word = |c: char| c.is_alphanumeric() || c == '_' || named && matches!(c, '.' | '（' | '）');
    let plain = value.iter().all(|(_, c)| word(*c));
    let number = value.iter().all(|(_, c)| c.is_ascii_digit());
    let truth = matches!(said(value).as_str(), "true" | "false");
    let list = value.first().is_some_and(|(_, c)| matches!(c, '[' | '{'));
    if list || number || truth || named && plain {
        return copy(value, start, out);
    }
    out.add("\"{{ ");
    copy(value, start, out);
    out.add(" }}\"");
}

/// A picture beside the file, with what is said below it.
fn picture(arguments: &[&Signs], start: usize, out: &mut Writer) {
    let values: Vec<&Signs> = arguments.iter().map(|argument| keyed(argument).1).collect();
    let value = |value: &Signs, out: &mut Writer| match quoted(value) {
        Some(text) => text.iter().filter(|(_, c)| !matches!(c, '<' | '>' | '[' | ']')).for_each(|(at, c)| {
            out.copy(*c, start + at);
        }),
        None => {
            out.add("{{ ");
            copy(value, start, out);
            out.add(" }}");
        }
    };
    if let Some(caption) = values.get(1) {
        out.block();
        out.add("图：");
        value(caption, out);
    }
    out.block();
    out.add("![");
    if let Some(alt) = values.get(1) {
        value(alt, out);
    }
    out.add("](<");
    if let Some(path) = values.first() {
        value(path, out);
    }
    out.add(">)");
}
