//! Where a template uses a name of the data: for those who change a pack or fill in its data.

use super::engine::Engine;
use crate::diagnostic::{Place, SourceId};

/// Lines of one template that name something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The file, or the key of `template.yaml`.
    pub place: String,
    /// From 1, ascending; of a Word file its paragraphs, as messages count them.
    pub lines: Vec<usize>,
    /// It is a key of `template.yaml`, whose lines say nothing.
    pub key: bool,
    /// The file whose lines these are.
    pub source: SourceId,
}

/// Everything in the pack's templates that names `name`: a field, a table, a column.
pub fn uses(engine: &Engine, name: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for template in engine.templates() {
        let key = template.name.starts_with("template.yaml#");
        let place = template.name.rsplit('#').next().unwrap_or(&template.name).to_string();
        let line = |at: usize| match template.script.place(at..at + name.len()).place {
            Place::Text { line, .. } => line as usize,
            _ => 1,
        };
        let mut lines: Vec<usize> = named(&template.script.text, name).map(line).collect();
        lines.dedup();
        if !lines.is_empty() {
            found.push(Use { place, lines, key, source: template.script.source });
        }
    }
    found
}

/// Bytes at which a tag or the description of a chart or a table holds the name as a word of its own.
fn named<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(name).filter_map(move |(at, _)| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let alone = !text[..at].ends_with(word) && !text[at + name.len()..].starts_with(word);
        (alone && spoken(&text[..at])).then_some(at)
    })
}

/// Whether the text goes on inside a tag, or inside the description of a chart or a table.
fn spoken(before: &str) -> bool {
    let last = |mark: &str| before.rfind(mark).map_or(0, |at| at + 1);
    let comment = last("{#") > last("#}");
    let tag = last("{{").max(last("{%")) > last("}}").max(last("%}"));
    let block = |fence: &str| before.rfind(fence).is_some_and(|at| !before[at + 3..].contains("```"));
    !comment && (tag || ["```chart", "```table", "```图", "```表"].into_iter().any(block))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_tags_and_charts_count() {
        let text = "经费很多。\n{{ 经费 }}\n{# 经费 #}\n{{ 经费预算 }}{{ 上年.经费 }}\n{{ 合计(乡镇, \"经费\") }}\n\
            ```chart\n系列: [经费]\n```\n经费\n{% if 经费 %}经费{% endif %}";
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        assert_eq!(named(text, "经费").map(line).collect::<Vec<_>>(), [2, 4, 5, 7, 10]);
    }
}
