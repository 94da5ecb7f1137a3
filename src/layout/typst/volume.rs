//! Many reports in one PDF, for printing: each from an odd page numbered 1, the pages as in its
//! own PDF, the outline with an entry for each.

use typst::foundations::{Label, Selector};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::super::kit::Kit;
use super::super::plan::Plan;
use super::super::profile::{Fit, Profile};
use super::build::Builder;
use super::data::{Item, Meta, Sheet, Standard};
use super::program::REPORT;
use super::{compile, fault, turn, written};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// A report of a volume.
pub struct Part<'a> {
    /// What the outline shows.
    pub name: &'a str,
    pub document: &'a Document,
    /// How its own pages came out.
    pub fit: Fit,
}

impl Part<'_> {
    /// Pages that it takes: an even number, so that the next one begins on an odd page.
    fn takes(&self) -> usize {
        self.fit.pages.next_multiple_of(2)
    }
}

/// Lays reports out one behind the other and writes them as one PDF/A-2a and PDF/UA-1.
/// All are of one pack, whose layout they share.
pub fn volume(title: &str, parts: &[Part], kit: &Kit) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Some(first) = parts.first() else { return Err(vec![fault("合订本里没有报告")]) };
    let shared = Profile::of(first.document)?;
    let kit = &*kit.dressed(&shared.faces);
    let mut standard = Standard::new(&shared, first.document.meta.kind, kit.fonts());
    let (mut body, mut pictures, mut meta) = (Vec::new(), Vec::new(), None::<Meta>);
    for (i, part) in parts.iter().enumerate() {
        let profile = part.fit.of(Profile::of(part.document)?);
        let plan = Plan::new(part.document, kit, &profile)?;
        let mut builder = Builder::new(&plan, &profile).part(part.name, i + 1);
        let sheet = builder.build(part.fit.colophon);
        standard = standard.knowing(&plan.findings, kit.fonts());
        pictures.append(&mut builder.pictures);
        meta.get_or_insert(Meta { title: title.to_owned(), ..sheet.meta });
        // Nothing follows the last one.
        let blank = part.fit.pages % 2 == 1 && i + 1 < parts.len();
        body.push(Item::Report { pitch: profile.pitch, blank, body: sheet.body });
    }
    let Some(meta) = meta else { return Err(vec![fault("合订本里没有报告")]) };
    let sheet = Sheet { standard, meta, body, attached: Vec::new() };
    let document = compile(kit, REPORT, &sheet, pictures)?;
    let before = |i: usize| parts[..i].iter().map(Part::takes).sum::<usize>();
    if starts(&document) != (0..parts.len()).map(|i| before(i) + 1).collect::<Vec<usize>>() {
        return Err(vec![fault("合订本的页面和各份报告的页面对不上")]);
    }
    let lying = turn::lying(&document);
    written(&turn::upright(document), &lying)
}

/// The pages on which reports begin, from 1.
fn starts(document: &PagedDocument) -> Vec<usize> {
    let Some(label) = Label::new(PicoStr::intern("report")) else { return Vec::new() };
    let introspector = document.introspector();
    let marks = introspector.query(&Selector::Label(label));
    let place = |mark: &typst::foundations::Content| Some(introspector.position(mark.location()?)?.page.get());
    marks.iter().filter_map(place).collect()
}
