//! Changes of Word files in place: whatever is changed, all else stays to the byte.

use std::io::{Cursor, Read};
use std::ops::Range;

use huibao::revise::{Change, Remark, Revision};
use huibao::source::docx::{self, Document};
use proptest::prelude::*;
use zip::ZipArchive;

use super::word_kit::{BOLD, Docx, cell, par, picture, png, row, run, set, table};

/// A file with a text in every kind of place.
fn whole() -> Docx {
    let body = [
        par(&format!("{}{}{}", run("全镇培训", ""), run("36", BOLD), run("场，增长", ""))),
        par(
            "<w:r><w:t>  甲&amp;乙 </w:t></w:r><w:r><w:t>&lt;丙&gt; 丁</w:t><w:tab/><w:t>戊</w:t><w:br/><w:t>己</w:t></w:r>",
        ),
        "<w:p/>".to_string(),
        set(
            "<w:jc w:val=\"center\"/><w:pPrChange w:id=\"8\" w:author=\"甲\"><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:pPrChange>",
            "",
        ),
        par(&format!(
            "<w:hyperlink w:anchor=\"a\">{}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
            run("见附表12", ""),
            run("共5个", ""),
            run("。", "")
        )),
        par(&format!(
            "<w:ins w:id=\"3\" w:author=\"乙\">{}</w:ins><w:del w:id=\"4\" w:author=\"乙\"><w:r><w:delText>旧文</w:delText></w:r></w:del>{}",
            run("新增7处", BOLD),
            run("，完成", "")
        )),
        table(&[
            row(&["镇", "经费"]),
            row(&["云溪镇", &cell("", &format!("<w:p>{}{}</w:p>", run("31", ""), run(".86", "")))]),
        ]),
        par(&format!("{}{}", picture("rId1", "图"), run("图下的字", ""))),
        par(&format!(
            "<w:r><w:t>框外</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent><w:t>框后</w:t></w:r>",
            par("框里48件")
        )),
        par(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>SEQ</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>9</w:t><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> 号</w:t></w:r>",
        ),
        par(
            "<w:r><w:t>式</w:t></w:r><m:oMath><m:r><m:t>a+1</m:t></m:r></m:oMath><w:r><w:t>后<![CDATA[<生>]]>文</w:t></w:r>",
        ),
    ];
    Docx::new(body.concat()).with("image", "word/media/image1.png", png())
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_end(&mut out).unwrap();
    out
}

fn texts(document: &Document) -> Vec<String> {
    document.paragraphs().iter().map(|paragraph| paragraph.text.clone()).collect()
}

/// What a text reads as where it was written.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\n' | '\t' | '\u{b}' | '\u{c}') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
        })
        .map(|c| if c == '\n' { '\u{b}' } else { c })
        .collect()
}

/// The texts with the changes, by the shortest way.
fn expected(before: &[String], changes: &[Change]) -> Vec<String> {
    let mut after = before.to_vec();
    for change in changes.iter().rev() {
        after[change.paragraph].replace_range(change.range.clone(), &shown(&change.text));
    }
    after
}

/// The part as it is when all tracked changes of ours are refused.
fn refused(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    let own = "w:author=\"汇报\">";
    while let Some(at) = rest.find(own) {
        let open = rest[..at].rfind('<').unwrap();
        let (insertion, end) =
            if rest[open..].starts_with("<w:ins") { (true, "</w:ins>") } else { (false, "</w:del>") };
        let close = at + rest[at..].find(end).unwrap();
        out += &rest[..open];
        if !insertion {
            out += &rest[at + own.len()..close].replace("w:delText", "w:t");
        }
        rest = &rest[close + end.len()..];
    }
    out + rest
}

/// Where something is done: paragraph, place and length among its characters, and a text.
type Draw = (usize, usize, usize, String);

fn draws(most: usize) -> impl Strategy<Value = Vec<Draw>> {
    let text = "(\\PC{0,3}|[ <&\"\\]>]{1,2}|\u{b}|\t| 4|\u{1}\u{7f}|38%|)";
    prop::collection::vec((0usize..40, 0usize..12, 0usize..9, text), 0..most)
}

fn placed(texts: &[String], (paragraph, from, length, _): &Draw) -> (usize, Range<usize>) {
    let paragraph = paragraph % texts.len();
    let text = &texts[paragraph];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let from = from % places.len();
    (paragraph, places[from]..places[(from + length).min(places.len() - 1)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..Default::default() })]

    #[test]
    fn what_is_changed_is_changed_and_nothing_else(
        changed in draws(6), remarked in draws(4), tracked in any::<bool>(), plain in any::<bool>(),
    ) {
        // A formula cannot be tracked, and words within another's insertion are part of it: both are left out
        // where all is refused.
        let bytes = whole().bytes();
        let before = docx::read(&bytes).unwrap();
        let old = texts(&before);
        let mut changes: Vec<Change> = changed.iter().map(|draw| {
            let (paragraph, range) = placed(&old, draw);
            Change { paragraph, range, text: draw.3.clone() }
        }).collect();
        changes.sort_by_key(|c| (c.paragraph, c.range.start, c.range.end));
        changes.dedup_by(|next, last| next.paragraph == last.paragraph && (next.range.start < last.range.end || next.range.start == last.range.start));
        // What reads as before is no change, however it would be written.
        changes.retain(|c| old[c.paragraph][c.range.clone()] != c.text);
        // A formula has no breaks.
        changes.retain(|c| !old[c.paragraph].starts_with('式') || !c.text.contains(['\t', '\u{b}']));
        let remarks: Vec<Remark> = remarked.iter().map(|draw| {
            let (paragraph, range) = placed(&old, draw);
            Remark { paragraph, range: (!plain).then_some(range), text: draw.3.clone() }
        }).collect();
        let revision = Revision { changes: changes.clone(), remarks: remarks.clone(), tracked };
        let made = revision.apply(&bytes, &before).unwrap();
        let after = docx::read(&made).unwrap();
        prop_assert_eq!(texts(&after), expected(&old, &changes), "{}", after.xml);
        prop_assert_eq!(after.comments.len(), remarks.len());
        prop_assert_eq!(after.xml.matches("<w:commentRangeStart ").count(), remarks.len());
        prop_assert_eq!(after.xml.matches("<w:commentRangeEnd ").count(), remarks.len());
        if tracked && changes.iter().all(|c| !old[c.paragraph].starts_with(['式', '新'])) {
            let mut kept = whole();
            let (start, end) = (after.xml.find("<w:body>").unwrap() + 8, after.xml.rfind("<w:sectPr>").unwrap());
            kept.body = refused(&after.xml[start..end]);
            prop_assert_eq!(texts(&docx::read(&kept.bytes()).unwrap()), old, "{}", kept.body);
        }
        // Paragraphs of the text that nothing was done to keep their bytes.
        let holder = |paragraph: usize| {
            let all = before.paragraphs();
            let span = all[paragraph].span.clone();
            all.iter().position(|p| p.span.start < span.start && span.end < p.span.end).unwrap_or(paragraph)
        };
        let done: Vec<usize> = changes.iter().map(|c| c.paragraph).chain(remarks.iter().map(|r| r.paragraph)).collect();
        for (i, (a, b)) in before.paragraphs().iter().zip(after.paragraphs()).enumerate() {
            let around = done.iter().any(|own| *own == i || holder(*own) == i);
            if !around {
                prop_assert_eq!(&before.xml[a.span.clone()], &after.xml[b.span.clone()]);
            }
        }
        for name in ["word/media/image1.png", "_rels/.rels"] {
            prop_assert_eq!(part(&bytes, name), part(&made, name));
        }
        if changes.is_empty() && remarks.is_empty() {
            prop_assert_eq!(made, bytes);
        } else if remarks.is_empty() {
            prop_assert_eq!(part(&bytes, "word/_rels/document.xml.rels"), part(&made, "word/_rels/document.xml.rels"));
        }
    }
}

/// The body of a file after changes of its only paragraph.
fn changed(inner: &str, tracked: bool, changes: &[(Range<usize>, &str)]) -> String {
    let bytes = Docx::new(par(inner)).bytes();
    let document = docx::read(&bytes).unwrap();
    let list =
        changes.iter().map(|(range, text)| Change { paragraph: 0, range: range.clone(), text: text.to_string() });
    let revision = Revision { changes: list.collect(), tracked, ..Revision::default() };
    let made = docx::read(&revision.apply(&bytes, &document).unwrap()).unwrap();
    let xml = &made.xml;
    xml[xml.find("<w:p>").unwrap() + 5..xml.find("</w:p>").unwrap()].to_string()
}

#[test]
fn the_first_run_gives_its_look() {
    let inner = format!("{}{}{}", run("增", ""), run("12", BOLD), run(".5%。", ""));
    let made = changed(&inner, false, &[(3..7, "8.1")]);
    let expected = format!("{}{}{}", run("增", ""), run("8.1", BOLD), run("%。", ""));
    assert_eq!(made, expected);
    // Blanks at an end that were not text are none now.
    let blank = changed("<w:r><w:t> 共3场 </w:t></w:r>", false, &[(3..4, "4"), (7..7, " ")]);
    assert_eq!(blank, "<w:r><w:t xml:space=\"preserve\">共4场 </w:t></w:r>");
}

#[test]
fn tracked_changes_cut_no_more_than_they_must() {
    let own = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>共36场</w:t></w:r>";
    assert_eq!(
        changed(own, true, &[(3..5, "40")]),
        "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">共</w:t></w:r><w:del w:id=\"1\" w:author=\"汇报\"><w:r w:rsidR=\"1\">\
         <w:rPr><w:b/></w:rPr><w:delText xml:space=\"preserve\">36</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"汇报\"><w:r w:rsidR=\"1\">\
         <w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">40</w:t></w:r></w:ins><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">场</w:t></w:r>"
    );
    // A whole run is deleted as it stands.
    let whole = changed("<w:r><w:t>36</w:t></w:r>", true, &[(0..2, "")]);
    assert_eq!(
        whole,
        "<w:del w:id=\"1\" w:author=\"汇报\"><w:r><w:delText xml:space=\"preserve\">36</w:delText></w:r></w:del>"
    );
}
