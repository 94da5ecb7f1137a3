//! What the packed parts need before the schema and the word processors accept them alike.

use super::super::standard::COLOPHON_RAISE;
use super::order::sort;
use super::styles::id;
use super::xml::{Element, Node};

/// Puts a part with text (document, header, footer) right.
pub fn text_part(root: &mut Element) {
    root.walk(&mut |element| match element.name.as_str() {
        "w:p" => paragraph(element),
        "w:tr" => row(element),
        // A line that ends as it was planned, not by what somebody typed; readers of text pass over it.
        "w:br" if element.get("w:type") == Some("column") => *element = Element::new("w:br").with("w:clear", "none"),
        // The indent in characters would come from the style.
        "w:ind" if element.get("w:firstLine") == Some("0") => element.set("w:firstLineChars", 0),
        "w:w" if element.get("w:val") == Some("100") => {
            *element = Element::new("w:lang").with("w:val", "zh-CN");
        }
        "w:tblPr" => table(element),
        "w:fldChar" => element.remove("w:dirty"),
        // A column of the grid has a width and no more (CT_TblGridCol).
        "w:gridCol" => element.remove("w:type"),
        "w:sectPr" => section(element),
        _ => {}
    });
    drop_empty(root);
    sort(root);
}

/// Nothing is said of revisions. The text of the 版记 stands in the middle of its lines; said of
/// each run, since LibreOffice takes it for more where the style says it.
fn paragraph(paragraph: &mut Element) {
    paragraph.attributes.clear();
    let style = paragraph.find("w:pPr").and_then(|properties| properties.find("w:pStyle"));
    if style.and_then(|style| style.get("w:val")) != Some(id::COLOPHON) {
        return;
    }
    for run in paragraph.elements_mut().filter(|child| child.name == "w:r") {
        run.entry("w:rPr").entry("w:position").set("w:val", COLOPHON_RAISE);
        // The properties come first.
        run.children.sort_by_key(|node| !matches!(node, Node::Element(e) if e.name == "w:rPr"));
    }
}

/// A row set in the style of table headers repeats on each page.
fn row(row: &mut Element) {
    let header = row.elements().filter(|child| child.name == "w:tc").all(|cell| {
        let style = cell.find("w:p").and_then(|p| p.find("w:pPr")).and_then(|p| p.find("w:pStyle"));
        style.and_then(|style| style.get("w:val")).is_some_and(|style| style.starts_with(id::TABLE_HEADER))
    });
    if header {
        row.entry("w:trPr").children.push(Node::Element(Element::new("w:tblHeader")));
    }
    // The properties come first.
    row.children.sort_by_key(|node| !matches!(node, Node::Element(e) if e.name == "w:trPr"));
}

/// Rules and padding are the table style's own.
fn table(properties: &mut Element) {
    let styled = properties.find("w:tblStyle").is_some();
    properties.retain(|child| {
        let own = matches!(child.name.as_str(), "w:tblBorders" | "w:tblCellMar");
        !(styled && own) && child.name != "w:tblLook"
    });
}

/// One column; the grid is of lines only.
fn section(section: &mut Element) {
    section.retain(|child| child.name != "w:cols");
    if let Some(grid) = section.find_mut("w:docGrid") {
        grid.remove("w:charSpace");
    }
}

/// Drops properties that say nothing.
fn drop_empty(root: &mut Element) {
    root.walk(&mut |element| {
        element.retain(|child| {
            let properties = matches!(child.name.as_str(), "w:rPr" | "w:pPr" | "w:trPr" | "w:tcPr" | "w:tblCellMar");
            !(properties && child.children.is_empty())
        });
    });
}
