//! Pages set sideways (cl. 8): sections of their own, whose page number stands where upright
//! pages have it.

use super::super::profile::Profile;
use super::super::standard::{Face, PAGE_HEIGHT, PAGE_NUMBER_DROP, PAGE_WIDTH, SIZE_4, twip};
use super::super::terms::NumberForm;
use super::first::{BLANK, First};
use super::styles::{all, id, val};
use super::xml::{Element, Node, Part, W, bytes};

/// Ids of the relations to the footers of pages set sideways.
const FOOTERS: [(&str, &str, &str); 2] =
    [("default", "rIdSidewaysOdd", "footer3.xml"), ("even", "rIdSidewaysEven", "footer4.xml")];

/// Gives each section its page; the first one begins with the first page. Returns whether any page is set sideways.
pub fn sections(root: &mut Element, profile: &Profile, first: First) -> bool {
    let Some(body) = root.find_mut("w:body") else { return false };
    let Some(upright) = body.find("w:sectPr").cloned() else { return false };
    let (begin, upright) = first.split(&upright);
    let sideways = sideways(&upright, profile);
    let mut begin = Some(begin);
    let mut any = false;
    for paragraph in body.elements_mut().filter(|child| child.name == "w:p") {
        let Some(properties) = paragraph.find_mut("w:pPr") else { continue };
        let Some(section) = properties.find_mut("w:sectPr") else { continue };
        let turned = section.find("w:pgSz").and_then(|size| size.get("w:orient")) == Some("landscape");
        any |= turned;
        *section = if turned { sideways.clone() } else { begin.take().unwrap_or_else(|| upright.clone()) };
    }
    // Where nothing follows pages set sideways, their section is that of the document: one more would be a blank page.
    let ended = body.elements_mut().rev().nth(1).and_then(|last| {
        let properties = last.find_mut("w:pPr")?;
        let section = properties.find("w:sectPr").cloned();
        properties.retain(|child| child.name != "w:sectPr");
        section
    });
    if let Some(last) = body.find_mut("w:sectPr") {
        *last = ended.or(begin).unwrap_or(upright);
    }
    any
}

fn sideways(upright: &Element, profile: &Profile) -> Element {
    let grid = &profile.grid;
    let mut section = upright.clone();
    section.retain(|child| child.name != "w:footerReference");
    for (kind, relation, _) in FOOTERS {
        let reference = Element::new("w:footerReference").with("w:type", kind).with("r:id", relation);
        section.children.push(Node::Element(reference));
    }
    let size = section.entry("w:pgSz");
    size.set("w:w", twip(PAGE_HEIGHT));
    size.set("w:h", twip(PAGE_WIDTH));
    size.set("w:orient", "landscape");
    // LibreOffice would move the text to the middle of a grid that does not fill the page.
    section.retain(|child| child.name != "w:docGrid");
    let margin = section.entry("w:pgMar");
    // What the footer holds has its place on the page; it must not press on the text.
    margin.set("w:footer", twip(grid.right) / 2);
    // Mirroring swaps left and right as the page lies, which are foot and head: equal ones stay.
    let (binding, head) = match profile.mirrored {
        true => ([(grid.left + grid.right) / 2.0; 2], [(grid.top + grid.bottom) / 2.0; 2]),
        false => ([grid.left, grid.right], [grid.bottom, grid.top]),
    };
    for (side, mm) in [("w:top", binding[0]), ("w:bottom", binding[1]), ("w:left", head[0]), ("w:right", head[1])] {
        margin.set(side, twip(mm));
    }
    section
}

/// So much lower than in the PDF the text of a table stands, twips.
const LOWER: i32 = 12;

/// The footers of pages set sideways.
pub fn footers(profile: &Profile) -> [Part; 2] {
    // On the page as it lies, its left edge is the foot: the number stands there, turned.
    let odd = if profile.number_centred { "center" } else { "bottom" };
    let even = if profile.number_centred { "center" } else { "top" };
    let grid = &profile.grid;
    let even_left = if profile.mirrored { grid.right } else { grid.left };
    [("footer3", odd, grid.left), ("footer4", even, even_left)]
        .map(|(name, side, left)| (format!("word/{name}.xml"), bytes(&footer(side, left, profile))))
}

/// `left`: the left edge of the type area on the upright page, mm.
fn footer(side: &str, left: f64, profile: &Profile) -> Element {
    let grid = &profile.grid;
    let number = number(profile.number_form);
    let align = match side {
        "bottom" => "right",
        "top" => "left",
        _ => "center",
    };
    let inset = (SIZE_4 * 20.0) as i32;
    // The number keeps its distance from the rows beside it.
    let indent = Element::new("w:ind").with("w:left", inset + LOWER).with("w:right", inset - LOWER);
    let properties = all("w:pPr", [val("w:pStyle", id::FOOTER), indent, val("w:jc", align)]);
    let paragraph = number.into_iter().fold(Element::new("w:p").child(properties), Element::child);
    let (long, line) = (twip(PAGE_WIDTH) - twip(grid.left) - twip(grid.right), inset);
    let cell =
        all("w:tcPr", [Element::new("w:tcW").with("w:w", line).with("w:type", "dxa"), val("w:textDirection", "tbRl")]);
    // The 一字线 in the middle of the line is 7 mm from the type area.
    let x = twip(grid.bottom) - twip(PAGE_NUMBER_DROP) - line / 2;
    let place = Element::new("w:tblpPr")
        .with("w:horzAnchor", "page")
        .with("w:vertAnchor", "page")
        .with("w:tblpX", x)
        .with("w:tblpY", twip(left));
    let table = all(
        "w:tbl",
        [
            all(
                "w:tblPr",
                [
                    val("w:tblStyle", "TableNormal"),
                    place,
                    Element::new("w:tblW").with("w:w", line).with("w:type", "dxa"),
                    Element::new("w:tblLayout").with("w:type", "fixed"),
                ],
            ),
            all("w:tblGrid", [Element::new("w:gridCol").with("w:w", line)]),
            all(
                "w:tr",
                [all("w:trPr", [val("w:trHeight", long).with("w:hRule", "exact")]), all("w:tc", [cell, paragraph])],
            ),
        ],
    );
    let end = Element::new("w:p").child(all("w:pPr", [val("w:pStyle", id::END)]));
    all("w:ftr", [table, end]).with("xmlns:w", W)
}

/// The number of a page with what stands around it.
fn number(form: NumberForm) -> Vec<Element> {
    let field = |kind: &str| run(Element::new("w:fldChar").with("w:fldCharType", kind));
    let text = |text: &str| run(Element::new("w:t").with("xml:space", "preserve").text(text));
    let field = [
        field("begin"),
        run(Element::new("w:instrText").with("xml:space", "preserve").text("PAGE")),
        field("separate"),
        text("1"),
        field("end"),
    ];
    let (before, behind) = match form {
        NumberForm::Dashes => (vec![dash(), text(" ")], vec![text(" "), dash()]),
        _ => {
            let words = |words: &str| if words.is_empty() { Vec::new() } else { vec![text(words)] };
            (words(form.around().0), words(form.around().1))
        }
    };
    [before, field.to_vec(), behind].concat()
}

/// A 一字线 of a page number. Many faces of 宋体 draw it narrower than a full character, so it
/// comes from a face in which it is one, as it is in the PDF.
fn dash() -> Element {
    let face = Face::FangSong.office();
    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"];
    let fonts = fonts.iter().fold(Element::new("w:rFonts"), |fonts, slot| fonts.with(slot, face));
    all("w:r", [all("w:rPr", [fonts]), Element::new("w:t").text("—")])
}

fn run(child: Element) -> Element {
    all("w:r", [child])
}

/// The last section goes without page numbers (7.5: 版记 behind a blank page).
pub fn without_number(root: &mut Element) {
    let Some(section) = root.find_mut("w:body").and_then(|body| body.find_mut("w:sectPr")) else { return };
    for reference in section.elements_mut().filter(|child| child.name == "w:footerReference") {
        reference.set("r:id", BLANK.0);
    }
}

/// The footer of pages without a number.
pub fn blank_footer() -> Part {
    let end = Element::new("w:p").child(all("w:pPr", [val("w:pStyle", id::FOOTER)]));
    (format!("word/{}", BLANK.1), bytes(&all("w:ftr", [end]).with("xmlns:w", W)))
}

/// Relations to [`footers`] and to [`blank_footer`]: id and target. `unnumbered`: a page has no number.
pub fn relations(sideways: bool, unnumbered: bool) -> Vec<(&'static str, &'static str)> {
    let turned = FOOTERS.iter().filter(|_| sideways).map(|&(_, relation, target)| (relation, target));
    turned.chain(unnumbered.then_some(BLANK)).collect()
}
