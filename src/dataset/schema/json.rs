//! The schema as JSON Schema, by which an editor completes and checks a YAML data file.

use serde_json::{Map, Value, json};

use super::{FieldSpec, Kind, Relation, Schema};

/// Texts that mean “there is none” and are allowed for every number and date.
const NONE: &[&str] = &["—", "-", "/", "无", "无数据"];

/// JSON Schema (2020-12) of a data file for a template of this name.
pub fn json_schema(schema: &Schema, title: &str) -> Value {
    let text = |help: &str| json!({"type": ["string", "null"], "description": help});
    let mut properties = Map::new();
    properties.insert("模板".into(), json!({"type": "string", "description": "模板的名称"}));
    properties.insert(
        "年份".into(),
        json!({"type": "integer", "minimum": 1900, "maximum": 2200, "description": "报告的年份"}),
    );
    properties.insert(
        "报告".into(),
        json!({
            "type": "object",
            "description": "报告信息",
            "properties": {
                "标题": text("不写时用模板的标题"),
                "单位": text("写汇报的单位，也就是署名"),
                "成文日期": text("如 2026-12-05"),
                "主送": {"type": ["string", "array", "null"], "description": "汇报送给谁"},
            },
        }),
    );
    let fields = group(&schema.fields);
    let years = json!({
        "type": "object",
        "description": "往年的数据，如 2025: {…}",
        "patternProperties": {"^[0-9]{4}$": {"type": ["object", "null"], "properties": fields.0.clone()}},
        "additionalProperties": false,
    });
    properties.insert("历年".into(), years);
    properties.extend(fields.0);
    for table in &schema.tables {
        let (columns, required) = group(&table.columns);
        let meaning = table.meaning.as_deref().unwrap_or("每条记录一行");
        let meaning = format!("{meaning}{}", related(&table.relations));
        properties.insert(
            table.name.to_string(),
            json!({
                "type": ["array", "null"],
                "description": meaning,
                "items": {"type": "object", "properties": columns, "required": required},
            }),
        );
    }
    let related = related(&schema.relations);
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": fields.1,
    });
    // JSON Schema cannot compare values: what `huibao check` compares is told in words.
    if !related.is_empty() {
        whole["description"] = related.trim_start_matches('；').into();
    }
    whole
}

/// `；关系：已拨付 + 未拨付 = 使用`, empty where nothing is declared.
fn related(relations: &[Relation]) -> String {
    let list: Vec<&str> = relations.iter().map(|r| &*r.text).collect();
    if list.is_empty() { String::new() } else { format!("；关系：{}", list.join("；")) }
}

/// Properties of declared values and the names of the required ones; `培训.场次` is also
/// reached through a group 培训.
fn group(specs: &[FieldSpec]) -> (Map<String, Value>, Vec<String>) {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for spec in specs {
        properties.insert(spec.name.to_string(), value(spec));
        match spec.name.split_once('.') {
            Some((outer, inner)) => {
                let group = properties
                    .entry(outer.to_string())
                    .or_insert_with(|| json!({"type": ["object", "null"], "properties": {}}));
                if let Some(Value::Object(inside)) = group.get_mut("properties") {
                    inside.insert(inner.to_string(), value(spec));
                }
            }
            None if spec.required => required.push(spec.name.to_string()),
            None => {}
        }
    }
    (properties, required)
}

fn value(spec: &FieldSpec) -> Value {
    let mut help: Vec<String> = spec.meaning.iter().map(|m| m.to_string()).collect();
    help.extend(spec.unit.iter().map(|u| format!("单位：{u}")));
    help.extend(spec.example.iter().map(|e| format!("例如：{e}")));
    let mut rules = Map::new();
    rules.insert("description".into(), help.join("；").into());
    let none = json!({"enum": NONE});
    let mut bounds = Map::new();
    for (key, limit) in [("minimum", spec.min), ("maximum", spec.max)] {
        if let Some(number) = limit.and_then(|d| serde_json::from_str::<Value>(&d.normalize().to_string()).ok()) {
            bounds.insert(key.into(), number);
        }
    }
    let number = |kind: &str| {
        let mut numbers = Map::from_iter([("type".to_string(), json!(kind))]);
        numbers.extend(bounds.clone());
        json!([numbers, {"type": "null"}, none, {"type": "string", "pattern": "^[0-9０-９]"}])
    };
    match spec.kind {
        Some(Kind::Integer) => rules.insert("anyOf".into(), number("integer")),
        Some(Kind::Decimal) => rules.insert("anyOf".into(), number("number")),
        Some(Kind::Percent) => rules
            .insert("anyOf".into(), json!([{"type": ["number", "null"]}, {"type": "string", "pattern": "%$"}, none])),
        Some(Kind::Choice) => {
            let mut choices: Vec<Value> = spec.choices.iter().map(|c| json!(&**c)).collect();
            choices.push(Value::Null);
            rules.insert("enum".into(), choices.into())
        }
        Some(Kind::Date) => rules.insert("type".into(), json!(["string", "null"])),
        Some(Kind::Text | Kind::Prose) | None => {
            rules.insert("type".into(), json!(["string", "number", "boolean", "null"]))
        }
    };
    Value::Object(rules)
}
