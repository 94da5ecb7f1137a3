//! document → layout: the bytes of each format.

use crate::diagnostic::{Diagnostic, fault};
use crate::document::Document;
use crate::layout::{Extras, Fit, Kit, Plan, Profile};
use crate::template::Format;

/// What is made of a document.
pub struct Order<'a> {
    /// Each is made once, in this order.
    pub formats: &'a [Format],
    /// Notes on the figures, and files in the PDF.
    pub extras: Extras,
    /// One format after the other, where other threads have reports of their own.
    pub in_turn: bool,
}

impl<'a> Order<'a> {
    /// The formats alone, made side by side.
    pub fn of(formats: &'a [Format]) -> Order<'a> {
        Order { formats, extras: Extras::default(), in_turn: false }
    }
}

/// A report as bytes.
pub struct Laid {
    /// A file for each format of the order, in the same order.
    pub files: Vec<(Format, Vec<u8>)>,
    /// How the pages came out, so that a volume need not try again.
    pub fit: Fit,
    /// What the layout decided for itself, and what it would have laid out otherwise.
    pub diagnostics: Vec<Diagnostic>,
}

/// document → layout: planned once, then drawn in each format.
pub fn lay_out(document: &Document, kit: &Kit, order: &Order) -> Result<Laid, Vec<Diagnostic>> {
    let own = Profile::of(document)?;
    let plan = Plan::new(document, kit, &own)?;
    let settled = plan.settled(&own);
    let asked = |format| order.formats.contains(&format);
    let written = |profile: &Profile| {
        let _step = fault::step("排版 DOCX");
        plan.docx(profile, order.extras.notes.as_deref())
    };
    let paged = || {
        let _step = fault::step("排版 PDF");
        plan.pdf(&own, &order.extras)
    };
    let pdf = || asked(Format::Pdf).then(paged).transpose();
    let docx = || asked(Format::Docx).then(|| written(&settled)).transpose();
    let (pdf, docx) = if order.in_turn { (pdf(), docx()) } else { rayon::join(pdf, docx) };
    let (pdf, docx) = (pdf?, docx?);
    // Where there is no PDF, its pages tell all the same how the DOCX comes out.
    let (fit, profile, diagnostics) = match &pdf {
        Some(pdf) => (pdf.fit, pdf.profile.clone(), pdf.notices.clone()),
        None => plan.pages(&own).map(|pages| (pages.fit, pages.profile, pages.notices))?,
    };
    // What had to be settled on the pages (line pitch, place of the 版记), the DOCX follows.
    let docx = match docx {
        Some(_) if profile != settled => Some(written(&profile)?),
        docx => docx,
    };
    let files = [(Format::Pdf, pdf.map(|pdf| pdf.bytes)), (Format::Docx, docx)];
    let files = files.into_iter().filter_map(|(format, bytes)| Some((format, bytes?))).collect();
    Ok(Laid { files, fit, diagnostics })
}
