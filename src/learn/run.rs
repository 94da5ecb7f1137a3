//! From an old report and its data to a template.

use std::path::PathBuf;
use std::sync::Arc;

use super::again::{self, Choice};
use super::earlier;
use super::figure::{Figure, State};
use super::fixed::fixed_rows;
use super::place::Text;
use super::proof::{self, Difference};
use super::read::Reader;
use super::report::Report;
use crate::dataset::{self, Dataset, LoadOptions, Loaded};
use crate::diagnostic::{Diagnostic, SourceMap, codes, has_error};
use crate::pipeline::Failure;
use crate::revise::{Change, Remark, Revision};

/// What is to be learned.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Old reports, that of the last year last.
    pub reports: Vec<PathBuf>,
    /// Their data.
    pub data: Vec<PathBuf>,
    /// The year of the last report, whatever it says.
    pub year: Option<i16>,
    /// A template that was learned before, with choices in its comments.
    pub again: Option<PathBuf>,
}

/// A figure with what is told of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The figure.
    pub figure: Figure,
    /// Where it stands: 第12段.
    pub place: String,
    /// The cells of its reading.
    pub cells: Vec<String>,
}

/// What was learned.
pub struct Learned {
    /// The Word file with its tags and comments.
    pub template: Vec<u8>,
    /// The figures of the report, in their order.
    pub figures: Vec<Told>,
    /// Paragraphs that came out otherwise at first; their figures are no tags.
    pub differences: Vec<Difference>,
    /// The year of the report.
    pub year: Option<i16>,
    /// What is told beside.
    pub diagnostics: Vec<Diagnostic>,
    /// The files of the data.
    pub sources: SourceMap,
}

/// Learns a template.
pub fn learn(request: &Request) -> Result<Learned, Failure> {
    let alone = |d: Box<Diagnostic>| Failure { diagnostics: vec![*d], sources: SourceMap::new() };
    let mut reports = Vec::new();
    for path in &request.reports {
        reports.push(Report::read(path).map_err(alone)?);
    }
    reports.sort_by_key(|report| report.year);
    let Some(report) = reports.pop().filter(|_| !request.data.is_empty()) else {
        let missing = if request.reports.is_empty() {
            "没有给出旧报告（.docx）"
        } else {
            "没有给出旧报告那一年的数据"
        };
        let told = Diagnostic::new(codes::N001, missing).help("写成：huibao learn 去年的报告.docx 数据.xlsx");
        return Err(alone(Box::new(told)));
    };
    let choices = request.again.as_ref().map(|path| again::choices(path)).transpose().map_err(alone)?;
    let (data, year, sources, mut diagnostics) = data(request, &report)?;
    let reader = Reader::new(&data, &report.texts);
    let mut figures = reader.read(&report.texts);
    for earlier in &reports {
        earlier::hold_against(&mut figures, &report, earlier, &data);
    }
    diagnostics.extend(choices.into_iter().flat_map(|own| chosen(&own, &mut figures, &report, &reader)));
    let differences = proven(&mut figures, &report, request, year);
    diagnostics.extend(differences.iter().map(|own| told(own, year)));
    diagnostics.extend(fixed_rows(&figures, &report));
    if !figures.iter().any(|figure| figure.state != State::NoData) {
        diagnostics.push(
            Diagnostic::new(codes::N004, "报告里的数在数据里都找不到")
                .help("看看数据是不是这份报告的，年份对不对；年份用 --year 指明"),
        );
    }
    let told: Vec<Told> = figures.into_iter().map(|figure| with_cells(figure, &report, &reader, &sources)).collect();
    let revision = revision(&told, &report, &reader, &sources);
    let template = revision.apply(&report.bytes, &report.document).map_err(|e| alone(Box::new(e.diagnostic())))?;
    Ok(Learned { template, figures: told, differences, year, diagnostics, sources })
}

type Data = (Arc<Dataset>, Option<i16>, SourceMap, Vec<Diagnostic>);

/// The data of the year of the report.
fn data(request: &Request, report: &Report) -> Result<Data, Failure> {
    let read = |year: Option<i16>| dataset::load(&request.data, &LoadOptions { year, ..LoadOptions::default() });
    let wanted = request.year.or(report.year);
    let mut loaded = read(wanted);
    let known: Vec<i16> = loaded
        .dataset
        .iter()
        .flat_map(|data| data.years.iter())
        .filter(|(_, own)| !own.fields.is_empty() || !own.tables.is_empty())
        .map(|(year, _)| *year)
        .collect();
    // Data that name no year are those of the report.
    let there = wanted.is_none_or(|year| known.contains(&year));
    if !there && request.year.is_none() && known.is_empty() {
        loaded = read(None);
    }
    let Loaded { dataset, sources, diagnostics, .. } = loaded;
    let data = match dataset {
        Some(data) if !has_error(&diagnostics) => data,
        _ => return Err(Failure { diagnostics, sources }),
    };
    if !there && !known.is_empty() {
        let years: Vec<String> = known.iter().map(|year| format!("{year}年")).collect();
        let message = format!("旧报告说的是{}年，数据里只有{}的数", wanted.unwrap_or_default(), years.join("、"));
        let told = Diagnostic::new(codes::N002, message)
            .help("把旧报告那一年的数据也给出；年份认错了的，用 --year 指明旧报告的年份");
        return Err(Failure { diagnostics: vec![told], sources });
    }
    let year = data.year;
    Ok((Arc::new(data), year, sources, diagnostics.into_iter().filter(Diagnostic::is_error).collect()))
}

/// Follows the choices of a person; tells those that cannot be followed.
fn chosen(choices: &[Choice], figures: &mut [Figure], report: &Report, reader: &Reader) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for choice in choices {
        let asked = |figure: &&mut Figure| {
            figure.state == State::Asked
                && report.paragraphs[figure.text] == choice.paragraph
                && figure.written == choice.written
        };
        let Some(figure) = figures.iter_mut().filter(asked).nth(choice.order) else {
            let message = format!("“{}”在旧报告的这一段里没有了，批注里的选择用不上", choice.written);
            told.push(Diagnostic::new(codes::N005, message).help("旧报告改过的，重新学一次，在新的批注里选"));
            continue;
        };
        if let Err(why) = again::follow(choice, figure, &report.texts[figure.text], reader) {
            told.push(Diagnostic::new(codes::N005, why).help("改成批注里有的号数，或者能得出这个数的表达式"));
        }
    }
    told
}

/// Builds what was learned with the data of the report, and takes back what comes out otherwise.
fn proven(figures: &mut [Figure], report: &Report, request: &Request, year: Option<i16>) -> Vec<Difference> {
    let build = |figures: &[Figure]| {
        let bytes = Revision { changes: changes(figures, report), ..Revision::default() }
            .apply(&report.bytes, &report.document)
            .ok()?;
        proof::printed(report, &bytes, &request.data, year)
    };
    let Some(old) = proof::printed(report, &report.bytes, &request.data, year) else { return Vec::new() };
    let differ = |figures: &[Figure]| match build(figures) {
        Some(new) => proof::differences(&old, &new),
        None => vec![Difference { old: String::new(), new: String::new() }],
    };
    let found = differ(figures);
    for difference in &found {
        let own = |text: &Text| {
            difference.old.is_empty()
                || difference.old.contains(text.text.trim())
                || text.text.contains(difference.old.trim())
        };
        for figure in figures.iter_mut().filter(|figure| own(&report.texts[figure.text])) {
            take_back(figure);
        }
    }
    if !found.is_empty() && !differ(figures).is_empty() {
        figures.iter_mut().for_each(take_back);
    }
    found
}

fn take_back(figure: &mut Figure) {
    if figure.state == State::Bound {
        figure.state = State::Asked;
        figure.candidates = figure.tag.take().into_iter().collect();
    }
}

fn told(difference: &Difference, year: Option<i16>) -> Diagnostic {
    let year = year.map_or_else(String::new, |year| format!("{year}年的"));
    let message =
        format!("用{year}数据重做，这一段成了“{}”，旧报告是“{}”，其中的数没有认定", difference.new, difference.old);
    Diagnostic::new(codes::N003, message).help("在模板里对照这一段，需要的自己写上标签")
}

fn changes(figures: &[Figure], report: &Report) -> Vec<Change> {
    let bound = figures.iter().filter_map(|figure| Some((figure.text, figure.tag.as_ref()?)));
    let change = |(text, tag): (usize, &super::write::Tag)| Change {
        paragraph: report.paragraphs[text],
        range: tag.start..tag.end,
        text: format!("{{{{ {} }}}}", tag.expression),
    };
    bound.map(change).collect()
}

fn with_cells(figure: Figure, report: &Report, reader: &Reader, sources: &SourceMap) -> Told {
    let cells = figure.tag.as_ref().map_or(Vec::new(), |tag| reader.cells(&tag.expression, sources));
    Told { place: report.places[figure.text].clone(), cells, figure }
}

/// The tags, and a comment at each figure that is asked about.
fn revision(told: &[Told], report: &Report, reader: &Reader, sources: &SourceMap) -> Revision {
    let figures: Vec<Figure> = told.iter().map(|own| own.figure.clone()).collect();
    let asked = figures.iter().filter(|figure| figure.state == State::Asked);
    let remark = |figure: &Figure| Remark {
        paragraph: report.paragraphs[figure.text],
        range: Some(figure.start..figure.end),
        text: again::question(figure, |expression| reader.cells(expression, sources)),
    };
    Revision { changes: changes(&figures, report), remarks: asked.map(remark).collect(), tracked: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_with_both_texts() {
        let own = Difference { old: "全年培训三十六场".into(), new: "全年培训36场".into() };
        let told = told(&own, Some(2025));
        assert_eq!(told.code.name(), "N003");
        assert!(told.message.starts_with("用2025年的数据重做，这一段成了“全年培训36场”"), "{}", told.message);
    }
}
