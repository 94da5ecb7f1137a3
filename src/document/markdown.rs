//! Marked-up text with tokens to blocks: the Markdown subset of contract §3.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, DefaultBrokenLinkCallback, Event, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::inlines::{InlineBuilder, STRONG_CLOSE, STRONG_OPEN, Style, paragraphs, with_breaks};
use super::model::{Align, Block, Heading, Inline, Inlines, List, Table, TableCell, TableRow, plain_text};
use super::numbering::Numbering;
use super::sheet::Sheet;
use super::text::Text;
use crate::diagnostic::Origin;
use crate::figures::{Figure, FigureId};
use crate::template::{RenderedText, Stretch, split_tokens};

/// What the reader of a text needs beside it: fenced blocks and pictures are made elsewhere.
pub trait Extras {
    /// The figures of all texts; what is made here adds to them.
    fn begin(&mut self, figures: Vec<Figure>);
    fn figures(&self) -> &[Figure];
    fn finish(&mut self) -> Vec<Figure>;
    /// A fenced block with its language and its place; `None` prints it as text.
    fn fenced(&mut self, language: &str, text: &Text, place: Option<Origin>) -> Option<Block>;
    /// A picture with its alt text and its place; `None` leaves it out (a diagnostic says why).
    fn picture(&mut self, path: &str, alt: &str, place: Option<Origin>) -> Option<Block>;
}

/// Reads one text.
pub fn blocks(text: &RenderedText, extras: &mut dyn Extras) -> Vec<Block> {
    let sheet = Sheet::new(text);
    let mut reader = Reader { extras, sheet: &sheet, numbering: Numbering::default(), blocks: Vec::new() };
    let mut events = Parser::new_ext(&sheet.text, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.block(event, range, &mut events);
    }
    super::captions::attach(reader.blocks)
}

struct Reader<'a> {
    extras: &'a mut dyn Extras,
    sheet: &'a Sheet<'a>,
    numbering: Numbering,
    blocks: Vec<Block>,
}

/// Events with the bytes of the sheet that each was read from.
type Events<'p> = OffsetIter<'p, DefaultBrokenLinkCallback>;

impl Reader<'_> {
    fn block(&mut self, event: Event, range: Range<usize>, events: &mut Events) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let text = self.inlines(events, |end| matches!(end, TagEnd::Heading(_)));
                self.heading(level as u8, text);
            }
            Event::Start(Tag::Paragraph) => {
                let text = self.inlines(events, |end| matches!(end, TagEnd::Paragraph));
                self.paragraph(text);
            }
            Event::Start(Tag::List(start)) => {
                let list = self.list(start.is_some(), events);
                self.blocks.push(Block::List(list));
            }
            Event::Start(Tag::Table(aligns)) => {
                let table = self.table(&aligns, events);
                self.blocks.push(Block::Table(table));
            }
            Event::Start(Tag::CodeBlock(kind)) => self.fenced(kind, range, events),
            Event::Rule => self.blocks.push(Block::PageBreak),
            Event::Html(text) | Event::Text(text) | Event::InlineHtml(text) => {
                let mut builder = InlineBuilder::new(self.extras.figures());
                builder.text(text.trim_end(), &self.sheet.read(&text, range));
                let text = builder.finish();
                self.paragraph(text);
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: u8, text: Inlines) {
        let text: Inlines = paragraphs(text).into_iter().flatten().collect();
        if text.is_empty() {
            return;
        }
        let level = level.min(4);
        let number = self.numbering.next(level);
        let heading = Heading { level, number, text };
        let run_in = plain_text(&heading.text).trim_end().ends_with('。');
        self.blocks.push(match run_in {
            true => Block::Paragraph { lead: Some(heading), text: Vec::new() },
            false => Block::Heading(heading),
        });
    }

    fn paragraph(&mut self, text: Inlines) {
        for (i, part) in paragraphs(text).into_iter().enumerate() {
            match self.blocks.last_mut() {
                // A run-in heading waits for its paragraph.
                Some(Block::Paragraph { lead: Some(_), text }) if i == 0 && text.is_empty() => *text = part,
                _ => self.blocks.push(Block::Paragraph { lead: None, text: part }),
            }
        }
    }

    fn inlines(&mut self, events: &mut Events, ends: fn(&TagEnd) -> bool) -> Inlines {
        let sheet = self.sheet;
        let mut pictures = Vec::new();
        let mut builder = InlineBuilder::new(self.extras.figures());
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(end) if ends(&end) => break,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                    builder.text(&text, &sheet.read(&text, range));
                }
                Event::SoftBreak => builder.soft_break(),
                Event::HardBreak => builder.push(Inline::Break),
                Event::Start(Tag::Emphasis) => builder.begin(Style::Emphasis),
                Event::End(TagEnd::Emphasis) => builder.end(Style::Emphasis),
                Event::Start(Tag::Strong) => builder.begin(Style::Strong),
                Event::End(TagEnd::Strong) => builder.end(Style::Strong),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    pictures.push((dest_url.to_string(), alt(events, self.extras.figures()), sheet.place(range)));
                }
                _ => {}
            }
        }
        let text = builder.finish();
        for (path, alt, place) in pictures {
            let path = filled(&path, self.extras.figures());
            self.blocks.extend(self.extras.picture(&path, &alt, place));
        }
        text
    }

    fn list(&mut self, ordered: bool, events: &mut Events) -> List {
        let mut items = Vec::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    let text = self.inlines(events, |end| matches!(end, TagEnd::Item));
                    // An item stays one item, however many lines its cell has.
                    items.extend(Some(with_breaks(text)).filter(|item| !item.is_empty()));
                }
                _ => {}
            }
        }
        List { ordered, items }
    }

    fn table(&mut self, aligns: &[Alignment], events: &mut Events) -> Table {
        let (mut header, mut rows, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        while let Some((event, _)) = events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableCell) => {
                    let text = self.inlines(events, |end| matches!(end, TagEnd::TableCell));
                    cells.push(TableCell::new(with_breaks(text)));
                }
                Event::End(TagEnd::TableHead) => header.push(row(std::mem::take(&mut cells))),
                Event::End(TagEnd::TableRow) => rows.push(row(std::mem::take(&mut cells))),
                _ => {}
            }
        }
        let (header, rows) = super::covered::settle(header, rows);
        let aligns = (0..aligns.len()).map(|i| align(aligns[i], i, &rows)).collect();
        Table { caption: None, unit_line: None, aligns, header, rows, notes: Vec::new() }
    }

    fn fenced(&mut self, kind: CodeBlockKind, range: Range<usize>, events: &mut Events) {
        let (mut text, mut stretches) = (String::new(), Vec::new());
        for (event, range) in events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(more) => {
                    let written = self.sheet.read(&more, range);
                    for line in more.split_inclusive('\n') {
                        let from = line.as_ptr() as usize - more.as_ptr() as usize;
                        written(from..from + line.trim_end().len(), text.len() + from, &mut stretches);
                    }
                    text.push_str(&more);
                }
                _ => {}
            }
        }
        let text = Text::new(text, stretches);
        let language = match &kind {
            CodeBlockKind::Fenced(language) => language.trim(),
            CodeBlockKind::Indented => "",
        };
        match self.extras.fenced(language, &text, self.sheet.place(range)) {
            Some(block) => self.blocks.push(block),
            None => {
                let mut from = 0;
                for line in text.split_inclusive('\n') {
                    let written = |range: Range<usize>, at: usize, out: &mut Vec<Stretch>| {
                        text.stretches(from + range.start..from + range.end, at, out);
                    };
                    let made = super::inlines::inlines(line, self.extras.figures(), &written);
                    from += line.len();
                    self.paragraph(made);
                }
            }
        }
    }
}

/// The text between the brackets of a picture.
fn alt(events: &mut Events, figures: &[Figure]) -> String {
    let (mut said, mut within) = (String::new(), 0);
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(Tag::Image { .. }) => within += 1,
            Event::End(TagEnd::Image) if within == 0 => break,
            Event::End(TagEnd::Image) => within -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => said.push_str(&filled(&text, figures)),
            Event::SoftBreak if said.ends_with(|c: char| c.is_ascii_alphanumeric()) => said.push(' '),
            Event::HardBreak => said.push('\n'),
            _ => {}
        }
    }
    said.replace([STRONG_OPEN, STRONG_CLOSE], "")
}

/// A text with its figures in the place of their tokens.
pub fn filled(text: &str, figures: &[Figure]) -> String {
    let pieces = split_tokens(text).into_iter().map(|(piece, id)| {
        let figure = id.and_then(|FigureId(id)| figures.get(id as usize)).map(|f| &*f.text);
        format!("{piece}{}", figure.unwrap_or_default())
    });
    pieces.collect()
}

/// A row; one that begins with 合计 and the like is a row of totals.
fn row(cells: Vec<TableCell>) -> TableRow {
    let first = cells.first().map(|c| plain_text(&c.text)).unwrap_or_default();
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    TableRow { total: matches!(first.as_str(), "合计" | "总计" | "小计" | "合　计"), cells }
}

/// Alignment as written, else by content: numbers on their point, short texts centred.
fn align(written: Alignment, column: usize, rows: &[TableRow]) -> Align {
    match written {
        Alignment::Left => return Align::Left,
        Alignment::Center => return Align::Center,
        Alignment::Right => return Align::Right,
        Alignment::None => {}
    }
    let texts: Vec<String> = rows
        .iter()
        .filter_map(|r| r.cells.get(column))
        .map(|c| plain_text(&c.text))
        .filter(|t| !t.is_empty())
        .collect();
    let number = |t: &String| {
        t.chars().any(|c| c.is_ascii_digit()) && t.chars().all(|c| c.is_ascii_digit() || ",.%-+—".contains(c))
    };
    if !texts.is_empty() && texts.iter().all(|t| number(t) || matches!(t.as_str(), "—" | "-" | "无" | "/")) {
        return if texts.iter().any(number) { Align::Decimal } else { Align::Center };
    }
    if texts.iter().all(|t| t.chars().count() <= 8) { Align::Center } else { Align::Left }
}
