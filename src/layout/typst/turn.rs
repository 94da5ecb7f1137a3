//! Landscape pages are laid out lying and then turned upright, head to the left (clause 8). The
//! file asks viewers to turn them back: on the screen they lie, on paper they stand.

use typst::layout::{Abs, Angle, Frame, Point, Size, Transform};
use typst_layout::{Page, PagedDocument};

/// Which pages are wider than high.
pub fn lying(document: &PagedDocument) -> Vec<bool> {
    document.pages().iter().map(lies).collect()
}

fn lies(page: &Page) -> bool {
    page.frame.width() > page.frame.height()
}

/// Turns the pages that are wider than high by 90° counter-clockwise.
pub fn upright(document: PagedDocument) -> PagedDocument {
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

/// Begins a page's entry in the file, as typst-pdf writes it.
const PAGE: &[u8] = b"<</Type/Page/";
const TURN: &[u8] = b"/Rotate 90";

/// Asks viewers to show some pages turned clockwise. `None` where the file is not as expected.
pub fn shown_lying(pdf: Vec<u8>, lying: &[bool]) -> Option<Vec<u8>> {
    if !lying.contains(&true) {
        return Some(pdf);
    }
    let tail = pdf.len().saturating_sub(64);
    let start = tail + find(&pdf[tail..], b"startxref")?;
    let table: usize = number(&pdf[start + b"startxref".len()..])?;
    let entries: Vec<usize> = positions(&pdf[..table], PAGE).map(|at| at + PAGE.len() - 1).collect();
    if entries.len() != lying.len() {
        return None;
    }
    let turned: Vec<usize> = entries.into_iter().zip(lying).filter(|(_, lies)| **lies).map(|(at, _)| at).collect();
    let moved = |at: usize| at + TURN.len() * turned.iter().filter(|&&place| place < at).count();
    let mut out = Vec::with_capacity(pdf.len() + TURN.len() * turned.len());
    let mut from = 0;
    for &place in &turned {
        out.extend_from_slice(&pdf[from..place]);
        out.extend_from_slice(TURN);
        from = place;
    }
    out.extend_from_slice(&pdf[from..table]);
    // Entries of the table: ten digits, a generation, `n` for what is in use; 20 bytes each.
    for line in pdf[table..start].split_inclusive(|byte| *byte == b'\n') {
        match number(line) {
            Some(at) if line.len() == 20 && line[17] == b'n' => {
                out.extend_from_slice(format!("{:010}", moved(at)).as_bytes());
                out.extend_from_slice(&line[10..]);
            }
            _ => out.extend_from_slice(line),
        }
    }
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table)).as_bytes());
    Some(out)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn positions<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + find(&bytes[from..], wanted)?;
        from = at + wanted.len();
        Some(at)
    })
}

/// The number that some bytes begin with, blanks aside.
fn number(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(&bytes[..bytes.len().min(24)]).ok()?.trim_start();
    text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())].parse().ok()
}
