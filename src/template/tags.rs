//! What an author most often gets wrong in a tag, found by a scan of our own: the engine stops
//! far behind such a mistake, at its first one, and in English. It runs only on a template that
//! the engine has refused, so it never judges one that works.

use std::ops::Range;

/// A mistake at its place in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}

/// Statements that need a closing one, and what closes them.
const BLOCKS: &[(&str, &str)] = &[
    ("if", "endif"),
    ("for", "endfor"),
    ("macro", "endmacro"),
    ("call", "endcall"),
    ("filter", "endfilter"),
    ("with", "endwith"),
    ("block", "endblock"),
    ("autoescape", "endautoescape"),
    ("set", "endset"),
];

/// Signs of a Chinese keyboard in the place of those of the language.
const WIDE: &[(char, &str)] = &[
    ('（', "("),
    ('）', ")"),
    ('，', ","),
    ('、', ","),
    ('。', "."),
    ('．', "."),
    ('：', ":"),
    ('；', ";"),
    ('“', "\""),
    ('”', "\""),
    ('‘', "'"),
    ('’', "'"),
    ('｜', "|"),
    ('＝', "="),
    ('＋', "+"),
    ('－', "-"),
    ('＊', "*"),
    ('／', "/"),
    ('％', "%"),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('＜', "<"),
    ('＞', ">"),
    ('《', "<"),
    ('》', ">"),
    ('！', "!"),
    ('\u{3000}', " "),
    ('\u{a0}', " "),
];

/// What is wrong with the tags of a template, in its order.
pub fn faults(text: &str) -> Vec<Fault> {
    let mut scan = Scan { text, at: 0, open: Vec::new(), faults: Vec::new() };
    scan.run();
    for (name, close, range) in std::mem::take(&mut scan.open) {
        scan.fault(range, format!("{{% {name} %}} 没有结束"), format!("在它管的内容后面加上 {{% {close} %}}"));
    }
    scan.faults.sort_by_key(|f| f.range.start);
    scan.faults
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    open: Vec<(&'static str, &'static str, Range<usize>)>,
    faults: Vec<Fault>,
}

impl Scan<'_> {
    fn fault(&mut self, range: Range<usize>, message: String, help: impl Into<String>) {
        self.faults.push(Fault { range, message, help: help.into() });
    }

    fn run(&mut self) {
        while let Some(found) = self.text[self.at..].find('{') {
            let start = self.at + found;
            let rest = &self.text[start..];
            self.at = start + 1;
            if rest.starts_with("{#") {
                match rest.find("#}") {
                    Some(end) => self.at = start + end + 2,
                    None => {
                        self.fault(start..start + 2, "注释 {# 没有结束".into(), "在注释后面加上 #}");
                        return;
                    }
                }
            } else if rest.starts_with("{{") {
                self.tag(start, "}}");
            } else if rest.starts_with("{%") {
                let Some(inside) = self.tag(start, "%}") else { continue };
                self.statement(start, inside);
                if self.at >= self.text.len() {
                    return;
                }
            }
        }
    }

    /// Goes to the end of a tag and gives what is inside it.
    fn tag(&mut self, start: usize, close: &str) -> Option<Range<usize>> {
        let mut at = start + 2;
        let (mut line, mut braces) = (None, 0u32);
        while let Some(c) = self.text[at..].chars().next() {
            let rest = &self.text[at..];
            if rest.starts_with(close) && (close == "%}" || braces == 0) {
                self.at = at + 2;
                return Some(start + 2..at);
            }
            if rest.starts_with("{{") || rest.starts_with("{%") {
                break;
            }
            match c {
                '"' | '\'' => match string_end(rest, c) {
                    Some(end) => {
                        at += end;
                        continue;
                    }
                    None => {
                        self.fault(
                            at..at + 1,
                            format!("从这里开始的引号 {c} 一直没有结束"),
                            format!("在文字末尾补上同样的引号 {c}"),
                        );
                        self.at = at + rest.find('\n').unwrap_or(rest.len());
                        return None;
                    }
                },
                '{' => braces += 1,
                '}' => braces = braces.saturating_sub(1),
                '\n' => line = line.or(Some(at)),
                _ => {
                    if let Some((wide, narrow)) = WIDE.iter().find(|(wide, _)| *wide == c) {
                        let (message, help) = match narrow {
                            &" " => ("这里有一个全角空格或不换行空格".to_string(), "改成普通的空格".to_string()),
                            _ if matches!(c, '“' | '”' | '‘' | '’') => {
                                (format!("这里用了中文引号 {wide}"), format!("改成英文引号 {narrow}"))
                            }
                            _ => (format!("这里用了全角的“{wide}”"), format!("切换到英文输入法，改成“{narrow}”")),
                        };
                        self.fault(at..at + c.len_utf8(), message, help);
                    }
                }
            }
            at += c.len_utf8();
        }
        // Where the tag was begun, not where the engine gave up; a later tag is looked at for itself.
        let wide = self.faults.last().is_some_and(|f| f.range.start > start);
        if !wide {
            let open = &self.text[start..start + 2];
            self.fault(start..start + 2, format!("{open} 没有结束"), format!("在名称或语句后面加上 {close}"));
        }
        self.at = line.unwrap_or(at);
        None
    }

    fn statement(&mut self, start: usize, inside: Range<usize>) {
        let whole = start..self.at;
        let body = self.text[inside].trim_matches(['-', '+']).trim();
        let word = body.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        if word == "raw" {
            let rest = &self.text[self.at..];
            match rest.find("endraw") {
                Some(end) => self.at += end + rest[end..].find("%}").map_or(6, |n| n + 2),
                None => {
                    self.fault(whole, "{% raw %} 没有结束".into(), "在照原样印出的内容后面加上 {% endraw %}");
                    self.at = self.text.len();
                }
            }
            return;
        }
        if word == "set" && body.contains('=') {
            return;
        }
        if let Some((name, close)) = BLOCKS.iter().find(|(name, _)| *name == word) {
            self.open.push((name, close, whole));
        } else if let Some((name, close)) = BLOCKS.iter().find(|(_, close)| *close == word) {
            match self.open.iter().rposition(|(open, ..)| open == name) {
                // What was opened inside and is still open lacks its end.
                Some(at) => {
                    let left: Vec<_> = self.open.drain(at..).skip(1).collect();
                    for (name, close, range) in left {
                        let help = format!("在它管的内容后面加上 {{% {close} %}}，要在外层的结束语句前面");
                        self.fault(range, format!("{{% {name} %}} 没有结束"), help);
                    }
                }
                None => self.fault(
                    whole,
                    format!("多出一个 {{% {close} %}}，前面没有对应的 {{% {name} %}}"),
                    format!("删去它，或者在前面补上 {{% {name} … %}}"),
                ),
            }
        } else if matches!(word, "else" | "elif") && !self.open.iter().any(|(n, ..)| matches!(*n, "if" | "for")) {
            self.fault(whole, format!("{{% {word} %}} 前面没有对应的 {{% if %}}"), "在前面补上 {% if … %}，或者删去它");
        }
    }
}

/// The length of a string with its quotes; `None` where it does not end on its line.
fn string_end(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// An expression with its full-width signs half-width; what stands in quotes stays.
pub fn narrow(expression: &str) -> String {
    narrowed(expression).map(|(_, c)| c).collect()
}

/// The same sign by sign, each with the byte at which it stands.
pub fn narrowed(expression: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut quote = None;
    expression.char_indices().map(move |(at, c)| {
        let narrow = WIDE.iter().find(|(wide, _)| *wide == c).and_then(|(_, narrow)| narrow.chars().next());
        let sign = narrow.unwrap_or(c);
        match quote {
            Some(open) if sign == open => quote = None,
            Some(_) => return (at, c),
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            None => {}
        }
        (at, sign)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each fault as the text at its place and the message.
    fn found(text: &str) -> Vec<String> {
        faults(text).into_iter().map(|f| format!("{} {}", &text[f.range], f.message)).collect()
    }

    #[test]
    fn tags_are_told_where_they_begin() {
        assert_eq!(found("{% if a %}\n{% for x in y %}\n{% endif %}"), ["{% for x in y %} {% for %} 没有结束"]);
        assert_eq!(found("{% if a %}\n{{ b }}"), ["{% if a %} {% if %} 没有结束"]);
        assert_eq!(found("甲\n{% endif %}"), ["{% endif %} 多出一个 {% endif %}，前面没有对应的 {% if %}"]);
        assert_eq!(found("{% else %}"), ["{% else %} {% else %} 前面没有对应的 {% if %}"]);
        assert_eq!(found("{{ 甲 乙\n{{ 丙"), ["{{ {{ 没有结束", "{{ {{ 没有结束"]);
        assert_eq!(found("{# 一\n{{ 甲 }}"), ["{# 注释 {# 没有结束"]);
        assert_eq!(found("{% raw %}{{ 甲 }}"), ["{% raw %} {% raw %} 没有结束"]);
        assert_eq!(found("{{ 同比(甲, 乙, \"次) }}"), ["\" 从这里开始的引号 \" 一直没有结束"]);
    }

    #[test]
    fn signs_of_a_chinese_keyboard_are_all_told() {
        assert_eq!(
            found("{{ 同比（甲，乙） }}，“正文”"),
            ["（ 这里用了全角的“（”", "， 这里用了全角的“，”", "） 这里用了全角的“）”"]
        );
        assert_eq!(found("{{ 甲\u{3000}}}"), ["\u{3000} 这里有一个全角空格或不换行空格"]);
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let right = "{% set a = {'甲': {'乙': 1}} %}{%- if a -%}（甲）{{ \"（\\\"“\" }}{% elif b %}{% else %}{% endif %}\
            {% set c %}x{% endset %}{% raw %}{{ （ {% endraw %}{# {{ #}{ 单 }{% for x in y %}{% else %}{% endfor %}{{ {'a': {}} }}";
        assert_eq!(found(right), Vec::<String>::new());
    }
}
