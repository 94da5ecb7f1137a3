//! Landscape pages are laid out lying and then turned upright, head to the left (clause 8).

use typst::layout::{Abs, Angle, Frame, Point, Size, Transform};
use typst_layout::{Page, PagedDocument};

/// Turns the pages that are wider than high by 90° counter-clockwise.
pub fn upright(document: PagedDocument) -> PagedDocument {
    let lies = |page: &Page| page.frame.width() > page.frame.height();
    if !document.pages().iter().any(lies) {
        return document;
    }
    let pages = document.pages().iter().map(|page| if lies(page) { turned(page.clone()) } else { page.clone() });
    let info = typst::model::Document::info(&document).clone();
    PagedDocument::new(pages.collect(), info)
}

fn turned(mut page: Page) -> Page {
    let (width, height) = (page.frame.width(), page.frame.height());
    let turn = Transform::translate(Abs::zero(), width).pre_concat(Transform::rotate(Angle::deg(-90.0)));
    let mut content = std::mem::replace(&mut page.frame, Frame::hard(Size::new(height, width)));
    content.transform(turn);
    page.frame.push_frame(Point::zero(), content);
    page
}
