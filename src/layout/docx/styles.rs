//! `styles.xml`: the document's elements as named styles. What Word knows keeps its own name
//! (so that outline and navigation work) and carries the Chinese one as its alias.

use super::super::fonts::Choice;
use super::super::profile::Profile;
use super::super::standard::{
    CELL_MARGIN_X, CELL_MARGIN_Y, COLOPHON_PITCH, Face, LINE_PITCH, LINE_PITCH_TWIP, SIZE_2, SIZE_3, SIZE_4,
    TABLE_LINE, TABLE_RULE, TABLE_SIZES, TITLE_PITCH, TRACKING_TWIP, pt,
};
use super::xml::{Element, W};

/// Line pitch of the body, twip: the standard's own is cut so that 22 lines fit.
pub fn pitch(profile: &Profile) -> i32 {
    let standard = (profile.pitch - pt(LINE_PITCH)).abs() < 0.01;
    if standard { LINE_PITCH_TWIP as i32 } else { (profile.pitch * 20.0).floor() as i32 }
}

/// 左空二字, twip: two characters with their tracking.
pub const INDENT_TWIP: i32 = 630;

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
pub fn part(profile: &Profile) -> Element {
    let mut root = Element::new("w:styles")
        .with("xmlns:w", W)
        .child(
            Element::new("w:docDefaults")
                .child(
                    Element::new("w:rPrDefault").child(all(
                        "w:rPr",
                        [
                            fonts(&profile.faces, Face::FangSong),
                            val("w:sz", 2.0 * SIZE_3),
                            val("w:szCs", 2.0 * SIZE_3),
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
    for style in paragraphs(profile).into_iter().chain(characters(&profile.faces)).chain(tables()) {
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
            exact(pitch(profile)).with("w:before", 0).with("w:after", 0),
            first_line(200, INDENT_TWIP),
            val("w:jc", "both"),
        ],
    );
    let run = all(
        "w:rPr",
        [
            fonts(&profile.faces, Face::FangSong),
            val("w:spacing", TRACKING_TWIP),
            val("w:kern", 0),
            val("w:sz", 2.0 * SIZE_3),
            val("w:szCs", 2.0 * SIZE_3),
        ],
    );
    style("paragraph", id::BODY, "Normal", "正文").with("w:default", 1).child(paragraph).child(run)
}

fn paragraphs(profile: &Profile) -> Vec<Element> {
    let fonts = |face: Face| fonts(&profile.faces, face);
    let flush = || first_line(0, 0);
    let keep = || Element::new("w:keepNext");
    let centre = || val("w:jc", "center");
    let own_pitch = |pt: f64| [val("w:snapToGrid", 0), exact((pt * 20.0).round() as i32)];
    let track = |twip: i32| val("w:spacing", twip);
    let title = || {
        let [snap, line] = own_pitch(TITLE_PITCH);
        let run = [fonts(Face::XiaoBiaoSong), track(0)].into_iter().chain(size(SIZE_2)).collect::<Vec<_>>();
        (vec![keep(), Element::new("w:keepLines"), snap, line, flush(), centre()], run)
    };
    let small =
        |face: Face, points: f64| -> Vec<Element> { [fonts(face), track(0)].into_iter().chain(size(points)).collect() };
    let mut styles = Vec::new();
    let mut add = |id: &str, name: &str, alias: &str, next: &str, paragraph: Vec<Element>, run: Vec<Element>| {
        let mut style =
            style("paragraph", id, name, alias).child(val("w:basedOn", id::BODY)).child(val("w:next", next));
        style = style.child(all("w:pPr", paragraph));
        styles.push(if run.is_empty() { style } else { style.child(all("w:rPr", run)) });
    };
    let (paragraph, run) = title();
    add(id::TITLE, "Title", "标题", id::ADDRESSEE, paragraph, run);
    for level in 1..=4u8 {
        let names = ["一级标题", "二级标题", "三级标题", "四级标题"];
        let (name, alias) = (format!("heading {level}"), names[usize::from(level) - 1]);
        let run = vec![fonts(profile.heading_face(level))];
        add(id::heading(level), &name, alias, id::BODY, vec![keep(), val("w:outlineLvl", level - 1)], run);
    }
    add(id::BYLINE, "题下单位", "", id::BODY, vec![keep(), flush(), centre()], vec![fonts(Face::Kai)]);
    add(id::ADDRESSEE, "主送机关", "", id::BODY, vec![flush()], vec![]);
    add(id::SIGNATORY, "署名", "", id::ISSUE_DATE, vec![keep(), flush(), val("w:jc", "right")], vec![]);
    add(id::ISSUE_DATE, "成文日期", "", id::BODY, vec![flush(), val("w:jc", "right")], vec![]);
    add(id::REMARK, "附注", "", id::BODY, vec![first_line(200, INDENT_TWIP)], vec![]);
    let page = vec![keep(), Element::new("w:pageBreakBefore"), flush()];
    add(id::ANNEX_LABEL, "附件", "", id::ANNEX_TITLE, page, vec![fonts(Face::Hei)]);
    let (mut paragraph, run) = title();
    paragraph.push(val("w:outlineLvl", 0));
    add(id::ANNEX_TITLE, "附件标题", "", id::BODY, paragraph, run);
    add(id::LIST, "List Paragraph", "列表", id::LIST, vec![first_line(200, INDENT_TWIP)], vec![]);
    add(id::CAPTION, "caption", "题注", id::BODY, vec![flush(), centre()], small(Face::Hei, SIZE_4));
    for (points, word) in TABLE_SIZES.into_iter().zip(["小四", "五号", "小五"]) {
        let table = |extra: Vec<Element>| {
            let [snap, line] = own_pitch(TABLE_LINE * points);
            [vec![snap, line, flush()], extra].concat()
        };
        let mut part = |part: &str, name: &str, extra: Vec<Element>, face: Face| {
            let id = id::table(part, points);
            add(&id, &format!("{name} {word}"), "", &id, table(extra), small(face, points));
        };
        part(id::TABLE_UNIT, "表格单位", vec![keep(), val("w:jc", "right")], Face::FangSong);
        part(id::TABLE_HEADER, "表头", vec![keep(), centre()], Face::Hei);
        part(id::TABLE_TEXT, "表格", vec![centre()], Face::FangSong);
        part(id::TABLE_NOTE, "表注", vec![val("w:jc", "left")], Face::FangSong);
    }
    let own = |points: f64| -> Vec<Element> { own_pitch(points).into_iter().chain([flush()]).collect() };
    let free = vec![
        val("w:snapToGrid", 0),
        Element::new("w:spacing").with("w:line", 240).with("w:lineRule", "auto"),
        flush(),
        centre(),
    ];
    add(id::FIGURE, "图片", "", id::CAPTION, free, [val("w:sz", 2), val("w:szCs", 2)].to_vec());
    let line = f64::from(LINE_PITCH_TWIP) / 20.0;
    add(id::MASTHEAD, "版头", "", id::MASTHEAD, [own(line), vec![val("w:jc", "left")]].concat(), vec![]);
    let red = vec![fonts(Face::XiaoBiaoSong), val("w:color", "FF0000"), track(0)];
    add(id::MARK, "发文机关标志", "", id::DOC_NUMBER, [own(line), vec![centre()]].concat(), red);
    add(id::DOC_NUMBER, "发文字号", "", id::TITLE, [own(line), vec![val("w:jc", "left")]].concat(), vec![]);
    add(id::EDITOR_NOTE, "按语", "", id::BODY, vec![first_line(200, INDENT_TWIP)], vec![fonts(Face::Kai)]);
    add(id::ANNEX_NOTE, "附件说明", "", id::ANNEX_NOTE, vec![flush()], vec![]);
    let colophon = [own(COLOPHON_PITCH), vec![val("w:jc", "left")]].concat();
    add(id::COLOPHON, "版记", "", id::COLOPHON, colophon, small(Face::FangSong, SIZE_4));
    add(id::END, "节末", "", id::BODY, own(1.0), [val("w:sz", 2), val("w:szCs", 2)].to_vec());
    let [snap, line] = own_pitch(SIZE_4);
    let foot = vec![snap, line, flush(), val("w:jc", "left")];
    add(
        id::FOOTER,
        "footer",
        "页码",
        id::FOOTER,
        foot.clone(),
        [four(profile.faces.office(Face::Song)), track(0)].into_iter().chain(size(SIZE_4)).collect(),
    );
    add(id::HEADER, "header", "页眉", id::HEADER, foot, small(Face::Hei, SIZE_4));
    styles
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
