//! What follows the body: 附件说明, signature, 版记.

use super::super::super::glyphs::{Glyph, glyphs};
use super::super::super::paragraph::{cells, plan_plain, untracked, width};
use super::super::super::profile::ColophonPage;
use super::super::super::signature::{self, cell};
use super::super::super::standard::{
    BASELINE, COLOPHON_PITCH, COLOPHON_RULE_THICK, COLOPHON_RULE_THIN, Face, INDENT, LINE_PITCH, SEAL_LIFT, SEAL_SIZE,
    SEALED_GAP, SIZE_3, SIZE_4, STAMP_GAP, TRACKING, TYPE_WIDTH, pt,
};
use super::super::data::{Board, BoardImage, BoardRule, BoardText, Item};
use super::super::picture::svg_fault;
use super::{Builder, literal};
use crate::document::{Inlines, LayoutKind, Picture, PictureFormat};

impl Builder<'_> {
    /// 附件说明 (7.3.4): one blank line below the body, a name a line, wrapped under itself.
    pub(super) fn annex_note(&mut self) {
        let annexes = &self.document.annexes;
        if annexes.is_empty() {
            return;
        }
        self.blank(1.0);
        let label = literal("附件：", Face::FangSong);
        let indent = INDENT * cell();
        let behind = indent + width(self.fonts, &label, SIZE_3);
        for (i, annex) in annexes.iter().enumerate() {
            let number = if annexes.len() > 1 { format!("{}.", i + 1) } else { String::new() };
            let number = literal(&number, Face::FangSong);
            let hang = behind + width(self.fonts, &number, SIZE_3);
            let mut row = if i == 0 { label.clone() } else { Vec::new() };
            row.extend(number);
            row.extend(glyphs(&annex.title, Face::FangSong).into_iter().filter(|glyph| glyph.c != '\n'));
            let first = if i == 0 { indent } else { behind };
            self.paragraph_in(&row, Face::FangSong, first, hang);
        }
    }

    /// 署名, 成文日期, seals (7.3.5) and 附注 (7.3.6).
    pub(super) fn signature(&mut self) {
        let signature = &self.document.signature;
        if !signature.units.is_empty() || !signature.stamps.is_empty() || signature.date.is_some() {
            let mut board = match (signature.stamps.is_empty(), signature.sealed) {
                (false, _) => self.stamped(),
                (_, true) => self.sealed(),
                _ => self.plain(),
            };
            // A seal may reach below the date; the remark stands beside one and below several.
            let foot = board.images.iter().map(|image| image.y + image.height).fold(0.0, f64::max);
            if board.images.len() > 1 {
                board.height = board.height.max(foot);
            }
            if let Some(remark) = &signature.remark {
                self.remark(&glyphs(remark, Face::FangSong), &mut board);
            }
            board.height = board.height.max(foot);
            self.items.push(Item::Board(board));
        } else if let Some(remark) = &signature.remark {
            self.body_paragraph(&glyphs(remark, Face::FangSong));
        }
    }

    /// 附注: on the line below the date, 左空二字, kept with the signature.
    fn remark(&mut self, row: &[Glyph], board: &mut Board) {
        let indent = INDENT * cell();
        let lines = super::super::super::paragraph::plan(self.fonts, row, pt(TYPE_WIDTH), indent);
        for line in lines.ranges(row.len()) {
            let x = if line.start == 0 { indent } else { 0.0 };
            let text = self.board_text(&row[line], Face::FangSong, SIZE_3, x, board.height + BASELINE);
            board.texts.push(text);
            board.height += self.profile.pitch;
        }
    }

    fn plain(&mut self) -> Board {
        let signature = &self.document.signature;
        let units: Vec<Vec<Glyph>> = signature.units.iter().map(|unit| glyphs(unit, Face::FangSong)).collect();
        let date = signature.date.as_ref().map(|date| glyphs(date, Face::FangSong));
        let widths: Vec<f64> = units.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let places = signature::plain(&widths, date.as_ref().map(|row| width(self.fonts, row, SIZE_3)));
        let pitch = self.profile.pitch;
        let lefts = places.units.iter().copied().chain([places.date]);
        let mut board = Board { above: pitch, signature: true, ..Board::default() };
        for (row, x) in units.iter().chain(&date).zip(lefts) {
            let y = board.height + BASELINE;
            board.height += pitch;
            let text = self.board_text(row, Face::FangSong, SIZE_3, x, y);
            board.texts.push(text);
        }
        board
    }

    /// 签名章 with the posts beside them (7.3.5.3).
    fn stamped(&mut self) -> Board {
        let signature = &self.document.signature;
        let posts: Vec<Vec<Glyph>> = signature.posts.iter().map(|post| glyphs(post, Face::FangSong)).collect();
        let date = signature.date.as_ref().map(|date| glyphs(date, Face::FangSong)).unwrap_or_default();
        let widths: Vec<f64> = posts.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let sizes: Vec<(f64, f64)> =
            signature.stamps.iter().map(|stamp| (f64::from(stamp.width), f64::from(stamp.height))).collect();
        let pitch = self.profile.pitch;
        let places = signature::stamped(&widths, &sizes, width(self.fonts, &date, SIZE_3), pitch);
        let mut board = Board { above: STAMP_GAP * pitch, signature: true, ..Board::default() };
        for ((row, stamp), picture) in posts.iter().zip(&places.stamps).zip(&signature.stamps) {
            // The line's middle at the stamp's.
            let text = self.board_text(row, Face::FangSong, SIZE_3, stamp.post, stamp.middle - pitch / 2.0 + BASELINE);
            board.texts.push(text);
            let file = self.keep_picture(picture);
            board.images.push(BoardImage {
                file,
                x: stamp.x,
                y: stamp.y,
                width: stamp.width,
                height: stamp.height,
                alt: if picture.alt.is_empty() { "签名章".into() } else { picture.alt.to_string() },
            });
        }
        let date_text = self.board_text(&date, Face::FangSong, SIZE_3, places.date.x, places.date.y + BASELINE);
        board.texts.push(date_text);
        board.height = places.date.y + pitch;
        board
    }

    /// Unit centred on the date, a seal over both; of several units each has its place in a
    /// row, the last one over the date (7.3.5.1).
    fn sealed(&mut self) -> Board {
        let signature = &self.document.signature;
        let units: Vec<Vec<Glyph>> = signature.units.iter().map(|unit| glyphs(unit, Face::FangSong)).collect();
        let date = signature.date.as_ref().map(|date| glyphs(date, Face::FangSong)).unwrap_or_default();
        let widths: Vec<f64> = units.iter().map(|row| width(self.fonts, row, SIZE_3)).collect();
        let date_width = width(self.fonts, &date, SIZE_3);
        let pitch = self.profile.pitch;
        let places = signature::joint(&widths, date_width, pitch);
        let mut board = Board { above: SEALED_GAP * pitch, signature: true, ..Board::default() };
        for (i, ((row, place), unit)) in units.iter().zip(&places.units).zip(&widths).enumerate() {
            let text = self.board_text(row, Face::FangSong, SIZE_3, place.x, place.y + BASELINE);
            board.texts.push(text);
            if let Some(seal) = signature.seals.get(i) {
                let size = pt(SEAL_SIZE);
                let centre = place.x + unit / 2.0;
                // The last unit and the date lie together a little below the centre.
                let lines = if place.y == places.units[units.len() - 1].y { 2.0 } else { 1.0 };
                let middle = place.y + lines * pitch / 2.0 - pt(SEAL_LIFT);
                let file = self.keep_picture(&seal.picture);
                board.images.push(BoardImage {
                    file,
                    x: centre - size / 2.0,
                    y: middle - size / 2.0,
                    width: size,
                    height: size * f64::from(seal.picture.height.max(1)) / f64::from(seal.picture.width.max(1)),
                    alt: if seal.picture.alt.is_empty() { "印章".into() } else { seal.picture.alt.to_string() },
                });
            }
        }
        let date_text = self.board_text(&date, Face::FangSong, SIZE_3, places.date.x, places.date.y + BASELINE);
        board.texts.push(date_text);
        board.height = places.date.y + pitch;
        board
    }

    /// 版记 (7.4) of a 公文, 报尾 of a 简报, at the foot of the last page.
    pub(super) fn colophon(&mut self, page: ColophonPage) {
        let Some(colophon) = super::super::super::colophon(self.document, self.profile) else { return };
        let mut sections: Vec<Vec<Row>> = Vec::new();
        let labelled = |label: &str, text: &Option<Inlines>, end: &str| {
            text.as_ref().map(|text| {
                Row::Labelled(label.to_owned(), [glyphs(text, Face::FangSong), literal(end, Face::FangSong)].concat())
            })
        };
        if self.document.meta.kind == LayoutKind::Briefing {
            let rows = [
                labelled("报：", &colophon.report_to, ""),
                labelled("送：", &colophon.send_to, ""),
                labelled("发：", &colophon.issue_to, ""),
            ];
            sections.push(rows.into_iter().flatten().collect());
            if let Some(copies) = &colophon.copies {
                sections.push(vec![Row::Ends(Vec::new(), glyphs(copies, Face::FangSong))]);
            }
        } else {
            let rows = [labelled("主送：", &colophon.addressee, "。"), labelled("抄送：", &colophon.cc, "。")];
            sections.push(rows.into_iter().flatten().collect());
        }
        if colophon.imprint.is_some() || colophon.imprint_date.is_some() {
            let unit = colophon.imprint.as_ref().map(|unit| glyphs(unit, Face::FangSong)).unwrap_or_default();
            let date = colophon
                .imprint_date
                .as_ref()
                .map(|date| [glyphs(date, Face::FangSong), literal("印发", Face::FangSong)].concat());
            sections.push(vec![Row::Ends(unit, date.unwrap_or_default())]);
        }
        sections.retain(|rows| !rows.is_empty());
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

    fn colophon_board(&mut self, sections: Vec<Vec<Row>>) -> Board {
        let mut board = Board { foot: true, above: pt(LINE_PITCH), ..Board::default() };
        let (room, edge) = (pt(TYPE_WIDTH), SIZE_4);
        // A 4号 line with its em box in the middle.
        let baseline = (COLOPHON_PITCH - SIZE_4) / 2.0 + 0.88 * SIZE_4;
        let last = sections.len() - 1;
        for (i, rows) in sections.into_iter().enumerate() {
            let thickness = pt(if i == 0 { COLOPHON_RULE_THICK } else { COLOPHON_RULE_THIN });
            board.rules.push(BoardRule { y: board.height, thickness, red: false });
            board.height += thickness;
            for row in rows {
                match row {
                    Row::Labelled(label, text) => {
                        let label = literal(&label, Face::FangSong);
                        let left = edge + label.len() as f64 * SIZE_4;
                        let y = board.height + baseline;
                        let label = self.board_text(&label, Face::FangSong, SIZE_4, edge, y);
                        board.texts.push(label);
                        let lines = plan_plain(self.fonts, &text, SIZE_4, room - edge - left);
                        for line in lines.ranges(text.len()) {
                            let text =
                                self.board_text(&text[line], Face::FangSong, SIZE_4, left, board.height + baseline);
                            board.texts.push(text);
                            board.height += COLOPHON_PITCH;
                        }
                    }
                    Row::Ends(left, right) => {
                        let y = board.height + baseline;
                        let wide = untracked(&cells(self.fonts, &right, SIZE_4));
                        for (row, x) in [(left, edge), (right, room - edge - wide)] {
                            if !row.is_empty() {
                                let text = self.board_text(&row, Face::FangSong, SIZE_4, x, y);
                                board.texts.push(text);
                            }
                        }
                        board.height += COLOPHON_PITCH;
                    }
                }
            }
            if i == last {
                let thickness = pt(COLOPHON_RULE_THICK);
                board.rules.push(BoardRule { y: board.height, thickness, red: false });
                board.height += thickness;
            }
        }
        board
    }

    fn board_text(&mut self, row: &[Glyph], face: Face, size: f64, x: f64, y: f64) -> BoardText {
        let tracking = if size == SIZE_3 { TRACKING } else { 0.0 };
        BoardText { text: self.runs(row, face), face: face.key(), size, x, y, tracking, red: false }
    }

    /// Keeps a picture for Typst; returns the name of its file.
    pub(super) fn keep_picture(&mut self, picture: &Picture) -> String {
        if let Some(fault) = svg_fault(picture) {
            self.findings.refuse(fault);
        }
        self.keep(&picture.bytes, picture.format)
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

/// A row of the 版记.
enum Row {
    /// 抄送：… wrapped behind its label.
    Labelled(String, Vec<Glyph>),
    /// Left and right.
    Ends(Vec<Glyph>, Vec<Glyph>),
}
