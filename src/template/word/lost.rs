//! What of a Word file's own look does not come over, said once.

use crate::diagnostic::{Diagnostic, codes};
use crate::source::docx::{Anchored, Block, Document, Outline, Paragraph, Run, Section};
use crate::source::small::raised;

/// What was left out on the way, counted.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Tables in tables.
    pub nested: usize,
    /// Pictures in cells.
    pub in_cells: usize,
    /// Pictures that no PDF can hold, by their parts.
    pub pictures: Vec<String>,
}

/// The notice; `None` where nothing is lost.
pub fn told(document: &Document, outline: &Outline, left: &LeftOut) -> Option<Diagnostic> {
    let mut lost = Vec::new();
    let mut count = |what: &str, n: usize| {
        if n > 0 {
            lost.push(format!("{what}{n}处"));
        }
    };
    let paragraphs = document.paragraphs();
    // Headings have the colours of their styles; those of the layout take their place.
    let plain = |p: &&&Paragraph| p.set.outline.is_none_or(|level| level > 9) && *p.style != *"Title";
    let runs = || paragraphs.iter().filter(plain).flat_map(|p| &p.runs).filter(|run| !run.range.is_empty());
    // An annex may lie sideways; the text does not.
    let main = outline.annexes().first().map_or(document.body.len(), |annex| annex.blocks.start);
    let sections: Vec<Section> = document.body[..main].iter().filter_map(section).collect();
    count("页眉页脚的文字", document.margins.len());
    count("目录", document.seen.contents);
    count("脚注和尾注（文字也没有印）", document.notes.len());
    count("彩色的字", runs().filter(|run| run.face.coloured == Some(true)).count());
    count("下划线", runs().filter(|run| run.face.underline == Some(true)).count());
    count("没有小字形的上标下标", paragraphs.iter().filter(plain).map(|p| unsmall(p)).sum());
    count("横排的页", sections.iter().filter(|section| section.landscape).count());
    count("分栏", sections.iter().filter(|section| section.columns).count());
    count("文本框的位置", boxes(document));
    count("图形", document.seen.shapes);
    count("Word 图表", document.seen.charts);
    count("嵌入的对象", document.seen.objects);
    count("公式的版式", document.seen.formulas);
    count("隐藏的文字", document.seen.hidden);
    count("表格里的图片", left.in_cells);
    count("表格里的表格", left.nested);
    count("不能用的图片（不是 PNG、JPG、SVG）", left.pictures.len());
    if lost.is_empty() {
        return None;
    }
    let message = format!("版面由程序按标准排，Word 文件里这些没有带过来：{}", lost.join("、"));
    Some(
        Diagnostic::new(codes::T060, message)
            .help("不用处理；要印的内容写进正文，图表用 {{ 图表(…) }}、图片用 {{ 图片(…) }}"),
    )
}

fn section(block: &Block) -> Option<Section> {
    match block {
        Block::Paragraph(paragraph) => paragraph.section,
        Block::Table(_) => None,
    }
}

fn boxes(document: &Document) -> usize {
    let anchors = document.paragraphs().into_iter().flat_map(|p| &p.anchors);
    anchors.filter(|anchor| matches!(anchor.what, Anchored::TextBox(_))).count()
}

/// Runs of 上标 or 下标 with characters that have no small form: `SO₂` has one, a raised 注 has none.
fn unsmall(paragraph: &Paragraph) -> usize {
    let typed = |run: &&Run| {
        matches!(run.face.raised, Some(Some(_)))
            && paragraph.text[run.range.clone()].chars().any(|c| raised(c).is_none() && !c.is_whitespace())
    };
    paragraph.runs.iter().filter(typed).count()
}
