//! Every number of GB/T 9704-2012 that the layout uses, once, with its clause.
//! mm from the top left of the sheet; pt where type is meant; twip = 1/20 pt (DOCX).
//! Both backends read this table; a local change goes through a profile over it.

/// 5.1: A4, mm.
pub const PAGE_WIDTH: f64 = 210.0;
/// 5.1: A4, mm.
pub const PAGE_HEIGHT: f64 = 297.0;
/// 5.2.1: 天头, mm.
pub const MARGIN_TOP: f64 = 37.0;
/// 5.2.1: 订口, mm.
pub const MARGIN_LEFT: f64 = 28.0;
/// 5.2.1: 版心, mm.
pub const TYPE_WIDTH: f64 = 156.0;
/// 5.2.1: 版心, mm; page number and running parts stand outside.
pub const TYPE_HEIGHT: f64 = 225.0;
/// Derived from 5.1 and 5.2.1: 地脚 and 切口, mm.
pub const MARGIN_BOTTOM: f64 = PAGE_HEIGHT - MARGIN_TOP - TYPE_HEIGHT;
/// Derived from 5.1 and 5.2.1: 切口, mm.
pub const MARGIN_RIGHT: f64 = PAGE_WIDTH - MARGIN_LEFT - TYPE_WIDTH;
/// 5.2.3: lines on a page, characters in a line.
pub const LINES: u32 = 22;
/// 5.2.3: characters of 3号 in a line.
pub const CELLS: u32 = 28;
/// 7.3.5.5: how many lines more or fewer a page is set for to keep text above a signature, the least first. Half
/// a line helps where a 版头 or a title leaves the first page no whole number of lines.
pub const PITCH_STEPS: [f64; 8] = [-0.5, 0.5, -1.0, 1.0, -1.4, 1.5, 2.0, 2.4];
/// 7.3.5.5, practice: smallest line pitch that is used for it, pt.
pub const PITCH_SMALLEST: f64 = 26.0;
/// 7.3.5.5, practice: largest line pitch that is used for it, pt.
pub const PITCH_LARGEST: f64 = 31.0;
/// Line pitch of the cell model, mm: 225/22.
pub const LINE_PITCH: f64 = TYPE_HEIGHT / LINES as f64;
/// Line pitch in a DOCX, twip: the largest whole number that still gives 22 lines.
pub const LINE_PITCH_TWIP: u32 = 579;
/// Baseline of body text below the top of its line, pt: where word processors put it.
pub const BASELINE: f64 = 21.6;
/// Share of a line of exact height above its baseline: where Word and LibreOffice put it.
pub const EXACT_BASELINE: f64 = 0.8;
/// 5.2.2: 3号 and the other sizes, pt.
pub const SIZE_3: f64 = 16.0;
/// 5.2.2 and 7.3.1: 2号 of the title, pt.
pub const SIZE_2: f64 = 22.0;
/// 7.4 and 7.5: 4号 of 版记 and page number, pt.
pub const SIZE_4: f64 = 14.0;
/// Practice (G-8p): 小四 of tables, pt.
pub const SIZE_SMALL_4: f64 = 12.0;
/// Practice: 五号 of wide tables and of the labels in charts, pt.
pub const SIZE_5: f64 = 10.5;
/// Tracking that gives 28 cells to the line, pt: Word's grid of quarter points.
pub const TRACKING: f64 = -0.25;
/// The same in a DOCX, twip (`w:spacing`).
pub const TRACKING_TWIP: i32 = -5;
/// What a line of a DOCX, which measures in twips, has more room than that of the PDF, pt: 156 mm are
/// 8844.1 twips, and 8845 there; the PDF keeps a hair of it.
pub const DOCX_ROOM: f64 = 0.06;
/// What every line of a DOCX has to spare where it ends, and what the next character lacks, pt: less
/// would leave its end to the rounding of whoever reads it.
pub const SPARE: f64 = 0.5;
/// 7.3.3: 左空二字, in characters.
pub const INDENT: f64 = 2.0;
/// How much smaller and larger readers of a DOCX make 左空二字, pt: two characters are 31.5 pt with
/// their tracking and 32 without it.
pub const INDENT_DOUBT: (f64, f64) = (0.1, 0.41);
/// 7.2.4: top edge of the 发文机关标志 below the top of the 版心, mm.
pub const ISSUER_MARK_TOP: f64 = 35.0;
/// 7.2.4 leaves the size of the mark open: the largest that is used, pt.
pub const MARK_SIZE_LARGEST: f64 = 48.0;
/// 7.2.4, 7.3.3, practice: greatest height of a joint mark, mm, so that the body begins on the page.
pub const JOINT_MARK_HEIGHT: f64 = 80.0;
/// R-9, practice: largest size of the name of a 简报, pt, and its top below the type area's, mm.
pub const MARK_SIZE_NAME: f64 = 48.0;
/// R-9, practice: smallest size of the name of a 简报 on one line, pt; a longer one takes two.
pub const MARK_SIZE_SMALLEST: f64 = 26.0;
/// R-9, practice: top of the name of a 简报 below that of the type area, mm.
pub const NAME_TOP: f64 = 11.0;
/// 10.1: top edge of the 发文机关标志 of a 信函 below the edge of the sheet, mm.
pub const LETTER_MARK_TOP: f64 = 30.0;
/// 10.1: red double rule below the mark of a 信函, mm; of its thick line.
pub const LETTER_RULE_GAP: f64 = 4.0;
/// 10.1: length of both red double rules of a 信函, mm, in the middle of the sheet.
pub const LETTER_RULE_LENGTH: f64 = 170.0;
/// 10.1: middle of the lower red double rule of a 信函 above the edge of the sheet, mm.
pub const LETTER_RULE_FOOT: f64 = 20.0;
/// 10.1: what stands first below the upper rule of a 信函 is 7/8 of a 3号 character away, pt.
pub const LETTER_TEXT_GAP: f64 = 14.0;
/// Practice, and what word processors draw: the thick line of a red double rule (10.1), the gap and the thin
/// line, pt.
pub const LETTER_RULE_LINES: (f64, f64, f64) = (2.25, 0.75, 0.75);
/// 10.2: top edge of the mark of a 命令（令） below the top of the 版心, mm.
pub const ORDER_MARK_TOP: f64 = 20.0;
/// 10.2: blank lines between mark and 令号, and between 令号 and text.
pub const ORDER_GAP: f64 = 2.0;
/// 10.3: top edge of the mark of 纪要 below the top of the 版心, mm.
pub const MINUTES_MARK_TOP: f64 = 35.0;
/// 10.3: blank lines above 出席.
pub const ATTENDANCE_GAP: f64 = 1.0;
/// 7.2.5: blank lines below the mark.
pub const DOC_NUMBER_GAP: f64 = 2.0;
/// 7.2.7: red rule below the 发文字号, mm; thickness is practice.
pub const RED_RULE_GAP: f64 = 4.0;
/// Practice: thickness of the red rule (7.2.7), mm.
pub const RED_RULE_WIDTH: f64 = 0.7;
/// 7.3.1: blank lines between red rule and title.
pub const TITLE_GAP: f64 = 2.0;
/// What the line pitch of a title has more than its type size, pt: 3.2, 7/8 of a 3号 height.
pub const TITLE_LEADING: f64 = 14.0;
/// Line pitch of a 2号 title, pt: 3.2, character height + 7/8 of a 3号 height.
pub const TITLE_PITCH: f64 = SIZE_2 + TITLE_LEADING;
/// 7.3.1 / G-7.3.1b: most lines of a title.
pub const TITLE_LINES: usize = 3;
/// 7.3.2: blank lines between title and 主送机关.
pub const ADDRESSEE_GAP: f64 = 1.0;
/// 7.3.5.2: signature, right 空二字; the date stands two characters right of it.
pub const SIGNATURE_INDENT: f64 = 2.0;
/// 7.3.5.1: date of a sealed document, right 空四字.
pub const SEALED_DATE_INDENT: f64 = 4.0;
/// G-8p, practice: a table is set in 小四, or 五号 or 小五 where it would be too wide, pt.
pub const TABLE_SIZES: [f64; 3] = [SIZE_SMALL_4, SIZE_5, 9.0];
/// Practice: smaller sizes (六号, 小六), for a table that is too wide even where it is set sideways, pt.
pub const TABLE_SIZES_TURNED: [f64; 2] = [7.5, 6.5];
/// Line pitch in a table as a multiple of its type size.
pub const TABLE_LINE: f64 = 1.5;
/// Space between a cell's rule and its text, pt.
pub const CELL_MARGIN_X: f64 = 4.0;
/// The same above and below, pt.
pub const CELL_MARGIN_Y: f64 = 3.0;
/// Rules of a table, pt.
pub const TABLE_RULE: f64 = 0.5;
/// Practice: a table no higher than this stays on one page, mm.
pub const TABLE_WHOLE: f64 = 90.0;
/// Space above and below a table, a chart, a picture, lines.
pub const FIGURE_GAP: f64 = 0.5;
/// What the PDF adds below a table, pt: word processors draw its rules 0.3 pt lower, and a page of theirs is 0.9 pt
/// lower than 22 lines of the PDF; a line that just fits here would be on their next page.
pub const TABLE_BEHIND: f64 = 0.9;
/// Largest height of a picture, mm: two thirds of the type area.
pub const PICTURE_HEIGHT_LARGEST: f64 = 150.0;
/// 7.4.1: rules of the 版记, mm.
pub const COLOPHON_RULE_THICK: f64 = 0.35;
/// 7.4.1: the rules between the sections of the 版记, mm.
pub const COLOPHON_RULE_THIN: f64 = 0.25;
/// Line pitch of 4号 text in the 版记, pt: 3.2.
pub const COLOPHON_PITCH: f64 = 28.0;
/// Raises the text of such a row to its middle, half points (`w:position`).
pub const COLOPHON_RAISE: i32 = 6;
/// Practice: a seal's diameter, mm; its centre above that of unit and date, mm (7.3.5.1).
pub const SEAL_SIZE: f64 = 42.0;
/// 7.3.5.1: seals do not touch; between two of them, mm.
pub const SEAL_APART: f64 = 2.0;
/// 7.3.5.1: a seal's centre stands so far above the middle of unit and date, mm, so that 下弧 crosses the
/// date.
pub const SEAL_LIFT: f64 = 4.0;
/// 7.3.5.1: blank lines above a sealed signature, so that the seal clears the text.
pub const SEALED_GAP: f64 = 2.0;
/// 7.3.5.3: blank lines above a 签名章; it stands 空四字 from the right, the post two characters
/// left of it, the date a blank line below.
pub const STAMP_GAP: f64 = 2.0;
/// 7.3.5.3: a 签名章 from the right edge of the type area, characters of 3号 (空四字).
pub const STAMP_INDENT: f64 = 4.0;
/// 7.3.5.3: between the signer's post and the 签名章, characters of 3号 (空二字).
pub const STAMP_POST_GAP: f64 = 2.0;
/// Practice: greatest height and width of a 签名章, mm.
pub const STAMP_HEIGHT: f64 = 18.0;
/// Practice: greatest width of a 签名章, mm; the picture keeps its shape.
pub const STAMP_WIDTH: f64 = 48.0;
/// 7.5: page number, 一字线 7 mm below the 版心; 空一字.
pub const PAGE_NUMBER_DROP: f64 = 7.0;
/// 7.5: 空一字 of a page number from the edge of the type area, characters of 4号.
pub const PAGE_NUMBER_INDENT: f64 = 1.0;

/// A class of type faces, as the standard names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// 仿宋: body, headings 3 and 4.
    FangSong,
    /// 楷体: heading 2, names of signers, 按语.
    Kai,
    /// 黑体: heading 1.
    Hei,
    /// 小标宋: title, mark.
    XiaoBiaoSong,
    /// 宋体: page number.
    Song,
    /// 黑体 with its own digits: 密级 with its years (7.2.2), 附件 with its number (7.3.7). No class of its own.
    HeiDigits,
}

impl Face {
    /// As [`Face`] counts them: an array by class has this order.
    pub const ALL: [Face; 5] = [Face::FangSong, Face::Kai, Face::Hei, Face::XiaoBiaoSong, Face::Song];

    /// The class that it belongs to.
    pub fn base(self) -> Face {
        if self == Face::HeiDigits { Face::Hei } else { self }
    }

    /// Whether digits and Latin letters are those of the face itself: a title's are as bold as the rest.
    pub fn own_digits(self) -> bool {
        matches!(self, Face::XiaoBiaoSong | Face::HeiDigits)
    }

    /// The class in the standard's words.
    pub fn class(self) -> &'static str {
        match self {
            Face::FangSong => "仿宋体",
            Face::Kai => "楷体",
            Face::Hei | Face::HeiDigits => "黑体",
            Face::XiaoBiaoSong => "小标宋体",
            Face::Song => "宋体",
        }
    }

    /// The clause that asks for the class first.
    pub fn clause(self) -> &'static str {
        match self {
            Face::FangSong => "5.2.2",
            Face::Kai | Face::Hei | Face::HeiDigits => "7.3.3",
            Face::XiaoBiaoSong => "7.3.1",
            Face::Song => "7.5",
        }
    }

    /// Family in `fonts/`, as Typst sees it.
    pub fn bundled(self) -> &'static str {
        match self {
            Face::FangSong => "FandolFang R",
            Face::Kai => "FandolKai",
            Face::Hei | Face::HeiDigits => "FandolHei",
            Face::XiaoBiaoSong => "FandolSong",
            Face::Song => "Noto Serif SC",
        }
    }

    /// Family that a DOCX names: the faces of office PCs.
    pub fn office(self) -> &'static str {
        match self {
            Face::FangSong => "仿宋_GB2312",
            Face::Kai => "楷体_GB2312",
            Face::Hei | Face::HeiDigits => "黑体",
            Face::XiaoBiaoSong => "方正小标宋简体",
            Face::Song => "宋体",
        }
    }

    /// Where a character is not in the face itself.
    pub fn fallback(self) -> &'static str {
        match self {
            Face::Hei | Face::HeiDigits => "Noto Sans SC",
            _ => "Noto Serif SC",
        }
    }

    /// Face of a heading of level 1–4 (7.3.3).
    pub fn of_heading(level: u8) -> Face {
        match level {
            1 => Face::Hei,
            2 => Face::Kai,
            _ => Face::FangSong,
        }
    }
}

/// Digits and Latin letters in `fonts/` (metrics of Times New Roman), and in a DOCX.
pub const LATIN_BUNDLED: &str = "Liberation Serif";
/// Digits and Latin letters in a DOCX, whose readers have it (5.2.2 names no face for them).
pub const LATIN_OFFICE: &str = "Times New Roman";

/// mm to pt.
pub fn pt(mm: f64) -> f64 {
    mm * 72.0 / 25.4
}

/// mm to twip, rounded.
pub fn twip(mm: f64) -> i32 {
    (pt(mm) * 20.0).round() as i32
}
