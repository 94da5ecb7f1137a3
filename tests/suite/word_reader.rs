//! Word files of several makers: text, numbers, roles, tables, notes, and the place of each character.

use huibao::source::docx::{self, Anchored, Block, Document, Outline, Paragraph, Place, Role};

use super::word_kit::{BOLD, CENTER, Docx, KAI, RIGHT, cell, par, picture, png, row, run, set, styled, table, title};

fn read(docx: &Docx) -> Document {
    let document = docx::read(&docx.bytes()).unwrap_or_else(|d| panic!("{d:?}"));
    places_hold(&document);
    document
}

/// Each character stands where its piece says.
fn places_hold(document: &Document) {
    for paragraph in document.paragraphs() {
        let mut said = String::new();
        for (i, piece) in paragraph.pieces.iter().enumerate() {
            let end = paragraph.pieces.get(i + 1).map_or(paragraph.text.len(), |next| next.at as usize);
            let text = &paragraph.text[piece.at as usize..end];
            let written = &document.xml[piece.bytes.clone()];
            match text.len() == written.len() {
                true => assert_eq!(text, written),
                false => {
                    assert!(written.starts_with(['&', '<']) || written.contains(['\r', '\n']), "{text:?} {written:?}")
                }
            }
            let run = &paragraph.runs[piece.run as usize];
            assert!(run.span.start <= piece.bytes.start && piece.bytes.end <= run.span.end);
            said.push_str(text);
        }
        assert_eq!(said, paragraph.text, "pieces are the whole text");
        let own = &document.xml[paragraph.span.clone()];
        assert!(own.starts_with("<w:p") && (own.ends_with("</w:p>") || own.ends_with("/>")), "{own}");
    }
}

/// A line for each paragraph: place, role, number of a list, text.
fn told(document: &Document) -> String {
    let outline = Outline::of(document);
    let mut out = String::new();
    for (at, block) in document.body.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => out += &line(paragraph, Some(outline.role(at))),
            Block::Table(table) => {
                for row in &table.rows {
                    out += if row.header { "  表头" } else { "  表行" };
                    for cell in &row.cells {
                        let texts: Vec<&str> = cell.paragraphs().iter().map(|p| p.text.as_str()).collect();
                        out +=
                            &format!(" |{}{} {}", cell.columns, if cell.goes_on { "^" } else { "" }, texts.join("/"));
                    }
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn line(paragraph: &Paragraph, role: Option<&Role>) -> String {
    let number = paragraph.number.as_ref().map(|n| format!("[{}]", n.text)).unwrap_or_default();
    let role = match role {
        None | Some(Role::Text) => String::new(),
        Some(Role::Heading { level, number, run_in }) => {
            let ends = run_in.map(|end| format!("…{}", &paragraph.text[..end].chars().count())).unwrap_or_default();
            format!("标题{level}({}){ends} ", &paragraph.text[number.clone()])
        }
        Some(other) => format!("{other:?} "),
    };
    let text = paragraph.text.replace('\u{b}', "⏎").replace('\u{c}', "⇟");
    format!("{role}{number}{text}\n")
}

#[test]
fn word_cuts_runs_and_marks_the_text() {
    let body = par(
        "<w:proofErr w:type=\"spellStart\"/><w:r w:rsidR=\"00A1\"><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t>组织培</w:t></w:r>\
         <w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/><w:r><w:t>训</w:t></w:r><w:bookmarkEnd w:id=\"0\"/><w:smartTag w:element=\"x\"><w:r><w:t>36</w:t></w:r></w:smartTag>\
         <w:hyperlink r:id=\"rId9\"><w:r><w:t>场&amp;次</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t xml:space=\"preserve\"> 甲 </w:t><w:br/><w:t> 乙 </w:t><w:br w:type=\"page\"/>\
         <w:noBreakHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:lastRenderedPageBreak/><w:cr/></w:r>",
    );
    insta::assert_snapshot!(told(&read(&Docx::new(body))));
}

#[test]
fn tracked_changes_are_accepted() {
    let body = [
        par("<w:r><w:t>培训</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>32</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>36</w:t></w:r></w:ins><w:r><w:t>场。</w:t></w:r>"),
        "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>".into(),
        par("后半。"),
        "<w:moveFrom w:id=\"4\"><w:p><w:r><w:t>移走</w:t></w:r></w:p></w:moveFrom>".into(),
        par("<w:moveTo w:id=\"5\"><w:r><w:t>移来</w:t></w:r></w:moveTo>"),
        table(&[row(&["甲"]), "<w:tr><w:trPr><w:del w:id=\"6\"/></w:trPr><w:tc><w:p><w:r><w:t>删去的行</w:t></w:r></w:p></w:tc></w:tr>".into()]),
        "<w:p><w:pPr><w:pPrChange w:id=\"7\"><w:pPr><w:pStyle w:val=\"Heading1\"/><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr>\
         <w:r><w:rPr><w:rPrChange w:id=\"8\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>改过格式</w:t></w:r></w:p>".into(),
    ];
    let document = docx::read(&Docx::new(body.concat()).bytes()).unwrap();
    insta::assert_snapshot!(told(&document));
    assert_eq!(document.seen.tracked, 6);
    let bold = document.paragraphs().iter().flat_map(|p| &p.runs).any(|r| r.face.bold == Some(true));
    assert!(!bold, "what a run was before is not what it is");
}

#[test]
fn fields_give_their_results() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {instruction} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let toc = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录里的一行</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let typed = [
        par(&format!(
            "{}<w:r><w:t>不印</w:t></w:r>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        )),
        par("<w:r><w:t>也不印</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
    ];
    let body = [
        toc.to_string(),
        typed.concat(),
        par(&format!("<w:r><w:t>表</w:t></w:r>{}<w:r><w:t> 经费</w:t></w:r>", field("SEQ 表 \\* ARABIC", "1"))),
        par("<w:fldSimple w:instr=\" DATE \"><w:r><w:t>2026年</w:t></w:r></w:fldSimple>"),
        par(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>填好的</w:t></w:r></w:sdtContent></w:sdt>",
        ),
        par(&run("看不见", "<w:vanish/>")),
        par("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"),
        par(
            "<w:r><w:ruby><w:rt><w:r><w:t>ji</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>季</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ),
    ];
    let document = read(&Docx::new(body.concat()));
    insta::assert_snapshot!(told(&document));
    assert_eq!((document.seen.contents, document.seen.hidden, document.seen.formulas), (2, 1, 1));
}

#[test]
fn notes_comments_boxes_and_margins() {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let boxed = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>\
        <mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let body = [
        par(&format!("<w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>{boxed}")),
        par(&format!(
            "<w:commentRangeStart w:id=\"5\"/>{}<w:commentRangeEnd w:id=\"5\"/>{}",
            run("有批注", ""),
            picture("rId4", "活动现场")
        )),
        par("<w:r><w:pict><v:line/></w:pict></w:r>"),
    ];
    let docx = Docx::new(body.concat())
        .with("footnotes", "word/footnotes.xml", format!("<w:footnotes {w}><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>脚注。</w:t></w:r></w:p></w:footnote></w:footnotes>"))
        .with("comments", "word/comments.xml", format!("<w:comments {w}><w:comment w:id=\"5\" w:author=\"科长\"><w:p><w:r><w:t>核一下</w:t></w:r></w:p></w:comment></w:comments>"))
        .with("footer", "word/footer1.xml", format!("<w:ftr {w}><w:p><w:r><w:t>第1页</w:t></w:r></w:p></w:ftr>"))
        .with("image", "word/media/image1.png", png())
        .with("header", "word/header1.xml", format!("<w:hdr {w}><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>"));
    let document = read(&docx);
    assert_eq!(document.notes.len(), 1);
    assert_eq!(document.notes[0].paragraphs[0].text, "脚注。");
    assert_eq!((document.comments[0].author.as_str(), document.comments[0].text.as_str()), ("科长", "核一下"));
    assert_eq!(document.margins, ["内部资料"], "a page number says nothing");
    let paragraphs = document.paragraphs();
    let places: Vec<&Place> = paragraphs.iter().map(|p| &p.place).collect();
    assert_eq!(places, [&Place::Body(1), &Place::TextBox(1), &Place::Body(2), &Place::Body(3)]);
    assert_eq!(paragraphs[1].text, "框里的字", "the fallback for older programs is not read as well");
    let pictures: Vec<_> = paragraphs[2]
        .anchors
        .iter()
        .filter_map(|a| match &a.what {
            Anchored::Picture(picture) => Some((picture.part.as_str(), picture.alt.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(pictures, [("word/media/image1.png", "活动现场")]);
    assert!(docx::part(&docx.bytes(), "word/media/image1.png").is_some());
    assert_eq!(document.seen.shapes, 1);
}

/// Styles as Word in Chinese writes them: ids are numbers, names are English.
const WORD_STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"32\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"a3\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"a\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"44\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"x\"><w:name w:val=\"三级\"/><w:basedOn w:val=\"y\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"y\"><w:name w:val=\"绕回\"/><w:basedOn w:val=\"x\"/></w:style>";

/// Lists as Word and WPS number the levels of an official text, and a bullet.
const LISTS: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%3\"/><w:isLgl/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num>\
    <w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>";

fn listed(list: u32, level: u32, text: &str) -> String {
    set(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

#[test]
fn word_in_chinese_with_styles() {
    let body = [
        styled("a3", "关于联络站工作情况的"),
        styled("a3", "汇报"),
        set("<w:pStyle w:val=\"a\"/>", "青河区人大常委会："),
        par("现将情况汇报如下："),
        styled("1", "一、基本情况"),
        styled("2", "建设情况"),
        styled(
            "2",
            "（二）运行情况。全镇联络站运行正常，代表进站接待群众的次数逐年增加，收集意见建议的渠道不断拓宽，办理的效率明显提高。",
        ),
        styled("x", "1.接待情况"),
        set("<w:outlineLvl w:val=\"3\"/>", "（1）分组"),
        par("正文。"),
        set(RIGHT, "云溪镇人大主席团"),
        set(RIGHT, "2026年12月5日"),
    ];
    let document = read(&Docx::new(body.concat()).styles(WORD_STYLES));
    assert_eq!(document.size, 32);
    insta::assert_snapshot!(told(&document));
}

#[test]
fn numbers_that_word_writes_itself() {
    let body = [
        title("汇报"),
        listed(1, 0, "基本情况"),
        listed(1, 1, "建设情况"),
        listed(1, 1, &format!("{}{}", run("运行情况。", BOLD), run("运行正常。", ""))),
        listed(1, 2, "第三层不是公文的序号"),
        listed(1, 0, "主要成效"),
        listed(1, 1, "从头数"),
        listed(2, 0, "一项"),
        listed(3, 0, "第一"),
        listed(3, 0, "第二"),
        listed(4, 0, "从七起"),
        listed(9, 0, "没有这个列表"),
    ];
    insta::assert_snapshot!(told(&read(&Docx::new(body.concat()).numbering(LISTS))));
}

#[test]
fn numbers_typed_without_styles() {
    let mixed = |lead: &str, face: &str, rest: &str| par(&format!("{}{}", run(lead, face), run(rest, "")));
    let body = [
        title("关于联络站工作的汇报"),
        set(CENTER, "云溪镇人大主席团"),
        set(CENTER, "（2026年12月5日）"),
        par("　　一、基本情况"),
        par("　　（一）强化领导。健全机制，落实责任。"),
        mixed("1.抓培训。", KAI, "组织培训36场。"),
        par("2.抓接待。接待群众1286人次。"),
        par("3.培训36场；"),
        par("（1）分组"),
        par("（一）全镇共有联络站17个。"),
        par("　　36.5万元用于培训。"),
        par("2026.9.30完成。"),
        par("三、跳号也是标题"),
        par("第一，思想重视。"),
    ];
    insta::assert_snapshot!(told(&read(&Docx::new(body.concat()))));
}

#[test]
fn headings_by_their_look_alone() {
    let hei = "<w:rFonts w:eastAsia=\"黑体\"/>";
    let body = [
        title("联络站工作总结"),
        par(&run("基本情况", hei)),
        par(&run("建设情况", KAI)),
        par("全镇建成联络站17个。"),
        par(&run("这一句加粗了，但它是一句话。", BOLD)),
        par(&format!("{}{}", run("培训", BOLD), run("36场", ""))),
        par(&run("表1 各镇经费", hei)),
    ];
    insta::assert_snapshot!(told(&read(&Docx::new(body.concat()))));
}

#[test]
fn tables_with_merged_cells() {
    let merged = |properties: &str, text: &str| cell(properties, text);
    let body = table(&[
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>",
            merged("<w:vMerge w:val=\"restart\"/>", "名称"),
            merged("<w:gridSpan w:val=\"2\"/>", "培训")
        ),
        row(&[&merged("<w:vMerge/>", ""), "场次", "人次"]),
        row(&["云溪镇", "36", &cell("", &[par("1286"), table(&[row(&["套表"])]), par("")].concat())]),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", row(&["和平镇", "1", "2"])),
    ]);
    let document = read(&Docx::new(body));
    insta::assert_snapshot!(told(&document));
    let places: Vec<Place> = document.paragraphs().iter().map(|p| p.place.clone()).collect();
    assert_eq!(places[0], Place::Cell(1, 1, 1));
    assert_eq!(places[4], Place::Cell(1, 2, 3));
    assert_eq!(places.last(), Some(&Place::Cell(1, 4, 3)));
}

/// pandoc, python-docx and LibreOffice name and nest things in their own ways.
#[test]
fn other_makers() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"Heading 1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"FirstParagraph\"><w:name w:val=\"First Paragraph\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let body = [
        styled("Title", "Annual report"),
        styled("Heading1", "基本情况"),
        styled("FirstParagraph", "<w:r><w:t xml:space=\"preserve\">甲 </w:t></w:r><w:r><w:rPr><w:bCs/><w:b/></w:rPr><w:t>乙</w:t></w:r>"),
        styled("ListBullet", "一项"),
        // LibreOffice leaves out what is zero and writes runs without properties.
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:rPr></w:rPr><w:t>主要成效</w:t></w:r></w:p>".into(),
        "<w:p/>".into(),
    ];
    insta::assert_snapshot!(told(&read(&Docx::new(body.concat()).styles(styles).numbering(LISTS))));
}

#[test]
fn a_strict_file_and_other_prefixes() {
    let strict = Docx { space: Some("http://purl.oclc.org/ooxml/wordprocessingml/main"), ..Docx::new(par("正文")) };
    insta::assert_snapshot!(told(&read(&strict)));
}

#[test]
fn byte_ranges_lead_to_the_text_of_the_part() {
    let document = read(&Docx::new(par(&format!("{}{}", run("培训36", ""), run("场&次", BOLD)))));
    let paragraph = document.paragraphs()[0];
    let written = |text: &str| {
        let at = paragraph.text.find(text).unwrap();
        &document.xml[paragraph.bytes(at..at + text.len()).unwrap()]
    };
    assert_eq!(written("36"), "36");
    assert_eq!(written("&次"), "&amp;次");
    assert_eq!(written("训36场"), "训36</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">场");
}

#[test]
fn files_that_are_no_docx_say_how_to_save_one() {
    let told = |bytes: &[u8]| {
        let found = docx::read(bytes).unwrap_err();
        format!("{} {}｜{}", found.code.name(), found.message, found.helps.join("；"))
    };
    insta::assert_snapshot!(
        [
            told(b""),
            told(&cfb_of("WordDocument")),
            told(&cfb_of("EncryptedPackage")),
            told(&cfb_of("Workbook")),
            told(b"{\\rtf1 }"),
            told(b"%PDF-1.7"),
            told("<html>网页</html>".as_bytes()),
            told("文字".as_bytes()),
            told(b"PK\x03\x04"),
        ]
        .join("\n")
    );
}

/// A compound file with one stream.
fn cfb_of(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream(format!("/{stream}")).unwrap();
    file.into_inner().into_inner()
}
