//! Drawings in the finished text: their numbers, places and texts for who cannot see them.

use super::super::chart::Native;
use super::chart::{C, R};
use super::xml::{Element, Node};

/// A drawing: what the writer of XML cannot say of it. They are numbered in the order of the text.
pub struct Drawing {
    pub content: Content,
    pub alt: String,
    /// Behind the text, its top left so many EMU from the type area's left edge and from the
    /// top of its paragraph.
    pub behind: Option<(i64, i64)>,
}

/// What is drawn.
pub enum Content {
    Picture {
        bytes: Vec<u8>,
        /// `png` or `jpeg`.
        extension: &'static str,
    },
    /// A chart of the word processor's own.
    Chart(Native),
}

impl Drawing {
    /// What relation leads to a drawing, and the path below `word/`; drawings count from 0.
    pub fn target(&self, index: usize) -> (&'static str, String) {
        match &self.content {
            Content::Picture { extension, .. } => ("image", format!("media/picture{}.{extension}", index + 1)),
            Content::Chart(_) => ("chart", format!("charts/chart{}.xml", index + 1)),
        }
    }
}

/// pt to EMU.
pub fn emu(points: f64) -> i64 {
    (points * 12700.0).round() as i64
}

/// Id of the relation to a drawing, which count from 0.
pub fn relation(index: usize) -> String {
    format!("rIdPicture{}", index + 1)
}

/// Gives every drawing below its number, its text for readers who cannot see it, and its place.
pub fn complete(root: &mut Element, drawings: &[Drawing]) {
    let mut seen = 0;
    root.walk(&mut |element| {
        if !matches!(element.name.as_str(), "wp:inline" | "wp:anchor") {
            return;
        }
        let Some(drawing) = drawings.get(seen) else { return };
        let index = seen;
        seen += 1;
        if matches!(drawing.content, Content::Chart(_)) {
            chart(element, index);
        }
        element.walk(&mut |inner| match inner.name.as_str() {
            "a:blip" => inner.set("r:embed", relation(index)),
            "wp:docPr" | "pic:cNvPr" => {
                inner.set("id", index + 1);
                let kind = if matches!(drawing.content, Content::Chart(_)) { "图表" } else { "图片" };
                inner.set("name", format!("{kind}{}", index + 1));
                inner.set("descr", &drawing.alt);
            }
            _ => {}
        });
        let Some((x, y)) = drawing.behind else { return };
        element.set("behindDoc", 1);
        element.set("allowOverlap", 1);
        element.set("layoutInCell", 1);
        for (name, from, offset) in [("wp:positionH", "margin", x), ("wp:positionV", "paragraph", y)] {
            let position = element.entry(name);
            position.set("relativeFrom", from);
            position.children.clear();
            *position = std::mem::take(position).child(Element::new("wp:posOffset").text(&offset.to_string()));
        }
    });
}

/// Puts a chart where the writer of XML, which knows none, was given a picture.
fn chart(element: &mut Element, index: usize) {
    element.retain(|child| child.name != "wp:cNvGraphicFramePr");
    let Some(graphic) = element.find_mut("a:graphic") else { return };
    let chart = Element::new("c:chart").with("xmlns:c", C).with("xmlns:r", R).with("r:id", relation(index));
    graphic.children = vec![Node::Element(Element::new("a:graphicData").with("uri", C).child(chart))];
    element.children.push(Node::Element(Element::new("wp:cNvGraphicFramePr")));
}
