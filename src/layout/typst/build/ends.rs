//! What follows the body: signature, 版记.

use super::super::super::breaks::Lines;
use super::super::super::glyphs::Glyph;
use super::super::super::paragraph::{cells, untracked};
use super::super::super::plan::{Row, Text, widths};
use super::super::super::profile::ColophonPage;
use super::super::super::signature;
use super::super::super::standard::{
    COLOPHON_PITCH, COLOPHON_RULE_THICK, COLOPHON_RULE_THIN, Face, SEAL_LIFT, SEAL_SIZE, SEALED_GAP, SIZE_4, STAMP_GAP,
    STAMP_HEIGHT, STAMP_WIDTH, pt,
};
use super::super::data::{Board, BoardImage, BoardRule, BoardText, Item};
use super::Builder;
use crate::document::{LayoutKind, Picture, PictureFormat};

impl Builder<'_> {
    /// 署名, 成文日期, seals (7.3.5) and 附注 (7.3.6).
    pub(super) fn signature(&mut self) {
        match (self.signature_board(), &self.plan.signature.remark) {
            (Some(board), _) => self.items.push(Item::Board(board)),
            (None, Some(remark)) => self.paragraph(remark, Face::FangSong),
            _ => {}
        }
    }

    /// The signature with what belongs to it, kept together; `None` without one.
    pub fn signature_board(&mut self) -> Option<Board> {
        let (block, planned) = (&self.plan.document.signature, &self.plan.signature);
        if planned.units.is_empty() && !block.stamped() && planned.date.is_none() {
            return None;
        }
        let mut board = match (block.stamped(), block.sealed) {
            (true, _) => self.stamped(),
            (_, true) => self.sealed(),
            _ => self.plain(),
        };
        // A seal may reach below the date; the remark stands beside one and below several.
        let foot = board.images.iter().map(|image| image.y + image.height).fold(0.0, f64::max);
        if board.images.len() > 1 {
            board.height = board.height.max(foot);
        }
        if let Some(remark) = &planned.remark {
            self.remark(remark, &mut board);
        }
        board.height = board.height.max(foot);
        // A draft has the place of the seals, and none of them.
        if self.plan.document.meta.draft {
            board.images.clear();
        }
        Some(board)
    }

    /// 附注: on the line below the date, 左空二字, kept with the signature.
    fn remark(&self, text: &Text, board: &mut Board) {
        for line in text.lines.ranges(text.row.len()) {
            let x = if line.start == 0 { text.indent } else { 0.0 };
            board.texts.push(self.board_text(
                &text.row[line],
                self.profile.grid.size,
                x,
                board.height + self.profile.grid.baseline(),
            ));
            board.height += self.profile.pitch;
        }
    }

    fn plain(&self) -> Board {
        let planned = &self.plan.signature;
        let places =
            signature::plain(&self.profile.grid, &widths(&planned.units), planned.date.as_ref().map(|date| date.width));
        let pitch = self.profile.pitch;
        let lefts = places.units.iter().copied().chain([places.date]);
        let mut board = Board { above: pitch, ..Board::default() };
        for (text, x) in planned.units.iter().chain(&planned.date).zip(lefts) {
            board.texts.push(self.board_text(
                &text.row,
                self.profile.grid.size,
                x,
                board.height + self.profile.grid.baseline(),
            ));
            board.height += pitch;
        }
        board
    }

    /// 签名章 with the posts beside them (7.3.5.3).
    fn stamped(&mut self) -> Board {
        let (block, planned) = (&self.plan.document.signature, &self.plan.signature);
        let sizes = block.stamp_sizes((STAMP_WIDTH, STAMP_HEIGHT));
        let pitch = self.profile.pitch;
        let places =
            signature::stamped(&self.profile.grid, &widths(&planned.posts), &sizes, planned.date_width(), pitch);
        let mut board = Board { above: STAMP_GAP * pitch, ..Board::default() };
        for (i, (post, stamp)) in planned.posts.iter().zip(&places.stamps).enumerate() {
            // The line's middle at the stamp's.
            let y = stamp.middle - pitch / 2.0 + self.profile.grid.baseline();
            board.texts.push(self.board_text(&post.row, self.profile.grid.size, stamp.post, y));
            let Some(picture) = block.stamps.get(i) else { continue };
            let file = self.keep(&picture.bytes, picture.format);
            let &signature::Stamp { x, y, width, height, .. } = stamp;
            board.images.push(BoardImage { file, x, y, width, height, alt: alt(picture, "签名章") });
        }
        self.dated(board, places.date)
    }

    /// Unit centred on the date, a seal over both; of several units each has its place in a
    /// row, the last one over the date (7.3.5.1).
    fn sealed(&mut self) -> Board {
        let (seals, planned) = (&self.plan.document.signature.seals, &self.plan.signature);
        let pitch = self.profile.pitch;
        let places = signature::joint(&self.profile.grid, &widths(&planned.units), planned.date_width(), pitch);
        let last = places.units.last().map_or(0.0, |place| place.y);
        let mut board = Board { above: SEALED_GAP * pitch, ..Board::default() };
        for (i, (unit, place)) in planned.units.iter().zip(&places.units).enumerate() {
            board.texts.push(self.board_text(
                &unit.row,
                self.profile.grid.size,
                place.x,
                place.y + self.profile.grid.baseline(),
            ));
            if let Some(seal) = seals.get(i) {
                let size = pt(SEAL_SIZE);
                let centre = place.x + unit.width / 2.0;
                // The last unit and the date lie together a little below the centre.
                let lines = if place.y == last { 2.0 } else { 1.0 };
                let middle = place.y + lines * pitch / 2.0 - pt(SEAL_LIFT);
                let file = self.keep(&seal.picture.bytes, seal.picture.format);
                board.images.push(BoardImage {
                    file,
                    x: centre - size / 2.0,
                    y: middle - size / 2.0,
                    width: size,
                    height: size * f64::from(seal.picture.height.max(1)) / f64::from(seal.picture.width.max(1)),
                    alt: alt(&seal.picture, "印章"),
                });
            }
        }
        self.dated(board, places.date)
    }

    /// A board with the date at its foot.
    fn dated(&self, mut board: Board, place: signature::Spot) -> Board {
        let date = self.plan.signature.date.as_ref().map(|date| date.row.as_slice()).unwrap_or_default();
        board.texts.push(self.board_text(
            date,
            self.profile.grid.size,
            place.x,
            place.y + self.profile.grid.baseline(),
        ));
        board.height = place.y + self.profile.pitch;
        board
    }

    /// 版记 (7.4) of a 公文, 报尾 of a 简报, at the foot of the last page.
    pub(super) fn colophon(&mut self, page: ColophonPage) {
        let sections = self.plan.colophon(self.profile);
        if sections.is_empty() {
            return;
        }
        let board = self.colophon_board(sections);
        match page {
            ColophonPage::Last => self.items.push(Item::Board(board)),
            ColophonPage::Own => self.items.extend([Item::PageBreak, Item::Board(board)]),
            ColophonPage::AfterBlank => self.items.push(Item::AfterBlank { board }),
        }
    }

    pub fn colophon_board(&self, sections: &[Vec<Row>]) -> Board {
        let mut board = Board { foot: true, above: self.profile.grid.pitch(), ..Board::default() };
        // 10.1: the 版记 of a 信函 has no rules.
        let ruled = self.plan.document.meta.kind != LayoutKind::Letter;
        let rule = |board: &mut Board, thickness: f64| {
            if !ruled {
                return;
            }
            board.rules.push(BoardRule { y: board.height, thickness: pt(thickness), red: false, length: None });
            board.height += pt(thickness);
        };
        for (i, rows) in sections.iter().enumerate() {
            rule(&mut board, if i == 0 { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN });
            rows.iter().for_each(|row| self.colophon_row(row, &mut board));
        }
        rule(&mut board, COLOPHON_RULE_THICK);
        board
    }

    fn colophon_row(&self, row: &Row, board: &mut Board) {
        let (room, edge) = (self.profile.grid.width(), SIZE_4);
        // A 4号 line with its em box in the middle.
        let baseline = (COLOPHON_PITCH - SIZE_4) / 2.0 + 0.88 * SIZE_4;
        match row {
            Row::Labelled { label, text, lines } => {
                let left = edge + label.len() as f64 * SIZE_4;
                board.texts.push(self.board_text(label, SIZE_4, edge, board.height + baseline));
                for line in lines.ranges(text.len()) {
                    board.texts.push(self.board_text(&text[line], SIZE_4, left, board.height + baseline));
                    board.height += COLOPHON_PITCH;
                }
            }
            Row::Ends(left, right) => {
                let wide = untracked(&cells(self.plan.fonts(), right, SIZE_4));
                for (row, x) in [(left, edge), (right, room - edge - wide)] {
                    if !row.is_empty() {
                        board.texts.push(self.board_text(row, SIZE_4, x, board.height + baseline));
                    }
                }
                board.height += COLOPHON_PITCH;
            }
        }
    }

    fn board_text(&self, row: &[Glyph], size: f64, x: f64, y: f64) -> BoardText {
        let face = Face::FangSong;
        let tracking = if size == self.profile.grid.size { self.profile.grid.tracking() } else { 0.0 };
        let text = self.runs(row, face, &Lines::default());
        BoardText { text, face: face.key(), size, x, y, tracking, red: false }
    }

    /// Keeps a picture's bytes for Typst; returns the name of its file.
    pub(super) fn keep(&mut self, bytes: &[u8], format: PictureFormat) -> String {
        let extension = match format {
            PictureFormat::Png => "png",
            PictureFormat::Jpeg => "jpg",
            PictureFormat::Svg => "svg",
        };
        let name = format!("{}picture-{}.{extension}", self.prefix, self.pictures.len() + 1);
        self.pictures.push((name.clone(), bytes.to_vec()));
        name
    }
}

fn alt(picture: &Picture, otherwise: &str) -> String {
    if picture.alt.is_empty() { otherwise.to_owned() } else { picture.alt.to_string() }
}
