//! document → layout: the bytes of each format.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::layout::{self, Extras, Fit, Kit, Profile};
use crate::template::Format;

/// What is made of a document.
pub struct Order<'a> {
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
    pub files: Vec<(Format, Vec<u8>)>,
    pub fit: Fit,
    pub diagnostics: Vec<Diagnostic>,
}

/// document → layout: the bytes of each format.
pub fn lay_out(document: &Document, kit: &Kit, order: &Order) -> Result<Laid, Vec<Diagnostic>> {
    let own = Profile::of(document)?;
    // Looked for once, before both formats ask for it.
    let kit = &*kit.dressed(&own.faces);
    let written = |profile: &Profile| match &order.extras.notes {
        Some(notes) => layout::docx_reviewed(document, kit, profile, notes),
        None => layout::docx_with(document, kit, profile),
    };
    let asked = |format| order.formats.contains(&format);
    let pdf = || asked(Format::Pdf).then(|| layout::pdf_carrying(document, kit, &own, &order.extras)).transpose();
    let docx = || asked(Format::Docx).then(|| written(&own)).transpose();
    let (pdf, docx) = match if order.in_turn { (pdf(), docx()) } else { rayon::join(pdf, docx) } {
        (Ok(pdf), Ok(docx)) => (pdf, docx),
        (Err(a), Err(b)) => {
            let own: Vec<Diagnostic> = b.into_iter().filter(|d| !a.contains(d)).collect();
            return Err([a, own].concat());
        }
        (Err(e), _) | (_, Err(e)) => return Err(e),
    };
    // Where there is no PDF, its pages tell all the same how the DOCX comes out.
    let (fit, profile, notices) = match &pdf {
        Some(pdf) => (pdf.fit, pdf.profile.clone(), Vec::new()),
        None => layout::pages(document, kit).map(|pages| (pages.fit, pages.profile, pages.notices))?,
    };
    // What had to be settled on the pages (line pitch, place of the 版记), the DOCX follows.
    let docx = match docx {
        Some(_) if profile != own => Some(written(&profile)?),
        docx => docx,
    };
    let mut laid = Laid { files: Vec::new(), fit, diagnostics: notices };
    if let Some(pdf) = pdf {
        laid.diagnostics.extend(pdf.notices);
        laid.files.push((Format::Pdf, pdf.bytes));
    }
    if let Some(bytes) = docx {
        laid.files.push((Format::Docx, bytes));
    }
    Ok(laid)
}
