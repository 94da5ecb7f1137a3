//! The first page where it differs from the others: mark and red double rules of a 信函 (10.1), which stand
//! in its header and footer; a page without its number.

use docx_rs::{
    AlignmentType, BorderType, Header, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders,
};

use super::super::grid::Grid;
use super::super::masthead::Head;
use super::super::plan::Plan;
use super::super::profile::Profile;
use super::super::standard::{
    EXACT_BASELINE, Face, LETTER_RULE_FOOT, LETTER_RULE_LENGTH, LETTER_RULE_LINES, PAGE_HEIGHT, PAGE_WIDTH, SIZE_4, pt,
    twip,
};
use super::masthead::MARK_LINE;
use super::page::{self, HEADER};
use super::styles::{all, id, val};
use super::text::{Faces, Held, runs};
use super::xml::{Element, Node, Part, W, bytes};
use crate::document::LayoutKind;

/// Relation and part of the footer without a number.
pub(super) const BLANK: (&str, &str) = ("rIdUnnumbered", "footer5.xml");
/// Relation and part of the footer with the lower red double rule.
const RULED: (&str, &str) = ("rIdFirstFooter", "footer6.xml");
/// The colour of what is red.
const RED: &str = "FF0000";

/// What the first page has for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Nothing: it is as the others.
    Same,
    /// No number.
    Unnumbered,
    /// No number, and a red double rule at its foot.
    Ruled,
}

impl First {
    /// By the plan of a document and what an office asks for.
    pub fn of(plan: &Plan, profile: &Profile) -> First {
        match plan.head.as_ref().is_some_and(|head| head.double.is_some()) {
            true => First::Ruled,
            false if plan.document.meta.kind == LayoutKind::Letter || !profile.number_first => First::Unnumbered,
            false => First::Same,
        }
    }

    /// Relation and part of its footer.
    fn footer(self) -> Option<(&'static str, &'static str)> {
        match self {
            First::Same => None,
            First::Unnumbered => Some(BLANK),
            First::Ruled => Some(RULED),
        }
    }

    /// The relation that it brings, besides that to the footer without a number.
    pub fn relation(self) -> Option<(&'static str, &'static str)> {
        self.footer().filter(|footer| *footer != BLANK)
    }

    /// The part that it brings.
    pub fn part(self) -> Option<Part> {
        (self == First::Ruled).then(|| (format!("word/{}", RULED.1), bytes(&ruled())))
    }

    /// The section of the first page, and what the others are like.
    pub fn split(self, section: &Element) -> (Element, Element) {
        let is_first = |child: &Element| child.name.ends_with("Reference") && child.get("w:type") == Some("first");
        let mut others = section.clone();
        others.retain(|child| !is_first(child) && child.name != "w:titlePg");
        let Some((relation, _)) = self.footer() else { return (others.clone(), others) };
        let mut first = section.clone();
        first.entry("w:titlePg");
        if self == First::Ruled {
            // The header takes some of the page: LibreOffice would move the text to the middle of a grid that
            // does not fill the rest. Lines of exact height need none.
            first.retain(|child| child.name != "w:docGrid");
        }
        // Whose header is another is one of its own; else it has that of the other pages.
        if !first.elements().any(|child| child.name == "w:headerReference" && is_first(child)) {
            let header = first.find("w:headerReference").cloned();
            first.children.extend(header.map(|header| Node::Element(header.with("w:type", "first"))));
        }
        let reference = Element::new("w:footerReference").with("w:type", "first").with("r:id", relation);
        first.children.push(Node::Element(reference));
        (first, others)
    }
}

/// The header of the first page of a 信函: the mark at its height and the upper red double rule below it.
pub fn header(head: &Head, fonts: &Faces, grid: &Grid, draft: bool) -> Option<Header> {
    let double = head.double?;
    let mark: Vec<_> = head.texts.iter().filter(|placed| placed.red).collect();
    let mut header = if draft { page::mark() } else { Header::new() };
    // From the header's top to the line of the mark.
    let top = pt(grid.top) - f64::from(HEADER) / 20.0 - if draft { SIZE_4 } else { 0.0 };
    let (baseline, size) = mark.first().map_or((double.top, SIZE_4), |placed| (placed.y, placed.size));
    let height = MARK_LINE * size;
    let space = top + baseline - EXACT_BASELINE * height;
    header = header.add_paragraph(Paragraph::new().style(id::END).line_spacing(exact(space)));
    let mut paragraph = Paragraph::new().style(id::MARK).align(AlignmentType::Center).line_spacing(exact(height));
    for placed in mark {
        for run in runs(fonts, &placed.text, Face::XiaoBiaoSong, &Held::default()) {
            paragraph = paragraph.add_run(run.size((2.0 * placed.size).round() as usize));
        }
    }
    // An empty line below it, 170 mm long in the middle of the sheet, carries the rule.
    let edge = (PAGE_WIDTH - LETTER_RULE_LENGTH) / 2.0;
    let below = double.top - (baseline + (1.0 - EXACT_BASELINE) * height);
    let rule = Paragraph::new().style(id::END).line_spacing(exact(below));
    let mut rule = rule.indent(Some(twip(edge - grid.left)), None, Some(twip(edge - grid.right)), None);
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
        .val(BorderType::ThickThinSmallGap)
        .size(eighths(LETTER_RULE_LINES.0))
        .space(0)
        .color(RED);
    rule.property = rule.property.set_borders(ParagraphBorders::with_empty().set(border));
    Some(header.add_paragraph(paragraph).add_paragraph(rule))
}

/// The footer of the first page of a 信函: a loose table of one low row with the double rule above it.
fn ruled() -> Element {
    let (thick, gap, thin) = LETTER_RULE_LINES;
    let (edge, high) = ((PAGE_WIDTH - LETTER_RULE_LENGTH) / 2.0, (SIZE_4 * 20.0) as i32);
    let wide = twip(LETTER_RULE_LENGTH);
    let top = pt(PAGE_HEIGHT - LETTER_RULE_FOOT) - (thick + gap + thin) / 2.0;
    let place = Element::new("w:tblpPr")
        .with("w:horzAnchor", "page")
        .with("w:vertAnchor", "page")
        .with("w:tblpX", twip(edge))
        .with("w:tblpY", (top * 20.0).round());
    let line = Element::new("w:top")
        // The thick line within the thin one, which is the outer: above.
        .with("w:val", "thickThinSmallGap")
        .with("w:sz", eighths(thick))
        .with("w:space", 0)
        .with("w:color", RED);
    let width = |name: &str| Element::new(name).with("w:w", wide).with("w:type", "dxa");
    let fixed = Element::new("w:tblLayout").with("w:type", "fixed");
    let properties = all("w:tblPr", [val("w:tblStyle", "TableNormal"), place, width("w:tblW"), fixed]);
    let cell = all("w:tcPr", [width("w:tcW"), all("w:tcBorders", [line])]);
    let empty = || Element::new("w:p").child(all("w:pPr", [val("w:pStyle", id::END)]));
    let row = all("w:trPr", [val("w:trHeight", high).with("w:hRule", "exact")]);
    let row = all("w:tr", [row, all("w:tc", [cell, empty()])]);
    let grid = all("w:tblGrid", [Element::new("w:gridCol").with("w:w", wide)]);
    let table = all("w:tbl", [properties, grid, row]);
    all("w:ftr", [table, empty()]).with("xmlns:w", W)
}

fn exact(points: f64) -> LineSpacing {
    LineSpacing::new().line((points.max(1.0) * 20.0).round() as i32).line_rule(LineSpacingType::Exact)
}

/// pt to eighths, in which borders are measured.
fn eighths(points: f64) -> usize {
    (points * 8.0).round() as usize
}
