//! Flags, terminal, exit codes. Flags are inert data (`args`); each command is one file.

mod args;
mod batch;
mod build;
mod check;
mod collect;
mod form;
mod preview;
mod progress;
mod speech;
mod templates;
mod trace;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes};
use args::{Args, Command};
use speech::{ended, hint, say, tell};

/// Runs the program with its arguments and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Args::try_parse_from(args) {
        Ok(args) => guarded(args),
        Err(err) => usage::explain(&err),
    };
    let exit = match exit {
        Exit::Done if speech::is_unsaid() => {
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
