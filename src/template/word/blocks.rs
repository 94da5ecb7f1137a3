//! The blocks of a Word file one after another as text of a template.

use std::ops::Range;

use super::caption::{Of, caption, unit};
use super::hoist::is_bare;
use super::lines::Lines;
use super::lost::LeftOut;
use super::made::{EMBEDDED, Embedded, Made};
use super::scan::{Kind, Part, parts, parts_of, tags};
use super::words::{Look, Words, literal, write_tag};
use super::writer::{PAGE, Writer};
use super::{fenced, table};
use crate::source::docx::{self, Anchored, Block, Document, Outline, PAGE_BREAK, Paragraph, Role};

/// Blocks behind one, among which its table or caption is looked for.
const NEAR: usize = 20;

/// Makes the text.
pub struct Maker<'d> {
    document: &'d Document,
    outline: &'d Outline,
    lines: &'d Lines,
    bytes: &'d [u8],
    usual: Look,
    pub pictures: Vec<Embedded>,
    pub left_out: LeftOut,
}

impl<'d> Maker<'d> {
    pub fn new(document: &'d Document, outline: &'d Outline, lines: &'d Lines, bytes: &'d [u8]) -> Maker<'d> {
        let usual = usual(document, outline);
        Maker { document, outline, lines, bytes, usual, pictures: Vec::new(), left_out: LeftOut::default() }
    }

    /// The text of the report, without its annexes.
    pub fn body(&mut self) -> Made {
        let end = self.outline.annexes().first().map_or(self.document.body.len(), |annex| annex.blocks.start);
        self.blocks(0..end)
    }

    /// The annexes: title, text, sideways.
    pub fn annexes(&mut self) -> Vec<(Made, Made, bool)> {
        let outline = self.outline;
        let annexes = outline.annexes().iter().map(|annex| {
            let titled = self.of_role(&Role::AnnexTitle, annex.blocks.clone());
            let label = self.of_role(&Role::AnnexLabel, annex.blocks.clone());
            let mut title = Writer::default();
            let lines = if titled.is_empty() { label } else { titled };
            lines.iter().for_each(|line| self.plain(line, &mut title));
            (title.finish(), self.blocks(annex.blocks.clone()), annex.landscape)
        });
        annexes.collect()
    }

    fn blocks(&mut self, range: Range<usize>) -> Made {
        let mut out = Writer::default();
        let mut said_above = None;
        for at in range.clone() {
            match &self.document.body[at] {
                Block::Table(table) => {
                    let left = table::write(table, self.lines, self.usual, &mut out);
                    self.left_out.nested += left.nested;
                    self.left_out.in_cells += left.pictures;
                }
                Block::Paragraph(paragraph) => match self.outline.role(at) {
                    Role::Heading { .. } | Role::Item { .. } | Role::Text => {
                        // Already above its picture.
                        if said_above == Some(at) {
                            continue;
                        }
                        said_above = self.caption_below(at, paragraph);
                        if let Some(Block::Paragraph(below)) = said_above.map(|at| &self.document.body[at]) {
                            self.captioned(below, &mut out);
                        }
                        self.paragraph(at, paragraph, self.outline.role(at), &mut out);
                    }
                    _ => {}
                },
            }
        }
        out.finish()
    }

    /// The title; its lines are one.
    pub fn title(&self) -> Option<Made> {
        let lines = self.of_role(&Role::Title, self.all());
        let mut out = Writer::default();
        lines.iter().for_each(|line| self.plain(line, &mut out));
        (!lines.is_empty()).then(|| out.finish())
    }

    /// What stands around the text, by the keys of 报告信息.
    pub fn around(&self) -> Vec<(&'static str, Made)> {
        let mut found = Vec::new();
        let mut add = |key, paragraph: &Paragraph| {
            let mut out = Writer::default();
            self.plain(paragraph, &mut out);
            found.push((key, out.finish()));
        };
        self.of_role(&Role::Addressee, self.all()).iter().for_each(|line| add("主送", line));
        for line in self.of_role(&Role::Byline, self.all()) {
            add(if line.text.contains(['年', '日']) { "题下日期" } else { "题下单位" }, line);
        }
        self.of_role(&Role::Signatory, self.all()).iter().for_each(|line| add("单位", line));
        self.of_role(&Role::Date, self.all()).iter().for_each(|line| add("成文日期", line));
        found
    }

    fn all(&self) -> Range<usize> {
        0..self.document.body.len()
    }

    fn of_role(&self, role: &Role, range: Range<usize>) -> Vec<&'d Paragraph> {
        let own = range.filter(|at| self.outline.role(*at) == role).filter_map(|at| match &self.document.body[at] {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        });
        own.collect()
    }

    /// The words of a line without faces; what Markdown would read is plain here.
    fn plain(&self, paragraph: &Paragraph, out: &mut Writer) {
        let start = self.lines.start(paragraph);
        for part in parts(paragraph.text.trim_end()) {
            match part {
                Part::Tag(tag) => write_tag(&paragraph.text, &tag, start, out),
                Part::Text(range) => {
                    let blank = |c: char| c.is_control() || super::super::tokens::is_mark(c);
                    let text = &paragraph.text[range.clone()];
                    text.char_indices().filter(|(_, c)| !blank(*c)).for_each(|(at, c)| {
                        out.copy(c, start + range.start + at);
                    });
                }
            }
        }
    }

    fn paragraph(&mut self, at: usize, paragraph: &Paragraph, role: &Role, out: &mut Writer) {
        if paragraph.set.page_break == Some(true) {
            page_break(out);
        }
        if !paragraph.is_blank() {
            match self.before_table(at) {
                true if self.above_table(paragraph, out) => {}
                _ => self.said(paragraph, role, out),
            }
        } else if paragraph.text.contains(PAGE_BREAK) {
            page_break(out);
        }
        self.anchored(paragraph, out);
        // The end of a section: what follows begins on a new page.
        if paragraph.section.is_some() && self.next_section_breaks(at) {
            page_break(out);
        }
    }

    /// Whether the section behind a block begins on a new page: it says so at its own end.
    fn next_section_breaks(&self, at: usize) -> bool {
        let rest = self.document.body[at + 1..].iter();
        let mut sections = rest.filter_map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.section,
            Block::Table(_) => None,
        });
        sections.next().is_some_and(|section| section.new_page)
    }

    fn said(&mut self, paragraph: &Paragraph, role: &Role, out: &mut Writer) {
        let text = &paragraph.text;
        let start = self.lines.start(paragraph);
        if is_bare(paragraph) {
            out.line();
            tags(text).for_each(|tag| write_tag(text, &tag, start, out));
            out.add("\n");
            return;
        }
        if let [Part::Tag(tag)] = &solid(text)[..]
            && fenced::write(text, tag, start, out)
        {
            return;
        }
        let mut from = 0;
        for page in text.split(PAGE_BREAK) {
            let own = from..from + page.len();
            if from > 0 {
                page_break(out);
            }
            from = own.end + PAGE_BREAK.len_utf8();
            if !page.trim().is_empty() {
                self.block(paragraph, own, role, out);
            }
        }
    }

    /// One paragraph of the text: statements before its mark, then its words.
    fn block(&self, paragraph: &Paragraph, own: Range<usize>, role: &Role, out: &mut Writer) {
        let text = &paragraph.text;
        let start = self.lines.start(paragraph);
        let words = |usual| Words { paragraph, start, usual, without: &[] };
        out.block();
        let mut from = own.start;
        if !matches!(role, Role::Text) {
            from = leading(text, own.clone());
            words(None).write(own.start..from, out);
        }
        match role {
            Role::Heading { level, number, run_in } => {
                from = from.max(number.end.min(own.end));
                out.instead(&format!("{} ", "#".repeat(usize::from(*level))), start + from);
                let end = run_in.unwrap_or(own.end).clamp(from, own.end);
                words(None).write(from..end, out);
                if end < own.end {
                    out.block();
                    words(Some(self.usual)).write(end..own.end, out);
                }
                return;
            }
            Role::Item { ordered } => out.instead(if *ordered { "1. " } else { "- " }, start + from),
            _ => {
                if let Some(number) = &paragraph.number {
                    out.add(&literal(&number.text));
                }
            }
        }
        words(Some(self.usual)).write(from..own.end, out);
    }

    /// Whether the next block with a text is a table.
    fn before_table(&self, at: usize) -> bool {
        let rest = self.document.body[at + 1..].iter().take(NEAR);
        let mut said = rest.filter(|block| !matches!(block, Block::Paragraph(p) if p.is_blank() || is_bare(p)));
        match said.next() {
            Some(Block::Table(_)) => true,
            // The unit may stand between a caption and its table.
            Some(Block::Paragraph(p)) => unit(&p.text).is_some() || is_table_tag(p),
            None => false,
        }
    }

    /// A caption or a unit above a table.
    fn above_table(&self, paragraph: &Paragraph, out: &mut Writer) -> bool {
        let (label, range) = match (caption(&paragraph.text), unit(&paragraph.text)) {
            (Some((Of::Table, range)), _) => ("表：", range),
            (_, Some(range)) => ("单位：", range),
            _ => return false,
        };
        let start = self.lines.start(paragraph);
        out.block();
        out.instead(label, start + range.start);
        Words { paragraph, start, usual: None, without: &[] }.write(range, out);
        true
    }

    /// The caption that stands below a picture.
    fn caption_below(&self, at: usize, paragraph: &Paragraph) -> Option<usize> {
        let pictured = paragraph.anchors.iter().any(|anchor| matches!(anchor.what, Anchored::Picture(_)));
        if !pictured && !is_figure_tag(paragraph) {
            return None;
        }
        let next = (at + 1..self.document.body.len()).take(NEAR).find(|at| match &self.document.body[*at] {
            Block::Paragraph(paragraph) => !paragraph.is_blank(),
            Block::Table(_) => true,
        })?;
        let Block::Paragraph(below) = &self.document.body[next] else { return None };
        matches!(caption(&below.text), Some((Of::Figure, _))).then_some(next)
    }

    fn captioned(&self, paragraph: &Paragraph, out: &mut Writer) {
        let Some((_, range)) = caption(&paragraph.text) else { return };
        let start = self.lines.start(paragraph);
        out.block();
        out.instead("图：", start + range.start);
        Words { paragraph, start, usual: None, without: &[] }.write(range, out);
    }

    /// Pictures and text boxes that hang on a paragraph.
    fn anchored(&mut self, paragraph: &Paragraph, out: &mut Writer) {
        for anchor in &paragraph.anchors {
            match &anchor.what {
                Anchored::Picture(picture) => {
                    let usable = docx::part(self.bytes, &picture.part).filter(|bytes| is_usable(bytes));
                    let Some(bytes) = usable else {
                        self.left_out.pictures.push(picture.part.clone());
                        continue;
                    };
                    self.pictures.push(Embedded(bytes.into()));
                    out.block();
                    let at = self.lines.start(paragraph) + anchor.at;
                    out.instead("!", at);
                    out.add(&format!("[{}]({EMBEDDED}{})", literal(&picture.alt), self.pictures.len() - 1));
                }
                Anchored::TextBox(inside) => {
                    for own in inside.iter().filter(|own| !own.is_blank()) {
                        self.said(own, &Role::Text, out);
                    }
                }
                Anchored::Note(_) | Anchored::Comment(_) => {}
            }
        }
    }
}

/// How most of the text looks.
fn usual(document: &Document, outline: &Outline) -> Look {
    let mut looks = std::collections::BTreeMap::<(bool, bool), usize>::new();
    for (at, block) in document.body.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        if *outline.role(at) != Role::Text {
            continue;
        }
        for run in &paragraph.runs {
            let look = Look::of(&run.face);
            *looks.entry((look.strong, look.emphasis)).or_default() += run.range.len();
        }
    }
    let most = looks.into_iter().max_by_key(|(_, bytes)| *bytes).map_or((false, false), |(look, _)| look);
    Look { strong: most.0, emphasis: most.1 }
}

/// A text cut at its tags without blanks between them.
fn solid(text: &str) -> Vec<Part> {
    let said = |part: &Part| !matches!(part, Part::Text(range) if text[range.clone()].trim().is_empty());
    parts(text).into_iter().filter(said).collect()
}

fn is_block_tag(paragraph: &Paragraph, names: &[&str]) -> bool {
    let text = &paragraph.text;
    match &solid(text)[..] {
        [Part::Tag(tag)] if tag.kind == Kind::Print => {
            names.iter().any(|name| text[tag.inner.clone()].trim_start().starts_with(name))
        }
        _ => false,
    }
}

fn is_table_tag(paragraph: &Paragraph) -> bool {
    is_block_tag(paragraph, &["表格(", "表格（"])
}

fn is_figure_tag(paragraph: &Paragraph) -> bool {
    is_block_tag(paragraph, &["图表(", "图表（", "图片(", "图片（"])
}

/// The byte behind the statements that a text begins with.
fn leading(text: &str, own: Range<usize>) -> usize {
    let mut at = own.start;
    for part in parts_of(text, own) {
        match part {
            Part::Tag(tag) if tag.kind != Kind::Print => at = tag.range.end,
            Part::Text(range) if text[range.clone()].trim().is_empty() => {}
            _ => break,
        }
    }
    at
}

fn page_break(out: &mut Writer) {
    out.block();
    out.add(PAGE);
    out.add("\n");
}

/// PNG, JPEG and SVG.
fn is_usable(bytes: &[u8]) -> bool {
    let svg = || String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase().contains("<svg");
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || svg()
}
