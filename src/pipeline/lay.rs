//! document → layout: the bytes of each format.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::layout::{self, Fit, Kit, Profile};
use crate::template::Format;

/// A report as bytes.
pub struct Laid {
    pub files: Vec<(Format, Vec<u8>)>,
    pub fit: Fit,
    pub diagnostics: Vec<Diagnostic>,
}

/// document → layout: the bytes of each format, made side by side.
pub fn lay_out(document: &Document, kit: &Kit, formats: &[Format]) -> Result<Laid, Vec<Diagnostic>> {
    lay_out_carrying(document, kit, formats, &layout::Extras::default())
}

/// The same with notes on the figures and files in the PDF.
pub fn lay_out_carrying(
    document: &Document,
    kit: &Kit,
    formats: &[Format],
    extras: &layout::Extras,
) -> Result<Laid, Vec<Diagnostic>> {
    lay_out_with(document, kit, formats, extras, |pdf, docx| rayon::join(pdf, docx))
}

/// The same one after the other, where other threads have reports of their own.
pub fn lay_out_in_turn(document: &Document, kit: &Kit, formats: &[Format]) -> Result<Laid, Vec<Diagnostic>> {
    lay_out_with(document, kit, formats, &layout::Extras::default(), |pdf, docx| (pdf(), docx()))
}

type Made<T> = Result<Option<T>, Vec<Diagnostic>>;

fn lay_out_with(
    document: &Document,
    kit: &Kit,
    formats: &[Format],
    extras: &layout::Extras,
    both: impl FnOnce(
        &(dyn Fn() -> Made<layout::Pdf> + Sync),
        &(dyn Fn() -> Made<Vec<u8>> + Sync),
    ) -> (Made<layout::Pdf>, Made<Vec<u8>>),
) -> Result<Laid, Vec<Diagnostic>> {
    let own = Profile::of(document)?;
    // Looked for once, before both formats ask for it.
    let kit = &*kit.dressed(&own.faces);
    let written = |profile: &Profile| match &extras.notes {
        Some(notes) => layout::docx_reviewed(document, kit, profile, notes),
        None => layout::docx_with(document, kit, profile),
    };
    let pdf = || formats.contains(&Format::Pdf).then(|| layout::pdf_carrying(document, kit, &own, extras)).transpose();
    let docx = || formats.contains(&Format::Docx).then(|| written(&own)).transpose();
    let (pdf, docx) = match both(&pdf, &docx) {
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
