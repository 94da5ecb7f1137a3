//! Drawings in the finished text: their numbers, places and texts for who cannot see them.

use super::xml::Element;

/// A drawing: what the writer of XML cannot say of it. They are numbered in the order of the text.
pub struct Drawing {
    pub bytes: Vec<u8>,
    /// `png` or `jpeg`.
    pub extension: &'static str,
    pub alt: String,
    /// Behind the text, its top left so many EMU from the type area's left edge and from the
    /// top of its paragraph.
    pub behind: Option<(i64, i64)>,
}

/// pt to EMU.
pub fn emu(points: f64) -> i64 {
    (points * 12700.0).round() as i64
}

/// Id of the relation to a drawing's picture, which count from 0.
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
        element.walk(&mut |inner| match inner.name.as_str() {
            "a:blip" => inner.set("r:embed", relation(index)),
            "wp:docPr" | "pic:cNvPr" => {
                inner.set("id", index + 1);
                inner.set("name", format!("图片{}", index + 1));
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
