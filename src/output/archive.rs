//! Files of a folder as one zip archive, the same files giving the same bytes.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{not_written, unfinished};
use crate::diagnostic::Diagnostic;

/// Puts files into an archive, in the given order, under the names given. PDF and DOCX are
/// compressed in themselves: they are stored as they are. Until it is whole it stands in
/// `scratch`, a folder of the same disk.
pub fn archive(target: &Path, members: &[(String, PathBuf)], scratch: &Path) -> Result<(), Box<Diagnostic>> {
    let written = unfinished(scratch).and_then(|file| {
        let mut zip = ZipWriter::new(BufWriter::new(file));
        // The earliest time that the format knows, for want of a clock.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for (name, path) in members {
            zip.start_file(name.as_str(), options)?;
            std::io::copy(&mut std::fs::File::open(path)?, &mut zip)?;
        }
        let mut file = zip.finish()?.into_inner().map_err(|e| e.into_error())?;
        file.flush()?;
        file.as_file().sync_data()?;
        file.persist(target).map_err(|e| e.error)
    });
    written.map(drop).map_err(|e| not_written(target, &e))
}
