//! What follows the body: 附件说明, signature with seals, 附注, 版记.

use docx_rs::{
    AlignmentType, BorderType, PageOrientationType, Paragraph, Run, SpecialIndentType, Tab, TabValueType, Table,
    TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableLayoutType, TablePositionProperty,
    TableRow, WidthType,
};

use super::super::glyphs::{Glyph, glyphs};
use super::super::paragraph::{plan_plain, width};
use super::super::profile::ColophonPage;
use super::super::signature::{self, cell};
use super::super::standard::{
    COLOPHON_RULE_THICK, COLOPHON_RULE_THIN, Face, INDENT, MARGIN_LEFT, MARGIN_RIGHT, SEAL_LIFT, SEAL_SIZE, SEALED_GAP,
    SIZE_3, SIZE_4, STAMP_GAP, TYPE_WIDTH, pt,
};
use super::body::{Body, with_runs};
use super::figure::emu;
use super::styles::{id, pitch};
use super::text::{runs, spreads};
use crate::document::{Annex, Colophon, Inlines, LayoutKind, Seal, SignatureBlock};

impl Body<'_> {
    /// 附件说明 (7.3.4): one blank line below the body, a name a line, wrapped under itself.
    pub fn annex_note(&mut self, annexes: &[Annex]) {
        if annexes.is_empty() {
            return;
        }
        // Word drops the space above a paragraph that comes to begin a page; a line stays.
        self.gap(1.0);
        self.spacer();
        let label = literal("附件：");
        let indent = INDENT * cell();
        let behind = indent + width(self.fonts, &label, SIZE_3);
        for (i, annex) in annexes.iter().enumerate() {
            let number = literal(&if annexes.len() > 1 { format!("{}.", i + 1) } else { String::new() });
            let hang = behind + width(self.fonts, &number, SIZE_3);
            let mut row = if i == 0 { label.clone() } else { Vec::new() };
            row.extend(number);
            row.extend(glyphs(&annex.title, Face::FangSong).into_iter().filter(|glyph| glyph.c != '\n'));
            let first = if i == 0 { indent } else { behind };
            let runs = self.planned(&row, Face::FangSong, pt(TYPE_WIDTH) - hang, first - hang);
            let special = SpecialIndentType::Hanging(twip(hang - first));
            let paragraph = Paragraph::new().style(id::ANNEX_NOTE).indent(Some(twip(hang)), Some(special), None, None);
            self.add(with_runs(paragraph, runs));
        }
    }

    /// 署名, 成文日期, seals (7.3.5) and 附注 (7.3.6).
    pub fn signature(&mut self, signature: &SignatureBlock) {
        let units: Vec<Vec<Glyph>> = signature.units.iter().map(|unit| self.row(unit, Face::FangSong)).collect();
        let date = signature.date.as_ref().map(|date| self.row(date, Face::FangSong));
        let keep = signature.remark.is_some();
        if !signature.stamps.is_empty() {
            self.stamped(signature, date.as_deref().unwrap_or_default(), keep);
        } else if !(units.is_empty() && date.is_none()) {
            if signature.sealed {
                self.sealed(&units, date.as_deref().unwrap_or_default(), &signature.seals, keep);
            } else {
                self.plain(&units, date.as_deref(), keep);
            }
        }
        if let Some(remark) = &signature.remark {
            self.text(&glyphs(remark, Face::FangSong), Face::FangSong, id::REMARK, INDENT * cell());
        }
    }

    fn plain(&mut self, units: &[Vec<Glyph>], date: Option<&[Glyph]>, keep: bool) {
        let widths: Vec<f64> = units.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let date_width = date.map(|row| width(self.fonts, row, SIZE_3));
        let places = signature::plain(&widths, date_width);
        self.gap(1.0);
        self.spacer();
        for ((row, left), width) in units.iter().zip(places.units).zip(widths) {
            let paragraph = self.right(row, id::SIGNATORY, left + width);
            self.add(paragraph);
        }
        if let Some((row, width)) = date.zip(date_width) {
            let paragraph = self.right(row, id::ISSUE_DATE, places.date + width).keep_next(keep);
            self.add(paragraph);
        }
    }

    /// Unit centred on the date, the seal behind both; several units in rows (7.3.5.1).
    fn sealed(&mut self, units: &[Vec<Glyph>], date: &[Glyph], seals: &[Seal], keep: bool) {
        let widths: Vec<f64> = units.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let date_width = width(self.fonts, date, SIZE_3);
        let line = f64::from(pitch(self.profile)) / 20.0;
        let places = signature::joint(&widths, date_width, line);
        let last = places.units.last().map_or(0.0, |spot| spot.y);
        self.gap(SEALED_GAP);
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for i in 0..units.len() {
            match rows.last_mut() {
                Some(row) if places.units[row[0]].y == places.units[i].y => row.push(i),
                _ => rows.push(vec![i]),
            }
        }
        let mut bottom = 0.0;
        for mut row in rows {
            row.sort_by(|&a, &b| places.units[a].x.total_cmp(&places.units[b].x));
            let y = places.units[row[0]].y;
            self.space += (y - bottom).max(0.0);
            self.spacer();
            bottom = y + line;
            let mut paragraph = match row[..] {
                [only] => self.right(&units[only], id::SIGNATORY, places.units[only].x + widths[only]),
                _ => {
                    let indent = Some(twip(places.units[row[0]].x));
                    Paragraph::new().style(id::SIGNATORY).align(AlignmentType::Left).indent(indent, None, Some(0), None)
                }
            };
            for (k, &i) in row.iter().enumerate() {
                if let Some(seal) = seals.get(i) {
                    let lines = if y == last { 2.0 } else { 1.0 };
                    let centre = (places.units[i].x + widths[i] / 2.0, lines * line / 2.0 - pt(SEAL_LIFT));
                    if let Some(run) = self.seal(seal, centre) {
                        paragraph = paragraph.add_run(run);
                    }
                }
                if row.len() > 1 {
                    if k > 0 {
                        let stop = Tab::new().val(TabValueType::Left).pos(twip(places.units[i].x) as usize);
                        paragraph = paragraph.add_tab(stop).add_run(Run::new().add_tab());
                    }
                    paragraph = with_runs(paragraph, runs(self.fonts, &units[i], Face::FangSong, &[]));
                }
            }
            self.add(paragraph);
        }
        if !date.is_empty() {
            let paragraph = self.right(date, id::ISSUE_DATE, places.date.x + date_width).keep_next(keep);
            self.add(paragraph);
        }
    }

    /// 签名章 with the posts beside them (7.3.5.3): a post's line stands at the middle of its row.
    fn stamped(&mut self, signature: &SignatureBlock, date: &[Glyph], keep: bool) {
        let posts: Vec<Vec<Glyph>> = signature.posts.iter().map(|post| self.row(post, Face::FangSong)).collect();
        let widths: Vec<f64> = posts.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let sizes: Vec<(f64, f64)> =
            signature.stamps.iter().map(|stamp| (f64::from(stamp.width), f64::from(stamp.height))).collect();
        let line = f64::from(pitch(self.profile)) / 20.0;
        let date_width = width(self.fonts, date, SIZE_3);
        let places = signature::stamped(&widths, &sizes, date_width, line);
        self.gap(STAMP_GAP);
        let mut bottom = 0.0;
        for (((row, width), stamp), picture) in posts.iter().zip(widths).zip(&places.stamps).zip(&signature.stamps) {
            let top = stamp.middle - line / 2.0;
            self.space += (top - bottom).max(0.0);
            self.spacer();
            bottom = top + line;
            let mut paragraph = self.right(row, id::SIGNATORY, stamp.post + width);
            let alt = if picture.alt.is_empty() { "签名章".to_owned() } else { picture.alt.to_string() };
            let size = (stamp.width, stamp.height);
            if let Some(mut drawing) = self.drawing(picture, alt, size) {
                drawing.behind = Some((emu(stamp.x), emu(stamp.y - top)));
                let run = self.draw(drawing, size);
                paragraph = paragraph.add_run(run);
            }
            self.add(paragraph);
        }
        self.space += (places.date.y - bottom).max(0.0);
        if !date.is_empty() {
            let paragraph = self.right(date, id::ISSUE_DATE, places.date.x + date_width).keep_next(keep);
            self.add(paragraph);
        }
    }

    /// A seal with its centre at a place of the type area, pt; y from the top of its paragraph.
    fn seal(&mut self, seal: &Seal, centre: (f64, f64)) -> Option<Run> {
        let picture = &seal.picture;
        let size = pt(SEAL_SIZE);
        let height = size * f64::from(picture.height.max(1)) / f64::from(picture.width.max(1));
        let alt = if picture.alt.is_empty() { "印章".to_owned() } else { picture.alt.to_string() };
        let mut drawing = self.drawing(picture, alt, (size, height))?;
        drawing.behind = Some((emu(centre.0 - size / 2.0), emu(centre.1 - size / 2.0)));
        Some(self.draw(drawing, (size, height)))
    }

    /// A line that ends `end` pt from the left edge.
    fn right(&self, row: &[Glyph], style: &str, end: f64) -> Paragraph {
        let indent = twip((pt(TYPE_WIDTH) - end).max(0.0));
        let runs = runs(self.fonts, row, Face::FangSong, &[]);
        with_runs(Paragraph::new().style(style).indent(Some(0), None, Some(indent), None), runs)
    }

    /// 版记 (7.4) of a 公文, 报尾 of a 简报: a table at the foot of the last page.
    pub fn colophon(&mut self, colophon: &Colophon, kind: LayoutKind) {
        let row = |label: &'static str, text: &Option<Inlines>, end: &str| {
            text.as_ref().map(|text| (label, [glyphs(text, Face::FangSong), literal(end)].concat()))
        };
        let (labelled, copies) = if kind == LayoutKind::Briefing {
            let rows = [
                row("报：", &colophon.report_to, ""),
                row("送：", &colophon.send_to, ""),
                row("发：", &colophon.issue_to, ""),
            ];
            (rows.into_iter().flatten().collect::<Vec<_>>(), colophon.copies.as_ref())
        } else {
            let rows = [row("主送：", &colophon.addressee, "。"), row("抄送：", &colophon.cc, "。")];
            (rows.into_iter().flatten().collect(), None)
        };
        let mut sections = Vec::new();
        if !labelled.is_empty() {
            sections.push(labelled.iter().map(|(label, text)| self.labelled(label, text)).collect());
        }
        if let Some(copies) = copies {
            sections.push(vec![self.ends(&[], &glyphs(copies, Face::FangSong))]);
        }
        if colophon.imprint.is_some() || colophon.imprint_date.is_some() {
            let unit = colophon.imprint.as_ref().map(|unit| glyphs(unit, Face::FangSong)).unwrap_or_default();
            let date = colophon.imprint_date.as_ref();
            let date = date.map(|date| [glyphs(date, Face::FangSong), literal("印发")].concat()).unwrap_or_default();
            sections.push(vec![self.ends(&unit, &date)]);
        }
        if !sections.is_empty() {
            self.colophon_table(sections);
        }
    }

    fn colophon_table(&mut self, sections: Vec<Vec<Paragraph>>) {
        let width = twip(pt(TYPE_WIDTH)) as usize;
        let count = sections.len();
        let rule = |position: TableCellBorderPosition, mm: f64| {
            let size = (pt(mm) * 8.0).round() as usize;
            TableCellBorder::new(position).border_type(BorderType::Single).size(size).color("000000")
        };
        let row = |(i, paragraphs): (usize, Vec<Paragraph>)| {
            let top = if i == 0 { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN };
            let bottom = if i + 1 == count { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN };
            let borders = TableCellBorders::with_empty()
                .set(rule(TableCellBorderPosition::Top, top))
                .set(rule(TableCellBorderPosition::Bottom, bottom));
            let cell = TableCell::new().width(width, WidthType::Dxa).set_borders(borders);
            TableRow::new(vec![paragraphs.into_iter().fold(cell, TableCell::add_paragraph)]).cant_split()
        };
        let rows = sections.into_iter().enumerate().map(row).collect();
        // Measured from the page: LibreOffice sets a table as wide as the text loose only so. So
        // the side of the last page is said here; the margin, which would follow it, cannot be.
        let left = if self.profile.ends_mirrored { MARGIN_RIGHT } else { MARGIN_LEFT };
        let place = TablePositionProperty::new()
            .horizontal_anchor("page")
            .vertical_anchor("margin")
            .position_x(twip(pt(left)))
            .position_y_alignment("bottom");
        let table = Table::new(rows)
            .clear_all_border()
            .style("TableNormal")
            .position(place)
            .set_grid(vec![width])
            .width(width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed);
        match self.profile.colophon {
            // A loose table cannot begin a section.
            _ if self.begins_page() && self.profile.colophon != ColophonPage::AfterBlank => {
                self.space = 0.0;
                self.add(Paragraph::new().style(id::END));
            }
            ColophonPage::Last => {}
            ColophonPage::Own => self.page_break = true,
            ColophonPage::AfterBlank => {
                // Pages without numbers: a section of their own, which begins with the blank one.
                self.end_section(PageOrientationType::Portrait);
                self.space = 0.0;
                self.add(Paragraph::new().style(id::END));
                self.page_break = true;
            }
        }
        self.add_table(table);
        // A floating table hangs on the paragraph behind it, which begins the page that the pages
        // of the PDF gave it.
        self.add(Paragraph::new().style(id::END));
    }

    /// 抄送：… wrapped behind its label, 左右各空一字.
    fn labelled(&mut self, label: &str, text: &[Glyph]) -> Paragraph {
        self.findings.check(self.fonts, text);
        let wide = label.chars().count() as f64 * SIZE_4;
        let row = [literal(label), text.to_vec()].concat();
        // The lines are those of the text behind the label.
        let lines = plan_plain(self.fonts, text, SIZE_4, pt(TYPE_WIDTH) - 2.0 * SIZE_4 - wide);
        let spreads = spreads(&lines, text.len(), label.chars().count(), 0);
        let hang = SpecialIndentType::Hanging(twip(wide));
        let edge = Some(twip(SIZE_4));
        let paragraph = Paragraph::new().style(id::COLOPHON).indent(Some(twip(SIZE_4 + wide)), Some(hang), edge, None);
        with_runs(paragraph, runs(self.fonts, &row, Face::FangSong, &spreads))
    }

    /// A text at the left and one at the right.
    fn ends(&mut self, left: &[Glyph], right: &[Glyph]) -> Paragraph {
        self.findings.check(self.fonts, left);
        self.findings.check(self.fonts, right);
        let edge = twip(SIZE_4);
        let stop = Tab::new().val(TabValueType::Right).pos((twip(pt(TYPE_WIDTH)) - edge) as usize);
        let paragraph = Paragraph::new().style(id::COLOPHON).indent(Some(edge), None, Some(edge), None).add_tab(stop);
        let paragraph = with_runs(paragraph, runs(self.fonts, left, Face::FangSong, &[]));
        let paragraph = paragraph.add_run(Run::new().add_tab());
        with_runs(paragraph, runs(self.fonts, right, Face::FangSong, &[]))
    }
}

/// Text that the program sets by itself.
fn literal(text: &str) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face: Face::FangSong, figure: None }).collect()
}

fn twip(points: f64) -> i32 {
    (points * 20.0).round() as i32
}
