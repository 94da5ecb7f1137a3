//! Flags, terminal, exit codes. Flags are inert data (`args`); each command is one file.

mod args;
mod batch;
mod build;
mod check;
mod collect;
mod form;
mod preview;
mod progress;
mod templates;
mod trace;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;

use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes, render};
use crate::pipeline::Failure;
use args::{Args, Command};

/// Whether something that was to be printed could not be.
static UNSAID: AtomicBool = AtomicBool::new(false);

/// Runs the program with its arguments and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Args::try_parse_from(args) {
        Ok(args) => guarded(args),
        Err(err) => usage::explain(&err),
    };
    let exit = match exit {
        Exit::Done if UNSAID.load(Ordering::Relaxed) => {
            hint("错误[O009] 结果写不到标准输出\n  怎么办：检查输出转到的文件或磁盘是不是满了");
            Exit::Io
        }
        exit => exit,
    };
    ExitCode::from(exit.code())
}

/// A panic is a fault of the program: it is said in words and ends with its own code.
fn guarded(args: Args) -> Exit {
    std::panic::set_hook(Box::new(|_| {}));
    match std::panic::catch_unwind(|| dispatch(args)) {
        Ok(exit) => exit,
        Err(_) => {
            let fault = Diagnostic::new(codes::X001, "程序内部出错，这是程序的问题，不是数据的问题")
                .help("请把用到的数据文件和命令报给维护人员");
            tell(&[fault], &SourceMap::new());
            Exit::Fault
        }
    }
}

fn dispatch(args: Args) -> Exit {
    match args.command {
        Command::Build(args) => build::run(args),
        Command::Batch(args) => batch::run(args),
        Command::Form(args) => form::run(args),
        Command::Check(args) => check::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Trace(args) => trace::run(&args),
        Command::Preview(args) => preview::run(args),
        Command::Templates(args) => templates::run(args),
        Command::Fonts => templates::fonts(),
        Command::Completions { shell } => usage::completions(shell),
    }
}

/// The exit code of a command; why it failed is told.
fn ended(result: Result<Exit, Failure>) -> Exit {
    result.unwrap_or_else(|failure| {
        tell(&failure.diagnostics, &failure.sources);
        failure.exit()
    })
}

/// Prints diagnostics to stderr, the gravest last so that they are what is seen.
pub(crate) fn tell(diagnostics: &[Diagnostic], sources: &SourceMap) {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| d.severity);
    let mut err = std::io::stderr().lock();
    for diagnostic in &sorted {
        let _ = err.write_all(render(diagnostic, sources).as_bytes());
    }
    let errors = sorted.iter().filter(|d| d.severity == Severity::Error).count();
    if errors > 1 {
        let _ = writeln!(err, "共{errors}处错误，没有生成文件");
    }
}

/// Prints a line to stderr; a closed pipe ends nothing.
pub(crate) fn hint(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints a line to stdout; a closed pipe ends nothing.
pub(crate) fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    // A reader that has seen enough (`| head`) is no failure; a full disk is one.
    if let Err(err) = writeln!(out, "{line}").and_then(|()| out.flush())
        && err.kind() != std::io::ErrorKind::BrokenPipe
    {
        UNSAID.store(true, Ordering::Relaxed);
    }
}
