//! The key 关系 of template.yaml, and whether its names are declared.

use std::sync::Arc;

use super::relation::{self, Expr, Relation};
use super::{Schema, TableSpec};
use crate::dataset::scalar;
use crate::diagnostic::{Diagnostic, Severity, codes, nearest};
use crate::source::yaml::Node;

const KEYS: &[&str] = &["式", "说明", "级别"];

/// Reads a list of relations; each is a text, or `{式: …, 说明: …, 级别: 警告}`.
pub fn relations(node: Option<&Node>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Relation> {
    let Some(node) = node.filter(|n| !n.is_null()) else { return Vec::new() };
    let items: Vec<&Node> = match node.as_sequence() {
        Some(items) => items.iter().collect(),
        None => vec![node],
    };
    items.into_iter().filter_map(|item| one(item, diagnostics)).collect()
}

fn one(item: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Relation> {
    let mut said = item;
    let (mut note, mut level) = (None, None);
    if let Some(map) = item.as_mapping() {
        diagnostics.extend(map.refuse_unknown(KEYS, "“关系”的一项里"));
        note = map.get("说明").and_then(Node::as_str).map(|t| Arc::from(scalar::trim(t)));
        if let Some(word) = map.get("级别") {
            level = Severity::from_label(word.as_str().unwrap_or_default());
            if level.is_none() {
                diagnostics.push(
                    Diagnostic::new(codes::D076, "“级别”应为 错误、警告、提示 之一")
                        .at(word.origin)
                        .help("例如 级别: 警告"),
                );
            }
        }
        said = map.get("式").or_else(|| {
            diagnostics.push(
                Diagnostic::new(codes::D076, "“关系”的一项没有写“式”")
                    .at(item.origin)
                    .help("写成 {式: 已拨付 + 未拨付 = 使用, 说明: …}"),
            );
            None
        })?;
    }
    let text = scalar::trim(said.as_str().unwrap_or_default());
    match relation::parse(text) {
        Ok((left, sign, right)) => {
            Some(Relation { text: text.into(), note, level, left, sign, right, origin: said.origin })
        }
        Err(reason) => {
            diagnostics.push(
                Diagnostic::new(codes::D076, format!("关系“{text}”{reason}"))
                    .at(said.origin)
                    .help("写成 已拨付 + 未拨付 = 使用，或 经费 = 乡镇.经费之和，比较可用 = <= >= < >"),
            );
            None
        }
    }
}

/// Every name of every relation that nothing declares, with the nearest that is. A pack that
/// declares nothing may name anything.
pub fn undeclared(schema: &Schema) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if schema.fields.is_empty() && schema.tables.is_empty() {
        return found;
    }
    let tables = schema.tables.iter().map(Some);
    for table in [None].into_iter().chain(tables) {
        for relation in table.map_or(&schema.relations, |t| &t.relations) {
            for side in [&relation.left, &relation.right] {
                side.walk(&mut |expr| {
                    let Some((name, known)) = missing(expr, table, schema) else { return };
                    let mut error =
                        Diagnostic::new(codes::D077, format!("关系“{}”里的“{name}”没有声明过", relation.text))
                            .at(relation.origin);
                    error = match nearest(&name, known.iter().map(|k| &**k)) {
                        Some(near) => error.help(format!("是不是“{near}”？")),
                        None if known.is_empty() => error.help("先在“字段”或“表”里声明它"),
                        None => error.help(format!("可用的名字：{}", known.join("、"))),
                    };
                    found.push(error);
                });
            }
        }
    }
    found
}

/// A name that is not known, and those that are.
fn missing(expr: &Expr, table: Option<&TableSpec>, schema: &Schema) -> Option<(String, Vec<Arc<str>>)> {
    let tables = || schema.tables.iter().map(|t| t.name.clone()).collect();
    match expr {
        Expr::Name { name, .. } => {
            let columns = table.iter().flat_map(|t| &t.columns);
            let known: Vec<Arc<str>> = columns.chain(&schema.fields).map(|f| f.name.clone()).collect();
            (!known.contains(name)).then(|| (name.to_string(), known))
        }
        Expr::Sum { table, column } => match schema.table(table) {
            None => Some((table.to_string(), tables())),
            Some(spec) if spec.columns.is_empty() || spec.column(column).is_some() => None,
            Some(spec) => Some((column.to_string(), spec.columns.iter().map(|c| c.name.clone()).collect())),
        },
        Expr::Each(word) => match schema.tables.iter().any(|t| t.name.contains(&**word)) {
            true => None,
            false => Some((word.to_string(), tables())),
        },
        Expr::Count(table) => schema.table(table).is_none().then(|| (table.to_string(), tables())),
        Expr::Number(_) | Expr::Of(..) => None,
    }
}
