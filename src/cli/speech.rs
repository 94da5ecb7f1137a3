//! What is said: results on stdout, all else on stderr.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, render};
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
pub fn hint(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints a line to stdout; a closed pipe ends nothing.
pub fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    // A reader that has seen enough (`| head`) is no failure; a full disk is one.
    if let Err(err) = writeln!(out, "{line}").and_then(|()| out.flush())
        && err.kind() != std::io::ErrorKind::BrokenPipe
    {
        UNSAID.store(true, Ordering::Relaxed);
    }
}
