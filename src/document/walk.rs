//! The document as passages.

use super::model::{Block, Heading, Inline, Table, plain_text};
use super::passage::{Passage, PassageKind, Said, Segment};
use super::report::Document;
use crate::diagnostic::Origin;

/// All passages of a document in reading order.
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut walk = Walk { out: Vec::new(), part: String::new(), heading: String::new() };
    let head = &document.masthead;
    for text in [&head.copy_no, &head.secrecy, &head.urgency].into_iter().flatten().chain(&head.issuer_mark) {
        walk.add(PassageKind::Other, text);
    }
    let more = [&head.issuer_mark_suffix, &head.doc_number, &head.issuer, &head.date];
    more.into_iter().flatten().chain(&head.signers).for_each(|text| walk.add(PassageKind::Other, text));
    head.editor_note.iter().for_each(|text| walk.add(PassageKind::Body, text));
    walk.add(PassageKind::Title, &document.front.title);
    for text in [&document.front.unit, &document.front.date, &document.front.addressee].into_iter().flatten() {
        walk.add(PassageKind::Other, text);
    }
    walk.blocks(&document.body);
    walk.part.clear();
    walk.heading.clear();
    for text in document.signature.units.iter().chain(&document.signature.date).chain(&document.signature.remark) {
        walk.add(PassageKind::Other, text);
    }
    for (i, annex) in document.annexes.iter().enumerate() {
        let number = if document.annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
        walk.part = format!("附件{number}");
        walk.heading = plain_text(&annex.title);
        walk.add(PassageKind::Title, &annex.title);
        walk.blocks(&annex.blocks);
    }
    if let Some(c) = &document.colophon {
        walk.part = "版记".into();
        walk.heading.clear();
        let all = [&c.addressee, &c.cc, &c.report_to, &c.send_to, &c.issue_to, &c.imprint, &c.imprint_date, &c.copies];
        all.into_iter().flatten().for_each(|text| walk.add(PassageKind::Other, text));
    }
    walk.out
}

/// A text as a passage of its own, behind a heading that runs in.
pub fn passage(lead: Option<&Heading>, text: &[Inline]) -> Passage {
    let mut passage = Passage::typed(PassageKind::Body, "");
    passage.segments.clear();
    lead.iter().for_each(|heading| push(&heading.text, &mut passage));
    push(text, &mut passage);
    passage
}

/// Where a text is written.
pub fn place_of(text: &[Inline], document: &Document) -> Option<Origin> {
    let passage = passage(None, text);
    passage.place(0..passage.text.len(), &document.figures)
}

/// Where a character is first written, or first printed by a figure.
pub fn place_of_char(document: &Document, c: char) -> Option<Origin> {
    passages(document).iter().find_map(|passage| {
        let at = passage.text.iter().position(|own| *own == c)?;
        passage.place(at..at + 1, &document.figures)
    })
}

struct Walk {
    out: Vec<Passage>,
    part: String,
    heading: String,
}

impl Walk {
    fn add(&mut self, kind: PassageKind, text: &[Inline]) {
        self.with_lead(kind, None, text);
    }

    fn with_lead(&mut self, kind: PassageKind, lead: Option<&Heading>, text: &[Inline]) {
        let mut passage = Passage {
            kind,
            text: Vec::new(),
            segments: Vec::new(),
            said: Vec::new(),
            lead: 0,
            part: self.part.clone(),
            heading: self.heading.clone(),
        };
        if let Some(heading) = lead {
            push(&heading.text, &mut passage);
            passage.lead = passage.text.len();
        }
        push(text, &mut passage);
        if !passage.text.is_empty() {
            self.out.push(passage);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    self.under(heading);
                    self.add(PassageKind::Heading, &heading.text);
                }
                Block::Paragraph { lead, text } => {
                    lead.iter().for_each(|h| self.under(h));
                    self.with_lead(PassageKind::Body, lead.as_ref(), text);
                }
                Block::List(list) => list.items.iter().for_each(|item| self.add(PassageKind::Item, item)),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => {
                    chart.caption.iter().for_each(|c| self.add(PassageKind::Caption, &c.text));
                    chart.labels.iter().for_each(|l| self.add(PassageKind::Cell, l));
                    for series in &chart.series {
                        self.add(PassageKind::Cell, &series.name);
                        series.values.iter().flatten().for_each(|(_, t)| self.add(PassageKind::Cell, t));
                    }
                }
                Block::Picture(picture) => picture.caption.iter().for_each(|c| self.add(PassageKind::Caption, &c.text)),
                Block::UnitLine(text) => self.add(PassageKind::Other, text),
                Block::PageBreak => {}
            }
        }
    }

    fn under(&mut self, heading: &Heading) {
        let text = plain_text(&heading.text);
        let text = format!("{}{}", heading.number, text.trim_end_matches('。'));
        if heading.level == 1 {
            self.part = text.clone();
        }
        self.heading = text;
    }

    fn table(&mut self, table: &Table) {
        table.caption.iter().for_each(|c| self.add(PassageKind::Caption, &c.text));
        table.unit_line.iter().for_each(|t| self.add(PassageKind::Other, t));
        for row in table.header.iter().chain(&table.rows) {
            row.cells.iter().for_each(|c| self.add(PassageKind::Cell, &c.text));
        }
        table.notes.iter().for_each(|t| self.add(PassageKind::Other, t));
    }
}

fn push(inlines: &[Inline], passage: &mut Passage) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => add(Said::Typed(text.clone()), passage),
            Inline::Figure { id, text } => add(Said::Figure(*id, text.clone()), passage),
            Inline::Emphasis(inner) | Inline::Strong(inner) => push(inner, passage),
            Inline::Break => add(Said::Typed("\n".into()), passage),
        }
    }
}

fn add(said: Said, passage: &mut Passage) {
    let start = passage.text.len();
    passage.text.extend(said.text().chars());
    let end = passage.text.len();
    let figure = match said {
        Said::Typed(_) => None,
        Said::Figure(id, _) => Some(id),
    };
    match passage.segments.last_mut() {
        Some(last) if figure.is_none() && last.figure.is_none() => last.end = end,
        _ if end > start => passage.segments.push(Segment { start, end, figure }),
        _ => {}
    }
    passage.said.push((start, said));
}
