//! A plan as what the pages are reckoned from: the heights of its lines and blocks, in order.

use super::super::plan::{Annex, Block, Cell, Plan, Table, Text};
use super::super::profile::Profile;
use super::super::standard::{ADDRESSEE_GAP, ATTENDANCE_GAP, CELL_MARGIN_Y, FIGURE_GAP, TABLE_BEHIND, TABLE_LINE};
use super::build::Builder;
use super::pager::{Ends, Flow, Role, Unit};
use crate::document::LayoutKind;

/// Reckons how a plan ends with a profile; `pitch` of the lines in pt.
pub fn ends(plan: &Plan, profile: &Profile, pitch: f64) -> Ends {
    let profile = &Profile { pitch, ..profile.clone() };
    let (height, title_pitch) = (profile.grid.height(), profile.grid.title_pitch());
    let mut flow = Flow { pitch, height, title_pitch, units: Vec::new(), role: Role::Front };
    flow.front(plan, profile);
    flow.role = Role::Body;
    match plan.turn(profile.carried) {
        None => flow.blocks(&plan.body),
        Some(turn) => {
            flow.blocks(&plan.body[..turn.block]);
            let mut rest = &plan.body[turn.block..];
            if let (Some((Block::Paragraph(text) | Block::Item(text), behind)), true) =
                (rest.split_first(), turn.line > 0)
            {
                flow.lines(turn.line, pitch);
                flow.units.push(Unit::Break);
                flow.lines(text.lines.count() - turn.line, pitch);
                rest = behind;
            } else {
                flow.units.push(Unit::Break);
            }
            flow.blocks(rest);
        }
    }
    flow.tail(plan, profile);
    flow.judged()
}

fn signed(plan: &Plan) -> bool {
    let signature = &plan.signature;
    !signature.units.is_empty() || !signature.posts.is_empty() || signature.date.is_some()
}

impl Flow {
    fn front(&mut self, plan: &Plan, profile: &Profile) {
        if let Some(head) = &plan.head {
            self.frame(head.height, false);
            plan.editor_note.iter().for_each(|note| self.lines(note.lines.count(), self.pitch));
            if !plan.editor_note.is_empty() {
                self.units.push(Unit::Space(self.pitch));
            }
        }
        if !plan.untitled() {
            self.frame(plan.title.len() as f64 * self.title_pitch, true);
            plan.bylines.iter().for_each(|line| self.frame(line.lines.count() as f64 * self.pitch, true));
            self.units.push(Unit::Space(ADDRESSEE_GAP * self.pitch));
        }
        if let Some(addressee) = plan.addressee(profile) {
            self.lines(addressee.lines.count(), self.pitch);
        }
    }

    /// 附件说明 and signature; what comes behind them counts where it ends with the 报尾 of a 简报.
    fn tail(&mut self, plan: &Plan, profile: &Profile) {
        self.role = Role::Tail;
        if !plan.annex_note.is_empty() {
            self.units.push(Unit::Space(self.pitch));
            plan.annex_note.iter().for_each(|note| self.lines(note.lines.count(), self.pitch));
        }
        if !plan.attendance.is_empty() {
            self.units.push(Unit::Space(ATTENDANCE_GAP * self.pitch));
            plan.attendance.iter().for_each(|text| self.lines(text.lines.count(), self.pitch));
        }
        let mut builder = Builder::new(plan, profile);
        if let Some(board) = builder.signature_board() {
            self.frame(board.above + board.height, false);
        } else if let Some(remark) = &plan.signature.remark {
            self.lines(remark.lines.count(), self.pitch);
        }
        let briefing = plan.document.meta.kind == LayoutKind::Briefing;
        if !briefing || (!plan.annexes.is_empty() && signed(plan)) {
            return;
        }
        if !plan.annexes.is_empty() {
            self.units.iter_mut().for_each(Unit::forget);
            plan.annexes.iter().for_each(|annex| self.annex(annex));
        }
        let sections = plan.colophon(profile);
        if !sections.is_empty() {
            self.role = Role::Tail;
            let board = builder.colophon_board(sections);
            self.frame(board.above + board.height, false);
        }
    }

    fn annex(&mut self, annex: &Annex) {
        self.role = Role::Body;
        self.units.push(Unit::Break);
        if annex.landscape {
            return self.units.push(Unit::Sideways);
        }
        self.frame(self.pitch, true);
        self.units.push(Unit::Space(self.pitch));
        self.frame(annex.title.len() as f64 * self.title_pitch, true);
        self.units.push(Unit::Space(self.pitch));
        self.blocks(&annex.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => self.frame(text.lines.count() as f64 * self.pitch, true),
                Block::Paragraph(text) | Block::Item(text) => self.lines(text.lines.count(), self.pitch),
                Block::UnitLine { .. } => self.frame(self.pitch, true),
                Block::Table(table) if table.turned => self.units.push(Unit::Sideways),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.figure(chart.drawing.size().1, chart.caption.as_ref()),
                Block::Picture(picture) => self.figure(picture.size.1, picture.caption.as_ref()),
                Block::PageBreak => self.units.push(Unit::Break),
            }
        }
    }

    fn figure(&mut self, height: f64, caption: Option<&Text>) {
        self.gap();
        self.frame(height, caption.is_some());
        caption.iter().for_each(|caption| self.frame(caption.lines.count() as f64 * self.pitch, false));
        self.gap();
    }

    fn table(&mut self, table: &Table) {
        self.gap();
        table.caption.iter().for_each(|caption| self.frame(caption.lines.count() as f64 * self.pitch, true));
        let line = TABLE_LINE * table.plan.size;
        table.unit.iter().for_each(|_| self.frame(line, true));
        let row = |row: &Vec<Cell>| {
            let own = row.iter().filter(|cell| cell.cell.rows <= 1).map(|cell| cell.fitted.lines.count());
            own.max().unwrap_or(1) as f64 * line + 2.0 * CELL_MARGIN_Y
        };
        let header: f64 = table.header.iter().map(row).sum();
        let mut rows = table.rows.iter().map(row);
        if table.plan.whole {
            self.frame(header + rows.sum::<f64>(), false);
        } else {
            let first = rows.next().unwrap_or_default();
            self.frame(header + first, false);
            let role = self.role;
            self.units.extend(rows.map(|height| Unit::Frame { height, sticky: false, again: header, role }));
        }
        table.notes.iter().for_each(|note| self.frame(note.lines.count() as f64 * line, false));
        self.units.push(Unit::Space(FIGURE_GAP * self.pitch + TABLE_BEHIND));
    }

    fn gap(&mut self) {
        self.units.push(Unit::Space(FIGURE_GAP * self.pitch));
    }

    fn lines(&mut self, count: usize, height: f64) {
        (0..count).for_each(|_| self.frame(height, false));
    }

    fn frame(&mut self, height: f64, sticky: bool) {
        self.units.push(Unit::Frame { height, sticky, again: 0.0, role: self.role });
    }
}
