//! Template packs: `template.yaml`, `report.md.j2` and what it includes (contract §3); or a Word file
//! in the place of the text, or of the whole pack (contract §6).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::engine::Engine;
use super::pack_files::{self, MAX_TEMPLATE_BYTES, REPORT, WORD_REPORT, add_source, read_templates};
use super::pack_keys::{self as keys, AnnexSpec, FILE_NAME, Format, TITLE};
use super::text::TemplateText;
use super::word::{Around, Embedded, WordText};
use super::world::Declared;
use crate::dataset::schema::Schema;
use crate::diagnostic::{Diagnostic, Origin, Script, SourceId, SourceMap, codes};
use crate::source::yaml::{self, Node};
use crate::vocabulary::report::LayoutKind;

/// A template pack, read and compiled.
pub struct Pack {
    /// Name of its folder, or of the Word file that it is.
    pub name: String,
    /// Where its includes and pictures lie; nothing outside it is read.
    pub dir: PathBuf,
    /// The Word file that is all of the pack; `None`: the pack is a folder.
    pub file: Option<PathBuf>,
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
    /// What a Word file says around its text, for where the data say nothing.
    pub around: Vec<Around>,
    /// Pictures of a Word file.
    pub pictures: Vec<Embedded>,
    /// What was noticed while it was read.
    pub notices: Vec<Diagnostic>,
    declared: Arc<Declared>,
    /// `template.yaml`, or the Word file.
    pub origin: Origin,
}

/// What is read of a pack before its keys are.
struct Read {
    dir: PathBuf,
    file: Option<PathBuf>,
    node: Node,
    source: SourceId,
    word: Option<WordText>,
}

impl Pack {
    /// Reads and compiles the pack in a folder, or a Word file; all its mistakes together.
    pub fn load(path: &Path, sources: &mut SourceMap) -> Result<Pack, Vec<Diagnostic>> {
        let read = if path.is_dir() { of_folder(path, sources)? } else { of_file(path, sources)? };
        Pack::made(read, sources)
    }

    /// A Word file in memory as a pack; `path` is where it would stand.
    pub fn of_word(path: &Path, bytes: &[u8], sources: &mut SourceMap) -> Result<Pack, Vec<Diagnostic>> {
        let word = pack_files::word(path, bytes, sources)?;
        Pack::made(of_text(path, word)?, sources)
    }

    fn made(read: Read, sources: &mut SourceMap) -> Result<Pack, Vec<Diagnostic>> {
        let Read { dir, file, node, source, word } = read;
        let mut found = Vec::new();
        let map = node.expect_mapping("template.yaml").map_err(|d| vec![*d])?;
        keys::refuse_keys(map, source, &mut found);
        let (mut schema, wrong) = Schema::from_yaml(map.get("字段"), map.get("表"));
        found.extend(wrong);
        found.extend(schema.relate(map.get("关系")));
        let checks = keys::checks(map, &mut found);
        let mut templates = if file.is_some() { Vec::new() } else { read_templates(&dir, sources, &mut found) };
        let own = Script::whole(sources.get(source).text.clone().unwrap_or_default(), source);
        keys::patterns(map, &own, &mut templates);
        let mut beside = Beside::default();
        match word {
            Some(word) => beside = add_word(word, &mut templates),
            None => found.extend(no_text(&dir, &templates, source)),
        }
        let mut annexes = keys::annexes(map, &own, &mut templates, &mut found);
        annexes.extend(beside.annexes);
        let kind = keys::kind(map, &mut found);
        let formats = keys::formats(map, &mut found);
        let has = |name: &str| templates.iter().any(|t| t.name == name);
        let key: Arc<str> = Some(keys::text(map, "主键")).filter(|k| !k.is_empty()).unwrap_or("名称".into()).into();
        let declared = Arc::new(keys::declared(&schema, &key));
        let (has_title, has_file_name) = (has(TITLE), has(FILE_NAME));
        let engine = match Engine::new(templates) {
            Ok(engine) if found.is_empty() => engine,
            outcome => {
                found.extend(outcome.err().into_iter().flatten());
                return Err(found);
            }
        };
        let shown = file.as_deref().unwrap_or(&dir);
        Ok(Pack {
            name: crate::source::file::display_name(&shown.canonicalize().unwrap_or(shown.to_path_buf())),
            dir,
            file,
            display: keys::text(map, "名称"),
            description: keys::text(map, "说明"),
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
            around: beside.around,
            pictures: beside.pictures,
            notices: beside.notices,
            declared,
            origin: Origin::whole(source),
        })
    }

    /// 版面 as written: key, value and place of each change.
    pub fn changes(&self) -> Vec<crate::settings::Change> {
        self.layout.as_ref().and_then(Node::as_mapping).map(crate::settings::changes).unwrap_or_default()
    }

    /// Its folder; `None`: it is a Word file alone.
    pub fn folder(&self) -> Option<&Path> {
        self.file.is_none().then_some(&*self.dir)
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

/// A folder with its `template.yaml`, and a Word file where it has one for its text.
fn of_folder(dir: &Path, sources: &mut SourceMap) -> Result<Read, Vec<Diagnostic>> {
    let file = dir.join("template.yaml");
    let bytes = crate::source::file::read(&file, MAX_TEMPLATE_BYTES).map_err(|d| vec![*d])?;
    let source = add_source(&file, "template.yaml", None, sources);
    let node = yaml::read(&bytes, source, sources)?;
    let word = dir.join(WORD_REPORT);
    let word = match (word.is_file(), dir.join(REPORT).exists()) {
        (true, true) => {
            let message = format!("模板文件夹里有两个正文：{REPORT} 和 {WORD_REPORT}，不知道用哪一个");
            return Err(vec![
                Diagnostic::new(codes::T003, message).at(Origin::whole(source)).help("留下要用的，删去另一个"),
            ]);
        }
        (true, false) => Some(pack_files::read_word(&word, sources)?),
        _ => None,
    };
    Ok(Read { dir: dir.to_path_buf(), file: None, node, source, word })
}

/// A Word file alone: its name is that of the pack.
fn of_file(path: &Path, sources: &mut SourceMap) -> Result<Read, Vec<Diagnostic>> {
    let word = pack_files::read_word(path, sources)?;
    of_text(path, word)
}

fn of_text(path: &Path, word: WordText) -> Result<Read, Vec<Diagnostic>> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(['"', '\\'], " ");
    let node = yaml::parse(&format!("名称: \"{name}\""), word.source)?;
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    Ok(Read { dir, file: Some(path.to_path_buf()), node, source: word.source, word: Some(word) })
}

/// What a Word file brings beside its text.
#[derive(Default)]
struct Beside {
    around: Vec<Around>,
    annexes: Vec<AnnexSpec>,
    pictures: Vec<Embedded>,
    notices: Vec<Diagnostic>,
}

/// Puts the texts of a Word file among the templates; a title of `template.yaml` stands over its own.
fn add_word(word: WordText, templates: &mut Vec<TemplateText>) -> Beside {
    let mut beside = Beside { pictures: word.pictures, ..Beside::default() };
    let titled = templates.iter().any(|t| t.name == TITLE);
    templates.extend(word.title.filter(|_| !titled));
    templates.push(word.text);
    for (key, text) in word.around {
        beside.around.push(key);
        templates.push(text);
    }
    for (title, text, landscape) in word.annexes {
        beside.annexes.push(AnnexSpec { title: title.name.clone(), file: text.name.clone(), landscape });
        templates.extend([title, text]);
    }
    beside.notices.extend(word.lost);
    beside
}

/// A pack without a text. A file that is there and cannot be read has been told already.
fn no_text(dir: &Path, templates: &[TemplateText], source: SourceId) -> Option<Diagnostic> {
    let there = templates.iter().any(|t| t.name == REPORT) || dir.join(REPORT).exists();
    (!there).then(|| {
        Diagnostic::new(codes::T003, format!("模板文件夹里没有正文文件 {REPORT}"))
            .at(Origin::whole(source))
            .help("正文写在 report.md.j2 里，或者写在 Word 文件 report.docx 里")
    })
}
