//! The tree of a YAML file: scalars as written, everything with its place.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Origin, codes, nearest};

/// A value of the file and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub kind: NodeKind,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A scalar as written (after quotes and escapes); its meaning is the reader's business.
    Scalar {
        text: Arc<str>,
        style: Style,
    },
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: may be a number, a date, empty.
    Plain,
    /// In quotes, or tagged `!!str`: text whatever it looks like.
    Quoted,
    /// `|` or `>`: text of several lines.
    Block,
}

/// Pairs in the order of the file; keys are unique.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    pub entries: Vec<Entry>,
}

/// One `key: value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Arc<str>,
    pub key_origin: Origin,
    pub value: Node,
}

impl Node {
    /// The text of a scalar; a blank value is the empty text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.kind {
            NodeKind::Mapping(m) => Some(m),
            _ => None,
        }
    }

    pub fn as_sequence(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Value of a key, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.get(key)
    }

    /// Nothing was written: an empty value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, style: Style::Plain }
            if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// `true`/`false`/`是`/`否` without quotes (and only these: `no` is text).
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            NodeKind::Scalar { text, style: Style::Plain } => match &**text {
                "true" | "True" | "TRUE" | "是" => Some(true),
                "false" | "False" | "FALSE" | "否" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// What stands here, in the user's words.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            NodeKind::Scalar { .. } if self.is_null() => "空白",
            NodeKind::Scalar { .. } => "一个值",
            NodeKind::Sequence(_) => "列表",
            NodeKind::Mapping(_) => "“键: 值”的组",
        }
    }

    /// The text of a scalar that must be there; `what` is the key's name.
    pub fn expect_str(&self, what: &str) -> Result<&str, Box<Diagnostic>> {
        match self.as_str() {
            Some(text) if !self.is_null() => Ok(text),
            _ => Err(Box::new(self.wrong_kind(what, "一个值"))),
        }
    }

    pub fn expect_mapping(&self, what: &str) -> Result<&Mapping, Box<Diagnostic>> {
        self.as_mapping().ok_or_else(|| Box::new(self.wrong_kind(what, "“键: 值”的组")))
    }

    pub fn expect_sequence(&self, what: &str) -> Result<&[Node], Box<Diagnostic>> {
        self.as_sequence().ok_or_else(|| Box::new(self.wrong_kind(what, "列表")))
    }

    fn wrong_kind(&self, what: &str, expected: &str) -> Diagnostic {
        Diagnostic::new(codes::Y020, format!("“{what}”应为{expected}，这里是{}", self.kind_name())).at(self.origin)
    }
}

impl Mapping {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.value)
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| &*e.key == key)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| &*e.key)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// An error for each key that is not in `known`, naming the nearest known one;
    /// `what` says what the group describes, such as `字段`.
    pub fn refuse_unknown(&self, known: &[&str], what: &str) -> Vec<Diagnostic> {
        let unknown = self.entries.iter().filter(|e| !known.contains(&&*e.key));
        unknown
            .map(|e| {
                let error = Diagnostic::new(codes::Y021, format!("{what}没有“{}”这个键", e.key)).at(e.key_origin);
                match nearest(&e.key, known.iter().copied()) {
                    Some(near) => error.help(format!("是不是“{near}”？")),
                    None => error.help(format!("可用的键：{}", known.join("、"))),
                }
            })
            .collect()
    }
}
