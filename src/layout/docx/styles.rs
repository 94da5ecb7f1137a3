//! `styles.xml`: the document's elements as named styles. What Word knows keeps its own name
//! (so that outline and navigation work) and carries the Chinese one as its alias.

use super::super::fonts::Choice;
use super::super::profile::{Look, Profile};
use super::super::standard::{
    CELL_MARGIN_X, CELL_MARGIN_Y, COLOPHON_PITCH, Face, LINE_PITCH_TWIP, SIZE_4, TABLE_LINE, TABLE_RULE, TABLE_SIZES,
    TABLE_SIZES_TURNED,
};
use super::xml::{Element, W};
use crate::document::LayoutKind;

/// Line pitch of the body, twip.
pub fn pitch(profile: &Profile) -> i32 {
    profile.pitch_twip()
}

/// Ids of the styles that paragraphs name.
pub mod id {
    pub const BODY: &str = "Normal";
    pub const TITLE: &str = "Title";
    pub const BYLINE: &str = "Byline";
    pub const ADDRESSEE: &str = "Addressee";
    pub const SIGNATORY: &str = "Signatory";
    pub const ISSUE_DATE: &str = "IssueDate";
    pub const REMARK: &str = "Remark";
    pub const ANNEX_LABEL: &str = "AnnexLabel";
    pub const ANNEX_TITLE: &str = "AnnexTitle";
    pub const LIST: &str = "ListParagraph";
    pub const CAPTION: &str = "Caption";
    pub const FIGURE: &str = "Figure";
    pub const TABLE: &str = "ReportTable";
    pub const MASTHEAD: &str = "Masthead";
    pub const MARK: &str = "IssuerMark";
    pub const DOC_NUMBER: &str = "DocNumber";
    pub const EDITOR_NOTE: &str = "EditorNote";
    pub const ANNEX_NOTE: &str = "AnnexNote";
    /// 出席, 请假, 列席 of 纪要; no other kind of document has it.
    pub const ATTENDANCE: &str = "Attendance";
    pub const COLOPHON: &str = "Colophon";
    /// A paragraph that only ends a section or stands where Word wants one.
    pub const END: &str = "SectionEnd";
    pub const HEADER: &str = "Header";
    pub const FOOTER: &str = "Footer";
    /// Characters.
    pub const KAI: &str = "KaiText";
    pub const HEI: &str = "HeiText";
    pub const RARE: &str = "RareText";

    /// Beginnings of the ids of the styles in a table; the type size follows, in half points.
    pub const TABLE_UNIT: &str = "TableUnit";
    pub const TABLE_HEADER: &str = "TableHeader";
    pub const TABLE_TEXT: &str = "TableText";
    pub const TABLE_NOTE: &str = "TableNote";

    /// Style of a part of a table for a type size in pt.
    pub fn table(part: &str, size: f64) -> String {
        format!("{part}{}", (2.0 * size).round())
    }

    /// Style of a heading of level 1–4.
    pub fn heading(level: u8) -> &'static str {
        match level {
            1 => "Heading1",
            2 => "Heading2",
            3 => "Heading3",
            _ => "Heading4",
        }
    }
}

/// The whole part.
pub fn part(profile: &Profile, kind: LayoutKind) -> Element {
    let mut root = Element::new("w:styles")
        .with("xmlns:w", W)
        .child(
            Element::new("w:docDefaults")
                .child(
                    Element::new("w:rPrDefault").child(all(
                        "w:rPr",
                        [
                            fonts(&profile.faces, Face::FangSong),
                            val("w:sz", 2.0 * profile.grid.size),
                            val("w:szCs", 2.0 * profile.grid.size),
                            Element::new("w:lang")
                                .with("w:val", "en-US")
                                .with("w:eastAsia", "zh-CN")
                                .with("w:bidi", "ar-SA"),
                        ],
                    )),
                )
                .child(Element::new("w:pPrDefault")),
        )
        .child(normal(profile));
    for style in paragraphs(profile, kind).into_iter().chain(characters(&profile.faces)).chain(tables()) {
        root = root.child(style);
    }
    root
}

/// 正文: grid of 22 lines and 28 characters, first line 左空二字.
fn normal(profile: &Profile) -> Element {
    let paragraph = all(
        "w:pPr",
        [
            val("w:widowControl", 0),
            val("w:kinsoku", 1),
            val("w:overflowPunct", 0),
            val("w:autoSpaceDE", 0),
            val("w:autoSpaceDN", 0),
            val("w:adjustRightInd", 0),
            val("w:snapToGrid", 0),
            exact(pitch(profile)).with("w:before", 0).with("w:after", 0),
            first_line(200, profile.grid.indent_twip()),
            val("w:jc", "both"),
        ],
    );
    let run = all(
        "w:rPr",
        [
            fonts(&profile.faces, Face::FangSong),
            val("w:spacing", profile.grid.tracking_twip()),
            val("w:kern", 0),
            val("w:sz", 2.0 * profile.grid.size),
            val("w:szCs", 2.0 * profile.grid.size),
        ],
    );
    style("paragraph", id::BODY, "Normal", "正文").with("w:default", 1).child(paragraph).child(run)
}

fn paragraphs(profile: &Profile, kind: LayoutKind) -> Vec<Element> {
    let mut sheet = Sheet { profile, styles: Vec::new() };
    sheet.text();
    sheet.tables();
    sheet.placed();
    if kind == LayoutKind::Minutes {
        sheet.add(id::ATTENDANCE, "出席", "", id::ATTENDANCE, vec![flush()], vec![]);
    }
    sheet.pages();
    sheet.styles
}

/// The paragraph styles, one after the other.
struct Sheet<'p> {
    profile: &'p Profile,
    styles: Vec<Element>,
}

impl Sheet<'_> {
    fn add(&mut self, id: &str, name: &str, alias: &str, next: &str, paragraph: Vec<Element>, run: Vec<Element>) {
        let style = style("paragraph", id, name, alias).child(val("w:basedOn", id::BODY)).child(val("w:next", next));
        let style = style.child(all("w:pPr", paragraph));
        self.styles.push(if run.is_empty() { style } else { style.child(all("w:rPr", run)) });
    }

    fn fonts(&self, face: Face) -> Element {
        fonts(&self.profile.faces, face)
    }

    /// A face in a size of its own, without tracking.
    fn sized(&self, face: Face, points: f64) -> Vec<Element> {
        [self.fonts(face), track(0)].into_iter().chain(size(points)).collect()
    }

    /// A title; `level`: what it has in the outline.
    fn title(&mut self, id: &str, name: &str, alias: &str, next: &str, level: Option<u8>) {
        let [snap, line] = own_pitch(self.profile.grid.title_pitch());
        let paragraph = [keep(), Element::new("w:keepLines"), snap, line, flush(), centre()].into_iter();
        let paragraph = paragraph.chain(level.map(|level| val("w:outlineLvl", level))).collect();
        self.add(id, name, alias, next, paragraph, self.sized(self.profile.title_face, self.profile.grid.title));
    }

    fn text(&mut self) {
        self.title(id::TITLE, "Title", "标题", id::ADDRESSEE, None);
        for (level, alias) in (1..=4u8).zip(["一级标题", "二级标题", "三级标题", "四级标题"]) {
            let Look { face, size: points, bold } = self.profile.heading(level);
            let grid = &self.profile.grid;
            let own = points != grid.size;
            let mut run = vec![self.fonts(face)];
            run.extend(bold.then(|| Element::new("w:b")));
            run.extend(own.then(|| size(points)).into_iter().flatten());
            let mut paragraph = vec![keep(), val("w:outlineLvl", level - 1)];
            // 编号: 自动: counted by the list of the body.
            let list = || all("w:numPr", [val("w:ilvl", level - 1), val("w:numId", 1)]);
            paragraph.extend(self.profile.numbered.then(list));
            // 左空二字 is measured in its own characters.
            paragraph.extend(own.then(|| first_line(200, grid.indent_of(points))));
            self.add(id::heading(level), &format!("heading {level}"), alias, id::BODY, paragraph, run);
        }
        let indent = self.profile.grid.indent_twip();
        let indented = || vec![first_line(200, indent)];
        self.add(id::BYLINE, "题下单位", "", id::BODY, vec![keep(), flush(), centre()], vec![self.fonts(Face::Kai)]);
        self.add(id::ADDRESSEE, "主送机关", "", id::BODY, vec![flush()], vec![]);
        self.add(id::SIGNATORY, "署名", "", id::ISSUE_DATE, vec![keep(), flush(), side("right")], vec![]);
        self.add(id::ISSUE_DATE, "成文日期", "", id::BODY, vec![flush(), side("right")], vec![]);
        self.add(id::REMARK, "附注", "", id::BODY, indented(), vec![]);
        let page = vec![keep(), Element::new("w:pageBreakBefore"), flush()];
        self.add(id::ANNEX_LABEL, "附件", "", id::ANNEX_TITLE, page, vec![self.fonts(Face::HeiDigits)]);
        self.title(id::ANNEX_TITLE, "附件标题", "", id::BODY, Some(0));
        self.add(id::LIST, "List Paragraph", "列表", id::LIST, indented(), vec![]);
        self.add(id::CAPTION, "caption", "题注", id::BODY, vec![flush(), centre()], self.sized(Face::Hei, SIZE_4));
    }

    fn tables(&mut self) {
        let sizes = TABLE_SIZES.into_iter().chain(TABLE_SIZES_TURNED);
        for (points, word) in sizes.zip(["小四", "五号", "小五", "六号", "小六"]) {
            let mut part = |part: &str, name: &str, extra: Vec<Element>, face: Face| {
                let id = id::table(part, points);
                let paragraph = [own(TABLE_LINE * points), extra].concat();
                self.add(&id, &format!("{name} {word}"), "", &id, paragraph, self.sized(face, points));
            };
            part(id::TABLE_UNIT, "表格单位", vec![keep(), side("right")], Face::FangSong);
            part(id::TABLE_HEADER, "表头", vec![keep(), centre()], Face::Hei);
            part(id::TABLE_TEXT, "表格", vec![centre()], Face::FangSong);
            part(id::TABLE_NOTE, "表注", vec![side("left")], Face::FangSong);
        }
    }

    /// What has lines of its own height: figures, 版头, 版记.
    fn placed(&mut self) {
        let tiny = || vec![val("w:sz", 2), val("w:szCs", 2)];
        let left = |points: f64| [own(points), vec![side("left")]].concat();
        let free = Element::new("w:spacing").with("w:line", 240).with("w:lineRule", "auto");
        let free = vec![val("w:snapToGrid", 0), free, flush(), centre()];
        self.add(id::FIGURE, "图片", "", id::CAPTION, free, tiny());
        let line = f64::from(LINE_PITCH_TWIP) / 20.0;
        self.add(id::MASTHEAD, "版头", "", id::MASTHEAD, left(line), vec![]);
        let red = vec![self.fonts(Face::XiaoBiaoSong), val("w:color", "FF0000"), track(0)];
        self.add(id::MARK, "发文机关标志", "", id::DOC_NUMBER, [own(line), vec![centre()]].concat(), red);
        self.add(id::DOC_NUMBER, "发文字号", "", id::TITLE, left(line), vec![]);
        let note = vec![first_line(200, self.profile.grid.indent_twip())];
        self.add(id::EDITOR_NOTE, "按语", "", id::BODY, note, vec![self.fonts(Face::Kai)]);
        self.add(id::ANNEX_NOTE, "附件说明", "", id::ANNEX_NOTE, vec![flush()], vec![]);
        let small = self.sized(Face::FangSong, SIZE_4);
        self.add(id::COLOPHON, "版记", "", id::COLOPHON, left(COLOPHON_PITCH), small);
        self.add(id::END, "节末", "", id::BODY, own(1.0), tiny());
    }

    fn pages(&mut self) {
        let edge = || [own(SIZE_4), vec![side("left")]].concat();
        let number = [four(self.profile.faces.office(Face::Song)), track(0)].into_iter().chain(size(SIZE_4)).collect();
        self.add(id::FOOTER, "footer", "页码", id::FOOTER, edge(), number);
        self.add(id::HEADER, "header", "页眉", id::HEADER, edge(), self.sized(Face::Hei, SIZE_4));
    }
}

fn keep() -> Element {
    Element::new("w:keepNext")
}

fn flush() -> Element {
    first_line(0, 0)
}

fn centre() -> Element {
    side("center")
}

fn side(side: &str) -> Element {
    val("w:jc", side)
}

fn track(twip: i32) -> Element {
    val("w:spacing", twip)
}

fn own_pitch(points: f64) -> [Element; 2] {
    [val("w:snapToGrid", 0), exact((points * 20.0).round() as i32)]
}

/// Lines of a height of their own, without an indent.
fn own(points: f64) -> Vec<Element> {
    own_pitch(points).into_iter().chain([flush()]).collect()
}

fn characters(names: &Choice) -> Vec<Element> {
    let one = |id: &str, name: &str, fonts: Element| {
        style("character", id, name, "").child(val("w:basedOn", "DefaultParagraphFont")).child(all("w:rPr", [fonts]))
    };
    vec![
        style("character", "DefaultParagraphFont", "Default Paragraph Font", "").with("w:default", 1),
        one(id::KAI, "楷体字", fonts(names, Face::Kai)),
        one(id::HEI, "黑体字", fonts(names, Face::Hei)),
        one(id::RARE, "罕用字", four(names.office(Face::Song))),
    ]
}

fn tables() -> Vec<Element> {
    let sides = |padding: &[(&str, i32)]| {
        all(
            "w:tblCellMar",
            padding
                .iter()
                .map(|&(side, twip)| Element::new(&format!("w:{side}")).with("w:w", twip).with("w:type", "dxa")),
        )
    };
    let borders = all(
        "w:tblBorders",
        ["top", "left", "bottom", "right", "insideH", "insideV"].map(|side| {
            Element::new(&format!("w:{side}"))
                .with("w:val", "single")
                .with("w:sz", (TABLE_RULE * 8.0) as i32)
                .with("w:space", 0)
                .with("w:color", "auto")
        }),
    );
    let plain = [("top", 0), ("left", 0), ("bottom", 0), ("right", 0)];
    vec![
        style("table", "TableNormal", "Normal Table", "").with("w:default", 1).child(all("w:tblPr", [sides(&plain)])),
        style("table", id::TABLE, "报表", "")
            .child(val("w:basedOn", "TableNormal"))
            .child(all("w:tblPr", [borders, sides(&padding())])),
    ]
}

/// Space inside a cell, twip. Word processors add the rule to the height of a row.
fn padding() -> [(&'static str, i32); 4] {
    let (side, over) = ((CELL_MARGIN_X * 20.0) as i32, (CELL_MARGIN_Y * 20.0) as i32);
    [("top", over), ("left", side), ("bottom", over - (TABLE_RULE * 20.0) as i32), ("right", side)]
}

fn style(kind: &str, id: &str, name: &str, alias: &str) -> Element {
    let mut style = Element::new("w:style").with("w:type", kind);
    if !name.is_ascii() {
        style.set("w:customStyle", 1);
    }
    style = style.with("w:styleId", id).child(val("w:name", name));
    if !alias.is_empty() {
        style = style.child(val("w:aliases", alias));
    }
    style.child(Element::new("w:qFormat"))
}

/// Four slots: digits and Latin letters, Chinese.
pub fn fonts(names: &Choice, face: Face) -> Element {
    let latin = names.office_latin(face);
    Element::new("w:rFonts")
        .with("w:ascii", latin)
        .with("w:eastAsia", names.office(face))
        .with("w:hAnsi", latin)
        .with("w:cs", latin)
}

/// One family in all four slots.
fn four(family: &str) -> Element {
    ["w:ascii", "w:eastAsia", "w:hAnsi", "w:cs"]
        .into_iter()
        .fold(Element::new("w:rFonts"), |fonts, slot| fonts.with(slot, family))
}

fn size(points: f64) -> [Element; 2] {
    [val("w:sz", 2.0 * points), val("w:szCs", 2.0 * points)]
}

fn exact(twip: i32) -> Element {
    Element::new("w:spacing").with("w:line", twip).with("w:lineRule", "exact")
}

/// Indent of the first line, in hundredths of a character and in twip.
fn first_line(chars: i32, twip: i32) -> Element {
    Element::new("w:ind").with("w:firstLineChars", chars).with("w:firstLine", twip)
}

pub fn val(name: &str, value: impl ToString) -> Element {
    Element::new(name).with("w:val", value)
}

pub fn all(name: &str, children: impl IntoIterator<Item = Element>) -> Element {
    children.into_iter().fold(Element::new(name), Element::child)
}
