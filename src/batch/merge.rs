//! The lists of shards, joined to one 清单: what was made, and what is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::list::{self, List, Row};
use super::outcome::State;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, codes};
use crate::output;

/// What the join found.
#[derive(Debug)]
pub struct Merged {
    pub written: Vec<PathBuf>,
    /// Reports made or unchanged.
    pub there: usize,
    pub failed: usize,
    /// Warnings and errors about what is missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// Joins the lists in `dirs` into one, written to `output`; with `zip`, the reports as well.
pub fn merge(dirs: &[PathBuf], output: &Path, zip: bool) -> Result<Merged, Vec<Diagnostic>> {
    let lists = read(dirs)?;
    let Some((_, first)) = lists.first() else { return Err(vec![no_list(&shown(dirs))]) };
    let about = first.about.clone();
    let mut diagnostics = Vec::new();
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut members: BTreeMap<usize, Vec<(String, PathBuf)>> = BTreeMap::new();
    output::make_folder(output).map_err(|d| vec![*d])?;
    let mut shards = BTreeSet::new();
    for (dir, list) in &lists {
        if list.about.digest != about.digest || list.about.shard.map(|s| s.count) != about.shard.map(|s| s.count) {
            return Err(vec![strangers(&lists[0].0, dir)]);
        }
        shards.extend(list.about.shard.map(|s| s.index));
        for row in &list.rows {
            let gone = row.files.iter().filter(|f| !dir.join(f).is_file());
            diagnostics.extend(gone.map(|f| missing_file(&row.unit, &dir.join(f))));
            let better = |old: &Row| matches!(old.state, State::Failed | State::Left);
            if rows.get(&row.number).is_none_or(better) {
                let below = |f: &String| relative(&dir.join(f), output);
                let there = row.files.iter().map(|f| (f.clone(), dir.join(f))).filter(|(_, path)| path.is_file());
                members.insert(row.number, there.collect());
                rows.insert(row.number, Row { files: row.files.iter().map(below).collect(), ..row.clone() });
            }
        }
    }
    if let Some(Shard { count, .. }) = about.shard {
        for index in (1..=count).filter(|i| !shards.contains(i)) {
            diagnostics.push(missing_shard(Shard { index, count }, &about.all));
        }
    }
    for (i, unit) in about.all.iter().enumerate() {
        let left = || Row {
            number: i + 1,
            unit: unit.clone(),
            state: State::Left,
            files: Vec::new(),
            pages: 0,
            messages: Vec::new(),
        };
        rows.entry(i + 1).or_insert_with(left);
    }
    let rows: Vec<Row> = rows.into_values().collect();
    let about = list::About { shard: None, all: Vec::new(), ..about };
    let mut written = Vec::new();
    let both = || Ok([("xlsx", list::workbook(&rows)?), ("json", list::json(&about, &rows)?)]);
    for (extension, bytes) in both().map_err(|d: Box<Diagnostic>| vec![*d])? {
        let target = output.join(format!("{}.{extension}", list::stem(None)));
        output::write(&target, &bytes).map_err(|d| vec![*d])?;
        written.push(target);
    }
    if zip {
        let target = output.join(format!("{}.zip", super::close::ARCHIVE));
        let members: Vec<(String, PathBuf)> = members.into_values().flatten().collect();
        output::archive(&target, &members, output).map_err(|d| vec![*d])?;
        written.push(target);
    }
    let count = |states: &[State]| rows.iter().filter(|r| states.contains(&r.state)).count();
    Ok(Merged { written, there: count(&[State::Made, State::Unchanged]), failed: count(&[State::Failed]), diagnostics })
}

/// All lists of shards in the folders; a folder without one is a mistake.
fn read(dirs: &[PathBuf]) -> Result<Vec<(PathBuf, List)>, Vec<Diagnostic>> {
    let mut lists = Vec::new();
    let mut wrong = Vec::new();
    for dir in dirs {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
        let is_list = |p: &PathBuf| {
            let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with("清单-") && name.ends_with(".json")
        };
        let mut files: Vec<PathBuf> = entries.filter(is_list).collect();
        files.sort();
        if files.is_empty() {
            wrong.push(no_list(&dir.display().to_string()));
        }
        for file in files {
            match std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                Some(list) => lists.push((dir.clone(), list)),
                None => wrong.push(
                    Diagnostic::new(codes::B011, format!("“{}”读不出来，不是分片的清单", file.display()))
                        .help("重新运行这一片"),
                ),
            }
        }
    }
    if wrong.is_empty() { Ok(lists) } else { Err(wrong) }
}

fn shown(dirs: &[PathBuf]) -> String {
    dirs.iter().map(|d| d.display().to_string()).collect::<Vec<_>>().join("、")
}

/// The path of a file as seen from the folder of the list.
fn relative(file: &Path, from: &Path) -> String {
    let (Ok(whole), Ok(from)) = (file.canonicalize(), from.canonicalize()) else { return file.display().to_string() };
    let shared = whole.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Path::new("..").as_os_str());
    let down = whole.components().skip(shared).map(|c| c.as_os_str());
    up.chain(down).collect::<PathBuf>().display().to_string()
}

fn no_list(dir: &str) -> Diagnostic {
    Diagnostic::new(codes::B010, format!("“{dir}”里没有分片的清单（清单-片号-片数.json）"))
        .help("指明各片的输出文件夹；没有跑完的片要先跑完")
}

fn strangers(one: &Path, other: &Path) -> Diagnostic {
    let message = format!("“{}”和“{}”里的清单不是同一次任务的分片", one.display(), other.display());
    Diagnostic::new(codes::B012, message).help("各片要用同样的数据、模板、字体、版本和片数，重新运行不同的那一片")
}

fn missing_shard(shard: Shard, all: &[String]) -> Diagnostic {
    let units: Vec<&str> =
        all.iter().enumerate().filter(|(row, _)| shard.takes(*row)).map(|(_, unit)| unit.as_str()).collect();
    let some = units.iter().take(5).copied().collect::<Vec<_>>().join("、");
    let more = if units.len() > 5 { "等" } else { "" };
    Diagnostic::new(codes::B013, format!("缺第{}片，共{}份没有生成：{some}{more}", shard.index, units.len()))
        .help(format!("运行 --shard {}/{}", shard.index, shard.count))
}

fn missing_file(unit: &str, file: &Path) -> Diagnostic {
    Diagnostic::new(codes::B014, format!("清单里有“{unit}”的文件，但“{}”不在", file.display()))
        .help("重新运行那一片，缺的会补上")
}
