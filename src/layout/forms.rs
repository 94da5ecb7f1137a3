//! Heads of the forms of clause 10: 信函, 命令（令）, 纪要; and what preprinted paper leaves of any head.

use super::fonts::Fonts;
use super::glyphs::{Glyph, glyphs};
use super::masthead::{self, Double, EM_BELOW, Head, Setter};
use super::paragraph::width;
use super::profile::Profile;
use super::standard::{
    DOC_NUMBER_GAP, Face, LETTER_MARK_TOP, LETTER_RULE_FOOT, LETTER_RULE_GAP, LETTER_RULE_LINES, LETTER_TEXT_GAP,
    MINUTES_MARK_TOP, ORDER_GAP, ORDER_MARK_TOP, PAGE_HEIGHT, RED_RULE_GAP, TITLE_GAP, pt,
};
use crate::document::{Document, LayoutKind, Masthead};

/// Plans the head of a document; `None` for a 汇报, which has none.
pub fn plan(document: &Document, fonts: &Fonts, profile: &Profile) -> Option<Head> {
    let grid = &profile.grid;
    let Document { masthead, front, meta, .. } = document;
    let setter = Setter { fonts, grid, head: Head::default() };
    let mut head = match meta.kind {
        LayoutKind::Letter => letter(setter, masthead),
        LayoutKind::Order => order(setter, masthead),
        LayoutKind::Minutes => minutes(setter, masthead, !front.title.is_empty()),
        kind => masthead::plan(masthead, kind, fonts, grid)?,
    };
    if masthead.preprinted || profile.preprinted {
        // All else keeps its place: the paper has room for what it already bears.
        head.texts.retain(|placed| !placed.red);
        (head.rule, head.double) = (None, None);
    }
    Some(head)
}

/// 信函 (10.1): the mark 30 mm below the edge of the sheet, a double rule below it, 份号 and its like at the
/// left below that, the number at the right; another double rule at the foot of the first page.
fn letter(mut setter: Setter, masthead: &Masthead) -> Head {
    let (thick, gap, thin) = LETTER_RULE_LINES;
    let top = setter.mark(masthead, pt(LETTER_MARK_TOP - setter.grid.top)) + pt(LETTER_RULE_GAP);
    let bottom = top + thick + gap + thin;
    setter.head.double = Some(Double { top, bottom, foot: pt(PAGE_HEIGHT - LETTER_RULE_FOOT - setter.grid.top) });
    let corner =
        [(&masthead.copy_no, Face::FangSong), (&masthead.secrecy, Face::HeiDigits), (&masthead.urgency, Face::Hei)];
    let left = corner.into_iter().filter_map(|(text, face)| text.as_ref().map(|text| (glyphs(text, face), face)));
    let left: Vec<(Vec<Glyph>, Face)> = left.collect();
    let number = masthead.doc_number.as_ref().map(|number| glyphs(number, Face::FangSong));
    let first = left.first().map(|(text, _)| text).into_iter().chain(&number).flatten();
    let above = setter.above(first);
    let first = bottom + LETTER_TEXT_GAP + above * setter.grid.size;
    let rows = left.len().max(usize::from(number.is_some()));
    for (i, (text, face)) in left.into_iter().enumerate() {
        setter.put(text, face, setter.grid.size, 0.0, first + i as f64 * setter.grid.pitch());
    }
    if let Some(text) = number {
        let x = setter.grid.width() - width(setter.fonts, &text, setter.grid);
        setter.put(text, Face::FangSong, setter.grid.size, x, first);
    }
    let last = match rows {
        0 => bottom,
        rows => first + (rows - 1) as f64 * setter.grid.pitch() + EM_BELOW * setter.grid.size,
    };
    setter.head.height = last + TITLE_GAP * setter.grid.pitch();
    setter.head
}

/// 命令（令） (10.2): mark, two blank lines, 令号, two blank lines.
fn order(mut setter: Setter, masthead: &Masthead) -> Head {
    let pitch = setter.grid.pitch();
    let mut last = setter.mark(masthead, pt(ORDER_MARK_TOP));
    if masthead.doc_number.is_some() {
        last = number(&mut setter, masthead, last + ORDER_GAP * pitch);
    }
    setter.head.height = last + ORDER_GAP * pitch;
    setter.head
}

/// 纪要 (10.3): the mark at its place; number, unit with date and red rule as an office has them. `titled`: a
/// title follows, and not the text.
fn minutes(mut setter: Setter, masthead: &Masthead, titled: bool) -> Head {
    let pitch = setter.grid.pitch();
    setter.corner(masthead);
    let bottom = setter.mark(masthead, pt(MINUTES_MARK_TOP));
    let mut last = None;
    if masthead.doc_number.is_some() {
        last = Some(number(&mut setter, masthead, bottom + DOC_NUMBER_GAP * pitch));
    }
    let rule = match (last, masthead.issuer.is_some() || masthead.date.is_some()) {
        (None, false) => bottom + pt(RED_RULE_GAP),
        (Some(last), false) => last + pt(RED_RULE_GAP) + (setter.below() - EM_BELOW) * setter.grid.size,
        (last, true) => {
            let baseline = last.map(|last| last - EM_BELOW * setter.grid.size + 1.5 * pitch);
            let alone = bottom + DOC_NUMBER_GAP * pitch + (1.0 - EM_BELOW) * setter.grid.size;
            setter.unit_and_date(masthead, baseline.unwrap_or(alone))
        }
    };
    setter.head.rule = Some(rule);
    setter.head.height = rule + if titled { TITLE_GAP } else { 1.0 } * pitch;
    setter.head
}

/// The number in the middle of a line whose em box begins at `top`. Returns the bottom of its em box.
fn number(setter: &mut Setter, masthead: &Masthead, top: f64) -> f64 {
    let text = masthead.doc_number.as_ref().map(|number| glyphs(number, Face::FangSong)).unwrap_or_default();
    let x = ((setter.grid.width() - width(setter.fonts, &text, setter.grid)) / 2.0).max(setter.grid.cell());
    setter.put(text, Face::FangSong, setter.grid.size, x, top + (1.0 - EM_BELOW) * setter.grid.size);
    top + setter.grid.size
}
