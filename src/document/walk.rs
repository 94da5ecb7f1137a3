//! The document as passages.

use super::elements::{Annex, Colophon, Front, Masthead, SignatureBlock};
use super::model::{Block, Heading, Inline, Inlines, Table, plain_text};
use super::passage::{Passage, PassageKind, Said, Segment};
use super::report::Document;
use crate::diagnostic::Origin;

/// All passages of a document in reading order. Every element is named, so that a new one is not forgotten.
pub fn passages(document: &Document) -> Vec<Passage> {
    let Document { meta: _, masthead, front, body, signature, annexes, colophon, figures: _ } = document;
    let mut walk = Walk { out: Vec::new(), part: String::new(), heading: String::new() };
    walk.masthead(masthead);
    let Front { title, unit, date, addressee } = front;
    walk.add(PassageKind::Title, title);
    walk.all([unit, date, addressee].into_iter().flatten());
    walk.blocks(body);
    walk.part.clear();
    walk.heading.clear();
    let SignatureBlock { units, date, sealed: _, seals: _, posts, stamps: _, remark, attendance } = signature;
    walk.all(units.iter().chain(posts).chain(date).chain(remark));
    walk.all(attendance.iter().map(|(_, names)| names));
    for (i, Annex { title, landscape: _, blocks }) in annexes.iter().enumerate() {
        let number = if annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
        walk.part = format!("附件{number}");
        walk.heading = plain_text(title);
        walk.add(PassageKind::Title, title);
        walk.blocks(blocks);
    }
    colophon.iter().for_each(|colophon| walk.colophon(colophon));
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
    fn masthead(&mut self, masthead: &Masthead) {
        let Masthead {
            copy_no,
            secrecy,
            urgency,
            issuer_mark,
            issuer_mark_suffix,
            doc_number,
            signers,
            issuer,
            date,
            editor_note,
            preprinted: _,
        } = masthead;
        self.all([copy_no, secrecy, urgency].into_iter().flatten().chain(issuer_mark));
        self.all([issuer_mark_suffix, doc_number, issuer, date].into_iter().flatten().chain(signers));
        editor_note.iter().for_each(|text| self.add(PassageKind::Body, text));
    }

    fn colophon(&mut self, colophon: &Colophon) {
        let Colophon { addressee, cc, imprint, imprint_date, report_to, send_to, issue_to, copies, even_page: _ } =
            colophon;
        self.part = "版记".into();
        self.heading.clear();
        let all = [addressee, cc, report_to, send_to, issue_to, imprint, imprint_date, copies];
        self.all(all.into_iter().flatten());
    }

    /// What is no prose.
    fn all<'d>(&mut self, texts: impl Iterator<Item = &'d Inlines>) {
        texts.for_each(|text| self.add(PassageKind::Other, text));
    }

    fn add(&mut self, kind: PassageKind, text: &[Inline]) {
        self.with_lead((kind, 0), None, text);
    }

    fn with_lead(&mut self, (kind, level): (PassageKind, u8), lead: Option<&Heading>, text: &[Inline]) {
        let mut passage = Passage {
            kind,
            text: Vec::new(),
            segments: Vec::new(),
            said: Vec::new(),
            lead: 0,
            level,
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
                    self.with_lead((PassageKind::Heading, heading.level), None, &heading.text);
                }
                Block::Paragraph { lead, text } => {
                    lead.iter().for_each(|h| self.under(h));
                    let level = lead.as_ref().map_or(0, |heading| heading.level);
                    self.with_lead((PassageKind::Body, level), lead.as_ref(), text);
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
                    let target = chart.target.iter().flat_map(|target| [&target.name, &target.text]);
                    target.chain(&chart.shares).for_each(|text| self.add(PassageKind::Cell, text));
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
