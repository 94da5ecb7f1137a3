//! Template packs: `template.yaml`, `report.md.j2` and what it includes (contract §3).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::engine::Engine;
use super::text::TemplateText;
use super::tokens::is_mark;
use super::world::Declared;
use crate::dataset::schema::{Kind, Schema};
use crate::diagnostic::{Diagnostic, Origin, Place, Script, Source, SourceId, SourceMap, codes};
use crate::source::yaml::{self, Mapping, Node};
use crate::vocabulary::report::LayoutKind;

/// Largest template file, bytes, and most files of a pack.
const MAX_TEMPLATE_BYTES: u64 = 1 << 20;
const MAX_TEMPLATE_FILES: usize = 200;
/// Names under which the patterns of `template.yaml` are rendered.
pub const TITLE: &str = "template.yaml#标题";
pub const FILE_NAME: &str = "template.yaml#文件名";
/// The text of the report.
pub const REPORT: &str = "report.md.j2";
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

/// A template pack, read and compiled.
pub struct Pack {
    /// Name of its folder.
    pub name: String,
    /// Where its includes and pictures lie; nothing outside it is read.
    pub dir: PathBuf,
    /// 名称
    pub display: String,
    /// 说明
    pub description: String,
    /// 版式: 汇报, 简报, 公文, 信函, 命令 or 纪要.
    pub kind: LayoutKind,
    /// It gives a 标题 of its own, where the data give none.
    pub has_title: bool,
    /// It says under which 文件名 reports are written.
    pub has_file_name: bool,
    /// 格式, without repetition.
    pub formats: Vec<Format>,
    /// 附件, in the order in which they are numbered.
    pub annexes: Vec<AnnexSpec>,
    /// 字段, 表 and 关系: what data must bring.
    pub schema: Schema,
    /// 版面, for the layout to read.
    pub layout: Option<Node>,
    /// 检查, for the rules to read.
    pub checks: Vec<crate::settings::Change>,
    /// Column by which a record of a batch is matched with other years.
    pub key: String,
    /// All its templates, compiled.
    pub engine: Engine,
    declared: Arc<Declared>,
    /// `template.yaml`.
    pub origin: Origin,
}

impl Pack {
    /// Reads and compiles the pack in a folder; all its mistakes together.
    pub fn load(dir: &Path, sources: &mut SourceMap) -> Result<Pack, Vec<Diagnostic>> {
        let file = dir.join("template.yaml");
        let bytes = crate::source::file::read(&file, MAX_TEMPLATE_BYTES).map_err(|d| vec![*d])?;
        let source = add_source(&file, "template.yaml", None, sources);
        let node = yaml::read(&bytes, source, sources)?;
        let mut found = Vec::new();
        let map = node.expect_mapping("template.yaml").map_err(|d| vec![*d])?;
        refuse_keys(map, source, &mut found);
        let (mut schema, wrong) = Schema::from_yaml(map.get("字段"), map.get("表"));
        found.extend(wrong);
        found.extend(schema.relate(map.get("关系")));
        let checks = checks(map, &mut found);
        let mut templates = read_templates(dir, sources, &mut found);
        let own = Script::whole(sources.get(source).text.clone().unwrap_or_default(), source);
        patterns(map, &own, &mut templates);
        let annexes = annexes(map, &own, &mut templates, &mut found);
        let kind = kind(map, &mut found);
        let formats = formats(map, &mut found);
        // A file that is there and cannot be read has been told already.
        if !templates.iter().any(|t| t.name == REPORT) && !dir.join(REPORT).exists() {
            found.push(
                Diagnostic::new(codes::T003, format!("模板文件夹里没有正文文件 {REPORT}"))
                    .at(Origin::whole(source))
                    .help("正文写在 report.md.j2 里"),
            );
        }
        let has = |name: &str| templates.iter().any(|t| t.name == name);
        let key: Arc<str> = Some(text(map, "主键")).filter(|k| !k.is_empty()).unwrap_or("名称".into()).into();
        let declared = Arc::new(declared(&schema, &key));
        let (has_title, has_file_name) = (has(TITLE), has(FILE_NAME));
        let engine = match Engine::new(templates) {
            Ok(engine) if found.is_empty() => engine,
            outcome => {
                found.extend(outcome.err().into_iter().flatten());
                return Err(found);
            }
        };
        Ok(Pack {
            name: crate::source::file::display_name(&dir.canonicalize().unwrap_or(dir.to_path_buf())),
            dir: dir.to_path_buf(),
            display: text(map, "名称"),
            description: text(map, "说明"),
            kind,
            has_title,
            has_file_name,
            formats,
            annexes,
            schema,
            layout: map.get("版面").cloned(),
            checks,
            key: key.to_string(),
            engine,
            declared,
            origin: Origin::whole(source),
        })
    }

    /// 版面 as written: key, value and place of each change.
    pub fn changes(&self) -> Vec<crate::settings::Change> {
        self.layout.as_ref().and_then(Node::as_mapping).map(crate::settings::changes).unwrap_or_default()
    }

    /// What the template may name though the data do not give it.
    pub fn declared(&self) -> Arc<Declared> {
        self.declared.clone()
    }

    /// The same pack with another pattern for the names of its files (`--name`).
    pub fn named_by(mut self, pattern: &str, sources: &mut SourceMap) -> Result<Pack, Vec<Diagnostic>> {
        let source = add_source(Path::new(""), "--name", Some(pattern.into()), sources);
        let text = TemplateText::new(FILE_NAME, pattern, source);
        self.engine = self.engine.with_template(text)?;
        self.has_file_name = true;
        Ok(self)
    }
}

fn refuse_keys(map: &Mapping, source: SourceId, found: &mut Vec<Diagnostic>) {
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
fn checks(map: &Mapping, found: &mut Vec<Diagnostic>) -> Vec<crate::settings::Change> {
    match map.get("检查").filter(|n| !n.is_null()).map(|n| n.expect_mapping("检查")) {
        Some(Ok(map)) => crate::settings::changes(map),
        Some(Err(d)) => {
            found.push(d.help("写成 检查: {S-32: 关, F-02: 错误}"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn declared(schema: &Schema, key: &str) -> Declared {
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

fn text(map: &Mapping, key: &str) -> String {
    map.get(key).and_then(Node::as_str).unwrap_or_default().trim().to_string()
}

fn add_source(path: &Path, name: &str, text: Option<Arc<str>>, sources: &mut SourceMap) -> SourceId {
    sources.add(Source { path: path.to_path_buf(), name: name.into(), text, sheets: Vec::new(), sha256: String::new() })
}

/// All `.j2` files of the pack, below its folder only: links that lead out are refused.
fn read_templates(dir: &Path, sources: &mut SourceMap, found: &mut Vec<Diagnostic>) -> Vec<TemplateText> {
    let root = dir.canonicalize().unwrap_or(dir.to_path_buf());
    let mut files = Vec::new();
    collect(dir, 0, &mut files);
    files.sort();
    let mut templates = Vec::new();
    for path in files.into_iter().take(MAX_TEMPLATE_FILES) {
        let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !path.canonicalize().is_ok_and(|p| p.starts_with(&root)) {
            found.push(
                Diagnostic::new(codes::T004, format!("模板文件“{name}”是指到模板文件夹外面的链接，不能使用"))
                    .help("把文件复制到模板文件夹里"),
            );
            continue;
        }
        let bytes = match crate::source::file::read(&path, MAX_TEMPLATE_BYTES) {
            Ok(bytes) => bytes,
            Err(d) => {
                found.push(*d);
                continue;
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            found.push(
                Diagnostic::new(codes::T005, format!("模板文件“{name}”不是 UTF-8 编码"))
                    .help("在编辑器中另存为 UTF-8 编码"),
            );
            continue;
        };
        // Our own marks are private characters; none may come from outside.
        let text: String = text.trim_start_matches('\u{feff}').chars().filter(|c| !is_mark(*c)).collect();
        let text: Arc<str> = text.replace("\r\n", "\n").into();
        let source = add_source(&path, &name, Some(text.clone()), sources);
        templates.push(TemplateText::new(&name, text, source));
    }
    templates
}

fn collect(dir: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && depth < 3 && !path.is_symlink() {
            collect(&path, depth + 1, files);
        } else if path.extension().is_some_and(|e| e == "j2") && files.len() <= MAX_TEMPLATE_FILES {
            files.push(path);
        }
    }
}

/// 标题 and 文件名 are small templates of their own.
fn patterns(map: &Mapping, own: &Script, templates: &mut Vec<TemplateText>) {
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

fn annexes(
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

fn kind(map: &Mapping, found: &mut Vec<Diagnostic>) -> LayoutKind {
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

fn formats(map: &Mapping, found: &mut Vec<Diagnostic>) -> Vec<Format> {
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
