//! What is asked in a comment, and what a person answers there.

use std::path::Path;

use super::figure::{Figure, State};
use super::place::Text;
use super::read::Reader;
use super::write::Tag;
use crate::diagnostic::Diagnostic;
use crate::source::docx::{self, Anchored};
use crate::source::file;

/// With what a question begins.
const ASKED: &str = "待认：";
/// With what the line begins on which it is answered.
const ANSWER: &str = "在这里写下号数";

/// What a person chose for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The paragraph of the report.
    pub paragraph: usize,
    /// Among the figures of the paragraph that are asked about and read alike.
    pub order: usize,
    /// The figure as it stands.
    pub written: String,
    /// A number of the list, or an expression.
    pub said: String,
}

/// What a comment asks about a figure.
pub fn question(figure: &Figure, cells: impl Fn(&str) -> Vec<String>) -> String {
    let mut text = format!("{ASKED}{}", figure.written);
    for (at, tag) in figure.candidates.iter().enumerate() {
        let cells = shortened(&cells(&tag.expression));
        let cells = if cells.is_empty() { String::new() } else { format!("（{cells}）") };
        text.push_str(&format!("\n{}. {}{cells}", at + 1, tag.expression));
    }
    text.push_str(&format!("\n{ANSWER}（都不是写 0，也可以写表达式）："));
    text
}

/// The first cells and how many there are.
pub fn shortened(cells: &[String]) -> String {
    match cells {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first}、{second}"),
        [first, ..] => format!("{first}等{}个单元格", cells.len()),
    }
}

/// The answers in the comments of a template that was learned before.
pub fn choices(path: &Path) -> Result<Vec<Choice>, Box<Diagnostic>> {
    let bytes = file::read(path, file::MAX_FILE_BYTES)?;
    let document = docx::read(&bytes)?;
    let text =
        |id: &str| document.comments.iter().find(|comment| comment.id == id).map(|comment| comment.text.as_str());
    let mut found: Vec<Choice> = Vec::new();
    for (paragraph, own) in document.paragraphs().iter().enumerate() {
        let comments = own.anchors.iter().filter_map(|anchor| match &anchor.what {
            Anchored::Comment(id) => Some((anchor.at, text(id)?)),
            _ => None,
        });
        let comments: Vec<(usize, &str)> = comments.collect();
        let mut asked: Vec<String> = Vec::new();
        for (at, question) in comments.iter().filter(|(_, text)| text.starts_with(ASKED)) {
            let written = question.lines().next().unwrap_or_default().trim_start_matches(ASKED).to_owned();
            let order = asked.iter().filter(|other| **other == written).count();
            asked.push(written.clone());
            // A reply is a comment of its own at the same place.
            let reply = || {
                comments
                    .iter()
                    .find(|(other, text)| other == at && !text.starts_with(ASKED))
                    .map(|(_, text)| text.trim().to_owned())
            };
            let said = answer(question).or_else(reply).filter(|said| !said.is_empty());
            found.extend(said.map(|said| Choice { paragraph, order, written, said }));
        }
    }
    Ok(found)
}

/// What stands behind the colon of the last line, or below it.
fn answer(question: &str) -> Option<String> {
    let at = question.rfind(ANSWER)?;
    let rest = &question[at..];
    let said = rest.split_once(['：', ':'])?.1.trim();
    (!said.is_empty()).then(|| said.to_owned())
}

/// Makes a figure what was chosen for it.
pub fn follow(choice: &Choice, figure: &mut Figure, text: &Text, reader: &Reader) -> Result<(), String> {
    let said = choice.said.trim().trim_end_matches(['.', '。', '、']);
    if let Ok(number) = said.parse::<usize>() {
        let Some(at) = number.checked_sub(1) else {
            figure.state = State::NoData;
            figure.candidates.clear();
            return Ok(());
        };
        let Some(tag) = figure.candidates.get(at).cloned() else {
            return Err(format!("“{}”选的是第{number}种，批注里只有{}种", choice.written, figure.candidates.len()));
        };
        bind(figure, tag);
        return Ok(());
    }
    let expression = said.trim_matches(['{', '}', '｛', '｝', ' ']).replace(['“', '”'], "\"");
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let own = &text.text[figure.start..figure.end];
    let from = figure.start + own.find(digits).unwrap_or(0);
    let length = text.text[from..figure.end].find(|c| !digits(c)).unwrap_or(figure.end - from);
    for (start, end) in [(figure.start, figure.end), (from, from + length)] {
        let tag = Tag { start, end, expression: expression.clone() };
        if reader.prints(&tag, &text.text) {
            bind(figure, tag);
            return Ok(());
        }
    }
    Err(format!("“{}”选的表达式“{expression}”得不出这个数", choice.written))
}

fn bind(figure: &mut Figure, tag: Tag) {
    (figure.start, figure.end) = (tag.start, tag.end);
    figure.state = State::Bound;
    figure.tag = Some(tag);
    figure.candidates.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_behind_the_last_line() {
        let asked = "待认：36\n1. 培训场次\n2. 接待次数\n在这里写下号数（都不是写 0，也可以写表达式）：";
        assert_eq!(answer(asked), None);
        assert_eq!(answer(&format!("{asked}2")).as_deref(), Some("2"));
        assert_eq!(answer(&format!("{asked}\n培训.场次")).as_deref(), Some("培训.场次"));
    }
}
