//! 字段 and 表 of template.yaml.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{FieldSpec, Kind, Schema, TableSpec, declare};
use crate::dataset::{Value, scalar};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::source::yaml::{Mapping, Node};

const FIELD_KEYS: &[&str] = &["名称", "类型", "单位", "必填", "含义", "示例", "最小", "最大", "选项"];
const TABLE_KEYS: &[&str] = &["名称", "列", "必填", "含义", "往年", "关系"];

impl Schema {
    /// Reads the values of the keys 字段 and 表. Unknown keys and types are errors that
    /// name the nearest known one; what is right is in the schema all the same.
    pub fn from_yaml(fields: Option<&Node>, tables: Option<&Node>) -> (Schema, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut schema = Schema::default();
        if let Some(node) = fields.filter(|n| !n.is_null()) {
            schema.fields = specs(node, "字段", &mut diagnostics);
        }
        for (node, mapping) in items(tables, "表", &mut diagnostics) {
            diagnostics.extend(mapping.refuse_unknown(TABLE_KEYS, "“表”的一项里"));
            let Some(name) = text(mapping, "名称", node, &mut diagnostics, true) else { continue };
            if let Some(first) = schema.tables.iter().find(|t| t.name == name) {
                diagnostics.push(repeated("表", &name, node, first.origin));
                continue;
            }
            schema.tables.push(TableSpec {
                columns: mapping
                    .get("列")
                    .filter(|n| !n.is_null())
                    .map(|n| specs(n, "列", &mut diagnostics))
                    .unwrap_or_default(),
                required: flag(mapping, "必填", &mut diagnostics),
                meaning: text(mapping, "含义", node, &mut diagnostics, false),
                past: flag(mapping, "往年", &mut diagnostics),
                relations: declare::relations(mapping.get("关系"), &mut diagnostics),
                name,
                origin: node.origin,
            });
        }
        (schema, diagnostics)
    }

    /// Reads the value of the key 关系, and sees that every relation names what is declared.
    pub fn relate(&mut self, relations: Option<&Node>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        self.relations = declare::relations(relations, &mut diagnostics);
        diagnostics.extend(declare::undeclared(self));
        diagnostics
    }
}

fn repeated(what: &str, name: &str, node: &Node, first: crate::diagnostic::Origin) -> Diagnostic {
    Diagnostic::new(codes::D071, format!("{what}“{name}”声明了两次"))
        .at(node.origin)
        .also(first, "第一次在这里")
        .help("删去其中一处")
}

/// The groups of a list; anything else is an error.
fn items<'n>(node: Option<&'n Node>, what: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(&'n Node, &'n Mapping)> {
    let Some(node) = node.filter(|n| !n.is_null()) else { return Vec::new() };
    let list = match node.expect_sequence(what) {
        Ok(list) => list,
        Err(error) => {
            diagnostics.push(error.help(format!("写成 {what}: [{{名称: …}}, …]")));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for item in list {
        match item.expect_mapping(&format!("{what}的一项")) {
            Ok(mapping) => found.push((item, mapping)),
            Err(error) => diagnostics.push(error.help("写成 {名称: …, 类型: …}")),
        }
    }
    found
}

fn specs(node: &Node, what: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<FieldSpec> {
    let mut specs: Vec<FieldSpec> = Vec::new();
    for (node, mapping) in items(Some(node), what, diagnostics) {
        diagnostics.extend(mapping.refuse_unknown(FIELD_KEYS, &format!("“{what}”的一项里")));
        let Some(name) = text(mapping, "名称", node, diagnostics, true) else { continue };
        if let Some(first) = specs.iter().find(|s| s.name == name) {
            diagnostics.push(repeated(what, &name, node, first.origin));
            continue;
        }
        specs.push(spec(name, mapping, node, diagnostics));
    }
    specs
}

fn spec(name: Arc<str>, mapping: &Mapping, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> FieldSpec {
    let choices: Vec<Arc<str>> = match mapping.get("选项") {
        Some(list) => match list.expect_sequence("选项") {
            Ok(items) => items.iter().filter_map(|i| i.as_str()).map(|t| scalar::trim(t).into()).collect(),
            Err(error) => {
                diagnostics.push(error.help("写成 选项: [建成, 在建, 规划]"));
                Vec::new()
            }
        },
        None => Vec::new(),
    };
    let mut kind = mapping.get("类型").and_then(|n| kind(n, diagnostics));
    if kind.is_none() && !choices.is_empty() {
        kind = Some(Kind::Choice);
    }
    if kind == Some(Kind::Choice) && choices.is_empty() && mapping.get("选项").is_none() {
        diagnostics.push(
            Diagnostic::new(codes::D072, format!("“{name}”的类型是选项，却没有列出有哪些选项"))
                .at(node.origin)
                .help("加上 选项: [建成, 在建, 规划]"),
        );
    }
    FieldSpec {
        kind,
        unit: text(mapping, "单位", node, diagnostics, false),
        required: flag(mapping, "必填", diagnostics),
        meaning: text(mapping, "含义", node, diagnostics, false),
        example: text(mapping, "示例", node, diagnostics, false),
        min: limit(mapping, "最小", diagnostics),
        max: limit(mapping, "最大", diagnostics),
        choices,
        origin: node.origin,
        name,
    }
}

fn text(
    mapping: &Mapping,
    key: &str,
    node: &Node,
    diagnostics: &mut Vec<Diagnostic>,
    required: bool,
) -> Option<Arc<str>> {
    let Some(value) = mapping.get(key) else {
        if required {
            diagnostics.push(
                Diagnostic::new(codes::D073, format!("这一项没有写“{key}”"))
                    .at(node.origin)
                    .help(format!("加上 {key}: …")),
            );
        }
        return None;
    };
    if value.is_null() && !required {
        return None;
    }
    match value.expect_str(key) {
        Ok(text) => Some(scalar::trim(text).into()),
        Err(error) => {
            diagnostics.push(*error);
            None
        }
    }
}

fn flag(mapping: &Mapping, key: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Some(node) = mapping.get(key).filter(|n| !n.is_null()) else { return false };
    node.as_bool().unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::new(codes::D074, format!("“{key}”应为 true 或 false"))
                .at(node.origin)
                .help("写 true（是）或 false（否）"),
        );
        false
    })
}

fn kind(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Kind> {
    let word = node.as_str().unwrap_or("");
    let found = Kind::ALL.into_iter().find(|k| k.label() == word);
    if found.is_none() {
        let labels = Kind::ALL.map(Kind::label);
        let error = Diagnostic::new(codes::D075, format!("没有“{word}”这种类型，应为 {} 之一", labels.join("、")))
            .at(node.origin);
        diagnostics.push(match nearest(word, labels) {
            Some(near) => error.help(format!("是不是“{near}”？")),
            None => error.help("数用 整数 或 小数，文字用 文本"),
        });
    }
    found
}

fn limit(mapping: &Mapping, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Decimal> {
    let node = mapping.get(key).filter(|n| !n.is_null())?;
    match scalar::strict(node.as_str().unwrap_or("")) {
        Value::Number(number) => Some(number.decimal),
        _ => {
            diagnostics
                .push(Diagnostic::new(codes::D074, format!("“{key}”应为一个数")).at(node.origin).help("例如 最小: 0"));
            None
        }
    }
}
