//! A document as plain text, for golden tests: every block on its line, every figure in
//! ⟦ ⟧ with its number, and below the text the cells that each figure was made of.

use std::fmt::Write;

use super::elements::{Front, Masthead, SignatureBlock};
use super::model::{Block, Heading, Inline, Table, TableRow};
use super::report::Document;
use crate::diagnostic::SourceMap;

/// The document's text with its figures and their cells.
pub fn dump(document: &Document, sources: &SourceMap) -> String {
    let mut out = text(document, true);
    out.push_str("\n── 数据出处 ──\n");
    for (i, figure) in document.figures.iter().enumerate() {
        let cells: Vec<String> = figure
            .reads
            .iter()
            .map(|r| format!("{} {}={}", r.name, sources.describe_short(r.origin), r.shown))
            .collect();
        let cells = if cells.is_empty() { "（无出处）".to_string() } else { cells.join("；") };
        let _ = writeln!(out, "{i} {} ← {cells}", figure.text.replace('\n', "⏎"));
    }
    out
}

/// The document's text alone: what a reader of the pages reads, in order.
pub fn plain(document: &Document) -> String {
    text(document, false)
}

fn line(out: &mut String, label: &str, text: &[Inline], marks: bool) {
    if !text.is_empty() {
        let _ = writeln!(out, "{label}{}", inline(text, marks));
    }
}

fn head(out: &mut String, masthead: &Masthead, marks: bool) {
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
    let single = [issuer_mark_suffix, doc_number, issuer, date].into_iter().flatten().chain(signers);
    for text in [copy_no, secrecy, urgency].into_iter().flatten().chain(issuer_mark).chain(single) {
        line(out, "", text, marks);
    }
    for text in editor_note {
        line(out, "按语：", text, marks);
    }
}

fn text(document: &Document, marks: bool) -> String {
    let mut out = String::new();
    let Document { meta: _, masthead, front, body, signature, annexes, colophon, figures: _ } = document;
    head(&mut out, masthead, marks);
    let Front { title, unit, date, addressee } = front;
    line(&mut out, "", title, marks);
    for text in [unit, date, addressee].into_iter().flatten() {
        line(&mut out, "", text, marks);
    }
    for block in body {
        self::block(&mut out, block, marks);
    }
    let SignatureBlock { units, date, sealed: _, seals: _, posts, stamps: _, remark, attendance } = signature;
    for text in units.iter().chain(posts).chain(date).chain(remark) {
        line(&mut out, "", text, marks);
    }
    for (label, names) in attendance {
        line(&mut out, &format!("{label}："), names, marks);
    }
    for (i, annex) in annexes.iter().enumerate() {
        let number = if annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
        let _ = writeln!(out, "附件{number}");
        line(&mut out, "", &annex.title, marks);
        for block in &annex.blocks {
            self::block(&mut out, block, marks);
        }
    }
    if let Some(colophon) = colophon {
        let parts = [
            ("主送：", &colophon.addressee),
            ("抄送：", &colophon.cc),
            ("报：", &colophon.report_to),
            ("送：", &colophon.send_to),
            ("发：", &colophon.issue_to),
            ("", &colophon.imprint),
            ("", &colophon.imprint_date),
            ("", &colophon.copies),
        ];
        for (label, text) in parts {
            line(&mut out, label, text.as_deref().unwrap_or_default(), marks);
        }
    }
    out
}

fn block(out: &mut String, block: &Block, marks: bool) {
    let heading = |h: &Heading| format!("{}{}", h.number, inline(&h.text, marks));
    let _ = match block {
        Block::Heading(h) => writeln!(out, "{}", heading(h)),
        Block::Paragraph { lead, text } => {
            let lead = lead.as_ref().map(heading).unwrap_or_default();
            writeln!(out, "{lead}{}", inline(text, marks))
        }
        Block::List(list) => list.items.iter().enumerate().try_for_each(|(i, item)| {
            let mark = if list.ordered { format!("{}.", i + 1) } else { "— ".into() };
            writeln!(out, "{mark}{}", inline(item, marks))
        }),
        Block::Table(t) => table(out, t, marks),
        Block::Chart(chart) => {
            let labels: Vec<String> = chart.labels.iter().map(|l| inline(l, marks)).collect();
            let _ = writeln!(out, "[图 {}]", labels.join(" | "));
            let _ = chart.series.iter().try_for_each(|s| {
                let values: Vec<String> =
                    s.values.iter().map(|v| v.as_ref().map_or("—".into(), |(_, t)| inline(t, marks))).collect();
                writeln!(out, "[{}] {}", inline(&s.name, marks), values.join(" | "))
            });
            if let Some(target) = &chart.target {
                let _ = writeln!(out, "[{}] {}", inline(&target.name, marks), inline(&target.text, marks));
            }
            let shares: Vec<String> = chart.shares.iter().map(|share| inline(share, marks)).collect();
            if shares.is_empty() { Ok(()) } else { writeln!(out, "[占比] {}", shares.join(" | ")) }
        }
        Block::Picture(p) => writeln!(out, "[图片 {}]", p.alt),
        Block::UnitLine(text) => writeln!(out, "{}", inline(text, marks)),
        Block::PageBreak => writeln!(out, "[换页]"),
    };
}

fn table(out: &mut String, table: &Table, marks: bool) -> std::fmt::Result {
    if let Some(caption) = &table.caption {
        writeln!(out, "{} {}", caption.number, inline(&caption.text, marks))?;
    }
    if let Some(unit) = &table.unit_line {
        writeln!(out, "{}", inline(unit, marks))?;
    }
    let row = |r: &TableRow| r.cells.iter().map(|c| inline(&c.text, marks)).collect::<Vec<_>>().join(" | ");
    for r in table.header.iter().chain(&table.rows) {
        writeln!(out, "| {} |", row(r))?;
    }
    table.notes.iter().try_for_each(|n| writeln!(out, "{}", inline(n, marks)))
}

fn inline(inlines: &[Inline], marks: bool) -> String {
    let mut out = String::new();
    for item in inlines {
        match item {
            Inline::Text(text) => out.push_str(text),
            Inline::Figure { id, text } if marks => {
                let _ = write!(out, "⟦{}:{text}⟧", id.0);
            }
            Inline::Figure { text, .. } => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) => out.push_str(&inline(inner, marks)),
            Inline::Break => out.push('⏎'),
        }
    }
    out
}
