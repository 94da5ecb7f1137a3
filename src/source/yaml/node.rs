//! The tree of a YAML file: scalars as written, everything with its place.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Origin, codes, nearest};

/// A value of the file and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands there.
    pub kind: NodeKind,
    /// Line and column of its first character.
    pub origin: Origin,
}

/// The three things that YAML 1.2 knows; aliases and merge keys (`<<`) are put in place already.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A scalar as written (after quotes and escapes); its meaning is the reader's business.
    Scalar {
        /// The characters themselves, without quotes; empty where nothing stands behind the colon.
        text: Arc<str>,
        /// Tells `"000001"` (text) from `000001`, which may be a number.
        style: Style,
    },
    /// A list, `- a` or `[a, b]`, in the order of the file.
    Sequence(Vec<Node>),
    /// Keys with their values, `a: 1` or `{a: 1}`.
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
    /// In the order of the file; [`parse`](super::parse) refuses a key that stands twice.
    pub entries: Vec<Entry>,
}

/// One `key: value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// A scalar as written; anything else is no key.
    pub key: Arc<str>,
    /// Where the key begins, for messages about the name.
    pub key_origin: Origin,
    /// What stands behind the colon; blank is a scalar that [`is_null`](Node::is_null).
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

    /// The pairs; `None` for a scalar (a blank one too) and for a list.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.kind {
            NodeKind::Mapping(m) => Some(m),
            _ => None,
        }
    }

    /// The items of a list; `None` for a single value, which is no list of one here.
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

    pub(crate) fn expect_mapping(&self, what: &str) -> Result<&Mapping, Box<Diagnostic>> {
        self.as_mapping().ok_or_else(|| Box::new(self.wrong_kind(what, "“键: 值”的组")))
    }

    pub(crate) fn expect_sequence(&self, what: &str) -> Result<&[Node], Box<Diagnostic>> {
        self.as_sequence().ok_or_else(|| Box::new(self.wrong_kind(what, "列表")))
    }

    fn wrong_kind(&self, what: &str, expected: &str) -> Diagnostic {
        Diagnostic::new(codes::Y020, format!("“{what}”应为{expected}，这里是{}", self.kind_name())).at(self.origin)
    }
}

impl Mapping {
    /// The value of a key, compared character by character.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.value)
    }

    /// The pair of a key, where the place of the key itself is wanted.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| &*e.key == key)
    }

    /// The pairs in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The keys in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| &*e.key)
    }

    /// Whether it is written `{}`; a blank value is no mapping at all.
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
