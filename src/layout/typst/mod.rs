//! PDF and pages through Typst. The document reaches Typst as data (`document.json` in
//! memory); one fixed program walks it.

mod build;
mod data;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::kit::Kit;
use crate::diagnostic::{Diagnostic, Exit};
use crate::document::Document;
use build::Builder;
use world::Desk;

/// The files of the program, the main file first.
pub(super) const PROGRAM: &[(&str, &str)] = &[("report.typ", include_str!("report.typ"))];

/// A report as PDF.
#[derive(Clone, Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    pub notices: Vec<Diagnostic>,
}

/// A report as laid-out pages.
#[derive(Clone, Debug)]
pub struct Pages {
    pub document: PagedDocument,
    pub notices: Vec<Diagnostic>,
}

/// Lays a document out.
pub fn pages(document: &Document, kit: &Kit) -> Result<Pages, Vec<Diagnostic>> {
    let mut builder = Builder::new(document, kit.fonts());
    let sheet = builder.build();
    let errors = builder.findings.errors(document);
    if !errors.is_empty() {
        return Err(errors);
    }
    let notices = builder.findings.notice(document).into_iter().collect();
    let json = serde_json::to_vec(&sheet).map_err(|error| vec![fault(&error.to_string())])?;
    let desk = Desk::new(kit, json, Vec::new());
    let result = typst::compile::<PagedDocument>(&desk);
    let document = result.output.map_err(|errors| faults(&errors))?;
    // The program is fixed: what Typst warns of is a fault (an unknown family, no convergence).
    if !result.warnings.is_empty() {
        return Err(faults(&result.warnings));
    }
    Ok(Pages { document, notices })
}

/// Lays a document out and writes it as PDF/A-2a and PDF/UA-1.
pub fn pdf(document: &Document, kit: &Kit) -> Result<Pdf, Vec<Diagnostic>> {
    let Pages { document: pages, notices } = pages(document, kit)?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| vec![fault(error.message())])?;
    let options = PdfOptions { creator: Smart::Custom(Some("huibao".into())), standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| faults(&errors))?;
    Ok(Pdf { bytes, pages: pages.pages().len(), notices })
}

/// Drops what Typst remembers of earlier reports; fonts and shapes that are still in use stay.
pub fn evict() {
    comemo::evict(4);
}

fn faults(errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    errors.iter().map(|error| fault(&error.message)).collect()
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::error("L099", format!("排版时出现程序内部错误：{message}"))
        .help("这是程序的缺陷，请连同数据文件反馈")
        .exit(Exit::Fault)
}
