//! The program `huibao`: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    huibao::cli::run(std::env::args_os())
}
