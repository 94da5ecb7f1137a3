//! Where packs are found: by path, by the name of their folder, by their display name.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, SourceId, codes, nearest};
use crate::source::yaml;

/// A pack that is there, by its folder and display name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub display: String,
    pub description: String,
    pub dir: PathBuf,
}

/// All packs in the `report-templates` folders, each name once, sorted.
pub fn list(folders: &[PathBuf]) -> Vec<Listed> {
    let mut found: Vec<Listed> = Vec::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(folder.join("report-templates")) else { continue };
        for dir in entries.flatten().map(|e| e.path()).filter(|p| p.join("template.yaml").is_file()) {
            let name = crate::source::file::display_name(&dir);
            if found.iter().any(|l| l.name == name) {
                continue;
            }
            let text = std::fs::read_to_string(dir.join("template.yaml")).unwrap_or_default();
            let node = yaml::parse(&text, SourceId(0)).ok();
            let get = |key: &str| node.as_ref().and_then(|n| n.get(key)?.as_str()).unwrap_or_default().to_string();
            found.push(Listed { display: get("名称"), description: get("说明"), name, dir });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The folder of a pack: a path to it, its name, or its display name; or the Word file that is one.
pub fn find(wanted: &str, folders: &[PathBuf]) -> Result<PathBuf, Box<Diagnostic>> {
    let path = Path::new(wanted);
    let as_path = path.join("template.yaml").is_file().then(|| path.to_path_buf());
    let beside = path.file_name().is_some_and(|n| n == "template.yaml") && path.is_file();
    if let Some(dir) = as_path.or_else(|| beside.then(|| path.parent().unwrap_or(Path::new(".")).to_path_buf())) {
        return Ok(dir);
    }
    if crate::source::docx::is_named(wanted) && path.is_file() {
        return Ok(path.to_path_buf());
    }
    let packs = list(folders);
    if let Some(pack) = packs.iter().find(|p| p.name == wanted || p.display == wanted) {
        return Ok(pack.dir.clone());
    }
    if path.is_dir() {
        return Err(Box::new(
            Diagnostic::new(codes::T001, format!("文件夹“{wanted}”里没有 template.yaml，不是模板"))
                .help("模板文件夹里要有 template.yaml 和 report.md.j2"),
        ));
    }
    if crate::source::docx::is_named(wanted) {
        // It says which file of the folder may be meant.
        crate::source::file::read(path, 0).map(|_| ())?;
    }
    let names = packs.iter().flat_map(|p| [p.name.as_str(), p.display.as_str()]);
    let diagnostic = Diagnostic::new(codes::T001, format!("没有“{wanted}”这个模板"));
    let all = packs.iter().map(|p| format!("{}（{}）", p.name, p.display)).collect::<Vec<_>>().join("、");
    Err(Box::new(match nearest(wanted, names) {
        Some(near) => diagnostic.help(format!("是不是“{near}”？全部模板：{all}")),
        None if all.is_empty() => diagnostic.help(
            "一个模板也没有找到：report-templates 文件夹应在程序旁边，或用环境变量 HUIBAO_HOME 指明它所在的文件夹",
        ),
        None => diagnostic.help(format!("可用的模板：{all}；也可以写模板文件夹的路径")),
    }))
}
