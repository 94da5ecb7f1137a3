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
    by_path(path).map_or_else(|| by_name(wanted, path, folders), Ok)
}

/// The pack that data name: by its name, or by a path below a folder of these data files. Whoever sends a file
/// does not lead the program to another place of this machine or of the network.
pub fn find_named(wanted: &str, folders: &[PathBuf], data: &[PathBuf]) -> Result<PathBuf, Box<Diagnostic>> {
    let refused = |why: &str| {
        Box::new(Diagnostic::new(codes::T001, format!("数据里的模板“{wanted}”{why}，没有用")).help(
            "写模板的名称（huibao templates 可以看到），或者写数据所在文件夹里的路径；要用别处的模板，用 -t 指明",
        ))
    };
    if leads_away(wanted) {
        return Err(refused("指到数据所在文件夹的外面"));
    }
    let beside = |data: &PathBuf| data.parent().filter(|dir| !dir.as_os_str().is_empty()).map(Path::to_owned);
    for dir in data.iter().map(|file| beside(file).unwrap_or_else(|| PathBuf::from("."))) {
        let Some(found) = by_path(&dir.join(wanted)) else { continue };
        let inside = |real: PathBuf| dir.canonicalize().is_ok_and(|dir| real.starts_with(dir));
        return match found.canonicalize().is_ok_and(inside) {
            true => Ok(found),
            false => Err(refused("是一个链接，指到数据所在文件夹的外面")),
        };
    }
    let first = data.first().and_then(beside).unwrap_or_default();
    by_name(wanted, &first.join(wanted), folders)
}

/// Whether a path is none below a folder: absolute, upwards, of the network, or a device of Windows.
fn leads_away(wanted: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];
    let device = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
        DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    let drive = wanted.as_bytes().get(1) == Some(&b':');
    let mut parts = wanted.split(['/', '\\']);
    wanted.starts_with(['/', '\\']) || drive || parts.any(|part| part == ".." || device(part))
}

/// A folder with a pack, its `template.yaml`, or a Word file.
fn by_path(path: &Path) -> Option<PathBuf> {
    if path.join("template.yaml").is_file() {
        return Some(path.to_path_buf());
    }
    if path.file_name().is_some_and(|n| n == "template.yaml") && path.is_file() {
        return Some(path.parent().unwrap_or(Path::new(".")).to_path_buf());
    }
    let word = path.to_str().is_some_and(crate::source::docx::is_named) && path.is_file();
    word.then(|| path.to_path_buf())
}

/// By the name of its folder or by its display name; else what may be wrong, `path` being where it may be meant.
fn by_name(wanted: &str, path: &Path, folders: &[PathBuf]) -> Result<PathBuf, Box<Diagnostic>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_lead_nowhere_else() {
        let away = [
            "/etc/模板",
            "../模板",
            "甲/../../乙",
            r"..\乙",
            r"\\server\share\模板",
            "//server/share",
            r"\\?\C:\模板",
            r"\\.\PhysicalDrive0",
            "C:模板",
            r"C:\模板",
            "NUL",
            "con.docx",
            "甲/COM1",
            "lpt3.docx",
        ];
        for wanted in away {
            assert!(leads_away(wanted), "{wanted}");
            let told = find_named(wanted, &[], &[PathBuf::from("data.yaml")]).unwrap_err();
            assert!(told.code == codes::T001 && told.helps[0].contains("-t"), "{wanted}");
        }
        for wanted in ["work-report", "我的/模板", "汇报模板.docx", "console", "甲..乙", "通用四部分工作汇报"]
        {
            assert!(!leads_away(wanted), "{wanted}");
        }
    }

    #[test]
    fn a_path_in_data_begins_beside_the_data() {
        let dir = tempfile::tempdir().unwrap();
        let (data, pack) = (dir.path().join("甲/data.yaml"), dir.path().join("甲/模板/年报"));
        std::fs::create_dir_all(&pack).unwrap();
        std::fs::write(pack.join("template.yaml"), "名称: 年报\n").unwrap();
        std::fs::write(dir.path().join("甲/汇报.docx"), "").unwrap();
        let find = |wanted: &str| find_named(wanted, &[], std::slice::from_ref(&data)).ok();
        assert_eq!(find("模板/年报"), Some(pack.clone()));
        assert_eq!(find("模板/年报/template.yaml"), Some(pack.clone()));
        assert_eq!(find("汇报.docx"), Some(dir.path().join("甲/汇报.docx")));
        assert_eq!(find("模板/季报"), None);
        #[cfg(unix)]
        {
            std::fs::rename(&pack, dir.path().join("别处")).unwrap();
            std::os::unix::fs::symlink(dir.path().join("别处"), &pack).unwrap();
            let told = find_named("模板/年报", &[], std::slice::from_ref(&data)).unwrap_err();
            assert!(told.message.contains("是一个链接"), "{}", told.message);
        }
    }
}
