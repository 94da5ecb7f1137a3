//! Marked-up text with tokens to blocks: the Markdown subset of contract §3.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::inlines::{InlineBuilder, STRONG_CLOSE, STRONG_OPEN, Span, paragraphs, with_breaks};
use super::model::{Align, Block, Heading, Inline, Inlines, List, Table, TableCell, TableRow, plain_text};
use super::numbering::Numbering;
use crate::figures::Figure;

/// What the reader of a text needs beside it: fenced blocks and pictures are made elsewhere.
pub trait Extras {
    /// The figures of all texts; what is made here adds to them.
    fn begin(&mut self, figures: Vec<Figure>);
    fn figures(&self) -> &[Figure];
    fn finish(&mut self) -> Vec<Figure>;
    /// A fenced block with its language; `None` prints it as text.
    fn fenced(&mut self, language: &str, text: &str) -> Option<Block>;
    /// A picture with its alt text; `None` leaves it out (a diagnostic says why).
    fn picture(&mut self, path: &str, alt: &str) -> Option<Block>;
}

/// Reads one text.
pub fn blocks(text: &str, extras: &mut dyn Extras) -> Vec<Block> {
    let text = prepare(text);
    let mut reader = Reader { extras, numbering: Numbering::default(), blocks: Vec::new() };
    let mut events = Parser::new_ext(&text, Options::ENABLE_TABLES).peekable();
    while let Some(event) = events.next() {
        reader.block(event, &mut events);
    }
    super::captions::attach(reader.blocks)
}

/// Leading blanks carry no meaning in a report (an indented line is no code), and `**`
/// becomes marks of our own; fenced blocks stay as they are.
fn prepare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let trimmed = line.trim_start_matches([' ', '\t', '\u{3000}']);
        match fence {
            Some(mark) => {
                if trimmed.starts_with(mark) {
                    fence = None;
                }
                out.push_str(line);
            }
            None => {
                fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
                strong_marks(trimmed, &mut out);
            }
        }
        out.push('\n');
    }
    out
}

fn strong_marks(line: &str, out: &mut String) {
    let count = line.matches("**").count();
    if count < 2 || line.trim().chars().all(|c| c == '*') {
        out.push_str(line);
        return;
    }
    let mut left = count - count % 2;
    for (i, piece) in line.split("**").enumerate() {
        if i > 0 {
            if left > 0 {
                out.push(if i % 2 == 1 { STRONG_OPEN } else { STRONG_CLOSE });
                left -= 1;
            } else {
                out.push_str("**");
            }
        }
        out.push_str(piece);
    }
}

struct Reader<'a> {
    extras: &'a mut dyn Extras,
    numbering: Numbering,
    blocks: Vec<Block>,
}

type Events<'e, 'p> = std::iter::Peekable<Parser<'p, pulldown_cmark::DefaultBrokenLinkCallback>>;

impl Reader<'_> {
    fn block(&mut self, event: Event, events: &mut Events) {
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
            Event::Start(Tag::CodeBlock(kind)) => self.fenced(kind, events),
            Event::Rule => self.blocks.push(Block::PageBreak),
            Event::Html(text) | Event::Text(text) | Event::InlineHtml(text) => {
                let mut builder = InlineBuilder::new();
                builder.text(text.trim_end(), self.extras.figures());
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
        let mut builder = InlineBuilder::new();
        let mut pictures = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::End(end) if ends(&end) => break,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                    builder.text(&text, self.extras.figures());
                }
                Event::SoftBreak => builder.soft_break(),
                Event::HardBreak => builder.push(Inline::Break),
                Event::Start(Tag::Emphasis) => builder.begin(Span::Emphasis),
                Event::End(TagEnd::Emphasis) => builder.end(Span::Emphasis),
                Event::Start(Tag::Strong) => builder.begin(Span::Strong),
                Event::End(TagEnd::Strong) => builder.end(Span::Strong),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let alt = self.inlines(events, |end| matches!(end, TagEnd::Image));
                    let path = plain_text(&super::inlines::inlines(&dest_url, self.extras.figures()));
                    pictures.extend(self.extras.picture(&path, &plain_text(&alt)));
                }
                _ => {}
            }
        }
        self.blocks.extend(pictures);
        builder.finish()
    }

    fn list(&mut self, ordered: bool, events: &mut Events) -> List {
        let mut items = Vec::new();
        while let Some(event) = events.next() {
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
        while let Some(event) = events.next() {
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
        let aligns = (0..aligns.len()).map(|i| align(aligns[i], i, &rows)).collect();
        Table { caption: None, unit_line: None, aligns, header, rows, notes: Vec::new() }
    }

    fn fenced(&mut self, kind: CodeBlockKind, events: &mut Events) {
        let mut text = String::new();
        for event in events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(more) => text.push_str(&more),
                _ => {}
            }
        }
        let language = match &kind {
            CodeBlockKind::Fenced(language) => language.trim(),
            CodeBlockKind::Indented => "",
        };
        match self.extras.fenced(language, &text) {
            Some(block) => self.blocks.push(block),
            None => {
                for line in text.lines() {
                    let line = super::inlines::inlines(line, self.extras.figures());
                    self.paragraph(line);
                }
            }
        }
    }
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
