//! A report that came back, beside what its data say today.

use std::path::Path;

use super::single::records;
use crate::diagnostic::{Diagnostic, Origin, SourceId, SourceMap, codes, has_error};
use crate::pipeline::{Composed, Failure, Material, Purpose, Request, compose, file_name, prepare};
use crate::returned::{Compared, File};
use crate::template::{self, Subject};

/// What stands behind the name of a file that was written anew.
pub const RENEWED: &str = "（更新）";
/// Reports of a table that are tried one by one.
const MOST: usize = 200;

/// The data of a report that came back, and the report that they make now.
pub struct Today {
    pub material: Material,
    pub composed: Composed,
    /// The file among the sources.
    pub source: SourceId,
    pub compared: Compared,
}

/// Reads a file; what is wrong with it is told with its name.
pub fn opened<'b>(report: &Path, bytes: &'b [u8]) -> Result<File<'b>, Failure> {
    File::read(bytes).map_err(|found| {
        let mut sources = SourceMap::new();
        let source = template::add_word_source(report, None, &mut sources);
        Failure { diagnostics: vec![found.at(Origin::whole(source))], sources }
    })
}

/// Makes the report of today and compares.
pub fn today(report: &Path, file: &File<'_>, asked: &Request) -> Result<Today, Failure> {
    let mut asked = Request { purpose: Purpose::Look, draft: false, ..asked.clone() };
    let mut material = prepare(&asked);
    // The file knows its template, where nobody says another.
    let unnamed = |failure: &Failure| failure.diagnostics.iter().any(|found| found.code == codes::T000);
    if let (Err(failure), Some(name)) = (&material, file.template())
        && unnamed(failure)
    {
        asked.template = Some(name.to_string());
        material = prepare(&asked);
    }
    let mut material = material?;
    if has_error(&material.diagnostics) {
        return Err(material.failure(Vec::new()));
    }
    let composed = match material.table.clone() {
        None => compose(&material, None, false).map_err(|found| material.failure(found))?,
        Some(table) => of_record(report, file, &material, &table)?,
    };
    let compared = file.compare(&composed.document);
    let source = template::add_word_source(report, Some(&file.document), &mut material.sources);
    Ok(Today { material, composed, source, compared })
}

/// The report of the record that the file is about: by its name, else by its title.
fn of_record(report: &Path, file: &File<'_>, material: &Material, table: &str) -> Result<Composed, Failure> {
    let (subjects, _) = records(material, table).map_err(|found| material.failure(found))?;
    let stem = report.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.trim_end_matches(RENEWED);
    let named = |subject: &&Subject| {
        let name = file_name(material, (*subject).clone(), false).ok().flatten();
        name.is_some_and(|name| name.trim() == stem)
    };
    let make = |subject: &Subject| compose(material, Some(subject.clone()), false);
    if let Some(subject) = subjects.iter().find(named) {
        return make(subject).map_err(|found| material.failure(found));
    }
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let texts: Vec<String> = file.document.paragraphs().iter().take(30).map(|own| bare(&own.text)).collect();
    let own = |composed: &Composed| texts.contains(&bare(&composed.document.meta.title));
    let found = subjects.iter().take(MOST).filter_map(|subject| make(subject).ok()).find(own);
    found.ok_or_else(|| {
        let told = Diagnostic::new(codes::E008, format!("认不出这是“{table}”表里哪一行的报告"));
        material.failure(vec![told.help("文件名和标题照生成时的写，或者用一行数据单独对")])
    })
}
