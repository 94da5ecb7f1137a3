//! Notes on a finished PDF: each figure is highlighted and says which cells it was made of.
//! They are added behind the file (an incremental update), which itself stays as it is.

use std::collections::BTreeMap;

use pdf_writer::types::{AnnotationFlags, AnnotationType};
use pdf_writer::{Chunk, Content, Finish, Name, Rect, Ref, TextStr};

use super::spots::Marked;

/// Who is said to have written the notes.
const AUTHOR: &str = "huibao 核对";
/// Colour of the mark, laid over the page so that the text stays black.
const COLOUR: [f32; 3] = [1.0, 0.90, 0.45];

/// Adds a note for every spot whose figure has one. `None`: the file is not built as Typst builds it.
pub fn annotate(pdf: &[u8], pages: &[Marked], notes: &[String]) -> Option<Vec<u8>> {
    let file = File::read(pdf)?;
    let mut update = Update { next: file.size, objects: Vec::new() };
    for (page, id) in pages.iter().zip(file.pages()?) {
        let mut by_figure: BTreeMap<u32, Vec<Rect>> = BTreeMap::new();
        for spot in page.spots.iter().filter(|s| notes.get(s.figure as usize).is_some_and(|n| !n.is_empty())) {
            // The box of a line is as high as the line pitch; its characters are not.
            let (top, bottom) = (spot.y + 0.22 * spot.height, spot.y + 0.84 * spot.height);
            let rect = Rect::new(
                spot.x as f32,
                (page.height - bottom) as f32,
                (spot.x + spot.width) as f32,
                (page.height - top) as f32,
            );
            by_figure.entry(spot.figure).or_default().push(rect);
        }
        if by_figure.is_empty() {
            continue;
        }
        let notes: Vec<i32> =
            by_figure.iter().map(|(figure, rects)| update.note(rects, &notes[*figure as usize], id)).collect();
        let list: Vec<String> = notes.iter().map(|n| format!("{n} 0 R")).collect();
        update.objects.push((id, with_notes(file.object(id)?, &list.join(" "))?));
    }
    Some(update.write(pdf, &file))
}

/// A page's dictionary with the notes among its annotations.
fn with_notes(page: &str, list: &str) -> Option<Vec<u8>> {
    if let Some(at) = page.find("/Annots[") {
        let at = at + "/Annots[".len();
        return Some(format!("{}{list} {}", &page[..at], &page[at..]).into_bytes());
    }
    let end = page.rfind(">>")?;
    Some(format!("{}/Annots[{list}]{}", &page[..end], &page[end..]).into_bytes())
}

/// What must be known of the file.
struct File<'a> {
    bytes: &'a [u8],
    offsets: Vec<usize>,
    size: i32,
    /// The trailer's dictionary without its brackets and its size.
    trailer: String,
    table: usize,
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8]) -> Option<File<'a>> {
        let tail_from = bytes.len().saturating_sub(2048);
        let start = find_last(&bytes[tail_from..], b"startxref")? + tail_from;
        let table: usize = text(&bytes[start + 9..])?.split_ascii_whitespace().next()?.parse().ok()?;
        let mut lines = bytes.get(table..)?.split(|b| *b == b'\n').map(|l| l.trim_ascii());
        (lines.next()? == b"xref").then_some(())?;
        let head = std::str::from_utf8(lines.next()?).ok()?;
        let count: usize = head.strip_prefix("0 ")?.trim().parse().ok()?;
        let mut offsets = Vec::with_capacity(count.min(1 << 20));
        for _ in 0..count {
            let line = std::str::from_utf8(lines.next()?).ok()?;
            offsets.push(line.split(' ').next()?.parse().ok()?);
        }
        let trailer = find_last(&bytes[tail_from..], b"trailer")? + tail_from;
        let dictionary = text(bytes.get(trailer + 7..start)?)?.trim();
        let inside = dictionary.strip_prefix("<<")?.strip_suffix(">>")?;
        let size = after(inside, "/Size ")?;
        let trailer = inside.replacen(&format!("/Size {size}"), "", 1);
        Some(File { bytes, offsets, size, trailer, table })
    }

    /// The text of an object that is no stream.
    fn object(&self, id: i32) -> Option<&'a str> {
        let at = *self.offsets.get(usize::try_from(id).ok()?)?;
        let bytes = self.bytes.get(at..)?;
        let end = bytes.windows(6).position(|w| w == b"endobj")?;
        let whole = text(&bytes[..end])?;
        Some(whole.strip_prefix(&format!("{id} 0 obj"))?.trim())
    }

    /// Ids of the pages in order.
    fn pages(&self) -> Option<Vec<i32>> {
        let root = self.object(after(&self.trailer, "/Root ")?)?;
        let mut waiting = vec![after(root, "/Pages ")?];
        let mut pages = Vec::new();
        while let Some(id) = waiting.pop() {
            let object = self.object(id)?;
            let Some(at) = object.find("/Kids[") else {
                pages.push(id);
                continue;
            };
            let kids = object[at + 6..].split(']').next()?;
            let ids: Vec<i32> =
                kids.split('R').filter_map(|k| k.split_ascii_whitespace().next()?.parse().ok()).collect();
            waiting.extend(ids.iter().rev());
            (pages.len() + waiting.len() <= self.offsets.len()).then_some(())?;
        }
        Some(pages)
    }
}

/// The number behind a key.
fn after(text: &str, key: &str) -> Option<i32> {
    let at = text.find(key)? + key.len();
    text[at..].split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn text(bytes: &[u8]) -> Option<&str> {
    // Strings of the file may hold any byte; dictionaries of pages do not.
    std::str::from_utf8(bytes).ok()
}

fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|w| w == word)
}

/// Objects that are added.
struct Update {
    next: i32,
    objects: Vec<(i32, Vec<u8>)>,
}

impl Update {
    fn id(&mut self) -> i32 {
        self.next += 1;
        self.next - 1
    }

    /// A highlight with a note, over the lines that a figure takes; gives its object.
    fn note(&mut self, rects: &[Rect], note: &str, page: i32) -> i32 {
        let (appearance, id) = (self.id(), self.id());
        let whole = rects
            .iter()
            .skip(1)
            .fold(rects[0], |a, b| Rect::new(a.x1.min(b.x1), a.y1.min(b.y1), a.x2.max(b.x2), a.y2.max(b.y2)));
        let mut content = Content::new();
        content.set_parameters(Name(b"G0")).set_fill_rgb(COLOUR[0], COLOUR[1], COLOUR[2]);
        rects.iter().for_each(|r| {
            content.rect(r.x1, r.y1, r.x2 - r.x1, r.y2 - r.y1);
        });
        content.fill_nonzero();
        let content = content.finish();
        let mut chunk = Chunk::new();
        let mut form = chunk.form_xobject(Ref::new(appearance), &content);
        form.bbox(whole);
        form.resources()
            .ext_g_states()
            .insert(Name(b"G0"))
            .start::<pdf_writer::writers::ExtGraphicsState>()
            .blend_mode(pdf_writer::types::BlendMode::Multiply);
        form.finish();
        self.objects.push((appearance, body(&chunk)));
        let mut chunk = Chunk::new();
        let mut annotation = chunk.indirect(Ref::new(id)).start::<pdf_writer::writers::Annotation>();
        annotation
            .subtype(AnnotationType::Highlight)
            .rect(whole)
            .contents(TextStr(note))
            .author(TextStr(AUTHOR))
            .flags(AnnotationFlags::PRINT)
            .color_rgb(COLOUR[0], COLOUR[1], COLOUR[2]);
        // Readers want the corners by rows, whatever the standard says.
        annotation.quad_points(rects.iter().flat_map(|r| [r.x1, r.y2, r.x2, r.y2, r.x1, r.y1, r.x2, r.y1]));
        annotation.insert(Name(b"P")).primitive(Ref::new(page));
        annotation.appearance().normal().stream(Ref::new(appearance));
        annotation.finish();
        self.objects.push((id, body(&chunk)));
        id
    }

    /// The file with the update behind it.
    fn write(mut self, pdf: &[u8], file: &File) -> Vec<u8> {
        let mut out = pdf.to_vec();
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        self.objects.sort_by_key(|(id, _)| *id);
        let mut places = Vec::new();
        for (id, body) in &self.objects {
            places.push((*id, out.len()));
            out.extend(format!("{id} 0 obj\n").bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for run in places.chunk_by(|a, b| a.0 + 1 == b.0) {
            out.extend(format!("{} {}\n", run[0].0, run.len()).bytes());
            run.iter().for_each(|(_, at)| out.extend(format!("{at:010} 00000 n \n").bytes()));
        }
        let (size, trailer, before) = (self.next, &file.trailer, file.table);
        out.extend(format!("trailer\n<</Size {size}{trailer}/Prev {before}>>\nstartxref\n{table}\n%%EOF\n").bytes());
        out
    }
}

/// What stands between `obj` and `endobj`.
fn body(chunk: &Chunk) -> Vec<u8> {
    let bytes = chunk.as_bytes();
    let start = bytes.windows(3).position(|w| w == b"obj").map_or(0, |at| at + 3);
    let end = find_last(bytes, b"endobj").unwrap_or(bytes.len());
    bytes[start..end].trim_ascii().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_join_the_annotations_of_a_page() {
        let made = |page: &str| String::from_utf8(with_notes(page, "7 0 R").unwrap()).unwrap();
        assert_eq!(made("<</Type/Page>>"), "<</Type/Page/Annots[7 0 R]>>");
        assert_eq!(made("<</Annots[3 0 R]/Type/Page>>"), "<</Annots[7 0 R 3 0 R]/Type/Page>>");
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert!(annotate(b"", &[], &[]).is_none());
        assert!(annotate(b"startxref\n9999\n%%EOF", &[], &[]).is_none());
    }
}
