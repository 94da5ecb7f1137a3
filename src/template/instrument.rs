//! Marks in a template's source where figures and assignments begin, so that the read
//! log knows which reads belong to which `{{ … }}`. Lines stay lines; a map leads every
//! byte offset back to the template as written.
//!
//! `{{ a }}` becomes `{%+ do __figure(7) %}{{ a }}`; `{% set x = a %}` is wrapped in
//! `__begin()` and `__bind("x")`; the body of a loop begins with `__item("x")`.

use std::ops::Range;

/// One `{{ … }}` of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Byte range of the expression in the template as written, trimmed.
    pub range: Range<usize>,
    /// Its text.
    pub text: String,
    /// Identifiers that may be variables, each once.
    pub names: Vec<String>,
    /// No arithmetic and no filter: the value is printed as it was read.
    pub plain: bool,
    /// Not a figure: what an assignment or a condition calculates.
    pub statement: bool,
}

/// A template ready for the engine.
#[derive(Clone, Debug, Default)]
pub struct Instrumented {
    pub text: String,
    pub expressions: Vec<Expression>,
    /// (offset in the instrumented text, bytes inserted up to and including there).
    shifts: Vec<(usize, isize)>,
}

impl Instrumented {
    /// Offset in the template as written for an offset in the instrumented text.
    pub fn original(&self, offset: usize) -> usize {
        let shift = self.shifts.iter().take_while(|(at, _)| *at <= offset).last().map_or(0, |(_, s)| *s);
        (offset as isize - shift).max(0) as usize
    }
}

/// Instruments `source`; its figures are numbered from `first`. The expressions whose
/// index is in `blanked` are replaced by a placeholder call.
pub fn instrument(source: &str, first: usize, blanked: &dyn Fn(usize) -> bool) -> Instrumented {
    let mut out = Instrumented { text: String::with_capacity(source.len() + source.len() / 4), ..Default::default() };
    let mut rest = 0;
    let mut raw = false;
    while let Some(open) = find_open(source, rest) {
        out.text.push_str(&source[rest..open]);
        let kind = &source[open..open + 2];
        let Some(close) = find_close(source, open, kind) else {
            out.text.push_str(&source[open..]);
            return out;
        };
        let tag = &source[open..close];
        rest = close;
        if kind == "{#" {
            out.text.push_str(tag);
            continue;
        }
        let (lead, inner_range, trail) = delimiters(tag);
        let inner = &tag[inner_range.clone()];
        let word = inner.split_whitespace().next().unwrap_or("");
        if raw {
            raw = !(kind == "{%" && word == "endraw");
            out.text.push_str(tag);
            continue;
        }
        if kind == "{{" {
            figure(&mut out, source, open, open + inner_range.start, inner, lead, trail, first, blanked);
        } else {
            raw = word == "raw";
            let calculated = calculated(&mut out, open + inner_range.start, inner, first, blanked);
            statement(&mut out, open, close, tag, calculated.as_deref().unwrap_or(inner), lead, trail);
        }
    }
    out.text.push_str(&source[rest..]);
    out
}

#[allow(clippy::too_many_arguments)]
fn figure(
    out: &mut Instrumented,
    source: &str,
    open: usize,
    inner_at: usize,
    inner: &str,
    lead: &str,
    trail: &str,
    first: usize,
    blanked: &dyn Fn(usize) -> bool,
) {
    let index = out.expressions.len();
    let left = inner.len() - inner.trim_start().len();
    let trimmed = inner.trim();
    let start = inner_at + left;
    out.expressions.push(Expression {
        range: start..start + trimmed.len(),
        text: trimmed.to_string(),
        names: names(trimmed),
        plain: is_plain(trimmed),
        statement: false,
    });
    let sign = if lead.is_empty() { "+" } else { lead };
    out.text.push_str(&format!("{{%{sign} do __figure({}) %}}{{{{", first + index));
    let body = if blanked(first + index) { format!(" __blank({}) ", first + index) } else { inner.to_string() };
    // The shift counts from the expression on, where errors point.
    shift(out, open + 2 + lead.len());
    out.text.push_str(&body);
    out.text.push_str(trail);
    out.text.push_str("}}");
    let end = open + 2 + lead.len() + inner.len() + trail.len() + 2;
    shift(out, end);
    debug_assert!(end <= source.len());
}

/// Registers what an assignment or condition calculates; gives the statement with a
/// placeholder in its place where it is blanked.
fn calculated(
    out: &mut Instrumented,
    inner_at: usize,
    inner: &str,
    first: usize,
    blanked: &dyn Fn(usize) -> bool,
) -> Option<String> {
    let left = inner.len() - inner.trim_start().len();
    let (word, rest) = inner.trim().split_once(char::is_whitespace)?;
    let within = match word {
        "if" | "elif" => 0,
        "set" if assigned(rest).len() == 1 => rest.find('=')? + 1,
        _ => return None,
    };
    let start = left + word.len() + 1 + within;
    let index = out.expressions.len();
    let text = inner.get(start..)?.trim_end();
    out.expressions.push(Expression {
        range: inner_at + start..inner_at + start + text.len(),
        text: text.trim().to_string(),
        names: Vec::new(),
        plain: false,
        statement: true,
    });
    blanked(first + index).then(|| format!("{} __blank({}) ", &inner[..start], first + index))
}

fn statement(out: &mut Instrumented, open: usize, close: usize, tag: &str, inner: &str, lead: &str, trail: &str) {
    let (before, after) = match hooks(inner) {
        Some(hooks) => hooks,
        None => {
            let (head, tail) = (2 + lead.len(), tag.len() - 2 - trail.len());
            out.text.push_str(&tag[..head]);
            out.text.push_str(inner);
            out.text.push_str(&tag[tail..]);
            if tail - head != inner.len() {
                shift(out, close);
            }
            return;
        }
    };
    if before {
        out.text.push_str(&format!("{{%{lead} do __begin() %}}{{%"));
        shift(out, open + 2 + lead.len());
    } else {
        out.text.push_str(&format!("{{%{lead}"));
    }
    out.text.push_str(inner);
    out.text.push_str(&format!("%}}{{% do {after} {trail}%}}"));
    shift(out, close);
}

/// What stands before and after a statement that names variables.
fn hooks(inner: &str) -> Option<(bool, String)> {
    let trimmed = inner.trim();
    let (word, rest) = trimmed.split_once(char::is_whitespace)?;
    match word {
        "set" | "with" => {
            let targets = assigned(rest);
            // A variable made of variables was read where they were read.
            let used = names(rest).into_iter().map(|n| format!("={n}"));
            let all: Vec<String> = targets.iter().cloned().chain(used).collect();
            (!targets.is_empty()).then(|| (true, format!("__bind({})", quoted(&all))))
        }
        "for" => {
            let (targets, _) = rest.split_once(" in ")?;
            let targets: Vec<String> =
                targets.split(',').map(|t| t.trim().trim_matches(['(', ')']).to_string()).collect();
            Some((true, format!("__item({})", quoted(&targets))))
        }
        _ => None,
    }
}

/// Names assigned by `a = 1, b = 2`; none for a block `{% set x %}`.
fn assigned(rest: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let (mut depth, mut quote, mut start) = (0i32, None, 0usize);
    let bytes = rest.as_bytes();
    let mut seen = false;
    for (i, c) in rest.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 && seen => (start, seen) = (i + 1, false),
            (None, '=') if depth == 0 && !seen => {
                let compares =
                    bytes.get(i + 1) == Some(&b'=') || i > 0 && matches!(bytes[i - 1], b'=' | b'!' | b'<' | b'>');
                if !compares {
                    seen = true;
                    targets.extend(rest[start..i].split(',').map(|n| n.trim().trim_matches(['(', ')']).to_string()));
                }
            }
            _ => {}
        }
    }
    targets.retain(|t| !t.is_empty());
    targets
}

fn quoted(names: &[String]) -> String {
    // An attribute of a namespace counts for the namespace.
    names.iter().map(|n| format!("\"{}\"", n.split('.').next().unwrap_or(n))).collect::<Vec<_>>().join(", ")
}

fn shift(out: &mut Instrumented, original: usize) {
    out.shifts.push((out.text.len(), out.text.len() as isize - original as isize));
}

fn find_open(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = source[at..].find('{') {
        let i = at + found;
        if matches!(source.as_bytes().get(i + 1), Some(b'{' | b'%' | b'#')) {
            return Some(i);
        }
        at = i + 1;
    }
    None
}

/// End of the tag that opens at `open`, quotes respected.
fn find_close(source: &str, open: usize, kind: &str) -> Option<usize> {
    let end = match kind {
        "{{" => "}}",
        "{%" => "%}",
        _ => return source[open + 2..].find("#}").map(|i| open + 2 + i + 2),
    };
    let mut quote = None;
    let mut escaped = false;
    let mut depth = 0i32;
    for (i, c) in source[open + 2..].char_indices() {
        let at = open + 2 + i;
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if source[at..].starts_with(end) && depth <= 0 => return Some(at + 2),
            None if c == '{' => depth += 1,
            None if c == '}' => depth -= 1,
            None => {}
        }
    }
    None
}

/// Trim signs and the inner range of a tag: `{%- x +%}` gives `-`, ` x `, `+`.
fn delimiters(tag: &str) -> (&str, Range<usize>, &str) {
    let bytes = tag.as_bytes();
    let lead = usize::from(matches!(bytes.get(2), Some(b'-' | b'+')));
    let last = tag.len().saturating_sub(3);
    let trail = usize::from(last > 2 + lead && matches!(bytes.get(last), Some(b'-' | b'+')));
    let inner = 2 + lead..(tag.len() - 2 - trail).max(2 + lead);
    (&tag[2..2 + lead], inner.clone(), &tag[inner.end..inner.end + trail])
}

/// Identifiers that may be variables: not after a dot, not in quotes, not keyword arguments.
pub(super) fn names(expression: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut quote = None;
    let mut word = String::new();
    let mut before = ' ';
    let mut last = ' ';
    for c in expression.chars().chain([' ']) {
        if let Some(q) = quote {
            if c == q {
                quote = None;
            }
            continue;
        }
        if c.is_alphanumeric() || c == '_' {
            if word.is_empty() {
                before = last;
            }
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            if !number && before != '.' && !found.contains(&word) {
                found.push(std::mem::take(&mut word));
            }
            word.clear();
        }
        if c == '"' || c == '\'' {
            quote = Some(c);
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    found
}

fn is_plain(expression: &str) -> bool {
    let mut quote = None;
    let mut depth = 0i32;
    for c in expression.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '+' | '-' | '*' | '/' | '%' | '~' | '|' if depth == 0 => return false,
                _ => {}
            },
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> Instrumented {
        instrument(source, 0, &|_| false)
    }

    #[test]
    fn figures_are_marked_and_offsets_lead_back() {
        let source = "共{{ 件数 }}件，{{- a|f(\"}}\") }}。";
        let out = plain(source);
        assert_eq!(out.text, "共{%+ do __figure(0) %}{{ 件数 }}件，{%- do __figure(1) %}{{ a|f(\"}}\") }}。");
        assert_eq!(out.expressions[0].text, "件数");
        assert!(out.expressions[0].plain && !out.expressions[1].plain);
        assert_eq!(&source[out.expressions[1].range.clone()], "a|f(\"}}\")");
        let at = out.text.find("a|f").unwrap();
        assert_eq!(&source[out.original(at)..][..3], "a|f");
        let end = out.text.rfind('。').unwrap();
        assert_eq!(&source[out.original(end)..], "。");
    }

    #[test]
    fn assignments_and_loops_are_bound() {
        assert_eq!(
            plain("{%- set x = a + 1 -%}").text,
            "{%- do __begin() %}{% set x = a + 1 %}{% do __bind(\"x\", \"=x\", \"=a\") -%}"
        );
        assert_eq!(plain("{% for 镇 in 乡镇 %}").text, "{% do __begin() %}{% for 镇 in 乡镇 %}{% do __item(\"镇\") %}");
        assert_eq!(plain("{% set x %}a{% endset %}").text, "{% set x %}a{% endset %}");
        assert_eq!(plain("{% raw %}{{ x }}{% endraw %}").text, "{% raw %}{{ x }}{% endraw %}");
        assert_eq!(plain("{% if a == b %}").text, "{% if a == b %}");
    }

    #[test]
    fn what_statements_calculate_can_be_left_out() {
        let source = "{% set x = a - b %}{% if a / b > 1 %}{{ x }}{% elif a %}{% endif %}";
        let out = plain(source);
        let texts: Vec<(&str, bool)> =
            out.expressions.iter().map(|e| (&source[e.range.clone()], e.statement)).collect();
        assert_eq!(texts, [(" a - b", true), ("a / b > 1", true), ("x", false), ("a", true)]);
        let out = instrument(source, 0, &|n| n != 2);
        assert!(out.text.contains("{% set x = __blank(0) %}{% do __bind("), "{}", out.text);
        assert!(out.text.contains("{% if  __blank(1) %}"), "{}", out.text);
        assert!(out.text.contains("{% elif  __blank(3) %}"), "{}", out.text);
        assert_eq!(out.original(out.text.find("endif").unwrap()), source.find("endif").unwrap());
    }

    #[test]
    fn names_of_variables() {
        assert_eq!(names("同比(a.b, 上年.c, 单位=\"件\")|f"), ["同比", "a", "上年", "单位", "f"]);
    }
}
