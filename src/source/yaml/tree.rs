//! Parser events to the tree, with budgets for depth, size and aliases.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::fault::from_scan;
use super::limits::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_NODES};
use super::node::{Entry, Mapping, Node, NodeKind, Style};

use crate::diagnostic::{Diagnostic, Origin, SourceId, codes};

/// Parses one YAML document. An empty text is an empty mapping. All repeated keys are
/// reported together; a syntax error ends the reading.
pub fn parse(text: &str, source: SourceId) -> Result<Node, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut builder = Builder::new(text, source);
    let options = granit_parser::options! { emit_comments: false };
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(Box::new(from_scan(&error, text, source))),
        };
        if let Err(fatal) = step {
            builder.faults.push(*fatal);
            return Err(builder.faults);
        }
    }
    if !builder.faults.is_empty() {
        return Err(builder.faults);
    }
    let empty = Node { kind: NodeKind::Mapping(Mapping::default()), origin: Origin::text(source, 1, 1, 1) };
    Ok(builder.root.unwrap_or(empty))
}

/// Keys of a group that are looked through one by one.
const FEW: usize = 24;
/// Longest text, bytes, that is likely to come again, and how many different ones are kept.
const SHORT: usize = 12;
const MOST_KNOWN: usize = 1 << 14;

/// A list or group whose end has not come yet.
struct Open {
    origin: Origin,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        /// Places of the keys, once there are many.
        seen: HashMap<Arc<str>, usize>,
        key: Option<(Arc<str>, Origin)>,
        /// Values of `<<`, applied at the end.
        merges: Vec<Node>,
    },
}

struct Builder<'t> {
    text: &'t str,
    source: SourceId,
    stack: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    /// Keys and short values that have come before: those of a table come again and again.
    known: HashSet<Arc<str>>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    alias_nodes: usize,
    faults: Vec<Diagnostic>,
}

type Step = Result<(), Box<Diagnostic>>;

impl<'t> Builder<'t> {
    fn new(text: &'t str, source: SourceId) -> Self {
        Builder {
            text,
            source,
            stack: Vec::new(),
            anchors: HashMap::new(),
            known: HashSet::new(),
            root: None,
            documents: 0,
            nodes: 0,
            alias_nodes: 0,
            faults: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, span: &Span) -> Step {
        let origin = self.origin(span);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Diagnostic::new(codes::Y008, "一个文件里只能有一份数据，这里又用“---”开始了第二份")
                        .at(origin)
                        .help("删去“---”，把两份并成一份，或分成两个文件")
                        .into());
                }
                Ok(())
            }
            Event::Scalar(value, style, anchor, tag) => {
                let style = self.style(style, tag.as_deref(), origin)?;
                let text = self.text_of(value.as_ref());
                let node = Node { kind: NodeKind::Scalar { text, style }, origin };
                self.remember(anchor, &node, 1);
                self.place(node)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), origin)?;
                self.open(Open { origin, anchor, kind: OpenKind::Sequence(Vec::new()) })
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), origin)?;
                let kind =
                    OpenKind::Mapping { entries: Vec::new(), seen: HashMap::new(), key: None, merges: Vec::new() };
                self.open(Open { origin, anchor, kind })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id).cloned() else {
                    return Err(Diagnostic::new(codes::Y006, "这个别名指向包含它自己的内容，展开没有尽头")
                        .at(origin)
                        .help("把要引用的内容直接写在这里")
                        .into());
                };
                self.alias_nodes += size;
                if self.alias_nodes > MAX_ALIAS_NODES {
                    return Err(Diagnostic::new(
                        codes::Y009,
                        format!("别名（*名）展开后超过上限 {MAX_ALIAS_NODES} 项"),
                    )
                    .at(origin)
                    .help("减少别名的层层引用，把内容直接写出来")
                    .into());
                }
                self.place(node)
            }
            _ => Ok(()),
        }
    }

    fn text_of(&mut self, value: &str) -> Arc<str> {
        if value.len() <= SHORT { shared(&mut self.known, value) } else { value.into() }
    }

    fn open(&mut self, open: Open) -> Step {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Diagnostic::new(codes::Y009, format!("嵌套超过上限 {MAX_DEPTH} 层"))
                .at(open.origin)
                .help("数据一般两三层就够，检查括号或缩进是否写错")
                .into());
        }
        if let Some(Open { kind: OpenKind::Mapping { key: None, .. }, .. }) = self.stack.last() {
            return Err(key_fault(open.origin).into());
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self) -> Step {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let (kind, size) = match open.kind {
            OpenKind::Sequence(mut items) => {
                items.shrink_to_fit();
                let size = 1 + items.len();
                (NodeKind::Sequence(items), size)
            }
            OpenKind::Mapping { mut entries, mut seen, merges, .. } => {
                for merge in merges {
                    self.merge(&merge, &mut entries, &mut seen)?;
                }
                entries.shrink_to_fit();
                let size = 1 + entries.len();
                (NodeKind::Mapping(Mapping { entries }), size)
            }
        };
        let node = Node { kind, origin: open.origin };
        let size = if open.anchor == 0 { size } else { weigh(&node) };
        self.remember(open.anchor, &node, size);
        self.place(node)
    }

    fn place(&mut self, node: Node) -> Step {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Diagnostic::new(codes::Y009, format!("超过上限 {MAX_NODES} 项"))
                .at(node.origin)
                .help("大表请放在 Excel 或 CSV 文件里")
                .into());
        }
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Sequence(items)) => items.push(node),
            Some(OpenKind::Mapping { key: key @ None, .. }) => match node.kind {
                NodeKind::Scalar { text, .. } => *key = Some((shared(&mut self.known, text.trim()), node.origin)),
                _ => return Err(key_fault(node.origin).into()),
            },
            Some(OpenKind::Mapping { entries, seen, key, merges }) => {
                let Some((name, key_origin)) = key.take() else { return Ok(()) };
                if &*name == "<<" {
                    merges.push(node);
                    return Ok(());
                }
                if let Some(first) = find(entries, seen, &name) {
                    self.faults.push(
                        Diagnostic::new(codes::Y005, format!("“{name}”写了两次"))
                            .at(key_origin)
                            .also(entries[first].key_origin, "第一次写在这里")
                            .help("留下对的一处，删去另一处"),
                    );
                    return Ok(());
                }
                add(entries, seen, Entry { key: name, key_origin, value: node });
            }
        }
        Ok(())
    }

    /// `<<: *base`: keys that are not there yet; a list merges each of its groups.
    fn merge(&mut self, from: &Node, entries: &mut Vec<Entry>, seen: &mut HashMap<Arc<str>, usize>) -> Step {
        match &from.kind {
            NodeKind::Mapping(mapping) => {
                for entry in mapping.iter() {
                    if find(entries, seen, &entry.key).is_none() {
                        add(entries, seen, entry.clone());
                    }
                }
                Ok(())
            }
            NodeKind::Sequence(items) if items.iter().all(|n| n.as_mapping().is_some()) => {
                items.iter().try_for_each(|item| self.merge(item, entries, seen))
            }
            _ => Err(Diagnostic::new(codes::Y007, "“<<”后面应为要并入的“键: 值”组（别名），这里不是")
                .at(from.origin)
                .into()),
        }
    }

    fn remember(&mut self, anchor: usize, node: &Node, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
    }

    fn style(&self, style: ScalarStyle, tag: Option<&Tag>, origin: Origin) -> Result<Style, Box<Diagnostic>> {
        let text_tag = self.check_tag(tag, origin)?;
        Ok(match style {
            ScalarStyle::Plain if !text_tag => Style::Plain,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
            _ => Style::Quoted,
        })
    }

    /// Refuses tags of programs; true for `!!str` and `!`.
    fn check_tag(&self, tag: Option<&Tag>, origin: Origin) -> Result<bool, Box<Diagnostic>> {
        let Some(tag) = tag else { return Ok(false) };
        let full = format!("{}{}", tag.handle(), tag.suffix());
        let core = full.strip_prefix("tag:yaml.org,2002:").or(full.strip_prefix("!!"));
        match core {
            Some("str") => Ok(true),
            Some("int" | "float" | "bool" | "null" | "map" | "seq" | "timestamp") => Ok(false),
            _ if full == "!" => Ok(true),
            _ => Err(Diagnostic::new(codes::Y007, format!("不认识标签“{full}”"))
                .at(origin)
                .help("数据文件里不用标签（! 开头的词）；要写这样的文字，请加引号")
                .into()),
        }
    }

    fn origin(&self, span: &Span) -> Origin {
        let (start, end) = (span.start, span.end);
        let length =
            if end.line() == start.line() { end.col().saturating_sub(start.col()) } else { line_rest(self.text, span) };
        Origin::text(self.source, start.line() as u32, start.col() as u32 + 1, length.max(1) as u32)
    }
}

/// The text as it came before, so that it is in memory once.
fn shared(known: &mut HashSet<Arc<str>>, text: &str) -> Arc<str> {
    if let Some(known) = known.get(text) {
        return known.clone();
    }
    let new: Arc<str> = text.into();
    if known.len() < MOST_KNOWN {
        known.insert(new.clone());
    }
    new
}

/// Where a key stands among the entries.
fn find(entries: &[Entry], seen: &HashMap<Arc<str>, usize>, key: &str) -> Option<usize> {
    if seen.is_empty() { entries.iter().position(|entry| &*entry.key == key) } else { seen.get(key).copied() }
}

fn add(entries: &mut Vec<Entry>, seen: &mut HashMap<Arc<str>, usize>, entry: Entry) {
    entries.push(entry);
    if entries.len() == FEW {
        seen.extend(entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)));
    } else if entries.len() > FEW {
        seen.insert(entries[entries.len() - 1].key.clone(), entries.len() - 1);
    }
}

/// Characters from the start of a span to the end of its first line.
fn line_rest(text: &str, span: &Span) -> usize {
    let rest = span.start.byte_offset().and_then(|at| text.get(at..)).unwrap_or("");
    rest.split(['\n', '\r']).next().unwrap_or("").trim_end().chars().count()
}

fn key_fault(origin: Origin) -> Diagnostic {
    Diagnostic::new(codes::Y007, "冒号前面的键应为文字，这里是列表或组")
        .at(origin)
        .help("以 { 或 [ 开头的文字要加引号，例如 \"{{ 年份 }}\"")
}

/// Keys and values below a node, itself included.
fn weigh(node: &Node) -> usize {
    match &node.kind {
        NodeKind::Scalar { .. } => 1,
        NodeKind::Sequence(items) => 1 + items.iter().map(weigh).sum::<usize>(),
        NodeKind::Mapping(m) => 1 + m.iter().map(|e| 1 + weigh(&e.value)).sum::<usize>(),
    }
}
