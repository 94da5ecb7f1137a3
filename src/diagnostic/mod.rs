//! What the user is told: one message for each mistake, with its place, what was
//! expected and what to do. Every stage turns its own errors into a [`Diagnostic`];
//! only this module decides how one is printed and which exit code it leads to.

pub mod codes;
mod exit;
pub mod fault;
mod group;
mod map;
mod origin;
mod render;
mod script;
mod severity;
mod visible;

pub use codes::Code;
pub use exit::Exit;
pub use group::{Cause, grouped, short_place, together};
pub use map::{Source, SourceMap};
pub use origin::{Origin, Place, SourceId, cell_name, column_name};
pub use render::{excerpt_of, render, render_plain};
pub use script::{Lines, Script, Shifts};
pub use severity::Severity;
pub use visible::{sign, visible, visible_lines};

/// One message to the user, in the user's words (simplified Chinese).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its row in the table.
    pub code: Code,
    /// How much it weighs; only an error stops a report.
    pub severity: Severity,
    /// Exit code that an error of this kind leads to.
    pub exit: Exit,
    /// Where it is; `None` only where no place exists (a flag, the whole run).
    pub origin: Option<Origin>,
    /// What stands at that place, in the clerk's words: `云溪镇 · 经费`.
    pub subject: Option<String>,
    /// The name of data that it is about, where a program asks for it.
    pub named: Option<Box<str>>,
    /// What is wrong and what was expected, one sentence without a final 。
    pub message: String,
    /// Further places where the same is wrong: the message counts them, a marked copy marks them.
    pub others: Vec<Origin>,
    /// What to do, a sentence each.
    pub helps: Vec<String>,
    /// Further places with a note each, such as the first use of a repeated name.
    pub related: Vec<(Origin, String)>,
    /// Names of the data that may be meant, each with the template's name that it may stand for.
    pub pairs: Vec<(Box<str>, Box<str>)>,
}

impl Diagnostic {
    /// A message of a code, with the weight and the exit code that its row gives it.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            exit: code.exit(),
            origin: None,
            subject: None,
            named: None,
            message: message.into(),
            others: Vec::new(),
            helps: Vec::new(),
            related: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// The same at another weight than its code usually has.
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With its place, which is printed in front.
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Further places where the same is wrong.
    pub fn and_at(mut self, others: impl IntoIterator<Item = Origin>) -> Self {
        self.others.extend(others);
        self
    }

    /// With what stands at the place, in the clerk's words (`云溪镇 · 经费`).
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// The name of data that it is about.
    pub fn named(mut self, name: impl Into<Box<str>>) -> Self {
        self.named = Some(name.into());
        self
    }

    /// With one more thing to do, a sentence without 。; following it must lead to a right report.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// With a further place and what is there, such as the first use of a repeated name.
    pub fn also(mut self, origin: Origin, note: impl Into<String>) -> Self {
        self.related.push((origin, note.into()));
        self
    }

    /// Names of the data that may stand for one of the template's. One is proposed as a line of 对应
    /// to copy, of several the reader has to choose.
    pub fn may_be<'n>(self, data: impl IntoIterator<Item = &'n str>, template: &str) -> Self {
        let place = self.origin;
        self.may_be_at(place, data, template)
    }

    /// The same, with the place of the data where the message is about another one.
    pub fn may_be_at<'n>(
        mut self,
        place: Option<Origin>,
        data: impl IntoIterator<Item = &'n str>,
        template: &str,
    ) -> Self {
        self.pairs.extend(data.into_iter().map(|name| (name.into(), template.into())));
        let in_text = matches!(place.map(|origin| origin.place), Some(Place::Text { .. }));
        let line = |name: &str| match in_text {
            true => format!("在 huibao.yaml 里写：对应: {{{name}: {template}}}"),
            false => format!("在“对应”表里加一行：{name} | {template}"),
        };
        let names: Vec<&str> = self.pairs.iter().map(|(name, _)| &**name).collect();
        let help = match names.as_slice() {
            [] => return self,
            [only] => format!("如果就是“{only}”，又不改名称，{}", line(only)),
            [first, ..] => format!("可能是{}中的一个：认准是哪一个，例如{}", quoted(&names), line(first)),
        };
        self.help(help)
    }

    /// With another exit code than the row of its code has.
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The first of several messages, with the places of the others.
    pub fn first_of(told: Vec<Diagnostic>) -> Option<Diagnostic> {
        let mut told = told.into_iter();
        let mut first = told.next()?;
        first.others.extend(told.filter_map(|d| d.origin));
        Some(first)
    }

    /// The column that it is about: the last part of `云溪镇 · 经费`.
    pub fn column(&self) -> Option<&str> {
        self.subject.as_deref()?.rsplit_once(" · ").map(|(_, column)| column)
    }

    /// Whether it stops a final report.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect()
}

/// True when any of them is an error.
pub fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The known name nearest to a misspelt one, if one is near enough to be worth naming.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in known {
        let distance = strsim::osa_distance(name, candidate);
        let inside = length >= 2 && (candidate.contains(name) || name.contains(candidate)) && !candidate.is_empty();
        let rank = if inside { distance.min(1) } else { distance };
        let limit = match length {
            0..=1 => 0,
            2..=3 => 1,
            4..=6 => 2,
            _ => 3,
        };
        if candidate != name && rank <= limit && best.is_none_or(|(d, _)| rank < d) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, name)| name)
}
