//! Captions, unit lines and notes find their table or picture; 表1, 图1 are numbered here.

use super::model::{Block, Caption, Inline, Inlines, plain_text};

/// Joins `表：…`, `图：…`, `单位：…` paragraphs with the block after them and `注：…` with the
/// table before them.
pub fn attach(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let (mut tables, mut pictures) = (0, 0);
    for mut block in blocks {
        match &mut block {
            Block::Table(table) => {
                if let Some(caption) = &mut table.caption {
                    tables += 1;
                    caption.number = format!("表{tables}").into();
                }
                for _ in 0..2 {
                    if let Some(unit) = take(&mut out, &["单位："]) {
                        table.unit_line = Some(unit);
                    } else if let Some(text) = take(&mut out, &["表："]) {
                        tables += 1;
                        table.caption = Some(caption("表", tables, text));
                    }
                }
            }
            Block::Chart(chart) => {
                if let Some(text) = take(&mut out, &["图："]) {
                    chart.caption = Some(caption("图", 0, text));
                }
                number(&mut chart.caption, &mut pictures);
            }
            Block::Picture(picture) => {
                if let Some(text) = take(&mut out, &["图："]) {
                    picture.caption = Some(caption("图", 0, text));
                }
                number(&mut picture.caption, &mut pictures);
            }
            Block::Paragraph { lead: None, text } => {
                let note = ["注：", "说明：", "资料来源：", "数据来源："];
                if starts(text, &note)
                    && let Some(Block::Table(table)) = out.last_mut()
                {
                    table.notes.push(std::mem::take(text));
                    continue;
                }
            }
            _ => {}
        }
        out.push(block);
    }
    out
}

fn number(caption: &mut Option<Caption>, count: &mut u32) {
    if let Some(caption) = caption {
        *count += 1;
        caption.number = format!("图{count}").into();
    }
}

fn caption(kind: &str, number: u32, mut text: Inlines) -> Caption {
    // The mark `表：` says what the paragraph is; it is not printed.
    if let Some(Inline::Text(first)) = text.first_mut() {
        let rest = first.trim_start_matches(kind).trim_start_matches('：').len();
        *first = first.from_byte(first.len() - rest);
    }
    text.retain(|i| !matches!(i, Inline::Text(t) if t.is_empty()));
    Caption { number: format!("{kind}{number}").into(), text }
}

fn starts(text: &Inlines, prefixes: &[&str]) -> bool {
    matches!(text.first(), Some(Inline::Text(first)) if prefixes.iter().any(|p| first.starts_with(p)))
}

fn take(out: &mut Vec<Block>, prefixes: &[&str]) -> Option<Inlines> {
    match out.last() {
        Some(Block::Paragraph { lead: None, text })
            if starts(text, prefixes) && !plain_text(text).trim_end_matches('。').contains('。') => {}
        _ => return None,
    }
    match out.pop() {
        Some(Block::Paragraph { text, .. }) => Some(text),
        _ => None,
    }
}
