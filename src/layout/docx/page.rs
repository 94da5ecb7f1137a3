//! The page: sheet, margins, grid of 22 lines, page numbers by 7.5, the mark of a draft.

use docx_rs::{
    AlignmentType, DocGrid, DocGridType, Docx, Footer, Header, PageMargin, PageNum, Paragraph, Run, RunFonts,
};

use super::super::profile::Profile;
use super::super::standard::{Face, PAGE_HEIGHT, PAGE_NUMBER_INDENT, PAGE_WIDTH, SIZE_4, twip};
use super::super::terms::NumberForm;
use super::styles::{id, pitch};

/// Height of the header above the edge of the sheet, twip.
pub(super) const HEADER: i32 = 851;
/// How far below the type area the line of the page number ends, twip: puts its 一字线 7 mm below.
const FOOTER: i32 = 537;

/// Sets up the only section of a report.
pub fn set_up(docx: Docx, draft: bool, profile: &Profile) -> Docx {
    let margin = PageMargin {
        top: twip(profile.grid.top),
        right: twip(profile.grid.right),
        bottom: twip(profile.grid.bottom),
        left: twip(profile.grid.left),
        header: HEADER,
        footer: twip(profile.grid.bottom) - FOOTER,
        gutter: 0,
    };
    let mut docx = docx.page_size(twip(PAGE_WIDTH) as u32, twip(PAGE_HEIGHT) as u32).page_margin(margin);
    let kind = if profile.on_grid() { DocGridType::Lines } else { DocGridType::Default };
    docx.document = docx.document.doc_grid(DocGrid::new().grid_type(kind).line_pitch(pitch(profile) as usize));
    let [odd, even] = match profile.number_centred {
        true => [AlignmentType::Center; 2],
        false => [AlignmentType::Right, AlignmentType::Left],
    };
    docx = docx.footer(number(odd, profile.number_form)).even_footer(number(even, profile.number_form));
    if draft { docx.header(mark()).even_header(mark()) } else { docx }
}

/// 4号 digits between 一字线, 空一字 from the outer edge.
fn number(side: AlignmentType, form: NumberForm) -> Footer {
    let inset = (PAGE_NUMBER_INDENT * SIZE_4 * 20.0).round() as i32;
    let paragraph = Paragraph::new().style(id::FOOTER).align(side);
    let paragraph = match side {
        AlignmentType::Right => paragraph.indent(Some(0), None, Some(inset), None),
        AlignmentType::Left => paragraph.indent(Some(inset), None, Some(0), None),
        _ => paragraph,
    };
    if form != NumberForm::Dashes {
        let (before, behind) = form.around();
        let text = |text: &str| Run::new().add_text(text);
        let around = |paragraph: Paragraph, words: &str| match words.is_empty() {
            true => paragraph,
            false => paragraph.add_run(text(words)),
        };
        return Footer::new().add_paragraph(around(around(paragraph, before).add_page_num(PageNum::new()), behind));
    }
    // See `section::dash`: a full character in every face.
    let face = Face::FangSong.office();
    let fonts = RunFonts::new().ascii(face).hi_ansi(face).east_asia(face).cs(face);
    let dash = || Run::new().fonts(fonts.clone()).add_text("—");
    let blank = || Run::new().add_text(" ");
    let paragraph = paragraph.add_run(dash()).add_run(blank()).add_page_num(PageNum::new());
    Footer::new().add_paragraph(paragraph.add_run(blank()).add_run(dash()))
}

/// 草稿 above the text.
pub(super) fn mark() -> Header {
    Header::new().add_paragraph(Paragraph::new().style(id::HEADER).add_run(Run::new().add_text("草稿")))
}
