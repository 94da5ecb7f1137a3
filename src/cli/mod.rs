//! Flags, terminal, exit codes. Flags are inert data (`args`); each command is one file.

mod args;
mod batch;
mod build;
mod check;
mod collect;
mod desk;
mod explain;
mod form;
mod learn;
mod preview;
mod progress;
mod refresh;
mod returned;
mod scene;
mod templates;
mod terminal;
mod trace;
mod usage;
mod values;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes, fault};
use args::{Args, Command};
use scene::Scene;
use terminal::tell;

/// Runs the program with its arguments and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Args::try_parse_from(args) {
        Ok(args) => guarded(args),
        Err(err) => usage::explain(&err),
    };
    let exit = match exit {
        Exit::Done if terminal::is_unsaid() => {
            let full = Diagnostic::new(codes::O009, "结果写不到标准输出").help("检查输出转到的文件或磁盘是不是满了");
            tell(&[full], &SourceMap::new());
            Exit::Io
        }
        exit => exit,
    };
    ExitCode::from(exit.code())
}

/// A panic is a fault of the program: it is said in words and ends with its own code.
fn guarded(args: Args) -> Exit {
    fault::watch();
    let scene = Scene::of(&args.command);
    match std::panic::catch_unwind(|| dispatch(args)) {
        Ok(exit) => exit,
        Err(_) => {
            let trace = fault::last();
            let left = scene.leave(trace.as_ref());
            let told = fault::told(trace.as_ref()).help(match left {
                Some(path) => format!("把“{}”发给维护人员，并说明用的是哪个数据文件和命令", path.display()),
                None => "请把用到的数据文件和命令报给维护人员".to_string(),
            });
            tell(&[told], &SourceMap::new());
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
        Command::Refresh(args) => refresh::run(&args),
        Command::Trace(args) => trace::run(&args),
        Command::Learn(args) => learn::run(&args),
        Command::Preview(args) => preview::run(args),
        Command::Desk(args) => desk::run(&args),
        Command::Templates(args) => templates::run(args),
        Command::Explain { code, .. } => explain::run(code.as_deref()),
        Command::Fonts => templates::fonts(),
        Command::Completions { shell } => usage::completions(shell),
    }
}
