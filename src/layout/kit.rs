//! What every report needs and none changes: made once, shared by all threads.

use std::path::Path;
use std::sync::Arc;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::fonts::Fonts;
use super::typst::PROGRAM;
use crate::diagnostic::{Diagnostic, Exit};

/// Fonts, the fixed Typst program and its library.
pub struct Kit {
    fonts: Arc<Fonts>,
    library: LazyHash<Library>,
    /// The files of the program, the main file first.
    program: Vec<Source>,
}

impl Kit {
    /// Opens the fonts of a directory; they load in the background.
    pub fn load(fonts: &Path) -> Result<Kit, Vec<Diagnostic>> {
        let fonts = Arc::new(Fonts::open(fonts)?);
        fonts.prefetch();
        let program = PROGRAM.iter().map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned())));
        let program: Option<Vec<Source>> = program.collect();
        let program =
            program.ok_or_else(|| vec![Diagnostic::error("L002", "程序内部的版式文件损坏").exit(Exit::Fault)])?;
        Ok(Kit { fonts, library: LazyHash::new(Library::builder().build()), program })
    }

    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub(super) fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    pub(super) fn program(&self) -> &[Source] {
        &self.program
    }
}

/// Id of a file of the virtual file system.
pub(super) fn file(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Kit>();
    }
}
