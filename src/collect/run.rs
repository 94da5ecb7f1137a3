//! All forms of a folder to one workbook.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files;
use super::form::{self, Form};
use super::name::{name_units, settle_year};
use super::shape::Shape;
use super::standing::{Line, Standing, lines};
use super::told::{self, Told};
use super::{book, merge, units};
use crate::check::Levels;
use crate::dataset::Pair;
use crate::diagnostic::{Diagnostic, Severity, SourceMap, codes};
use crate::mark::{self, Marks};
use crate::settings;
use crate::template::Pack;

/// What is asked for.
pub struct Request<'p> {
    pub dir: PathBuf,
    pub pack: &'p Pack,
    /// Any workbook with the names of the units.
    pub units: Option<PathBuf>,
    /// The year that is collected; else the one that most forms say.
    pub year: Option<i16>,
    /// Where the workbook goes; marked copies go beside it.
    pub output: PathBuf,
}

/// What came of it.
pub struct Collected {
    pub year: Option<i16>,
    /// Files that were read as forms, and of them those whose figures were taken.
    pub forms: usize,
    pub taken: usize,
    pub lines: Vec<Line>,
    pub told: Vec<Told>,
    /// The workbook.
    pub bytes: Vec<u8>,
    forms_read: Vec<Form>,
}

/// Hears how far the work is.
pub type Hear<'h> = &'h (dyn Fn(usize, usize) + Sync);

/// Reads all forms of the folder and makes the workbook.
pub fn collect(request: &Request, hear: Hear) -> Result<Collected, (Vec<Diagnostic>, SourceMap)> {
    let shape = Shape::of(request.pack);
    let (levels, wrong) = Levels::read(&request.pack.checks);
    if !wrong.is_empty() {
        return Err((wrong, SourceMap::new()));
    }
    let units = request.units.as_deref().map(|path| units::read(path, shape.key())).transpose()?;
    let outputs: Vec<PathBuf> =
        [Some(&request.output), request.units.as_ref()].into_iter().flatten().cloned().collect();
    let files = files::list(&request.dir, &outputs).map_err(|d| (vec![*d], SourceMap::new()))?;
    if files.forms.is_empty() {
        let message = format!("文件夹“{}”里没有填报表", request.dir.display());
        let help = "把各单位交来的表放进这个文件夹，再汇总";
        return Err((vec![Diagnostic::new(codes::G013, message).help(help)], SourceMap::new()));
    }
    let mut sources = SourceMap::new();
    let settings = settings::read(&[request.dir.join(settings::FILE)], &mut sources).map_err(|d| (d, sources))?;
    let reading =
        form::Reading { pack: request.pack, shape: &shape, levels: &levels, pairs: Pair::of_settings(&settings) };
    let (count, done) = (files.forms.len(), std::sync::atomic::AtomicUsize::new(0));
    let read = |(path, file): (PathBuf, String)| {
        let form = form::read(path, file, &reading);
        hear(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, count);
        form
    };
    let mut forms: Vec<Form> = files.forms.into_par_iter().map(read).collect();
    let year = settle_year(&mut forms, request.year);
    name_units(&mut forms, &shape, units.as_ref());
    let merged = merge::merge(&mut forms, &shape, request.pack, units.as_ref(), year);
    let mut told: Vec<Told> = forms.iter().flat_map(told::of_form).collect();
    told.extend(files.aside.iter().map(|(file, d)| told::of_file(file, d)));
    told.sort_by(|a, b| (std::cmp::Reverse(a.severity), &a.file).cmp(&(std::cmp::Reverse(b.severity), &b.file)));
    let lines = lines(&forms, units.as_ref());
    let about = book::About { pack: request.pack, year, lines: &lines, told: &told };
    let bytes = book::workbook(&merged, &about)
        .map_err(|e| (vec![Diagnostic::new(codes::G017, format!("汇总表写不成：{e}"))], SourceMap::new()))?;
    let taken = forms.iter().filter(|form| form.data.is_some()).count();
    Ok(Collected { year, forms: count, taken, lines, told, bytes, forms_read: forms })
}

impl Collected {
    /// The files that were read.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.forms_read.iter().map(|form| form.path.as_path())
    }

    /// How many units stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.lines.iter().filter(|line| line.standing == standing).count()
    }

    /// Makes a marked copy of each form in which something is wrong or doubtful, and hands it on
    /// with its name; gives the names, or what kept one from being written.
    pub fn copies<E: Send>(&self, write: impl Fn(&str, Vec<u8>) -> Result<(), E> + Sync) -> Vec<Result<String, E>> {
        let faulty: Vec<&Form> = self.forms_read.iter().filter(|form| form.has(Severity::Warning)).collect();
        let mut stems = BTreeMap::<String, usize>::new();
        faulty.iter().for_each(|form| *stems.entry(stem(&form.file)).or_default() += 1);
        faulty
            .into_par_iter()
            .filter_map(|form| {
                let id = form::source_of(form)?;
                let bytes = crate::source::file::read(&form.path, crate::source::file::MAX_FILE_BYTES).ok()?;
                let marks = Marks::of(&form.diagnostics, &form.sources, id);
                // What cannot be opened cannot be marked; it is in 问题.
                let marked = mark::copy(&bytes, &form.file, &marks).ok()?;
                let alone = stems.get(&stem(&form.file)).is_none_or(|count| *count == 1);
                let name = name_of(&form.file, marked.ending, alone);
                Some(write(&name, marked.bytes).map(|()| name))
            })
            .collect()
    }
}

/// The name of a file without its ending, as file systems compare it.
fn stem(file: &str) -> String {
    Path::new(file).with_extension("").to_string_lossy().to_lowercase()
}

/// 云溪镇.et has the copy 云溪镇.xlsx; where there is a 云溪镇.xls as well, it is 云溪镇（et）.xlsx.
fn name_of(file: &str, ending: &str, alone: bool) -> String {
    let own = Path::new(file).extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = Path::new(file).with_extension("").to_string_lossy().replace('\\', "/");
    if alone || own.eq_ignore_ascii_case(ending) {
        format!("{stem}.{ending}")
    } else {
        format!("{stem}（{own}）.{ending}")
    }
}
