//! The keys of `template.yaml`.

use std::sync::Arc;

use super::text::TemplateText;
use super::world::Declared;
use crate::dataset::schema::{Kind, Schema};
use crate::diagnostic::{Diagnostic, Origin, Place, Script, SourceId, codes};
use crate::source::yaml::{self, Mapping, Node};
use crate::vocabulary::report::LayoutKind;

/// Names under which the patterns of `template.yaml` are rendered.
pub const TITLE: &str = "template.yaml#标题";
/// The same of the name of the file.
pub const FILE_NAME: &str = "template.yaml#文件名";
const KEYS: [&str; 9] = ["名称", "说明", "版式", "标题", "文件名", "格式", "附件", "字段", "表"];
const MORE_KEYS: [&str; 4] = ["版面", "主键", "关系", "检查"];

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// PDF/A-2a and PDF/UA-1; PDF/A-3a where files are attached (ISO 19005, ISO 14289).
    Pdf,
    /// Office Open XML, to be edited further.
    Docx,
}

impl Format {
    /// In the order in which they are made and told.
    pub const ALL: [Format; 2] = [Format::Pdf, Format::Docx];

    /// Of its file, without the dot; what 格式 and `--format` call it.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
        }
    }

    /// By its extension, in letters of either case; `None` for any other word.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.extension().eq_ignore_ascii_case(name.trim()))
    }
}

/// An annex of the pack.
#[derive(Clone, Debug)]
pub struct AnnexSpec {
    /// Name of the template that gives its title.
    pub title: String,
    /// Its file in the pack.
    pub file: String,
    /// Set sideways (clause 8).
    pub landscape: bool,
}

pub fn refuse_keys(map: &Mapping, source: SourceId, found: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = KEYS.into_iter().chain(MORE_KEYS).collect();
    found.extend(map.refuse_unknown(&known, "template.yaml "));
    if map.get("名称").and_then(Node::as_str).unwrap_or_default().trim().is_empty() {
        found.push(
            Diagnostic::new(codes::T002, "template.yaml 缺少“名称”")
                .at(Origin::whole(source))
                .help("加一行，例如：名称: 年度工作汇报"),
        );
    }
}

/// 检查, for the rules to read.
pub fn checks(map: &Mapping, found: &mut Vec<Diagnostic>) -> Vec<crate::settings::Change> {
    match map.get("检查").filter(|n| !n.is_null()).map(|n| n.expect_mapping("检查")) {
        Some(Ok(map)) => crate::settings::changes(map),
        Some(Err(d)) => {
            found.push(d.help("写成 检查: {S-32: 关, F-02: 错误}"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

pub fn declared(schema: &Schema, key: &str) -> Declared {
    let columns = |t: &crate::dataset::schema::TableSpec| t.columns.iter().map(|c| c.name.clone()).collect();
    let fields = schema.fields.iter().filter(|f| f.required).map(|f| f.name.clone());
    let cells = schema
        .tables
        .iter()
        .flat_map(|t| t.columns.iter().filter(|c| c.required).map(|c| format!("{}.{}", t.name, c.name).into()));
    let prose = |kind: Option<Kind>| kind == Some(Kind::Prose);
    let texts = schema.fields.iter().filter(|f| prose(f.kind)).map(|f| f.name.clone());
    let columns_of_texts = schema.tables.iter().flat_map(|t| {
        let of_table = t.columns.iter().filter(|c| prose(c.kind));
        of_table.flat_map(|c| [format!("{}.{}", t.name, c.name).into(), c.name.clone()])
    });
    Declared {
        prose: Arc::new(texts.chain(columns_of_texts).collect()),
        required: Arc::new(fields.chain(cells).collect()),
        key: key.into(),
        fields: schema.fields.iter().map(|f| f.name.clone()).collect(),
        tables: schema.tables.iter().map(|t| (t.name.clone(), columns(t))).collect(),
    }
}

pub fn text(map: &Mapping, key: &str) -> String {
    map.get(key).and_then(Node::as_str).unwrap_or_default().trim().to_string()
}

/// 标题 and 文件名 are small templates of their own.
pub fn patterns(map: &Mapping, own: &Script, templates: &mut Vec<TemplateText>) {
    for (key, name) in [("标题", TITLE), ("文件名", FILE_NAME)] {
        if let Some(node) = map.get(key) {
            pattern(node, name, own, templates);
        }
    }
}

fn pattern(node: &Node, name: &str, own: &Script, templates: &mut Vec<TemplateText>) {
    let Some(text) = node.as_str().filter(|t| !t.trim().is_empty()) else { return };
    let at = match node.origin.place {
        Place::Text { line, column, .. } => own.byte(line, column),
        _ => 0,
    };
    let script = own.part(text, yaml::shifts(text, &own.text, at));
    templates.push(TemplateText { name: name.into(), script });
}

pub fn annexes(
    map: &Mapping,
    own: &Script,
    templates: &mut Vec<TemplateText>,
    found: &mut Vec<Diagnostic>,
) -> Vec<AnnexSpec> {
    let mut annexes = Vec::new();
    let Some(list) = map.get("附件") else { return annexes };
    let items = match list.expect_sequence("附件") {
        Ok(items) => items,
        Err(d) => {
            found.push(*d);
            return annexes;
        }
    };
    for (i, item) in items.iter().enumerate() {
        let Ok(annex) = item.expect_mapping("附件").map_err(|d| found.push(*d)) else { continue };
        found.extend(annex.refuse_unknown(&["标题", "文件", "横排"], "附件"));
        let file = text(annex, "文件");
        if annex.get("标题").is_none() || file.is_empty() {
            found.push(Diagnostic::new(codes::T006, "附件要写明“标题”和“文件”").at(item.origin));
            continue;
        }
        if !templates.iter().any(|t| t.name == file) {
            found.push(
                Diagnostic::new(codes::T006, format!("附件的文件“{file}”不在模板文件夹里"))
                    .at(annex.get("文件").map_or(item.origin, |n| n.origin)),
            );
        }
        let title = format!("template.yaml#附件{}", i + 1);
        if let Some(node) = annex.get("标题") {
            pattern(node, &title, own, templates);
        }
        let landscape = annex.get("横排").and_then(Node::as_bool).unwrap_or(false);
        annexes.push(AnnexSpec { title, file, landscape });
    }
    annexes
}

pub fn kind(map: &Mapping, found: &mut Vec<Diagnostic>) -> LayoutKind {
    let word = text(map, "版式");
    if word.is_empty() {
        return LayoutKind::Report;
    }
    LayoutKind::named(&word).unwrap_or_else(|| {
        let labels: Vec<&str> = LayoutKind::ALL.into_iter().map(LayoutKind::label).collect();
        let belongs = LayoutKind::of_genre(&word).map(|kind| format!("“{word}”用“版式: {}”", kind.label()));
        let mut d = Diagnostic::new(codes::T007, format!("没有“{word}”这种版式"));
        d.helps = belongs.into_iter().chain([format!("版式可以是：{}", labels.join("、"))]).collect();
        d.origin = map.get("版式").map(|n| n.origin);
        found.push(d);
        LayoutKind::Report
    })
}

pub fn formats(map: &Mapping, found: &mut Vec<Diagnostic>) -> Vec<Format> {
    let Some(node) = map.get("格式") else { return Format::ALL.to_vec() };
    let names: Vec<&Node> = match node.as_sequence() {
        Some(items) => items.iter().collect(),
        None => vec![node],
    };
    let mut formats = Vec::new();
    for item in names {
        match item.as_str().and_then(Format::from_name) {
            Some(format) if !formats.contains(&format) => formats.push(format),
            Some(_) => {}
            None => found.push(
                Diagnostic::new(codes::T008, format!("没有“{}”这种格式", item.as_str().unwrap_or_default()))
                    .at(item.origin)
                    .help("格式可以是：pdf、docx"),
            ),
        }
    }
    formats
}
