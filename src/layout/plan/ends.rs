//! What follows the body: 附件说明, signature, 版记.

use super::super::breaks::Lines;
use super::super::glyphs::{Glyph, glyphs};
use super::super::paragraph::{plan_plain, width};
use super::super::picture::svg_fault;
use super::super::standard::{Face, INDENT, SIZE_4};
use super::planner::{Planner, Text, literal};
use crate::document::{Annex, Document, Inline, Inlines, LayoutKind, SignatureBlock};

/// The texts of a signature with their widths.
#[derive(Default)]
pub struct Signature {
    pub units: Vec<Text>,
    pub posts: Vec<Text>,
    pub date: Option<Text>,
    pub remark: Option<Text>,
}

/// A row of the 版记.
pub enum Row {
    /// 抄送：… wrapped behind its label.
    Labelled { label: Vec<Glyph>, text: Vec<Glyph>, lines: Lines },
    /// Left and right.
    Ends(Vec<Glyph>, Vec<Glyph>),
}

impl Signature {
    /// Width of the date, pt; 0 where there is none.
    pub fn date_width(&self) -> f64 {
        self.date.as_ref().map_or(0.0, |date| date.width)
    }
}

/// Widths of texts, pt.
pub fn widths(texts: &[Text]) -> Vec<f64> {
    texts.iter().map(|text| text.width).collect()
}

impl Planner<'_> {
    /// 附件说明 (7.3.4): a name a line, wrapped under itself.
    pub(super) fn annex_note(&mut self, annexes: &[Annex]) -> Vec<Text> {
        let label = literal("附件：", Face::FangSong);
        let indent = INDENT * self.profile.grid.cell();
        let behind = indent + width(self.fonts, &label, &self.profile.grid);
        let note = |(i, annex): (usize, &Annex)| {
            let number = if annexes.len() > 1 { format!("{}.", i + 1) } else { String::new() };
            let number = literal(&number, Face::FangSong);
            let hang = behind + width(self.fonts, &number, &self.profile.grid);
            let mut row = if i == 0 { label.clone() } else { Vec::new() };
            row.extend(number);
            row.extend(glyphs(&annex.title, Face::FangSong).into_iter().filter(|glyph| glyph.c != '\n'));
            self.text(row, if i == 0 { indent } else { behind }, hang)
        };
        annexes.iter().enumerate().map(note).collect()
    }

    /// 出席, 请假, 列席 (10.3): the label in 黑体, the names behind its colon, wrapped under themselves.
    pub(super) fn attendance(&mut self, attendance: &[(&'static str, Inlines)]) -> Vec<Text> {
        let one = |(label, names): &(&'static str, Inlines)| {
            let label = [literal(label, Face::Hei), literal("：", Face::FangSong)].concat();
            let indent = INDENT * self.profile.grid.cell();
            let hang = indent + label.len() as f64 * self.profile.grid.cell();
            self.text([label, glyphs(names, Face::FangSong)].concat(), indent, hang)
        };
        attendance.iter().map(one).collect()
    }

    /// 署名, 成文日期 (7.3.5) and 附注 (7.3.6).
    pub(super) fn signature(&mut self, signature: &SignatureBlock) -> Signature {
        let pictures = signature.stamps.iter().chain(signature.seals.iter().map(|seal| &seal.picture));
        pictures.filter_map(svg_fault).for_each(|fault| self.findings.refuse(fault));
        let mut lines = |texts: &[Inlines]| texts.iter().map(|t| self.line(glyphs(t, Face::FangSong))).collect();
        let (posts, units) = match signature.stamped() {
            false => (Vec::new(), lines(&signature.units)),
            true => (lines(&signature.posts), Vec::new()),
        };
        let date = signature.date.as_ref().map(|date| self.line(glyphs(date, Face::FangSong)));
        let remark = signature.remark.as_ref().map(|remark| self.paragraph(glyphs(remark, Face::FangSong)));
        Signature { units, posts, date, remark }
    }

    /// 版记 (7.4) of a 公文, 报尾 of a 简报, in sections. `moved`: the 主送机关 stand there.
    pub(super) fn colophon(&mut self, document: &Document, moved: bool) -> Vec<Vec<Row>> {
        let addressee = document.front.addressee.as_ref().filter(|_| moved).map(ended);
        if moved && addressee.is_none() {
            return Vec::new();
        }
        let Some(colophon) = document.colophon.clone().or(addressee.is_some().then(Default::default)) else {
            return Vec::new();
        };
        let addressee = addressee.or(colophon.addressee);
        let row = |text: &Option<Inlines>| text.as_ref().map(|text| glyphs(text, Face::FangSong));
        let (labelled, copies) = match document.meta.kind {
            LayoutKind::Briefing => {
                let rows = [("报：", colophon.report_to), ("送：", colophon.send_to), ("发：", colophon.issue_to)];
                (rows.to_vec(), row(&colophon.copies))
            }
            _ => (vec![("主送：", addressee), ("抄送：", colophon.cc)], None),
        };
        let end = literal(if document.meta.kind == LayoutKind::Briefing { "" } else { "。" }, Face::FangSong);
        let labelled = labelled.iter().filter_map(|(label, text)| Some((*label, [row(text)?, end.clone()].concat())));
        let mut sections = vec![labelled.map(|(label, text)| self.labelled(label, text)).collect()];
        sections.extend(copies.map(|copies| vec![Row::Ends(Vec::new(), copies)]));
        let date = row(&colophon.imprint_date).map(|date| [date, literal("印发", Face::FangSong)].concat());
        if colophon.imprint.is_some() || date.is_some() {
            sections.push(vec![Row::Ends(row(&colophon.imprint).unwrap_or_default(), date.unwrap_or_default())]);
        }
        for text in sections.iter().flatten() {
            if let Row::Ends(left, right) = text {
                [left, right].into_iter().for_each(|text| self.findings.check(self.fonts, text));
            }
        }
        sections.retain(|rows: &Vec<Row>| !rows.is_empty());
        sections
    }

    /// 左右各空一字; the lines are those of the text behind the label.
    fn labelled(&mut self, label: &str, text: Vec<Glyph>) -> Row {
        self.findings.check(self.fonts, &text);
        let label = literal(label, Face::FangSong);
        let room = self.profile.grid.width() - 2.0 * SIZE_4 - label.len() as f64 * SIZE_4;
        let lines = plan_plain(self.fonts, &text, SIZE_4, room);
        Row::Labelled { label, text, lines }
    }
}

/// The 主送机关 as they stand in the 版记: the list ends with 。, which is set there.
fn ended(addressee: &Inlines) -> Inlines {
    let mut text = addressee.clone();
    let bare = |text: &str| text.trim_end_matches(['：', ':']).to_owned();
    match text.last_mut() {
        Some(Inline::Text(last)) => *last = bare(last).into(),
        Some(Inline::Figure { text: last, .. }) => *last = bare(last).into(),
        _ => {}
    }
    text
}
