//! What every report needs and none changes: made once, shared by all threads.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::fonts::{self, Choice, Fonts, Listed, Missed};
use super::typst::program::PROGRAM;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::settings::Change;

/// Code of the notice that a font is asked for and not used: the same for all reports of an office.
pub const MISSED: Code = codes::L036;

/// Fonts, the fixed Typst program and its library.
pub struct Kit {
    pub(super) fonts: Arc<Fonts>,
    /// What the fonts were chosen by, and what of it could not be had.
    pub(super) choice: Choice,
    pub(super) missed: Vec<Missed>,
    pub(super) shared: Arc<Shared>,
}

/// What kits have in common whatever their fonts.
pub(super) struct Shared {
    pub(super) bundled: Arc<Fonts>,
    /// Folder of the bundled fonts; others may lie in it.
    pub(super) dir: PathBuf,
    library: LazyHash<Library>,
    /// The files of the program, the main file first.
    program: Vec<Source>,
    /// Kits with the fonts of an office, made when they are first asked for.
    pub(super) offices: Mutex<Vec<Arc<Kit>>>,
}

impl Kit {
    /// Opens the fonts of a directory; they load in the background.
    pub fn load(dir: &Path) -> Result<Kit, Vec<Diagnostic>> {
        let fonts = Arc::new(Fonts::open(dir)?);
        fonts.prefetch();
        let program = PROGRAM.iter().map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned())));
        let program: Option<Vec<Source>> = program.collect();
        let program = program.ok_or_else(|| vec![Diagnostic::new(codes::L002, "程序内部的版式文件损坏")])?;
        let shared = Shared {
            bundled: fonts.clone(),
            dir: dir.to_owned(),
            library: LazyHash::new(Library::builder().build()),
            program,
            offices: Mutex::default(),
        };
        Ok(Kit { fonts, choice: Choice::default(), missed: Vec::new(), shared: Arc::new(shared) })
    }

    /// The fonts in `fonts/`, and those of the office that were asked for.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// The office fonts on this machine.
    pub fn office_fonts(&self) -> Listed {
        fonts::list(&self.shared.bundled, &self.shared.dir)
    }

    /// What an office asks for and does not get, at the place where it asks.
    pub fn notices(&self, changes: &[Change]) -> Vec<Diagnostic> {
        let one = |missed: &Missed| {
            let place = changes.iter().rev().find(|(key, ..)| &**key == missed.key);
            let notice = Diagnostic::new(MISSED, missed.message.clone());
            Diagnostic { origin: place.map(|(.., at)| *at), helps: missed.helps.clone(), ..notice }
        };
        self.missed.iter().map(one).collect()
    }

    pub(super) fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    pub(super) fn program(&self) -> &[Source] {
        &self.shared.program
    }
}

/// A kit as it is, or with the fonts of an office.
pub enum Dressed<'a> {
    Own(&'a Kit),
    Office(Arc<Kit>),
}

impl Deref for Dressed<'_> {
    type Target = Kit;

    fn deref(&self) -> &Kit {
        match self {
            Dressed::Own(kit) => kit,
            Dressed::Office(kit) => kit,
        }
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
