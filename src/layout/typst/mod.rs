//! PDF and pages through Typst. The document reaches Typst as data (`document.json` in
//! memory); one fixed program walks it.

mod annotate;
mod build;
mod data;
mod flow;
mod foot;
mod letters;
mod pager;
mod picture;
pub(super) mod program;
mod screen;
mod settle;
mod spots;
mod trial;
mod turn;
mod volume;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Label, Smart};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::extras::{Attachment, Extras};
use super::kit::Kit;
use super::plan::Plan;
use super::profile::{ColophonPage, Fit, Profile};
use super::standard::pt;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use build::Builder;
use data::{Attached, Sheet};
use program::REPORT;
use settle::{Settled, settle};
use world::Desk;

pub(super) use foot::headings_at_foot;
pub use letters::Place;
pub use picture::{chart_png, svg_png};
pub use screen::{Drawings, Drawn, Screen, screen};
pub use volume::{Part, volume};

/// A report as PDF.
#[derive(Clone)]
pub struct Pdf {
    /// The file; the same document and profile give the same bytes on any day.
    pub bytes: Vec<u8>,
    /// With it the same document is laid out again at one go.
    pub fit: Fit,
    /// The layout as it came out: the line pitch may have been adjusted (7.3.5.5).
    pub profile: Profile,
    /// What the layout decided and the user should know: another pitch (7.3.5.5), 主送机关 moved to the 版记
    /// (7.3.2), characters set in another face, changes of 版面.
    pub notices: Vec<Diagnostic>,
}

impl std::fmt::Debug for Pdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pdf({} bytes, {} pages, {:?})", self.bytes.len(), self.fit.pages, self.notices)
    }
}

/// A report as laid-out pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// As Typst laid it out; frames in pt.
    pub document: PagedDocument,
    /// With it the same document is laid out again at one go.
    pub fit: Fit,
    /// Which pages were laid out lying and then turned (clause 8).
    pub lying: Vec<bool>,
    /// The layout as it came out: the line pitch may have been adjusted (7.3.5.5).
    pub profile: Profile,
    /// As those of [`Pdf`].
    pub notices: Vec<Diagnostic>,
}

fn pages_carrying(plan: &Plan, profile: &Profile, carried: &[Attachment]) -> Result<Pages, Vec<Diagnostic>> {
    let document = plan.document;
    let lay_out = |profile: &Profile, colophon| lay_out(plan, profile, colophon, carried);
    let asked = profile;
    let settled = |profile: &Profile| -> Result<Pages, Vec<Diagnostic>> {
        // 7.3.5.5: text stands above the signature.
        let Settled { profile, notice } = settle(plan, profile);
        let mut laid = lay_out(&profile, ColophonPage::Last)?;
        laid.fit.pitch = (profile.pitch != asked.pitch).then_some((profile.pitch * 1000.0).round() as u32);
        laid.notices.extend(notice);
        Ok(laid)
    };
    let mut laid = settled(profile)?;
    if !shows_body(document, &laid) {
        let attempt = settled(&Profile { addressee_below: true, ..profile.clone() })?;
        if shows_body(document, &attempt) {
            laid = attempt;
        }
    }
    let even = document.colophon.as_ref().is_some_and(|colophon| colophon.even_page);
    if even && laid.document.pages().len() % 2 == 1 {
        // G-7.4.1c: a page of its own, and a blank page before it where it has that already.
        let (profile, notices, pitch) = (laid.profile.clone(), laid.notices.clone(), laid.fit.pitch);
        laid = lay_out(&profile, ColophonPage::Own)?;
        if laid.document.pages().len() % 2 == 1 {
            laid = lay_out(&profile, ColophonPage::AfterBlank)?;
        }
        laid.notices = notices;
        laid.fit.pitch = pitch;
    }
    if laid.profile.addressee_below {
        laid.notices.push(Diagnostic::new(codes::L021, "主送机关较多，首页将不能显示正文，已将其移至版记（7.3.2）"));
    }
    laid.profile.colophon = match laid.profile.colophon {
        ColophonPage::Last if colophon_alone(document, &laid) => ColophonPage::Own,
        placed => placed,
    };
    laid.profile = laid.profile.ending(laid.document.pages().len());
    laid.notices.extend(plan.kit().notices(&document.meta.changes));
    laid.lying = turn::lying(&laid.document);
    laid.document = turn::upright(laid.document);
    Ok(laid)
}

fn lay_out(
    plan: &Plan,
    profile: &Profile,
    colophon: ColophonPage,
    carried: &[Attachment],
) -> Result<Pages, Vec<Diagnostic>> {
    let mut builder = Builder::new(plan, profile);
    let mut sheet = builder.build(colophon);
    let mut pictures = std::mem::take(&mut builder.pictures);
    for (i, file) in carried.iter().enumerate() {
        pictures.push((format!("attached-{i}"), file.bytes.clone()));
        sheet.attached.push(Attached::new(file, i));
    }
    let notices = plan.findings.notice(plan.document).into_iter().collect();
    let document = compile(plan.kit(), REPORT, &sheet, pictures)?;
    let &Profile { addressee_below, carried, .. } = profile;
    let fit = Fit { pages: document.pages().len(), pitch: None, carried, colophon, addressee_below };
    let profile = Profile { colophon, ..profile.clone() };
    Ok(Pages { document, fit, lying: Vec::new(), profile, notices })
}

impl Plan<'_> {
    /// The profile with which the signature stands below text (7.3.5.5), as it can be reckoned before pages are
    /// laid out.
    pub fn settled(&self, profile: &Profile) -> Profile {
        settle(self, profile).profile
    }

    /// Lays the plan out: again where the pages that come out ask for another profile.
    pub fn pages(&self, profile: &Profile) -> Result<Pages, Vec<Diagnostic>> {
        pages_carrying(self, profile, &[])
    }

    /// Lays the plan out and writes it as PDF/A-2a and PDF/UA-1, with notes on its figures and files
    /// inside. A file inside makes it PDF/A-3a; a review copy is no PDF/UA, since its notes are no part
    /// of the text.
    pub fn pdf(&self, profile: &Profile, extras: &Extras) -> Result<Pdf, Vec<Diagnostic>> {
        let Pages { document: pages, fit, lying, profile, notices } =
            pages_carrying(self, profile, &extras.attachments)?;
        let archival = if extras.attachments.is_empty() { PdfStandard::A_2a } else { PdfStandard::A_3a };
        let standards = [archival, PdfStandard::Ua_1];
        let Some(notes) = &extras.notes else {
            return Ok(Pdf { bytes: written_as(&pages, &lying, &standards)?, fit, profile, notices });
        };
        let bytes = written_as(&pages, &lying, &standards[..1])?;
        // Nothing moves by the marks: the places of the figures are those of this PDF.
        let marked = self.pages(&Profile { marked: true, ..profile.clone() })?;
        let marked: Vec<spots::Marked> = marked.document.pages().iter().map(spots::marked).collect();
        let bytes =
            annotate::annotate(&bytes, &marked, notes).ok_or_else(|| vec![fault("PDF 的内部结构不能加批注")])?;
        Ok(Pdf { bytes, fit, profile, notices })
    }
}

/// Pages as the bytes of a PDF; `lying`: those that are shown turned.
fn written(pages: &PagedDocument, lying: &[bool]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    written_as(pages, lying, &[PdfStandard::A_2a, PdfStandard::Ua_1])
}

fn written_as(pages: &PagedDocument, lying: &[bool], standards: &[PdfStandard]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let standards = PdfStandards::new(standards).map_err(|error| vec![fault(error.message())])?;
    let options = PdfOptions { creator: Smart::Custom(Some("huibao".into())), standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(pages, &options).map_err(|errors| faults(&errors))?;
    turn::shown_lying(bytes, lying).ok_or_else(|| vec![fault("横排的页面未能转向")])
}

/// Drops what Typst remembers of earlier reports; fonts and shapes that are still in use stay.
pub fn evict() {
    comemo::evict(4);
}

/// Drops all that Typst remembers: after a volume or a closed tab nothing of it comes again.
pub fn forget() {
    comemo::evict(0);
}

fn compile(
    kit: &Kit,
    main: usize,
    sheet: &Sheet,
    pictures: Vec<(String, Vec<u8>)>,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let json = serde_json::to_vec(sheet).map_err(|error| vec![fault(&error.to_string())])?;
    let result = typst::compile::<PagedDocument>(&Desk::new(kit, main, json, pictures));
    let document = result.output.map_err(|errors| faults(&errors))?;
    // The program is fixed: what Typst warns of is a fault (an unknown family, no convergence).
    if result.warnings.is_empty() { Ok(document) } else { Err(faults(&result.warnings)) }
}

/// Whether the first page of a 公文 with 主送机关 shows a line of the body (7.3.3).
fn shows_body(document: &Document, laid: &Pages) -> bool {
    let asked = document.meta.kind.has_document_number() && document.front.addressee.is_some();
    let grid = &laid.profile.grid;
    let bottom = pt(grid.top) + grid.height() - laid.profile.pitch + 1.0;
    !asked || place(laid, "body").is_none_or(|(page, y)| page == 1 && y <= bottom)
}

/// Whether nothing but the 版记 stands on its page.
fn colophon_alone(document: &Document, laid: &Pages) -> bool {
    let pages = laid.document.pages().len();
    (document.colophon.is_some() || laid.profile.addressee_below)
        && place(laid, "end").is_some_and(|(page, _)| page < pages)
}

/// Where a label of the program stands: the number of its page and pt from the page's top.
fn place(laid: &Pages, name: &str) -> Option<(usize, f64)> {
    let introspector = laid.document.introspector();
    let marker = introspector.query_label(Label::new(PicoStr::intern(name))?).ok()?;
    let at = introspector.position(marker.location()?)?;
    Some((at.page.get(), at.point.y.to_pt()))
}

fn faults(errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    let whole = |error: &SourceDiagnostic| {
        error.hints.iter().fold(error.message.to_string(), |message, hint| format!("{message}; {}", hint.v))
    };
    errors.iter().map(|error| fault(&whole(error))).collect()
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::new(codes::L099, format!("排版时出现程序内部错误：{message}"))
        .help("这是程序的缺陷，请连同数据文件反馈")
}
