//! What a panic leaves behind: the step and the line of the program where it happened, and
//! nothing of what the user's files hold. Its own words are not kept: they may quote a cell.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Mutex;

use super::{Diagnostic, codes};

thread_local! {
    static STEP: Cell<&'static str> = const { Cell::new("") };
}
static LAST: Mutex<Option<Trace>> = Mutex::new(None);

/// Where a panic happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The step of the work, in the user's words.
    pub step: &'static str,
    /// `src/layout/table.rs:120:9`.
    pub place: String,
}

/// Says which step this thread is in, until it is dropped.
pub struct Step(&'static str);

/// Enters a step.
pub fn step(name: &'static str) -> Step {
    Step(STEP.replace(name))
}

impl Drop for Step {
    fn drop(&mut self) {
        // A panic unwinds through here too; the hook has kept the name by then.
        STEP.set(self.0);
    }
}

/// From now on a panic prints nothing and leaves a trace.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}:{}", within(l.file()), l.line(), l.column()));
        let step = STEP.get();
        let step = if step.is_empty() { "准备" } else { step };
        if let Ok(mut last) = LAST.lock() {
            *last = Some(Trace { step, place: place.unwrap_or_default() });
        }
    }));
}

/// A source file as the program's authors know it, without the folders of the machine that built it.
fn within(file: &str) -> String {
    let file = file.replace('\\', "/");
    let crates = file.rsplit_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/')).map(|(_, rest)| rest);
    crates.map_or_else(|| file.clone(), str::to_string)
}

/// The trace of the panic that was just caught.
pub fn last() -> Option<Trace> {
    LAST.lock().ok().and_then(|mut last| last.take())
}

/// X001, with the trace where there is one.
pub fn told(trace: Option<&Trace>) -> Diagnostic {
    let at = trace.map(|t| format!("（{}时，{}）", t.step, t.place)).unwrap_or_default();
    Diagnostic::new(codes::X001, format!("程序内部出错，这是程序的问题，不是数据的问题{at}"))
}

/// Name of the file that is left beside the output.
pub const REPORT: &str = "程序错误.txt";

/// What that file says; of the `files` that were read it tells the endings, in their order.
pub fn report(command: &str, files: &[PathBuf], trace: Option<&Trace>) -> String {
    let kind = |file: &PathBuf| file.extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
    let files: Vec<String> = files.iter().map(kind).collect();
    let (step, place) = trace.map_or(("", ""), |t| (t.step, t.place.as_str()));
    format!(
        "huibao 程序内部错误\n\n版本：{}\n系统：{} {}\n命令：huibao {command}\n数据文件：{}\n步骤：{step}\n位置：{place}\n\n\
         这个文件里没有数据的内容和文件名，可以发给维护人员。\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        if files.is_empty() { "没有".to_string() } else { files.join("、") },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lose_the_folders_of_the_machine() {
        assert_eq!(within("src/check/line.rs"), "src/check/line.rs");
        assert_eq!(within("/home/x/.cargo/registry/src/index-1/typst-0.15.0/src/a.rs"), "typst-0.15.0/src/a.rs");
    }

    #[test]
    fn the_report_names_step_and_place() {
        let trace = Trace { step: "排版", place: "src/layout/table.rs:1:2".into() };
        let said = report("build", &["机密.xlsx".into()], Some(&trace));
        assert!(said.contains("步骤：排版\n位置：src/layout/table.rs:1:2\n") && !said.contains("机密"), "{said}");
        assert!(told(Some(&trace)).message.ends_with("（排版时，src/layout/table.rs:1:2）"));
    }
}
