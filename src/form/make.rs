//! The form of a template, blank or with what last year's data say.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{FormRequest, report_keys, told, widened, workbook};
use crate::dataset::schema::Schema;
use crate::dataset::{self, Dataset, LoadOptions, Loaded, Pair};
use crate::diagnostic::{Diagnostic, Severity, SourceMap, codes, has_error};
use crate::template::{self, Pack};
use crate::{output, pipeline, settings};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Name of the pack, or path to it.
    pub template: String,
    /// Last year's data.
    pub from: Vec<PathBuf>,
    /// Without one it is the year after that of the data.
    pub year: Option<i16>,
    /// Where packs are looked for.
    pub folders: Vec<PathBuf>,
}

/// What is to be told, and the sources of its places.
pub type Told = (Vec<Diagnostic>, SourceMap);

/// A form that was made.
pub struct Made {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Remarks.
    pub told: Told,
    /// Display name of the template.
    pub title: String,
    /// The year that it is for, where that is known.
    pub year: Option<i16>,
}

/// Makes it; nothing is written.
pub fn make(order: &Order) -> Result<Made, Told> {
    let (pack, loaded) = read(order)?;
    let (sources, mut found) = (loaded.sources, loaded.diagnostics);
    if has_error(&found) {
        return Err((found, sources));
    }
    let mut previous = loaded.dataset.filter(|_| !order.from.is_empty());
    if let Some(data) = &mut previous {
        found.extend(looked_through(data, &pack));
    }
    let (schema, left) = asked(&pack, previous.as_ref());
    // Without a year: the one after the data's.
    let next = previous.as_ref().and_then(|d| d.year).map(|y| y + 1);
    let report_keys = report_keys(&pack);
    let request = FormRequest {
        title: &pack.display,
        kind: pack.kind,
        key: &pack.key,
        // Where neither says one, the clerk fills in 年份 and the columns are 本年, 上年, 前年.
        year: order.year.or(next),
        previous: previous.as_ref(),
        report_keys: &report_keys,
    };
    found.extend(told(&schema, &request, &left));
    match workbook(&schema, &request) {
        Ok(bytes) => Ok(Made { bytes, year: request.year, title: pack.display.clone(), told: (found, sources) }),
        Err(error) => {
            let wrong = Diagnostic::new(codes::F002, error.to_string());
            let help = "检查模板里表的名称：不能有 [ ] : * ? / \\，不超过 31 个字";
            Err((vec![wrong.help(help)], sources))
        }
    }
}

/// Writes a form: over none of the data, and what was filled in there moves aside, which is told.
pub fn write(target: &Path, bytes: &[u8], from: &[PathBuf]) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    output::refuse_input(target, from)?;
    if let Some(folder) = target.parent().filter(|f| !f.as_os_str().is_empty()) {
        output::make_folder(folder)?;
    }
    let kept = output::set_aside(target, bytes)?;
    output::write(target, bytes)?;
    Ok(kept.map(|kept| {
        let message = format!("原来的“{}”没有覆盖，改名为“{}”", target.display(), kept.display());
        Diagnostic::new(codes::F004, message).help("不再需要就删掉")
    }))
}

/// The pack, and last year's data as it asks for them.
fn read(order: &Order) -> Result<(Pack, Loaded), Told> {
    let mut files = dataset::read(&order.from, &LoadOptions::default());
    let dir = match template::find(&order.template, &order.folders) {
        Ok(dir) => dir,
        Err(error) => return Err((vec![*error], files.sources)),
    };
    let pack = match Pack::load(&dir, &mut files.sources) {
        Ok(pack) => pack,
        Err(errors) => return Err((errors, files.sources)),
    };
    let settings = match settings::read(&order.from, &mut files.sources) {
        Ok(settings) => settings,
        Err(errors) => return Err((errors, files.sources)),
    };
    let loaded = pipeline::settle(files, &pack, None, Pair::of_settings(&settings));
    Ok((pack, loaded))
}

/// Last year's data by the template's names. What is still blank in them stops nothing, and what was
/// wrong is told.
fn looked_through(data: &mut Dataset, pack: &Pack) -> Vec<Diagnostic> {
    dataset::information::settle(data, pack.kind, |key| !template::uses(&pack.engine, key).is_empty());
    let found = dataset::schema::check(data, &pack.schema).into_iter().filter(|d| !d.code.is_blank());
    found.map(|d| Diagnostic { severity: d.severity.min(Severity::Warning), ..d }).collect()
}

/// What the form asks for, and the names of last year's data that the template does not read.
fn asked(pack: &Pack, previous: Option<&Dataset>) -> (Schema, Vec<Arc<str>>) {
    let used = |name: &str| !template::uses(&pack.engine, name).is_empty();
    match previous {
        Some(data) => widened(&template::wanted(pack, previous), data, &used),
        None => (template::wanted(pack, None), Vec::new()),
    }
}
