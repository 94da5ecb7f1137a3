//! `huibao check`: everything that is wrong or doubtful; nothing is written but a marked copy that
//! was asked for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, ReportArg};
use super::build::{kit, request};
use super::terminal::{hint, say, tell};
use crate::check::Finding;
use crate::diagnostic::{Code, Diagnostic, Exit, Origin, SourceId, SourceMap, codes, has_error};
use crate::layout::{self, Kit};
use crate::mark::{self, Marks};
use crate::pipeline::{Material, Purpose, Request, Rules, compose, examine, prepare};
use crate::template::Subject;
use crate::{batch, check, output, source};

pub fn run(args: &CheckArgs) -> Exit {
    if args.rules {
        say(check::manual().trim_end());
        return Exit::Done;
    }
    let (findings, sources) = match args.data.split_first() {
        Some((report, data)) if source::docx::is_named(&report.to_string_lossy()) && !data.is_empty() => {
            super::returned::findings(report, data, &args.choice)
        }
        _ => findings(args),
    };
    let printed = match args.report {
        ReportArg::Text => check::text(&findings, &sources),
        ReportArg::Json => check::json(&findings, &sources),
    };
    say(printed.trim_end());
    if let Some(copy) = &args.mark
        && let Err(failed) = mark(args, copy, &findings, &sources)
    {
        let exit = worst(&findings).max(failed.exit);
        tell(&[*failed], &sources);
        return exit;
    }
    worst(&findings)
}

fn worst(findings: &[Finding]) -> Exit {
    findings.iter().filter(|f| f.diagnostic.is_error()).map(|f| f.diagnostic.exit).max().unwrap_or(Exit::Done)
}

/// Writes a copy with the findings at their places: of the one workbook among the data, or of the Word
/// template.
fn mark(args: &CheckArgs, copy: &Path, findings: &[Finding], sources: &SourceMap) -> Result<(), Box<Diagnostic>> {
    match source::docx::is_named(&copy.to_string_lossy()) {
        true => mark_word(args, copy, findings, sources),
        false => mark_book(args, copy, findings, sources),
    }
}

fn mark_word(args: &CheckArgs, copy: &Path, findings: &[Finding], sources: &SourceMap) -> Result<(), Box<Diagnostic>> {
    // A report that came back, else the template.
    let words = || sources.iter().filter(|(id, _)| sources.paragraph(*id, 1).is_some());
    let word = words().find(|(_, source)| args.data.contains(&source.path)).or_else(|| words().next());
    let Some((id, source)) = word else {
        let message = "--mark 写 .docx 的，批注标在 Word 模板或改过的报告上，这次却没有 Word 文件";
        return Err(Box::new(Diagnostic::new(codes::U003, message).help("用 -t 指明 Word 文件；标工作簿的写 .xlsx")));
    };
    let bytes = source::file::read(&source.path, source::file::MAX_FILE_BYTES)?;
    let found = findings.iter().map(|f| &f.diagnostic);
    let marked = mark::word_copy(&bytes, found, sources, id).map_err(|e| Box::new(e.diagnostic()))?;
    let inputs: Vec<PathBuf> = args.data.iter().cloned().chain([source.path.clone()]).collect();
    output::refuse_input(copy, &inputs)?;
    put(copy, &marked)?;
    hint(format!("带批注的副本：{}", copy.display()));
    Ok(())
}

fn put(target: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    if let Some(folder) = target.parent().filter(|f| !f.as_os_str().is_empty()) {
        output::make_folder(folder)?;
    }
    output::write(target, bytes)
}

/// Writes the copy of the one workbook among the data, with the findings at their cells.
fn mark_book(args: &CheckArgs, copy: &Path, findings: &[Finding], sources: &SourceMap) -> Result<(), Box<Diagnostic>> {
    let books: Vec<SourceId> = sources
        .iter()
        .filter(|(_, s)| args.data.contains(&s.path) && source::workbook::is_named(&s.name))
        .map(|(id, _)| id)
        .collect();
    let [id] = books[..] else {
        let message = match books.len() {
            0 => "--mark 标在工作簿的单元格上，数据里却没有能打开的工作簿".to_string(),
            more => format!("--mark 一次标一个工作簿，这次却给了 {more} 个"),
        };
        return Err(Box::new(Diagnostic::new(codes::U003, message).help("一个工作簿用一次 check --mark")));
    };
    let book = sources.get(id);
    let bytes = source::file::read(&book.path, source::file::MAX_FILE_BYTES)?;
    let marks = Marks::of(findings.iter().map(|f| &f.diagnostic), sources, id);
    let marked = mark::copy(&bytes, &book.name, &marks).map_err(|e| Box::new(e.diagnostic()))?;
    let target = copy.with_extension(marked.ending);
    output::refuse_input(&target, &args.data)?;
    put(&target, &marked.bytes)?;
    let aside = match marked.remade {
        Some(ending) => format!("（原文件是 .{ending}，副本另做成 .xlsx，只有内容，没有原来的格式和公式）"),
        None if target != copy => format!("（原文件是 .{}，副本的扩展名也得是它）", marked.ending),
        None => String::new(),
    };
    hint(format!("标注的副本：{}{aside}", target.display()));
    Ok(())
}

fn findings(args: &CheckArgs) -> (Vec<Finding>, SourceMap) {
    let request = Request { purpose: Purpose::Look, ..request(&args.data, &args.choice, false) };
    let (kit, material) = rayon::join(|| kit(&request.folders), || prepare(&request));
    let material = match material {
        Ok(material) => material,
        Err(failure) => return (failure.diagnostics.into_iter().map(Finding::plain).collect(), failure.sources),
    };
    let levels = &material.levels;
    let plain = |diagnostics: Vec<Diagnostic>| diagnostics.into_iter().map(Finding::plain);
    let mut findings: Vec<Finding> = plain(levels.changes.clone()).collect();
    findings.extend(plain(material.diagnostics.clone()));
    let mut desk = Desk { material: &material, kit, findings: Vec::new(), known: HashSet::new() };
    desk.add(findings);
    match &material.table {
        None => desk.report(None, true),
        Some(table) => desk.reports(table),
    }
    let mut findings = desk.findings;
    if findings.iter().all(|f| !check::is_about_data(f.diagnostic.code)) {
        // Said already where a report could be made; else the data are looked at alone.
        findings.extend(check::examine_data(&material.data, &material.pack.schema, levels));
    }
    (levels.apply(findings), material.sources)
}

/// Reports of a table that are looked at one by one.
const MOST_REPORTS: usize = 100;

/// What is found, report by report.
struct Desk<'a> {
    material: &'a Material,
    kit: Result<Kit, Vec<Diagnostic>>,
    findings: Vec<Finding>,
    /// What is among them.
    known: HashSet<(Code, Option<Origin>, String)>,
}

impl Desk<'_> {
    /// A pack that is about the records of a table: each of them is a report.
    fn reports(&mut self, table: &str) {
        match batch::records(self.material, table) {
            Err(wrong) => self.add(wrong.into_iter().map(Finding::plain)),
            Ok((subjects, doubts)) => {
                self.add(doubts.into_iter().map(Finding::plain));
                let more = subjects.len().saturating_sub(MOST_REPORTS);
                for (i, subject) in subjects.into_iter().take(MOST_REPORTS).enumerate() {
                    self.report(Some(subject), i == 0);
                }
                if more > 0 {
                    let told = format!("“{table}”表的前{MOST_REPORTS}份逐份检查了，还有{more}份没有逐份检查");
                    self.add([Finding::plain(Diagnostic::new(codes::C92, told))]);
                }
            }
        }
    }

    fn report(&mut self, subject: Option<Subject>, layout: bool) {
        let unsound = has_error(&self.material.diagnostics);
        let composed = compose(self.material, subject.clone(), unsound).or_else(|missing| {
            self.add(missing.into_iter().map(Finding::plain));
            // What is missing is said; the rest is looked at as a draft.
            compose(self.material, subject, true)
        });
        let Ok(composed) = composed else { return };
        self.add(composed.diagnostics.into_iter().map(Finding::plain));
        self.add(examine(self.material, &composed.document, &Rules::All));
        if layout {
            let laid = match &self.kit {
                Ok(kit) => layout::remarks(&composed.document, kit),
                Err(missing) => Err(missing.clone()),
            };
            self.add(laid.unwrap_or_else(|e| e).into_iter().map(Finding::plain));
        }
    }

    /// Reports share what is wrong with the template and with the data: it is said once.
    fn add(&mut self, more: impl IntoIterator<Item = Finding>) {
        for finding in more {
            let Diagnostic { code, origin, message, .. } = &finding.diagnostic;
            if self.known.insert((*code, *origin, message.clone())) {
                self.findings.push(finding);
            }
        }
    }
}
