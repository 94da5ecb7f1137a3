//! What a command was about, for the report of a panic: the kinds of its files, not their names.

use std::path::{Path, PathBuf};

use super::args::Command;
use crate::diagnostic::fault::{self, Trace};
use crate::output;

/// Kept before a command runs.
pub struct Scene {
    command: &'static str,
    files: Vec<PathBuf>,
    /// Folder of the output; `None` for commands that write nothing.
    folder: Option<PathBuf>,
}

impl Scene {
    pub fn of(command: &Command) -> Scene {
        let beside = |file: &Path| file.parent().map(Path::to_path_buf);
        let (command, files, folder) = match command {
            Command::Build(args) => ("build", &args.data.data[..], Some(args.output.clone())),
            Command::Batch(args) => ("batch", &args.data[..], Some(args.output.clone())),
            Command::Form(args) => ("form", &args.from[..], beside(&args.output)),
            Command::Collect(args) => ("collect", &[][..], beside(&args.output)),
            Command::Refresh(args) => ("refresh", &args.data[..], None),
            Command::Trace(args) => ("trace", &args.data.data[..], beside(&args.output)),
            Command::Learn(args) => ("learn", &args.files[..], beside(&args.output)),
            Command::Check(args) => ("check", &args.data[..], None),
            Command::Preview(args) => ("preview", &args.data[..], None),
            Command::Desk(_) => ("desk", &[][..], None),
            Command::Templates(_) => ("templates", &[][..], None),
            Command::Explain { .. } => ("explain", &[][..], None),
            Command::Fonts => ("fonts", &[][..], None),
            Command::Completions { .. } => ("completions", &[][..], None),
        };
        Scene { command, files: files.to_vec(), folder }
    }

    /// Writes the report and gives its place; `None` where nothing could be written.
    pub fn leave(&self, trace: Option<&Trace>) -> Option<PathBuf> {
        let folder = self.folder.as_deref()?;
        if !folder.as_os_str().is_empty() {
            output::make_folder(folder).ok()?;
        }
        let target = folder.join(fault::REPORT);
        output::write(&target, fault::report(self.command, &self.files, trace).as_bytes()).ok()?;
        Some(target)
    }
}
