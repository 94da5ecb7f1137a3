//! What a batch leaves beside its reports: 清单, the archive, the volumes.

use std::collections::HashSet;

use super::digest::Hash;
use super::make::Line;
use super::options::{Options, Progress, Summary, stopped};
use super::outcome::{Outcome, State, some};
use super::past;
use super::units::Unit;
use super::{bind, list};
use crate::diagnostic::{Diagnostic, codes};
use crate::output;

/// Name of the archive (`--zip`), without extension.
pub const ARCHIVE: &str = "全部报告";

/// File names, without extension, that reports may not have.
pub fn reserved(options: &Options) -> Vec<&'static str> {
    if options.bind { vec![bind::STEM] } else { Vec::new() }
}

/// Refuses to write over what is read.
pub fn refuse_inputs(options: &Options) -> Result<(), Box<Diagnostic>> {
    let stem = list::stem(options.shard);
    let targets = [format!("{stem}.xlsx"), format!("{stem}.json"), format!("{ARCHIVE}.zip")];
    targets.iter().try_for_each(|name| output::refuse_input(&options.output.join(name), &options.inputs))
}

/// Writes all that is asked for; what fails is told and keeps nothing else from being written.
pub fn close(summary: &mut Summary, line: &Line, units: &[Unit], all: &[String], progress: &mut dyn Progress) {
    let whole = summary.gave_up.is_none() && !stopped(line.stop) && summary.count(State::Left) == 0;
    if let Err(diagnostic) = lists(summary, line, all)
        && summary.gave_up.is_none()
    {
        summary.diagnostics.push(*diagnostic);
    }
    if summary.gave_up.is_some() {
        return;
    }
    edited(summary);
    strays(summary, line, units);
    let wanted = [("合订本", line.options.bind), ("压缩包", line.options.zip)];
    let wanted: Vec<&str> = wanted.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name).collect();
    if wanted.is_empty() {
        return;
    }
    if !whole {
        let message = format!("报告没有做完，{}没有做", wanted.join("和"));
        summary.diagnostics.push(Diagnostic::new(codes::B017, message).help("再运行同一条命令，做完以后就有"));
        return;
    }
    let failed: Vec<&str> =
        summary.outcomes.iter().filter(|o| o.state == State::Failed).map(|o| o.unit.as_str()).collect();
    if !failed.is_empty() {
        let message = match files(&summary.outcomes).is_empty() {
            true => format!("一份报告也没有做成，没有做{}", wanted.join("和")),
            false => format!("{}里没有失败的{}份：{}", wanted.join("和"), failed.len(), some(&failed)),
        };
        summary.diagnostics.push(Diagnostic::new(codes::B018, message).help("改好以后再运行同一条命令"));
    }
    if files(&summary.outcomes).is_empty() {
        return;
    }
    if line.options.bind {
        bind::bind(summary, line, units, progress);
    }
    if line.options.zip
        && !stopped(line.stop)
        && let Err(diagnostic) = zip(summary, line)
    {
        summary.diagnostics.push(*diagnostic);
    }
}

fn lists(summary: &mut Summary, line: &Line, all: &[String]) -> Result<(), Box<Diagnostic>> {
    let options = line.options;
    let about = list::About {
        program: env!("CARGO_PKG_VERSION").to_string(),
        template: line.material.pack.display.clone(),
        table: options.by.clone(),
        year: line.material.data.year,
        digest: line.common.whole(),
        shard: options.shard,
        all: if options.shard.is_some() { all.to_vec() } else { Vec::new() },
    };
    let stem = list::stem(options.shard);
    let rows: Vec<list::Row> = summary.outcomes.iter().map(list::Row::of).collect();
    for (extension, bytes) in [("xlsx", list::workbook(&rows)?), ("json", list::json(&about, &rows)?)] {
        let name = format!("{stem}.{extension}");
        line.workshop.put(&name, &bytes)?;
        summary.written.push(line.workshop.dir().join(name));
    }
    Ok(())
}

/// Files that are there: of made and of unchanged reports.
fn files(outcomes: &[Outcome]) -> Vec<String> {
    let there = outcomes.iter().filter(|o| matches!(o.state, State::Made | State::Unchanged));
    there.flat_map(|o| o.entry.files.iter().map(|(name, _)| name.clone())).collect()
}

fn zip(summary: &mut Summary, line: &Line) -> Result<(), Box<Diagnostic>> {
    let part = line.options.shard.map(|s| format!("-{}", s.label())).unwrap_or_default();
    let name = format!("{ARCHIVE}{part}.zip");
    let files = files(&summary.outcomes);
    let mut hash = Hash::new();
    for file in &files {
        hash.text(file).text(&line.workshop.mark(file));
    }
    let digest = hash.done();
    let target = line.workshop.dir().join(&name);
    summary.written.push(target.clone());
    if line.past.has_product(&name, &digest, line.workshop) {
        return Ok(());
    }
    let members: Vec<_> = files.iter().map(|file| (file.clone(), line.workshop.dir().join(file))).collect();
    output::archive(&target, &members, line.workshop.scratch())?;
    line.made(&name, &digest)
}

/// What someone has changed since it was made and was left alone.
fn edited(summary: &mut Summary) {
    let units: Vec<&str> = summary.outcomes.iter().filter(|o| o.entry.edited).map(|o| o.unit.as_str()).collect();
    if !units.is_empty() {
        let message = format!("有{}份报告生成以后被人改动过，保留改动，没有重做：{}", units.len(), some(&units));
        let help = format!("要重新生成就加 --force，改动过的会移到“{}”文件夹", output::SET_ASIDE);
        summary.diagnostics.push(Diagnostic::new(codes::B015, message).help(help));
    }
}

/// Reports of earlier runs that nothing asks for now: they are old and easily sent by mistake.
fn strays(summary: &mut Summary, line: &Line, units: &[Unit]) {
    // A shard does not know what others make.
    if line.options.shard.is_some() {
        return;
    }
    let mut planned: HashSet<String> = files(&summary.outcomes).into_iter().collect();
    for unit in units.iter().filter(|u| !u.file_name.is_empty()) {
        planned.extend(line.options.formats.iter().map(|f| format!("{}.{}", unit.file_name, f.extension())));
    }
    let strays = line.past.strays(&planned, line.workshop);
    if !strays.is_empty() {
        let names: Vec<&str> = strays.iter().map(String::as_str).collect();
        let message = format!("文件夹里还有{}个以前生成、这次没有更新的文件：{}", names.len(), some(&names));
        summary.diagnostics.push(Diagnostic::new(codes::B019, message).help("不再需要就删掉，以免误发"));
    }
}

impl Line<'_> {
    /// Notes that a product was made.
    pub fn made(&self, product: &str, digest: &str) -> Result<(), Box<Diagnostic>> {
        let Some(stamp) = self.workshop.stamp(product) else { return Ok(()) };
        let line = past::Line::Product { product: product.to_owned(), digest: digest.to_owned(), stamp };
        self.journal.append(&[&line])
    }
}
