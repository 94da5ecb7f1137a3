//! Headings that are the last line of their page.

use typst::foundations::{NativeElement, Selector};
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Transform};
use typst::model::HeadingElem;

use super::super::standard::{PAGE_HEIGHT, pt};
use super::Pages;

/// Each with the number of its page. A heading that runs in has its text behind it, and what stands in the upper half
/// of a page, as the title of an annex does, is not at its foot.
pub fn headings_at_foot(pages: &Pages) -> Vec<(String, usize)> {
    let introspector = pages.document.introspector();
    let foot = pt(PAGE_HEIGHT - pages.profile.grid.bottom);
    let mut found = Vec::new();
    for content in introspector.query(&Selector::Elem(HeadingElem::ELEM, None)) {
        let Some(at) = content.location().and_then(|location| introspector.position(location)) else { continue };
        let runs_in = content.to_packed::<HeadingElem>().is_some_and(|heading| heading.hanging_indent.is_set());
        if runs_in || at.point.y.to_pt() < pt(PAGE_HEIGHT) / 2.0 {
            continue;
        }
        let number = at.page.get();
        let Some(page) = pages.document.pages().get(number - 1) else { continue };
        let mut lowest = 0.0;
        text_below(&page.frame, Transform::identity(), foot, &mut lowest);
        if number < pages.document.pages().len() && lowest < at.point.y.to_pt() + 1.2 * pages.profile.pitch {
            let title = content.to_packed::<HeadingElem>().map(|h| h.body.plain_text().to_string());
            found.push((title.unwrap_or_default(), number));
        }
    }
    found
}

/// The lowest baseline above the foot, pt.
fn text_below(frame: &Frame, at: Transform, foot: f64, lowest: &mut f64) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => text_below(&group.frame, here.pre_concat(group.transform), foot, lowest),
            FrameItem::Text(_) | FrameItem::Image(..) | FrameItem::Shape(..) => {
                let y = here.ty.to_pt();
                if y < foot && y > *lowest {
                    *lowest = y;
                }
            }
            _ => {}
        }
    }
}
