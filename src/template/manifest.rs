//! `template.yaml` for a pack that is made of a Word file.

use super::pack::Pack;
use crate::dataset::schema::{FieldSpec, Schema};
use crate::vocabulary::report::LayoutKind;

/// The file: what the pack is called and what its text asks for. Limits and meanings are the author's to add.
pub fn manifest(pack: &Pack, schema: &Schema) -> String {
    let mut out = String::from("# 正文在 report.docx 里。字段和表是正文里用到的；类型、单位、必填、含义可以补上。\n");
    out += &format!("名称: {}\n", quoted(&pack.display));
    out += "说明: \n";
    if pack.kind != LayoutKind::Report {
        out += &format!("版式: {}\n", pack.kind.label());
    }
    out += "格式: [pdf, docx]\n";
    if !schema.fields.is_empty() {
        out += "字段:\n";
        schema.fields.iter().for_each(|field| out += &format!("  - {}\n", spec(field)));
    }
    if !schema.tables.is_empty() {
        out += "表:\n";
    }
    for table in &schema.tables {
        out += &format!("  - 名称: {}\n", quoted(&table.name));
        if !table.columns.is_empty() {
            out += "    列:\n";
            table.columns.iter().for_each(|column| out += &format!("      - {}\n", spec(column)));
        }
    }
    out
}

fn spec(field: &FieldSpec) -> String {
    let mut parts = vec![format!("名称: {}", quoted(&field.name))];
    parts.extend(field.kind.map(|kind| format!("类型: {}", kind.label())));
    parts.extend(field.unit.as_ref().map(|unit| format!("单位: {}", quoted(unit))));
    format!("{{{}}}", parts.join(", "))
}

/// A name as a scalar of YAML.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_') && text.starts_with(|c: char| c.is_alphabetic());
    let word = matches!(text, "true" | "false" | "null" | "yes" | "no");
    if plain && !word { text.to_string() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
