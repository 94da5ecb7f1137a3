//! Comments of a review copy: one on each figure, naming the cells that it was made of.

use super::xml::{Element, Node, Part, W, bytes};

/// Who is said to have written the comments.
const AUTHOR: &str = "huibao 核对";
const INITIALS: &str = "核";
/// Size of a comment's text, half points.
const SIZE: i32 = 18;
const MARK: &str = "figure-";
pub const RELATION: &str = "rIdComments";

/// How a run says which figure it is part of.
pub fn mark(figure: u32) -> String {
    format!("{MARK}{figure}")
}

/// Turns the marks of a text part into comments; gives the part that holds them.
pub fn comments(root: &mut Element, notes: &[String]) -> Part {
    let mut list = Element::new("w:comments").with("xmlns:w", W);
    let mut count = 0;
    root.walk(&mut |element| {
        if !element.elements().any(|child| figure(child).is_some()) {
            return;
        }
        let mut children = Vec::new();
        let mut open: Option<(u32, usize)> = None;
        for mut node in std::mem::take(&mut element.children) {
            let here = match &mut node {
                Node::Element(child) => take_figure(child),
                Node::Text(_) => None,
            };
            let noted = here.filter(|f| notes.get(*f as usize).is_some_and(|n| !n.is_empty()));
            if let Some((known, id)) = open
                && noted != Some(known)
            {
                children.extend(end(id));
                open = None;
            }
            if let Some(figure) = noted
                && open.is_none()
            {
                children.push(reference("w:commentRangeStart", count));
                list.children.push(Node::Element(comment(count, &notes[figure as usize])));
                open = Some((figure, count));
                count += 1;
            }
            children.push(node);
        }
        if let Some((_, id)) = open {
            children.extend(end(id));
        }
        element.children = children;
    });
    ("word/comments.xml".to_owned(), bytes(&list))
}

/// The figure that a run is marked with.
fn figure(run: &Element) -> Option<u32> {
    if run.name != "w:r" {
        return None;
    }
    run.find("w:rPr")?.find("w:highlight")?.get("w:val")?.strip_prefix(MARK)?.parse().ok()
}

fn take_figure(run: &mut Element) -> Option<u32> {
    let figure = figure(run)?;
    run.find_mut("w:rPr")?.retain(|child| child.name != "w:highlight");
    Some(figure)
}

fn reference(name: &str, id: usize) -> Node {
    Node::Element(Element::new(name).with("w:id", id))
}

fn end(id: usize) -> [Node; 2] {
    let run = Element::new("w:r").child(Element::new("w:commentReference").with("w:id", id));
    [reference("w:commentRangeEnd", id), Node::Element(run)]
}

fn comment(id: usize, note: &str) -> Element {
    let whole = Element::new("w:comment").with("w:id", id).with("w:author", AUTHOR).with("w:initials", INITIALS);
    note.lines().fold(whole, |whole, line| {
        let properties = Element::new("w:pPr")
            .child(Element::new("w:spacing").with("w:line", 240).with("w:lineRule", "auto"))
            .child(Element::new("w:ind").with("w:firstLineChars", 0).with("w:firstLine", 0))
            .child(Element::new("w:jc").with("w:val", "left"));
        let look = Element::new("w:rPr").child(Element::new("w:sz").with("w:val", SIZE));
        let text = Element::new("w:t").with("xml:space", "preserve").text(line);
        whole.child(Element::new("w:p").child(properties).child(Element::new("w:r").child(look).child(text)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn runs_of_one_figure_share_a_comment() {
        let run = |text: &str, figure: &str| {
            format!("<w:r><w:rPr><w:b/><w:highlight w:val=\"{figure}\"/></w:rPr><w:t>{text}</w:t></w:r>")
        };
        let (a, b, plain) = (run("3", "figure-0"), run("6", "figure-0"), run("共", "yellow"));
        let source = format!("<w:p>{plain}{a}{b}{}</w:p>", run("7", "figure-1"));
        let mut root = parse(source.as_bytes()).unwrap();
        let (_, part) = comments(&mut root, &["乡镇!C7".into(), "乡镇!C8".into()]);
        let part = String::from_utf8(part).unwrap();
        assert_eq!(part.matches("<w:comment ").count(), 2, "{part}");
        let names: Vec<&str> = root.elements().map(|e| &e.name[2..]).collect();
        let expected = [
            "r",
            "commentRangeStart",
            "r",
            "r",
            "commentRangeEnd",
            "r",
            "commentRangeStart",
            "r",
            "commentRangeEnd",
            "r",
        ];
        assert_eq!(names, expected);
        assert!(!String::from_utf8(bytes(&root)).unwrap().contains("figure-"));
    }
}
