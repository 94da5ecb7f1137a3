//! What reaches the terminal: everything that is printed goes through here, and nothing raw.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Diagnostic, Exit, SourceMap, grouped, render, visible, visible_lines};
use crate::pipeline::Failure;

/// Whether something that was to be printed could not be.
static UNSAID: AtomicBool = AtomicBool::new(false);

/// Whether something that was to be printed could not be.
pub fn is_unsaid() -> bool {
    UNSAID.load(Ordering::Relaxed)
}

/// The exit code of a command; why it failed is told.
pub fn ended(result: Result<Exit, Failure>) -> Exit {
    result.unwrap_or_else(|failure| {
        tell(&failure.diagnostics, &failure.sources);
        failure.exit()
    })
}

/// Prints diagnostics to stderr, the gravest last so that they are what is seen.
pub fn tell(diagnostics: &[Diagnostic], sources: &SourceMap) {
    let mut sorted = grouped(diagnostics);
    sorted.sort_by_key(|d| d.severity);
    let mut err = std::io::stderr().lock();
    for diagnostic in &sorted {
        let _ = err.write_all(render(diagnostic, sources).as_bytes());
    }
    let errors: usize = diagnostics.iter().filter(|d| d.is_error()).map(|d| 1 + d.others.len()).sum();
    if errors > 1 {
        let _ = writeln!(err, "共{errors}处错误，没有生成文件");
    }
}

/// Prints a line to stderr; a closed pipe ends nothing.
pub fn hint(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{}", visible_lines(&line.to_string()));
}

/// Prints the name of a file that was written.
pub fn say_path(path: &std::path::Path) {
    say(visible(&path.display().to_string()));
}

/// Prints a line to stdout; a closed pipe ends nothing.
pub fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    // A reader that has seen enough (`| head`) is no failure; a full disk is one.
    if let Err(err) = writeln!(out, "{}", visible_lines(&line.to_string())).and_then(|()| out.flush())
        && err.kind() != std::io::ErrorKind::BrokenPipe
    {
        UNSAID.store(true, Ordering::Relaxed);
    }
}
