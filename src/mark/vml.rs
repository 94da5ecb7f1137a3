//! The boxes of comments, which only the old drawing language knows.

use std::collections::BTreeSet;

use super::cells::Sheet;
use super::comments;
use super::findings::Spot;

const SPACES: [(&str, &str); 3] = [
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
];
/// Shapes of one block of numbers.
const BLOCK: u32 = 1024;
/// Least width of a box and height of one of its lines, pixels.
const WIDTH: f64 = 260.0;
const LINE: f64 = 17.0;
const ROW: f64 = 20.0;
const CHARACTERS_OF_LINE: usize = 38;

/// A drawing with nothing in it; its shapes have the numbers of this block and the next ones.
pub fn empty(block: u32, shapes: usize) -> String {
    let spaces: String = SPACES.iter().map(|(name, space)| format!(" {name}=\"{space}\"")).collect();
    let blocks: Vec<String> = (0..=shapes as u32 / BLOCK).map(|more| (block + more).to_string()).collect();
    format!(
        "<xml{spaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout></xml>",
        blocks.join(",")
    )
}

/// The first block of numbers that no drawing has.
pub fn free_block<'d>(drawings: impl Iterator<Item = &'d str>) -> u32 {
    drawings.map(last_shape).max().unwrap_or(0) / BLOCK + 1
}

/// The greatest number of a shape, or of a block.
fn last_shape(drawing: &str) -> u32 {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>();
    let shapes = drawing.split("_x0000_s").skip(1).filter_map(|rest| digits(rest).ok());
    let maps = drawing.split("idmap").skip(1).filter_map(|rest| rest.split("data=").nth(1));
    let blocks = maps.flat_map(|rest| rest[1..].split(['"', '\'']).next().unwrap_or("").split(','));
    let blocks = blocks.filter_map(|block| block.trim().parse::<u32>().ok()?.checked_mul(BLOCK));
    shapes.chain(blocks).max().unwrap_or(0).min(u32::MAX / 2)
}

/// The drawing with a box for each of these cells; `None` where it has no end to put them at.
pub fn add<'s>(drawing: &str, cells: impl Iterator<Item = ((u32, u32), &'s Spot)>, sheet: &Sheet) -> Option<String> {
    let end = drawing.rfind("</xml>")?;
    let start = drawing.find("<xml")?;
    let head_end = start + drawing[start..].find('>')?;
    let head = &drawing[start..head_end];
    // A program may call the languages otherwise: ns1 for v. Where it even calls another one v, each
    // shape says what it means itself.
    let said = |(name, space): &(&str, &str)| head.contains(&format!("{name}=\"{space}\""));
    let missing: Vec<_> = SPACES.iter().filter(|space| !said(space)).collect();
    let taken = missing.iter().any(|(name, _)| head.contains(&format!("{name}=")));
    let missing: String = missing.iter().map(|(name, space)| format!(" {name}=\"{space}\"")).collect();
    let (missing, own) = if taken { (String::new(), missing) } else { (missing, String::new()) };
    let mut shapes = String::new();
    if !drawing.contains("_x0000_t202\"") {
        shapes += "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
                   path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
                   <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
    }
    let mut number = last_shape(drawing);
    for (at, spot) in cells {
        number += 1;
        shapes += &shape(number, at, spot, sheet);
    }
    if !own.is_empty() {
        shapes = shapes
            .replace("<v:shape ", &format!("<v:shape{own} "))
            .replace("<v:shapetype ", &format!("<v:shapetype{own} "));
    }
    Some(format!("{}{missing}{}{shapes}{}", &drawing[..head_end], &drawing[head_end..end], &drawing[end..]))
}

/// The drawing without the boxes of the comments of these cells, whatever prefixes it has.
pub fn without(drawing: &str, gone: &BTreeSet<(u32, u32)>) -> String {
    let number = |shape: &str, name: &str| -> Option<u32> {
        shape.split(&format!(":{name}>")).nth(1)?.split('<').next()?.trim().parse().ok()
    };
    let (mut out, mut rest) = (String::with_capacity(drawing.len()), drawing);
    while let Some((start, end)) = next_shape(rest) {
        let shape = &rest[start..end];
        let at = number(shape, "Row").zip(number(shape, "Column"));
        let gone = shape.contains("\"Note\"") && at.is_some_and(|at| gone.contains(&at));
        out.push_str(&rest[..if gone { start } else { end }]);
        rest = &rest[end..];
    }
    out + rest
}

/// Where the next `<v:shape …>…</v:shape>` begins and ends.
fn next_shape(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(":shape")?;
        let start = text[..at].rfind('<')?;
        let name = &text[start + 1..at + ":shape".len()];
        from = at + ":shape".len();
        let alone = text[from..].starts_with(|c: char| c.is_whitespace() || c == '>');
        if alone && name.chars().all(|c| c.is_alphanumeric() || c == ':') {
            let close = format!("</{name}>");
            return text[from..].find(&close).map(|end| (start, from + end + close.len()));
        }
    }
}

fn shape(number: u32, (row, column): (u32, u32), spot: &Spot, sheet: &Sheet) -> String {
    let text = comments::text_of(spot);
    let lines: usize = text.lines().map(|line| line.chars().count() * 2 / CHARACTERS_OF_LINE + 1).sum();
    let height = lines as f64 * LINE + 8.0;
    let (mut width, mut last) = (0.0, column + 1);
    while width < WIDTH && last < column + 40 {
        width += sheet.width(last);
        last += 1;
    }
    // Columns are wide or narrow: the box ends where it is wide enough.
    let over = (width - WIDTH).max(0.0);
    let end_offset = (sheet.width(last - 1) - over).max(1.0) as u32;
    let (top, first) = (row.saturating_sub(1), column + 1);
    let (rows, rest) = ((height / ROW) as u32, (height % ROW) as u32);
    let anchor = format!("{first}, 12, {top}, 8, {}, {end_offset}, {}, {rest}", last - 1, top + rows);
    format!(
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;width:{}pt;height:{}pt;\
         z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
         <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        (WIDTH * 0.75) as u32,
        (height * 0.75) as u32,
        number % BLOCK + 1,
    )
}
