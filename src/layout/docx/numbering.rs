//! 编号: 自动 (版面): the numbers of headings (7.3.3) as Word counts them itself, with the look of typed ones. A list
//! for the body and one for each annex.

use super::super::profile::{Look, Profile};
use super::styles::{all, fonts, id, val};
use super::xml::{Element, Part, W, bytes};

/// Id of the relation to the part.
pub const RELATION: (&str, &str) = ("rIdNumbering", "numbering.xml");

/// How the numbers of each level look: 一、 （一） 1. （1）
const LEVELS: [(&str, &str); 4] = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
];

/// The part, with so many lists.
pub fn part(profile: &Profile, lists: usize) -> Part {
    let described = (1..=lists).map(|list| {
        let levels = (1..=4u8).map(|level| one(profile, level, list == 1));
        let kind = val("w:multiLevelType", "multilevel");
        levels.fold(Element::new("w:abstractNum").with("w:abstractNumId", list).child(kind), Element::child)
    });
    let numbered =
        (1..=lists).map(|list| Element::new("w:num").with("w:numId", list).child(val("w:abstractNumId", list)));
    let root = all("w:numbering", described.chain(numbered).collect::<Vec<_>>());
    (format!("word/{}", RELATION.1), bytes(&root.with("xmlns:w", W)))
}

/// `styled`: what is typed in the style of a heading is counted by this list.
fn one(profile: &Profile, level: u8, styled: bool) -> Element {
    let (format, text) = LEVELS[usize::from(level.clamp(1, 4) - 1)];
    let Look { face, size, bold } = profile.heading(level);
    let indent = Element::new("w:ind")
        .with("w:left", 0)
        .with("w:firstLineChars", 200)
        .with("w:firstLine", profile.grid.indent_of(size));
    let mut look = all("w:rPr", [fonts(&profile.faces, face).with("w:hint", "eastAsia")]);
    if bold {
        look = look.child(Element::new("w:b"));
    }
    let style = styled.then(|| val("w:pStyle", id::heading(level)));
    let parts = [val("w:start", 1), val("w:numFmt", format)].into_iter().chain(style).chain([
        val("w:suff", "nothing"),
        val("w:lvlText", text),
        val("w:lvlJc", "left"),
        all("w:pPr", [indent]),
        look,
    ]);
    all("w:lvl", parts.collect::<Vec<_>>()).with("w:ilvl", level - 1)
}
