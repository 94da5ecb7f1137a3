//! What follows the body: 附件说明, signature with seals, 附注, 版记.

use docx_rs::{
    AlignmentType, BorderType, PageOrientationType, Paragraph, Run, SpecialIndentType, Tab, TabValueType, Table,
    TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableLayoutType, TablePositionProperty,
    TableRow, WidthType,
};

use super::super::plan::{Row, Signature, Text, widths};
use super::super::profile::ColophonPage;
use super::super::signature;
use super::super::standard::{
    ATTENDANCE_GAP, COLOPHON_RULE_THICK, COLOPHON_RULE_THIN, Face, SEAL_LIFT, SEAL_SIZE, SEALED_GAP, SIZE_4, STAMP_GAP,
    STAMP_HEIGHT, STAMP_WIDTH, pt,
};
use super::body::{Body, with_runs};
use super::drawing::emu;
use super::styles::{id, pitch};
use super::text::{Held, runs};
use crate::document::{LayoutKind, Picture, Seal, SignatureBlock};

impl Body<'_> {
    /// 附件说明 (7.3.4): one blank line below the body, a name a line, wrapped under itself.
    pub fn annex_note(&mut self) {
        let plan = self.plan;
        self.hanging(&plan.annex_note, 1.0, id::ANNEX_NOTE);
    }

    /// 出席, 请假, 列席 (10.3): a blank line below what stands above, each wrapped behind its colon.
    pub fn attendance(&mut self) {
        let plan = self.plan;
        self.hanging(&plan.attendance, ATTENDANCE_GAP, id::ATTENDANCE);
    }

    fn hanging(&mut self, texts: &[Text], gap: f64, style: &str) {
        if texts.is_empty() {
            return;
        }
        // Word drops the space above a paragraph that comes to begin a page; a line stays.
        self.gap(gap);
        self.spacer();
        for text in texts {
            let special = SpecialIndentType::Hanging(twip(text.hang - text.indent));
            let paragraph = Paragraph::new().style(style).indent(Some(twip(text.hang)), Some(special), None, None);
            self.add(with_runs(paragraph, self.runs(text, Face::FangSong, self.profile.grid.tracking_twip())));
        }
    }

    /// 署名, 成文日期, seals (7.3.5) and 附注 (7.3.6).
    pub fn signature(&mut self) {
        let (block, planned) = (&self.plan.document.signature, &self.plan.signature);
        if block.stamped() {
            self.stamped(block, planned);
        } else if !planned.units.is_empty() || planned.date.is_some() {
            if block.sealed { self.sealed(&block.seals, planned) } else { self.plain(planned) }
        }
        if let Some(remark) = &planned.remark {
            self.text(remark, Face::FangSong, id::REMARK);
        }
    }

    fn plain(&mut self, planned: &Signature) {
        let places =
            signature::plain(&self.profile.grid, &widths(&planned.units), planned.date.as_ref().map(|date| date.width));
        self.gap(1.0);
        self.spacer();
        for (unit, left) in planned.units.iter().zip(places.units) {
            let paragraph = self.right(unit, id::SIGNATORY, left);
            self.add(paragraph);
        }
        self.date(planned, places.date);
    }

    /// The date with its left edge at `left` pt.
    fn date(&mut self, planned: &Signature, left: f64) {
        if let Some(date) = planned.date.as_ref().filter(|date| !date.row.is_empty()) {
            let paragraph = self.right(date, id::ISSUE_DATE, left).keep_next(planned.remark.is_some());
            self.add(paragraph);
        }
    }

    /// Unit centred on the date, the seal behind both; several units in rows (7.3.5.1).
    fn sealed(&mut self, seals: &[Seal], planned: &Signature) {
        let units = &planned.units;
        let line = f64::from(pitch(self.profile)) / 20.0;
        let places = signature::joint(&self.profile.grid, &widths(units), planned.date_width(), line);
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
                [only] => self.right(&units[only], id::SIGNATORY, places.units[only].x),
                _ => {
                    let indent = Some(twip(places.units[row[0]].x));
                    Paragraph::new().style(id::SIGNATORY).align(AlignmentType::Left).indent(indent, None, Some(0), None)
                }
            };
            for (k, &i) in row.iter().enumerate() {
                if let Some(seal) = seals.get(i).filter(|_| !self.plan.document.meta.draft) {
                    let lines = if y == last { 2.0 } else { 1.0 };
                    let centre = (places.units[i].x + units[i].width / 2.0, lines * line / 2.0 - pt(SEAL_LIFT));
                    if let Some(run) = self.seal(seal, centre) {
                        paragraph = paragraph.add_run(run);
                    }
                }
                if row.len() > 1 {
                    if k > 0 {
                        let stop = Tab::new().val(TabValueType::Left).pos(twip(places.units[i].x) as usize);
                        paragraph = paragraph.add_tab(stop).add_run(Run::new().add_tab());
                    }
                    paragraph = with_runs(paragraph, runs(self.fonts, &units[i].row, Face::FangSong, &Held::default()));
                }
            }
            self.add(paragraph);
        }
        self.date(planned, places.date.x);
    }

    /// 签名章 with the posts beside them (7.3.5.3): a post's line stands at the middle of its row.
    fn stamped(&mut self, block: &SignatureBlock, planned: &Signature) {
        let sizes = block.stamp_sizes((STAMP_WIDTH, STAMP_HEIGHT));
        let line = f64::from(pitch(self.profile)) / 20.0;
        let places =
            signature::stamped(&self.profile.grid, &widths(&planned.posts), &sizes, planned.date_width(), line);
        self.gap(STAMP_GAP);
        let mut bottom = 0.0;
        for (i, (post, stamp)) in planned.posts.iter().zip(&places.stamps).enumerate() {
            let top = stamp.middle - line / 2.0;
            self.space += (top - bottom).max(0.0);
            self.spacer();
            bottom = top + line;
            let mut paragraph = self.right(post, id::SIGNATORY, stamp.post);
            let alt = |picture: &Picture| match picture.alt.is_empty() {
                true => "签名章".to_owned(),
                false => picture.alt.to_string(),
            };
            let size = (stamp.width, stamp.height);
            let drawing = block.stamps.get(i).and_then(|picture| self.drawing(picture, alt(picture), size));
            if let Some(mut drawing) = drawing {
                drawing.behind = Some((emu(stamp.x), emu(stamp.y - top)));
                let run = self.draw(drawing, size);
                paragraph = paragraph.add_run(run);
            }
            self.add(paragraph);
        }
        self.space += (places.date.y - bottom).max(0.0);
        self.date(planned, places.date.x);
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

    /// A line with its left edge at `left` pt, set from the right.
    fn right(&self, text: &Text, style: &str, left: f64) -> Paragraph {
        let indent = twip((self.profile.grid.width() - (left + text.width)).max(0.0));
        let runs = runs(self.fonts, &text.row, Face::FangSong, &Held::default());
        with_runs(Paragraph::new().style(style).indent(Some(0), None, Some(indent), None), runs)
    }

    /// 版记 (7.4) of a 公文, 报尾 of a 简报: a table at the foot of the last page.
    pub fn colophon(&mut self) {
        let sections = self.plan.colophon(self.profile).iter();
        let rows = |rows: &Vec<Row>| rows.iter().map(|row| self.colophon_row(row)).collect();
        let sections: Vec<Vec<Paragraph>> = sections.map(rows).collect();
        if !sections.is_empty() {
            self.colophon_table(sections);
        }
    }

    fn colophon_table(&mut self, sections: Vec<Vec<Paragraph>>) {
        let width = twip(self.profile.grid.width()) as usize;
        let count = sections.len();
        let rule = |position: TableCellBorderPosition, mm: f64| {
            let size = (pt(mm) * 8.0).round() as usize;
            TableCellBorder::new(position).border_type(BorderType::Single).size(size).color("000000")
        };
        // 10.1: the 版记 of a 信函 has no rules.
        let ruled = self.plan.document.meta.kind != LayoutKind::Letter;
        let row = |(i, paragraphs): (usize, Vec<Paragraph>)| {
            let top = if i == 0 { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN };
            let bottom = if i + 1 == count { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN };
            let borders = TableCellBorders::with_empty()
                .set(rule(TableCellBorderPosition::Top, top))
                .set(rule(TableCellBorderPosition::Bottom, bottom));
            let cell = TableCell::new().width(width, WidthType::Dxa);
            let cell = if ruled { cell.set_borders(borders) } else { cell };
            TableRow::new(vec![paragraphs.into_iter().fold(cell, TableCell::add_paragraph)]).cant_split()
        };
        let rows = sections.into_iter().enumerate().map(row).collect();
        // Measured from the page: LibreOffice sets a table as wide as the text loose only so. So
        // the side of the last page is said here; the margin, which would follow it, cannot be.
        let left = if self.profile.ends_mirrored { self.profile.grid.right } else { self.profile.grid.left };
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

    fn colophon_row(&self, row: &Row) -> Paragraph {
        let (paragraph, edge) = (Paragraph::new().style(id::COLOPHON), twip(SIZE_4));
        match row {
            Row::Labelled { label, text, lines } => {
                let wide = label.len() as f64 * SIZE_4;
                // The lines are those of the text behind the label.
                let held = Held::new(lines, label.len(), 0);
                let hang = SpecialIndentType::Hanging(twip(wide));
                let paragraph = paragraph.indent(Some(twip(SIZE_4 + wide)), Some(hang), Some(edge), None);
                let row = [&label[..], text].concat();
                with_runs(paragraph, runs(self.fonts, &row, Face::FangSong, &held))
            }
            Row::Ends(left, right) => {
                let stop = Tab::new().val(TabValueType::Right).pos((twip(self.profile.grid.width()) - edge) as usize);
                let paragraph = paragraph.indent(Some(edge), None, Some(edge), None).add_tab(stop);
                let paragraph = with_runs(paragraph, runs(self.fonts, left, Face::FangSong, &Held::default()));
                let paragraph = paragraph.add_run(Run::new().add_tab());
                with_runs(paragraph, runs(self.fonts, right, Face::FangSong, &Held::default()))
            }
        }
    }
}

fn twip(points: f64) -> i32 {
    (points * 20.0).round() as i32
}
