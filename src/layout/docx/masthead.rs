//! 版头 of a 公文 and 报头 of a 简报: the places of `layout::masthead` as paragraphs with
//! exact heights, tabs and one rule.

use docx_rs::{
    AlignmentType, BorderType, HeightRule, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, Run, Tab, TabValueType, Table, TableAlignmentType, TableCell,
    TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::super::glyphs::Glyph;
use super::super::grid::Grid;
use super::super::masthead::Placed;
use super::super::paragraph::width;
use super::super::standard::{EXACT_BASELINE, Face, RED_RULE_WIDTH, pt};
use super::body::{Body, with_runs};
use super::styles::{id, pitch};
use super::text::{Held, Spread, runs};

/// Room to spare beside a name of a joint mark, pt: what just fits would be cut by rounding.
const MARK_SPARE: f64 = 1.0;
/// Height of a mark's line, em.
pub(super) const MARK_LINE: f64 = 1.25;

impl Body<'_> {
    pub fn masthead(&mut self) {
        let Some(head) = &self.plan.head else { return };
        // The mark of a 信函 and its rule stand in the header of the first page (`first`).
        let in_header = head.double.is_some();
        let mut lines = lines(&head.texts);
        lines.retain(|line| !(in_header && line[0].red));
        let joint = self.plan.document.masthead.issuer_mark.len() > 1;
        let names: Vec<Vec<&Placed>> =
            if joint { lines.extract_if(.., |line| line[0].red).collect() } else { Vec::new() };
        let last = lines.len().saturating_sub(1);
        let mut y = head.double.map_or(0.0, |double| double.bottom);
        let mut names = Some(names).filter(|names| !names.is_empty());
        for (i, line) in lines.iter().enumerate() {
            if names.as_ref().is_some_and(|names| names[0][0].y < line[0].y) {
                y = self.joint_mark(&names.take().unwrap_or_default(), y);
            }
            y = self.placed_line(line, y, i == last, head.rule.filter(|_| i == last));
        }
        if let Some(names) = names {
            y = self.joint_mark(&names, y);
        }
        self.space = (head.height - y).max(0.0);
        let notes = &self.plan.editor_note;
        for note in notes {
            self.text(note, Face::Kai, id::EDITOR_NOTE);
        }
        if !notes.is_empty() {
            self.gap(1.0);
        }
    }

    /// A line whose texts share a baseline; `last`: no other is below it, `rule`: the red rule stands there.
    /// Returns where it ends, pt from the top of the type area.
    fn placed_line(&mut self, line: &[&Placed], y: f64, last: bool, rule: Option<f64>) -> f64 {
        let grid = &self.profile.grid;
        let (first, red) = (line[0], line[0].red);
        let height = if red { MARK_LINE * first.size } else { f64::from(pitch(self.profile)) / 20.0 };
        let before = (first.y - EXACT_BASELINE * height - y).max(0.0);
        let style = if red {
            id::MARK
        } else if last {
            id::DOC_NUMBER
        } else {
            id::MASTHEAD
        };
        let spacing =
            LineSpacing::new().before(twip(before) as u32).line(twip(height)).line_rule(LineSpacingType::Exact);
        let mut paragraph = Paragraph::new().style(style).line_spacing(spacing);
        let mut bottom = y + before + height;
        let texts = joined(line, grid);
        let wide = width(self.fonts, &first.text, grid);
        let centred = texts.len() == 1 && (red || (first.x + wide / 2.0 - grid.width() / 2.0).abs() < 1.0);
        let flush = |x: f64, text: &[Glyph]| (x + width(self.fonts, text, grid) - grid.width()).abs() < 0.1;
        let right = texts.len() == 1 && !red && rule.is_none() && flush(first.x, &first.text);
        if centred {
            paragraph = paragraph.align(AlignmentType::Center);
        } else if right {
            paragraph = paragraph.align(AlignmentType::Right);
        } else if first.x > 0.5 && rule.is_none() {
            paragraph = paragraph.indent(Some(twip(first.x)), None, Some(0), None);
        }
        // The rule is as wide as the type area: the line below which it stands is not indented.
        let apart = !centred && !right;
        let tabs = texts.iter().enumerate().filter(|(i, text)| apart && text.1 > 0.5 && (*i > 0 || rule.is_some()));
        for (_, (text, x, _)) in tabs.clone() {
            let stop = self.stop(text, *x, rule.is_none() && flush(*x, text));
            paragraph = paragraph.add_tab(stop);
        }
        let tabbed: Vec<usize> = tabs.map(|(i, _)| i).collect();
        for (i, (text, _, spreads)) in texts.iter().enumerate() {
            if tabbed.contains(&i) {
                paragraph = paragraph.add_run(Run::new().add_tab());
            }
            let base = if red { Face::XiaoBiaoSong } else { Face::FangSong };
            let held = Held { spreads: spreads.clone(), ..Held::default() };
            for mut run in runs(self.fonts, text, base, &held) {
                if red {
                    run = run.size((2.0 * first.size).round() as usize);
                    if first.tracking.abs() > 0.01 {
                        run = run.character_spacing(twip(first.tracking));
                    }
                }
                paragraph = paragraph.add_run(run);
            }
        }
        if let Some(rule) = rule {
            bottom += red_rule(&mut paragraph, rule - bottom);
        }
        self.add(paragraph);
        bottom
    }

    /// Where a text behind a tab stands. What is flush right and a date are held at their right ends: a reader that
    /// sets space beside digits lets them grow to the left.
    fn stop(&self, text: &[Glyph], x: f64, flush: bool) -> Tab {
        let grid = &self.profile.grid;
        let dated = text.last().is_some_and(|glyph| glyph.c == '日');
        let (kind, at) = match (flush, dated) {
            (true, _) => (TabValueType::Right, grid.width()),
            (_, true) => (TabValueType::Right, x + width(self.fonts, text, grid)),
            _ => (TabValueType::Left, x),
        };
        Tab::new().val(kind).pos(twip(at) as usize)
    }

    /// The marks of several agencies, equally wide, 文件 beside their middle (7.2.4).
    fn joint_mark(&mut self, lines: &[Vec<&Placed>], y: f64) -> f64 {
        let all: Vec<&Placed> = lines.iter().flatten().copied().collect();
        let left = all.iter().map(|placed| placed.x).fold(f64::INFINITY, f64::min);
        let (names, suffix): (Vec<&Placed>, Vec<&Placed>) = all.iter().partition(|placed| placed.x < left + 0.5);
        let Some(first) = names.first() else { return y };
        let size = first.size;
        let step = MARK_LINE * size;
        let own = |p: &Placed| p.text.len() as f64 * p.size + p.text.len().saturating_sub(1) as f64 * p.tracking;
        let wide = names.iter().map(|placed| own(placed)).fold(0.0, f64::max) + MARK_SPARE;
        let top = first.y - EXACT_BASELINE * step;
        // A table keeps no space above itself.
        let space = LineSpacing::new().line(twip((top - y).max(1.0))).line_rule(LineSpacingType::Exact);
        self.add(Paragraph::new().style(id::MASTHEAD).line_spacing(space));
        let behind = suffix.first().map_or(0.0, |suffix| suffix.x + own(suffix) - left - wide);
        let grid: Vec<usize> = [wide, behind].into_iter().filter(|w| *w > 0.0).map(|w| twip(w) as usize).collect();
        let line = || LineSpacing::new().line(twip(step)).line_rule(LineSpacingType::Exact);
        let set = |body: &Self, text: &[Glyph], tracking: f64, align: AlignmentType| {
            let runs = runs(body.fonts, text, Face::XiaoBiaoSong, &Held::default());
            let runs = runs.into_iter().map(|run| {
                let run = run.size((2.0 * size).round() as usize);
                if tracking.abs() > 0.01 { run.character_spacing(twip(tracking)) } else { run }
            });
            with_runs(Paragraph::new().style(id::MARK).line_spacing(line()).align(align), runs.collect())
        };
        let rows = names.iter().enumerate().map(|(i, name)| {
            let cell = TableCell::new().width(grid[0], WidthType::Dxa).vertical_align(VAlignType::Center);
            let mut cells = vec![cell.add_paragraph(set(self, &name.text, 0.0, AlignmentType::Distribute))];
            if let Some(suffix) = suffix.first() {
                let merge = if i == 0 { VMergeType::Restart } else { VMergeType::Continue };
                let cell = TableCell::new().width(grid[1], WidthType::Dxa).vertical_align(VAlignType::Center);
                let text: &[Glyph] = if i == 0 { &suffix.text } else { &[] };
                let paragraph = set(self, text, 0.0, AlignmentType::Right);
                cells.push(cell.vertical_merge(merge).add_paragraph(paragraph));
            }
            TableRow::new(cells).cant_split().row_height(twip(step) as f32).height_rule(HeightRule::Exact)
        });
        let rows: Vec<TableRow> = rows.collect();
        let count = rows.len() as f64;
        let table = Table::new(rows)
            .clear_all_border()
            .style("TableNormal")
            .width(grid.iter().sum(), WidthType::Dxa)
            .set_grid(grid)
            .align(TableAlignmentType::Left)
            .indent(twip(left))
            .layout(TableLayoutType::Fixed);
        self.add_table(table);
        top.max(y + 1.0) + count * step
    }
}

fn twip(points: f64) -> i32 {
    (points * 20.0).round() as i32
}

/// The red rule so many pt below a line (7.2.7). Returns what both take below the line, pt.
fn red_rule(paragraph: &mut Paragraph, below: f64) -> f64 {
    let thickness = pt(RED_RULE_WIDTH);
    let space = below.clamp(0.0, 31.0).round();
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
        .val(BorderType::Single)
        .size((thickness * 8.0).round() as usize)
        .space(space as usize)
        .color("FF0000");
    let property = std::mem::take(&mut paragraph.property);
    paragraph.property = property.set_borders(ParagraphBorders::with_empty().set(border));
    space + thickness
}

/// Texts by baseline, from the top; each line from the left.
fn lines(texts: &[Placed]) -> Vec<Vec<&Placed>> {
    let mut sorted: Vec<&Placed> = texts.iter().filter(|placed| !placed.text.is_empty()).collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<&Placed>> = Vec::new();
    for placed in sorted {
        match lines.last_mut() {
            Some(line) if (line[0].y - placed.y).abs() < 1.0 => line.push(placed),
            _ => lines.push(vec![placed]),
        }
    }
    lines
}

/// Texts of a line with their left edges. What stands right behind a label is one text with it;
/// a name of two characters, placed one by one, is one text whose first character is wider.
fn joined(line: &[&Placed], grid: &Grid) -> Vec<(Vec<Glyph>, f64, Vec<Spread>)> {
    let mut out: Vec<(Vec<Glyph>, f64, Vec<Spread>)> = Vec::new();
    // Left edge of a character of a name that waits for its second one.
    let mut waiting: Option<f64> = None;
    for placed in line {
        let single = placed.face == Face::Kai && placed.text.len() == 1;
        let second = single && waiting.is_some_and(|x| placed.x - x < 2.5 * grid.size);
        match out.last_mut() {
            Some((text, _, spreads)) if second => {
                spreads.push((text.len() - 1..text.len(), grid.tracking_twip() + twip(grid.cell())));
                text.extend(placed.text.iter().copied());
                waiting = None;
                continue;
            }
            Some((text, x, _))
                if text.last().is_some_and(|glyph| glyph.c == '：')
                    && (placed.x - *x - text.len() as f64 * grid.cell()).abs() < 1.0 =>
            {
                text.extend(placed.text.iter().copied());
            }
            _ => out.push((placed.text.clone(), placed.x, Vec::new())),
        }
        waiting = single.then_some(placed.x);
    }
    out
}
