//! The texts of a Word file, each with what stands around it.

use super::place::Text;
use crate::source::docx::{Block, Document, Outline, Paragraph, Role, Table};

/// The texts of a Word file that are not blank, each with the number of its paragraph.
pub fn texts(document: &Document) -> Vec<(usize, Text)> {
    let outline = Outline::of(document);
    let order: Vec<&Paragraph> = document.paragraphs();
    let number = |paragraph: &Paragraph| order.iter().position(|own| std::ptr::eq(*own, paragraph));
    let mut found = Vec::new();
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut caption = String::new();
    let mut tables = 0;
    for (at, block) in document.body.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => {
                let said = paragraph.text.trim();
                let headings = above.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
                if let Role::Heading { level, run_in, .. } = outline.role(at) {
                    above.retain(|(own, _)| own < level);
                    let end = run_in.unwrap_or(paragraph.text.len()).min(paragraph.text.len());
                    above.push((*level, paragraph.text.get(..end).unwrap_or(said).to_owned()));
                }
                if !said.is_empty() {
                    caption = said.to_owned();
                    let text = Text { text: paragraph.text.clone(), above: headings, ..Text::default() };
                    found.extend(number(paragraph).map(|number| (number, text)));
                }
                for anchor in &paragraph.anchors {
                    if let crate::source::docx::Anchored::TextBox(inside) = &anchor.what {
                        let own = inside.iter().filter(|own| !own.is_blank());
                        found.extend(own.filter_map(|own| {
                            Some((number(own)?, Text { text: own.text.clone(), ..Text::default() }))
                        }));
                    }
                }
            }
            Block::Table(own) => {
                let headings = above.last().map_or("", |(_, text)| text.as_str());
                let caption = if caption.chars().count() <= 40 { caption.as_str() } else { "" };
                table(own, tables, &format!("{caption} {headings}"), &number, &mut found);
                tables += 1;
            }
        }
    }
    found
}

fn table(
    table: &Table,
    at: usize,
    above: &str,
    number: &dyn Fn(&Paragraph) -> Option<usize>,
    found: &mut Vec<(usize, Text)>,
) {
    let mut headers: Vec<String> = Vec::new();
    for (line, row) in table.rows.iter().enumerate() {
        let said = |cell: &crate::source::docx::Cell| {
            cell.paragraphs().iter().map(|p| p.text.trim()).collect::<Vec<_>>().join("")
        };
        let label: String =
            row.cells.iter().map(said).take(2).filter(|text| !is_number(text)).collect::<Vec<_>>().join(" ");
        let mut column = 0;
        for cell in &row.cells {
            let width = usize::from(cell.columns.max(1));
            let text = said(cell);
            if headers.len() < column + width {
                headers.resize(column + width, String::new());
            }
            let head = line == 0 || row.header;
            if head {
                headers[column..column + width].iter_mut().for_each(|own| own.push_str(&text));
            }
            for paragraph in cell.paragraphs().into_iter().filter(|own| !own.is_blank()) {
                let (own_row, own_column) =
                    if head { (String::new(), String::new()) } else { (label.clone(), headers[column].clone()) };
                let text = Text {
                    text: paragraph.text.clone(),
                    above: above.to_owned(),
                    row: own_row,
                    column: own_column,
                    cell: true,
                    grid: Some((at, line, column)),
                };
                found.extend(number(paragraph).map(|number| (number, text)));
            }
            column += width;
        }
    }
}

fn is_number(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '-')
}
