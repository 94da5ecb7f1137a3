//! How a diagnostic is printed: text sources with the line and a mark under the place,
//! cells with their sheet, address and row name.

use codespan_reporting::diagnostic::{Diagnostic as Report, Label, LabelStyle, Severity as Weight};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::{self, Chars, Config};

use super::visible::{visible, visible_lines};
use super::{Diagnostic, Origin, Place, SourceMap};

/// One diagnostic as text for a terminal without colour, ending in a newline.
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = String::new();
    let head = format!("{}[{}]", diagnostic.severity.label(), diagnostic.code);
    out.push_str(&format!("{head} {}\n", render_plain(diagnostic, sources)));
    out.push_str(&excerpt_of(diagnostic, sources));
    for (origin, note) in &diagnostic.related {
        out.push_str(&format!("  另见 {}：{}\n", visible(&sources.describe(*origin)), visible(note)));
    }
    for help in &diagnostic.helps {
        out.push_str(&format!("  怎么办：{}\n", visible(help)));
    }
    out
}

/// The first line only: place, subject and message, for lists.
pub fn render_plain(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let subject = diagnostic.subject.as_ref().map(|s| format!("（{s}）")).unwrap_or_default();
    let said = diagnostic.said();
    let line = match diagnostic.origin {
        Some(origin) => format!("{}{subject}：{said}", sources.describe(origin)),
        None => format!("{said}{subject}"),
    };
    visible(&line).into_owned()
}

/// The line of a text source with a mark under the place; empty where there is none.
pub fn excerpt_of(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    diagnostic.origin.and_then(|origin| excerpt(origin, sources)).unwrap_or_default()
}

/// The line of a text source with a mark under the place; display widths of Han
/// characters are codespan's business.
fn excerpt(origin: Origin, sources: &SourceMap) -> Option<String> {
    let Place::Text { line, column, length } = origin.place else { return None };
    let line_text = sources.line(origin.source, line)?.trim_end();
    // Only the line itself is handed on, so that a huge file costs nothing here.
    let window: String = line_text.chars().take(400).collect();
    let window = visible_lines(&window);
    let before = column.saturating_sub(1) as usize;
    if before > window.chars().count() {
        return None;
    }
    let start: usize = window.chars().take(before).map(char::len_utf8).sum();
    let len: usize = window[start..].chars().take(length.max(1) as usize).map(char::len_utf8).sum();
    let mut files = SimpleFiles::new();
    let id = files.add("", &*window);
    let end = (start + len).min(window.len());
    let report = Report::<usize>::new(Weight::Error).with_labels(vec![Label {
        style: LabelStyle::Primary,
        file_id: id,
        range: start..end,
        message: String::new(),
    }]);
    let config = Config { chars: Chars::ascii(), ..Config::default() };
    let mut text = String::new();
    term::emit_to_string(&mut text, &config, &files, &report).ok()?;
    // Keep the source line and the mark; the frame around them says nothing more.
    let body: Vec<&str> =
        text.lines().filter(|l| l.starts_with("1 |") || (l.starts_with("  |") && l.contains('^'))).collect();
    if body.is_empty() {
        return None;
    }
    // Of a Word file the number of a line says nothing: the paragraph has been named.
    let gutter = sources.paragraph(origin.source, line).map_or_else(|| line.to_string(), |_| "段".into());
    let mut out = String::new();
    for row in body {
        let rest = row.get(3..).unwrap_or("");
        let label = if row.starts_with("1 |") {
            gutter.clone()
        } else {
            " ".repeat(unicode_width::UnicodeWidthStr::width(&*gutter))
        };
        out.push_str(&format!("  {label} |{rest}\n"));
    }
    Some(out)
}
