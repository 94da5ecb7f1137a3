//! One report for each record of a table: named first, made side by side, none stopped by
//! another's mistake, resumed where an earlier run left off.
//!
//! 1. `units`: records become subjects, with the same unit's records of other years.
//! 2. `names`: every file name is known, safe and different before a file is written.
//! 3. `past`: the folder is taken; the journals of earlier runs are read.
//! 4. `make`: a pool makes what has changed; every outcome goes into the journal.
//! 5. `close`: 清单.xlsx and 清单.json say what became of each; archive and bound volumes.

mod bind;
mod blame;
mod close;
mod digest;
mod edited;
mod list;
mod make;
pub(crate) mod merge;
mod names;
mod options;
mod outcome;
mod past;
mod shard;
mod single;
mod today;
mod units;

use std::sync::atomic::AtomicBool;

pub use options::{Options, Progress, Summary};
pub use outcome::{Entry, Outcome, State, message};
pub use shard::Shard;
pub use single::{Single, records, single};
pub use today::{RENEWED, Today, opened, today};

use crate::check::{self, Strict};
use crate::diagnostic::{Diagnostic, has_error};
use crate::layout::{Kit, Profile};
use crate::output::{Journal, Workshop};
use crate::pipeline::Material;
use blame::Blame;
use digest::Common;
use make::Task;
use past::{Past, Worth};
use units::Unit;

/// Makes the reports. `stop` ends the batch after the reports in hand.
pub fn run(
    material: &Material,
    kit: &Kit,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Summary, Vec<Diagnostic>> {
    run_with(material, kit, options, stop, progress, |_| ())
}

/// The same; `before` each report that is made.
fn run_with(
    material: &Material,
    kit: &Kit,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
    before: fn(&Unit),
) -> Result<Summary, Vec<Diagnostic>> {
    let (mut units, diagnostics) = subjects(material, options)?;
    close::refuse_inputs(options).map_err(|d| vec![*d])?;
    let common = Common::new(material, kit, &options.by, &options.formats, options.draft);
    for unit in &mut units {
        unit.subject.digest = common.of_unit(unit, &material.data, &options.by);
    }
    let all: Vec<String> = units.iter().map(|u| u.name.to_string()).collect();
    if let Some(shard) = options.shard {
        units.retain(|u| shard.takes(u.row));
    }
    let part = options.shard.map(|s| s.label());
    let workshop = Workshop::open(&options.output, part.as_deref()).map_err(|d| vec![*d])?;
    let past = Past::read(&workshop);
    let blame = Blame::new(material);
    let (mut outcomes, todo) = sort(&units, &past, &common, &workshop, (material, &blame), options);
    let kept = outcomes.iter().filter(|o| o.state == State::Unchanged).map(|o| &o.entry);
    let lines = past.lines(kept, &workshop);
    let journal = Journal::begin(workshop.journal(), &lines.iter().collect::<Vec<_>>()).map_err(|d| vec![*d])?;
    let pool = make::pool(options.jobs).map_err(|d| vec![*d])?;
    let settled = |state| outcomes.iter().filter(|o| o.state == state).count();
    progress.begin(todo.len(), settled(State::Unchanged), settled(State::Failed));
    let line = make::Line {
        blame: &blame,
        material,
        kit,
        options,
        common: &common,
        strict: if options.draft { Strict::default() } else { Strict::new(&material.levels) },
        past: &past,
        workshop: &workshop,
        journal: &journal,
        pool: &pool,
        stop,
        before,
    };
    let early = options.fail_fast && outcomes.iter().any(|o| o.state == State::Failed);
    let (made, gave_up) = match early {
        true => (todo.iter().map(|task| make::left(task.unit)).collect(), None),
        false => line.run(&todo, progress),
    };
    outcomes.extend(made);
    outcomes.sort_by_key(|o| o.row);
    // What all reports have in common is said once.
    let changes = material.changes();
    let faces = Profile::read(&changes).map(|profile| kit.dressed(&profile.faces).notices(&changes));
    let diagnostics = diagnostics.into_iter().chain(faces.unwrap_or_default()).collect();
    let mut summary = Summary { outcomes, written: Vec::new(), diagnostics, gave_up };
    close::close(&mut summary, &line, &units, &all, progress);
    progress.end();
    Ok(summary)
}

/// The records as named units. What is wrong with all of them at once fails each of them, so that
/// 清单 tells it beside what is wrong in each.
fn subjects(material: &Material, options: &Options) -> Result<(Vec<Unit>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (mut units, doubts) = units::units(&material.data, &options.by, &material.pack.key)?;
    let wrong = if options.draft { Vec::new() } else { against_rules(material) };
    let found = material.diagnostics.iter().cloned().chain(doubts).chain(wrong).collect();
    let rest = units::assign(&mut units, &material.data, &options.by, found);
    let (common, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(Diagnostic::is_error);
    if units.is_empty() && !common.is_empty() {
        return Err(common.into_iter().chain(rest).collect());
    }
    names::plan(&mut units, material, options.draft, &close::reserved(options))?;
    units.iter_mut().for_each(|unit| unit.diagnostics.extend(common.iter().cloned()));
    Ok((units, rest))
}

/// Where the data break a rule of level 错误: as in a build, no report is made over that.
fn against_rules(material: &Material) -> Vec<Diagnostic> {
    let levels = &material.levels;
    let found = levels.apply(check::examine_data(&material.data, &material.pack.schema, levels));
    found.into_iter().map(|finding| finding.diagnostic).filter(Diagnostic::is_error).collect()
}

/// Units whose outcome is known already, and those that are to be made.
fn sort<'a>(
    units: &'a [Unit],
    past: &Past,
    common: &Common,
    workshop: &Workshop,
    (material, blame): (&Material, &Blame),
    options: &Options,
) -> (Vec<Outcome>, Vec<Task<'a>>) {
    let (mut outcomes, mut todo) = (Vec::new(), Vec::new());
    for unit in units {
        if has_error(&unit.diagnostics) {
            let wrong = blame.settle(unit.diagnostics.clone());
            outcomes.push(make::failed(unit, &wrong, material));
            continue;
        }
        let right = |entry: &Entry| entry.digest == common.of_report(unit, entry.whole_table);
        let worth = if options.force { None } else { past.worth(&unit.file_name, right, workshop) };
        match worth {
            Some(Worth::Whole { entry, edited }) => outcomes.push(make::unchanged(unit, entry, &edited, material)),
            Some(Worth::Part { edited }) => todo.push(Task { unit, edited }),
            None => todo.push(Task { unit, edited: Vec::new() }),
        }
    }
    (outcomes, todo)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostic::Exit;
    use crate::pipeline::{Purpose, Request, prepare};
    use crate::template::Format;

    struct Silent;

    impl Progress for Silent {
        fn begin(&mut self, _: usize, _: usize, _: usize) {}
        fn done(&mut self, _: &Outcome) {}
        fn wait(&mut self) {}
        fn binding(&mut self, _: usize, _: usize) {}
        fn end(&mut self) {}
    }

    #[test]
    fn a_panic_fails_one_report() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data.yaml");
        let row = |name: &str, year| {
            format!(
                "  - {{年份: {year}, 名称: {name}, 中心站: 建成, 培训场次: 1, 接待群众: 1, 收集建议: 1, 办结建议: 1, 使用经费: 1}}\n"
            )
        };
        let rows: String = ["甲镇", "乙镇", "丙镇"].map(|name| row(name, 2026) + &row(name, 2025)).concat();
        std::fs::write(&data, format!("年份: 2026\n报告: {{单位: 某办, 成文日期: 2026-12-05}}\n乡镇:\n{rows}"))
            .unwrap();
        let template = root.join("tests/fixtures/briefing").to_string_lossy().into_owned();
        let purpose = Purpose::Records("乡镇".into());
        let request = Request { data: vec![data], template: Some(template), purpose, ..Request::default() };
        let material = prepare(&request).ok().unwrap();
        let kit = Kit::load(&root.join("fonts")).ok().unwrap();
        let options = Options {
            by: "乡镇".into(),
            output: dir.path().join("out"),
            inputs: Vec::new(),
            formats: vec![Format::Pdf],
            jobs: 2,
            force: false,
            refresh_edited: false,
            fail_fast: false,
            draft: false,
            shard: None,
            zip: false,
            bind: false,
        };
        let stop = AtomicBool::new(false);
        let bad = |unit: &Unit| assert!(&*unit.name != "乙镇", "on purpose");
        let summary = run_with(&material, &kit, &options, &stop, &mut Silent, bad).unwrap();
        let states: Vec<State> = summary.outcomes.iter().map(|o| o.state).collect();
        assert_eq!(states, [State::Made, State::Failed, State::Made]);
        assert!(summary.outcomes[1].entry.messages[0].contains("X001"));
        assert_eq!(summary.exit(), Exit::Input);
        // It is made by the next run.
        let summary = run(&material, &kit, &options, &stop, &mut Silent).unwrap();
        assert_eq!((summary.count(State::Made), summary.count(State::Unchanged)), (1, 2));
    }
}
