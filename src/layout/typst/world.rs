//! The world that Typst sees: the fixed program, the document as data, its pictures, the
//! fonts. No packages, no file system, no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::super::kit::{Kit, file};

/// Name of the file that holds the document.
const DOCUMENT: &str = "document.json";

/// One document on its way through Typst.
pub struct Desk<'a> {
    kit: &'a Kit,
    main: usize,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    /// `main`: place of the main file in the program; `pictures`: name and bytes.
    pub fn new(kit: &'a Kit, main: usize, document: Vec<u8>, pictures: Vec<(String, Vec<u8>)>) -> Desk<'a> {
        let all = std::iter::once((DOCUMENT.to_owned(), document)).chain(pictures);
        let files = all.filter_map(|(name, bytes)| Some((file(&name)?, Bytes::new(bytes)))).collect();
        Desk { kit, main, files }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.kit.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.kit.fonts().book()
    }

    fn main(&self) -> FileId {
        self.kit.program()[self.main].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.kit.program().iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(known, _)| *known == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.kit.fonts().font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(_: FileId) -> FileError {
    FileError::AccessDenied
}
