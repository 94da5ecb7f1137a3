//! 版头 of a 公文 (7.2) and 报头 of a 简报 (R-9…R-13): where each text and the red rule stand.
//! y in pt from the top of the type area, x in pt from its left edge.

use super::breaks::{self, Room};
use super::fonts::Fonts;
use super::glyphs::{Glyph, Source, glyphs, source};
use super::grid::Grid;
use super::paragraph::{cells, width};
use super::standard::{
    DOC_NUMBER_GAP, Face, ISSUER_MARK_TOP, JOINT_MARK_HEIGHT, MARK_SIZE_LARGEST, MARK_SIZE_NAME, MARK_SIZE_SMALLEST,
    NAME_TOP, RED_RULE_GAP, TITLE_GAP, pt,
};
use super::title;
use crate::document::{Inlines, LayoutKind, Masthead};
use crate::source::small::plain;

/// A text of one line at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub text: Vec<Glyph>,
    pub face: Face,
    /// Type size, pt.
    pub size: f64,
    /// Left edge.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// Space added behind each character, pt.
    pub tracking: f64,
    pub red: bool,
}

/// All that stands above the title.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Head {
    pub texts: Vec<Placed>,
    /// Top of the red rule, which is as wide as the type area.
    pub rule: Option<f64>,
    /// The red double rules of a 信函 (10.1).
    pub double: Option<Double>,
    /// What the head takes of the type area, down to the top of the title's line.
    pub height: f64,
}

/// The red double rules of a 信函: where the upper one begins and ends, and the middle of the lower one, pt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Double {
    /// Top of the thick line of the upper rule.
    pub top: f64,
    /// Bottom of its thin line.
    pub bottom: f64,
    /// Middle of the lower rule, on the first page.
    pub foot: f64,
}

/// Ink of a 小标宋 character above and below its baseline, em, where the font cannot be asked.
const INK: (f64, f64) = (0.8, 0.08);
/// Baseline of a line of body text above the bottom of its em box, em.
pub(super) const EM_BELOW: f64 = 0.12;
/// 签发人：, in characters.
const LABEL: f64 = 4.0;
/// A name and the space behind it, in characters.
const NAME: f64 = 4.0;

/// Room to spare beside the name of a 简报, pt: what just fits would be broken by rounding.
const NAME_SPARE: f64 = 2.0;

/// Plans the head of a 公文 or a 简报; `None` for other kinds (`forms`).
pub fn plan(masthead: &Masthead, kind: LayoutKind, fonts: &Fonts, grid: &Grid) -> Option<Head> {
    let setter = Setter { fonts, grid, head: Head::default() };
    match kind {
        LayoutKind::Report | LayoutKind::Letter | LayoutKind::Order | LayoutKind::Minutes => None,
        LayoutKind::Official => Some(setter.official(masthead)),
        LayoutKind::Briefing => Some(setter.briefing(masthead)),
    }
}

/// Puts texts on a head.
pub(super) struct Setter<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) grid: &'a Grid,
    pub(super) head: Head,
}

impl Setter<'_> {
    fn official(mut self, masthead: &Masthead) -> Head {
        self.corner(masthead);
        let bottom = self.mark(masthead, pt(ISSUER_MARK_TOP));
        let pitch = self.grid.pitch();
        let names: Vec<Vec<Glyph>> = masthead.signers.iter().map(|signer| glyphs(signer, Face::Kai)).collect();
        let number = masthead.doc_number.as_ref().map(|number| glyphs(number, Face::FangSong));
        let wide = |row: &Vec<Glyph>| width(self.fonts, row, self.grid);
        // A name is three characters wide or as wide as the longest, with one behind it.
        let long = names.iter().filter(|name| name.len() as f64 >= NAME).map(wide);
        let column = long.fold((NAME - 1.0) * self.grid.cell(), f64::max) + self.grid.cell();
        let taken = self.grid.cell() * LABEL + number.as_ref().map_or(0.0, wide) + 2.0 * self.grid.cell();
        let per_row = if taken + 2.0 * column > self.grid.width() { 1 } else { names.len().clamp(1, 2) };
        let rows = names.len().div_ceil(per_row).max(1);
        // Where a line does not hold the number and a name, the number stands on the next.
        let below = !names.is_empty() && number.is_some() && taken + column > self.grid.width();
        // Em box of the first line below the mark begins two blank lines below its ink.
        let first = bottom + DOC_NUMBER_GAP * pitch + (1.0 - EM_BELOW) * self.grid.size;
        let last = first + (rows - 1 + usize::from(below)) as f64 * pitch;
        let left = self.grid.width() - self.grid.cell() * LABEL - column * per_row as f64;
        for (i, name) in names.into_iter().enumerate() {
            let y = first + (i / per_row) as f64 * pitch;
            if i == 0 {
                self.put(row("签发人：", Face::FangSong), Face::FangSong, self.grid.size, left, y);
            }
            self.name(name, left + self.grid.cell() * LABEL + column * (i % per_row) as f64, y);
        }
        if let Some(text) = number {
            let wide = width(self.fonts, &text, self.grid);
            let x = if masthead.signers.is_empty() { (self.grid.width() - wide) / 2.0 } else { self.grid.cell() };
            self.put(text, Face::FangSong, self.grid.size, x, last);
        }
        let rule = last + self.below() * self.grid.size + pt(RED_RULE_GAP);
        self.head.rule = Some(rule);
        self.head.height = rule + TITLE_GAP * pitch;
        self.head
    }

    /// 份号, 密级, 紧急程度: top left, one a line (7.2.1–7.2.3).
    pub(super) fn corner(&mut self, masthead: &Masthead) {
        let lines =
            [(&masthead.copy_no, Face::FangSong), (&masthead.secrecy, Face::HeiDigits), (&masthead.urgency, Face::Hei)];
        let given = lines.into_iter().filter_map(|(text, face)| text.as_ref().map(|text| (text, face)));
        for (i, (text, face)) in given.enumerate() {
            let y = i as f64 * self.grid.pitch() + self.grid.baseline();
            self.put(glyphs(text, face), face, self.grid.size, 0.0, y);
        }
    }

    /// 发文机关标志 (7.2.4) with the top of its ink at `top`. Returns the bottom of its ink.
    pub(super) fn mark(&mut self, masthead: &Masthead, top: f64) -> f64 {
        let lines: Vec<Vec<Glyph>> = masthead.issuer_mark.iter().map(bold).collect();
        let suffix = masthead.issuer_mark_suffix.as_ref().map(bold);
        let longest = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let behind = suffix.as_ref().map_or(0, Vec::len);
        let room = self.grid.width();
        let joint = lines.len() > 1;
        // Characters of one line, with the suffix and, for a joint mark, half a character before it.
        let units = longest as f64 + behind as f64 + if joint && behind > 0 { 0.5 } else { 0.0 };
        // Many agencies leave room for the body on the first page (7.3.3).
        let high = pt(JOINT_MARK_HEIGHT) / (1.25 * lines.len().max(1) as f64);
        let largest = if joint { (MARK_SIZE_LARGEST * 0.75).min(high) } else { MARK_SIZE_LARGEST };
        // Half points, as a DOCX has them; rounded up a mark that just fits would be broken.
        let size = ((room / units).min(largest) * 2.0).floor() / 2.0;
        let (above, below) = self.ink(lines.iter().flatten().chain(suffix.iter().flatten()));
        let step = size * 1.25;
        let names = longest as f64 * size;
        let left = (room - units * size) / 2.0;
        for (i, line) in lines.into_iter().enumerate() {
            let y = top + above * size + i as f64 * step;
            // All names as wide as the longest (均排).
            let gaps = line.len().saturating_sub(1).max(1) as f64;
            let tracking = if joint { (names - line.len() as f64 * size) / gaps } else { 0.0 };
            let own = line.len() as f64 * size + if joint { gaps * tracking } else { 0.0 };
            let text = if joint { line } else { [line, suffix.clone().unwrap_or_default()].concat() };
            let x = if text.len() == 1 { left + (names - own) / 2.0 } else { left };
            self.head.texts.push(Placed { text, face: Face::XiaoBiaoSong, size, x, y, tracking, red: true });
        }
        let rows = masthead.issuer_mark.len().max(1) as f64;
        let bottom = top + (above + below) * size + (rows - 1.0) * step;
        if let Some(text) = suffix.filter(|_| joint) {
            let y = (top + bottom) / 2.0 + (above - below) / 2.0 * size;
            let x = left + names + 0.5 * size;
            self.head.texts.push(Placed { text, face: Face::XiaoBiaoSong, size, x, y, tracking: 0.0, red: true });
        }
        bottom
    }

    pub(super) fn ink<'g>(&self, text: impl Iterator<Item = &'g Glyph>) -> (f64, f64) {
        self.fonts.ink(self.fonts.family(Face::XiaoBiaoSong), text.map(|glyph| glyph.c)).unwrap_or(INK)
    }

    /// A signer's name in 楷体, two characters spread over three.
    fn name(&mut self, text: Vec<Glyph>, x: f64, y: f64) {
        if let [first, second] = text[..] {
            self.put(vec![first], Face::Kai, self.grid.size, x, y);
            self.put(vec![second], Face::Kai, self.grid.size, x + 2.0 * self.grid.cell(), y);
        } else {
            self.put(text, Face::Kai, self.grid.size, x, y);
        }
    }

    fn briefing(mut self, masthead: &Masthead) -> Head {
        self.corner(masthead);
        let room = self.grid.width();
        let pitch = self.grid.pitch();
        let name = masthead.issuer_mark.first().map(bold).unwrap_or_default();
        let (above, below) = self.ink(name.iter());
        // A name that would be set smaller than a mark should be takes two lines.
        let said: String = name.iter().map(|glyph| glyph.c).collect();
        let lines = title::plan(&said, ((room - NAME_SPARE) / MARK_SIZE_SMALLEST).floor());
        let count = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0).max(1) as f64;
        let size = (((room - NAME_SPARE) / count).min(MARK_SIZE_NAME) * 2.0).floor() / 2.0;
        let mut y = pt(NAME_TOP) + above * size;
        let mut rest = name.into_iter();
        for (i, line) in lines.iter().enumerate() {
            let text: Vec<Glyph> = rest.by_ref().take(line.chars().count()).collect();
            let count = text.len().max(1) as f64;
            // Spread over about two thirds of the type area, at most half a character between two.
            let spread = (room * 2.0 / 3.0 - count * size) / (count - 1.0).max(1.0);
            let tracking = if lines.len() == 1 { spread.clamp(0.0, size / 2.0) } else { 0.0 };
            let x = (room - count * size - (count - 1.0) * tracking) / 2.0;
            y += if i > 0 { 1.25 * size } else { 0.0 };
            self.head.texts.push(Placed { text, face: Face::XiaoBiaoSong, size, x, y, tracking, red: true });
        }
        y += below * size + 1.2 * pitch;
        if let Some(number) = &masthead.doc_number {
            let text = glyphs(number, Face::FangSong);
            let x = (room - width(self.fonts, &text, self.grid)) / 2.0;
            self.put(text, Face::FangSong, self.grid.size, x, y);
        }
        y += 1.5 * pitch;
        let rule = self.unit_and_date(masthead, y);
        self.head.rule = Some(rule);
        self.head.height = rule + pitch;
        self.head
    }

    /// 编印单位 at the left and the date at the right. Returns where the red rule stands below.
    pub(super) fn unit_and_date(&mut self, masthead: &Masthead, mut y: f64) -> f64 {
        let room = self.grid.width();
        let [issuer, date] = [&masthead.issuer, &masthead.date]
            .map(|text| text.as_ref().map(|text| glyphs(text, Face::FangSong)).unwrap_or_default());
        let [issuer_wide, date_wide] = [&issuer, &date].map(|text| width(self.fonts, text, self.grid));
        // Several lines where one does not hold the unit; the date goes below where the last does not hold
        // both with a character between.
        let measured = cells(self.fonts, &issuer, self.grid.size);
        let tracking = self.grid.tracking_twip();
        let space =
            Room { width: room - 2.0 * self.grid.cell(), indent: 0.0, tracking, doubt: (0.0, 0.0), full: false };
        let mut issuer_wide = issuer_wide;
        for (i, line) in breaks::lines(&measured, space).ranges(issuer.len()).enumerate() {
            if !line.is_empty() {
                y += if i > 0 { self.grid.pitch() } else { 0.0 };
                let text = issuer[line].to_vec();
                issuer_wide = width(self.fonts, &text, self.grid);
                self.put(text, Face::FangSong, self.grid.size, self.grid.cell(), y);
            }
        }
        let apart = issuer_wide + date_wide > room - 3.0 * self.grid.cell();
        if !date.is_empty() {
            y += if apart { self.grid.pitch() } else { 0.0 };
            self.put(date, Face::FangSong, self.grid.size, room - self.grid.cell() - date_wide, y);
        }
        y + self.below() * self.grid.size + pt(RED_RULE_GAP)
    }

    /// How far the ink of the lowest line reaches below its baseline, em.
    pub(super) fn below(&self) -> f64 {
        let black = self.head.texts.iter().filter(|placed| !placed.red);
        let last = black.clone().map(|placed| placed.y).fold(0.0, f64::max);
        let line = black.filter(|placed| (placed.y - last).abs() < 1.0).flat_map(|placed| &placed.text);
        let reach = line.filter_map(|glyph| match source(self.fonts, glyph.face, glyph.c) {
            Source::Own(family) | Source::Fallback(family) => self.fonts.ink(family, std::iter::once(plain(glyph.c))),
            _ => None,
        });
        reach.map(|(_, below)| below).reduce(f64::max).unwrap_or(EM_BELOW)
    }

    /// How far the ink of a text reaches above its baseline, em.
    pub(super) fn above<'g>(&self, text: impl Iterator<Item = &'g Glyph>) -> f64 {
        let reach = text.filter_map(|glyph| match source(self.fonts, glyph.face, glyph.c) {
            Source::Own(family) | Source::Fallback(family) => self.fonts.ink(family, std::iter::once(plain(glyph.c))),
            _ => None,
        });
        reach.map(|(above, _)| above).reduce(f64::max).unwrap_or(1.0 - EM_BELOW)
    }

    pub(super) fn put(&mut self, text: Vec<Glyph>, face: Face, size: f64, x: f64, y: f64) {
        let tracking = self.grid.tracking();
        self.head.texts.push(Placed { text, face, size, x, y, tracking, red: false });
    }
}

fn row(text: &str, face: Face) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face, figure: None }).collect()
}

/// A mark's characters, without spaces.
fn bold(text: &Inlines) -> Vec<Glyph> {
    let glyphs = glyphs(text, Face::XiaoBiaoSong).into_iter().filter(|glyph| !glyph.c.is_whitespace());
    glyphs.map(|glyph| Glyph { face: Face::XiaoBiaoSong, ..glyph }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Inline;
    use crate::layout::standard::TYPE_WIDTH;

    fn text(text: &str) -> Inlines {
        vec![Inline::Text(text.into())]
    }

    fn fonts() -> Fonts {
        Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap()
    }

    #[test]
    fn mark_fits_the_type_area() {
        for name in ["云川区人民政府", "云川区公共服务和社会治理综合协调领导小组办公室"] {
            let masthead = Masthead {
                issuer_mark: vec![text(name)],
                issuer_mark_suffix: Some(text("文件")),
                ..Masthead::default()
            };
            let head = plan(&masthead, LayoutKind::Official, &fonts(), &Grid::default()).unwrap();
            let mark = &head.texts[0];
            let wide = mark.text.len() as f64 * mark.size;
            assert!(mark.x >= -1e-6 && mark.x + wide <= pt(TYPE_WIDTH) + 1e-6);
            assert!((mark.x + wide / 2.0 - pt(TYPE_WIDTH) / 2.0).abs() < 1e-6);
        }
    }

    #[test]
    fn joint_marks_are_equally_wide() {
        let masthead = Masthead {
            issuer_mark: vec![text("云川区人民政府"), text("云川区农业局")],
            issuer_mark_suffix: Some(text("文件")),
            ..Masthead::default()
        };
        let head = plan(&masthead, LayoutKind::Official, &fonts(), &Grid::default()).unwrap();
        let wide = |p: &Placed| p.text.len() as f64 * p.size + (p.text.len() - 1) as f64 * p.tracking;
        assert!((wide(&head.texts[0]) - wide(&head.texts[1])).abs() < 1e-6);
        assert_eq!(head.texts[0].x, head.texts[1].x);
    }

    #[test]
    fn signers_stand_right_and_the_number_on_the_last_row() {
        let masthead = Masthead {
            issuer_mark: vec![text("云川区人民政府")],
            doc_number: Some(text("云政〔2026〕8号")),
            signers: vec![text("甲乙"), text("丙丁戊"), text("己庚辛")],
            ..Masthead::default()
        };
        let head = plan(&masthead, LayoutKind::Official, &fonts(), &Grid::default()).unwrap();
        let number = head.texts.last().unwrap();
        let last_signer = &head.texts[head.texts.len() - 2];
        assert_eq!(number.y, last_signer.y);
        assert!((number.x - Grid::default().cell()).abs() < 1e-9);
        let second = head.texts.iter().find(|p| p.text[0].c == '丙').unwrap();
        assert!((second.x + 3.0 * Grid::default().cell() - (pt(TYPE_WIDTH) - Grid::default().cell())).abs() < 1e-6);
        assert!(plan(&masthead, LayoutKind::Report, &fonts(), &Grid::default()).is_none());
    }
}
