//! The data that templates ask for, read out of their tags: fields, tables and their columns. For a
//! Word file, which declares nothing; types and units are those of data that are given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::names::{FIGURE_FUNCTIONS, FILTERS, FUNCTIONS, SPECIAL, TESTS};
use super::pack::Pack;
use crate::dataset::schema::{FieldSpec, Kind, Schema, TableSpec};
use crate::dataset::{Cell, Dataset, Value, YearData};
use crate::diagnostic::Origin;
use crate::quantity::Kind as Measure;

/// A sign of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sign {
    Name(String),
    Text(String),
    Mark(char),
}

/// What the pack declares; where it declares nothing, what its texts ask for.
pub fn wanted(pack: &Pack, data: Option<&Dataset>) -> Schema {
    if !pack.schema.is_empty() {
        return pack.schema.clone();
    }
    let mut asked = Asked { names: pack.engine.names(), ..Asked::default() };
    for template in pack.engine.templates() {
        tags(&template.script.text).into_values().for_each(|tag| asked.tag(&signs(tag)));
    }
    let current = data.and_then(Dataset::current);
    if let Some(current) = current {
        asked.settle(current);
    }
    let spec = |name: &str, cells: &mut dyn Iterator<Item = &Cell>, unit| field(name, cells, unit, pack.origin);
    let fields = asked.fields.iter().map(|name| {
        let cell = current.and_then(|year| year.fields.get(name.as_str()));
        spec(name, &mut cell.into_iter(), cell.and_then(|cell| cell.unit.clone()))
    });
    let tables = asked.tables.iter().map(|(name, columns)| {
        let table = current.and_then(|year| year.tables.get(name.as_str()));
        let columns = columns.iter().map(|column| {
            let at = table.and_then(|table| table.column(column));
            let cells = table.iter().flat_map(|table| &table.records).filter_map(|record| record.cells.get(at?));
            let unit = table.zip(at).and_then(|(table, at)| table.columns[at].unit.clone());
            spec(column, &mut cells.into_iter(), unit)
        });
        TableSpec {
            name: name.as_str().into(),
            columns: columns.collect(),
            required: false,
            meaning: None,
            relations: Vec::new(),
            past: false,
            origin: pack.origin,
        }
    });
    Schema { fields: fields.collect(), tables: tables.collect(), relations: Vec::new() }
}

/// A field or column, with what its cells say of its type.
fn field(name: &str, cells: &mut dyn Iterator<Item = &Cell>, unit: Option<Arc<str>>, origin: Origin) -> FieldSpec {
    let (mut kind, mut own) = (None, unit);
    for cell in cells.filter(|cell| !matches!(cell.value, Value::Missing | Value::Absent)) {
        let said = match &cell.value {
            Value::Number(number) if number.kind == Measure::Share => Kind::Percent,
            Value::Number(number) if number.decimal.is_integer() => Kind::Integer,
            Value::Number(_) => Kind::Decimal,
            Value::Date(_) => Kind::Date,
            _ => Kind::Text,
        };
        own = own.or_else(|| cell.unit.clone());
        kind = match (kind, said) {
            (None, said) => Some(said),
            (Some(Kind::Integer), Kind::Decimal) | (Some(Kind::Decimal), Kind::Integer) => Some(Kind::Decimal),
            (Some(kind), said) if kind == said => Some(kind),
            _ => Some(Kind::Text),
        };
    }
    let numeric = matches!(kind, Some(Kind::Integer | Kind::Decimal));
    FieldSpec {
        name: name.into(),
        kind,
        unit: own.filter(|_| numeric),
        required: false,
        meaning: None,
        example: None,
        min: None,
        max: None,
        choices: Vec::new(),
        origin,
    }
}

/// The insides of the tags of a template, by where they stand.
fn tags(text: &str) -> BTreeMap<usize, &str> {
    let found = text.match_indices("{{").chain(text.match_indices("{%")).filter_map(|(at, open)| {
        let close = if open == "{{" { "}}" } else { "%}" };
        let inner = &text[at + 2..];
        inner.find(close).map(|end| (at, &inner[..end]))
    });
    found.collect()
}

fn signs(tag: &str) -> Vec<Sign> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut signs, mut rest) = (Vec::new(), tag);
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => {
                let end = rest[1..].find(c).unwrap_or(rest.len() - 1);
                signs.push(Sign::Text(rest[1..1 + end].to_string()));
                (end + 2).min(rest.len())
            }
            c if word(c) => {
                let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
                signs.push(Sign::Name(rest[..end].to_string()));
                end
            }
            c => {
                if !c.is_whitespace() {
                    signs.push(Sign::Mark(c));
                }
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    signs
}

#[derive(Default)]
struct Asked {
    /// Names that the templates ask for and none of them sets.
    names: BTreeSet<String>,
    fields: indexmap::IndexSet<String>,
    tables: IndexMap<String, indexmap::IndexSet<String>>,
    /// What the names of loops go through.
    loops: BTreeMap<String, String>,
}

impl Asked {
    fn tag(&mut self, signs: &[Sign]) {
        let mark = |at: usize, c| signs.get(at) == Some(&Sign::Mark(c));
        let name = |at: usize| match signs.get(at) {
            Some(Sign::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        // `for 镇 in 乡镇`: what follows of 镇 is a column.
        let through = (name(0) == Some("for") && name(2) == Some("in")).then(|| (name(1), name(3)));
        if let Some((Some(own), Some(table))) = through {
            let table = self.loops.get(table).cloned().unwrap_or_else(|| table.to_string());
            self.loops.insert(own.to_string(), table);
        }
        let mut at = 0;
        while at < signs.len() {
            let Some(own) = name(at).filter(|_| at == 0 || !mark(at - 1, '.')) else {
                at += 1;
                continue;
            };
            let (parts, end) = path(signs, at);
            let named = mark(at + 1, '=') && !mark(at + 2, '=');
            let table = self.loops.get(own).cloned();
            match (table, own) {
                _ if named || mark(at + 1, '(') || at > 0 && mark(at - 1, '|') => {}
                (Some(table), _) => self.column(&table, &parts[1..]),
                (None, "上年" | "数据") => self.data(&parts[1..], signs, end, through.is_some()),
                (None, "历年") if mark(end, '[') => {
                    let behind = (end..signs.len()).find(|at| mark(*at, ']')).unwrap_or(signs.len());
                    let (parts, end) = path(signs, behind + 1);
                    self.data(&parts[1..], signs, end, through.is_some());
                }
                (None, own) if self.names.contains(own) && !SPECIAL.contains(&own) && !known(own) => {
                    self.data(&parts, signs, end, through.is_some() && at == 3);
                }
                _ => {}
            }
            at = end.max(at + 1);
        }
    }

    /// A name of the data; what stands behind it tells a table from a field.
    fn data(&mut self, parts: &[String], signs: &[Sign], end: usize, through: bool) {
        let Some(first) = parts.first().filter(|first| !first.is_empty()) else { return };
        let text = |at: usize| match signs.get(at) {
            Some(Sign::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let mark = |c| signs.get(end) == Some(&Sign::Mark(c));
        let filtered = mark('|') && matches!(signs.get(end + 2), Some(Sign::Mark('(')));
        let picks = ["筛选", "排序", "取", "按", "分组"]
            .iter()
            .any(|own| signs.get(end + 1) == Some(&Sign::Name((*own).into())));
        let column = match () {
            // 合计(乡镇, "经费")
            () if mark(',') && at_call(signs, end) => text(end + 1),
            () if filtered && picks => text(end + 3),
            () => None,
        };
        if column.is_some() || through || self.tables.contains_key(first) || mark('[') {
            self.column(first, &[]);
            column.iter().for_each(|column| self.column(first, std::slice::from_ref(column)));
            if mark('[') {
                let behind = (end..signs.len()).find(|at| signs[*at] == Sign::Mark(']')).unwrap_or(signs.len());
                let (more, _) = path(signs, behind + 1);
                self.column(first, &more[1..]);
            }
            return;
        }
        self.fields.insert(parts.join("."));
    }

    fn column(&mut self, table: &str, parts: &[String]) {
        let columns = self.tables.entry(table.to_string()).or_default();
        if !parts.is_empty() {
            columns.insert(parts.join("."));
        }
        self.fields.shift_remove(table);
    }

    /// What data are there says what a name is: a table, or a column of the one table that has it.
    fn settle(&mut self, current: &YearData) {
        let names: Vec<String> = self.fields.iter().cloned().collect();
        for name in names.iter().filter(|name| !current.fields.contains_key(name.as_str())) {
            if current.tables.contains_key(name.as_str()) {
                self.column(name, &[]);
            } else if let Some(table) = current.tables.values().find(|table| table.column(name).is_some()) {
                self.fields.shift_remove(name);
                let columns = self.tables.entry(table.name.to_string()).or_default();
                columns.insert(name.clone());
            }
        }
    }
}

/// A name with what its dots lead to; years and the like are no data of their own.
fn path(signs: &[Sign], at: usize) -> (Vec<String>, usize) {
    let mut parts = vec![match signs.get(at) {
        Some(Sign::Name(name)) => name.clone(),
        _ => String::new(),
    }];
    let mut end = if parts[0].is_empty() { at } else { at + 1 };
    while let (Some(Sign::Mark('.')), Some(Sign::Name(name))) = (signs.get(end), signs.get(end + 1)) {
        if !matches!(name.as_str(), "上年" | "历年") && signs.get(end + 2) != Some(&Sign::Mark('(')) {
            parts.push(name.clone());
        }
        end += 2;
    }
    (parts, end)
}

/// Whether what ends here is the first argument of a call.
fn at_call(signs: &[Sign], end: usize) -> bool {
    let open = signs[..end].iter().rposition(|sign| *sign == Sign::Mark('('));
    open.is_some_and(|open| {
        open > 0 && matches!(signs[open - 1], Sign::Name(_)) && !signs[open..end].contains(&Sign::Mark(','))
    })
}

/// Words of the language.
fn known(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "for", "in", "if", "else", "elif", "endif", "endfor", "and", "or", "not", "is", "set", "true", "false", "none",
        "loop",
    ];
    let digits = name.starts_with(|c: char| c.is_ascii_digit());
    digits
        || WORDS.contains(&name)
        || [FIGURE_FUNCTIONS, FUNCTIONS, FILTERS, TESTS].iter().any(|list| list.contains(&name))
}
