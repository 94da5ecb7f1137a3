//! Statements: `{{ … }}` becomes a numbered figure; what assignments, conditions and loops
//! calculate is numbered as well, so that a mistake in it can be left out and the rest read.

use std::ops::Range;

use minijinja::machinery::Span;
use minijinja::machinery::ast::{Expr, ForLoop, IfCond, Macro, Stmt};

use super::expressions::span;
use super::{Writer, name};
use crate::template::trail::mark;

/// Whether an attribute of a namespace is among what is assigned to.
fn holds(target: &Expr) -> bool {
    match target {
        Expr::GetAttr(_) => true,
        Expr::List(e) => e.items.iter().any(holds),
        Expr::Tuple(e) => e.items.iter().any(holds),
        _ => false,
    }
}

impl Writer<'_> {
    pub(super) fn body(&mut self, statements: &[Stmt]) {
        let outer = std::mem::replace(&mut self.outer, self.open.len());
        for (i, statement) in statements.iter().enumerate() {
            let following = match statements.get(i + 1) {
                Some(Stmt::EmitRaw(raw)) => raw.raw,
                _ => "",
            };
            self.statement(statement, following);
        }
        self.unclosed();
        self.outer = outer;
    }

    fn statement(&mut self, statement: &Stmt, following: &str) {
        match statement {
            Stmt::Template(s) => self.body(&s.children),
            Stmt::EmitRaw(s) => self.words(s.raw, s.span().start_offset as usize),
            Stmt::EmitExpr(s) => self.figure(&s.expr, following),
            Stmt::ForLoop(s) => self.each(s),
            Stmt::IfCond(s) => self.condition(s),
            Stmt::WithBlock(s) => {
                self.push("{% with ");
                for (i, (target, value)) in s.assignments.iter().enumerate() {
                    self.push(if i > 0 { ", " } else { "" });
                    self.target(target);
                    self.push(" = ");
                    self.calculated(value, "", "", "");
                }
                self.push(" %}");
                self.body(&s.body);
                self.push("{% endwith %}");
            }
            Stmt::Set(s) => {
                self.push("{% set ");
                self.target(&s.target);
                self.push(" = ");
                // What a namespace holds lives on from turn to turn of a loop.
                match holds(&s.target) {
                    true => self.calculated(&s.expr, "__held(", ")", ""),
                    false => self.calculated(&s.expr, "", "", ""),
                }
                self.push(" %}");
            }
            Stmt::SetBlock(s) => {
                self.push("{% set ");
                self.target(&s.target);
                if let Some(filter) = &s.filter {
                    self.push(" | ");
                    self.bare_filter(filter);
                }
                self.push(" %}");
                self.body(&s.body);
                self.push("{% endset %}");
            }
            other => self.structure(other),
        }
    }

    /// A printed expression as the figure of its number.
    fn figure(&mut self, expr: &Expr, following: &str) {
        let printed = self.printed(expr);
        let piece = self.piece(printed.clone());
        let (number, blank) = self.number(printed, following, false);
        self.push("{{ ");
        match blank {
            true => self.push(&format!("__figure({number}, {piece}, __blank({number}))")),
            false => self.node(span(expr), |w| {
                w.push(&format!("__figure({number}, {piece}, "));
                w.expression(expr);
                w.push(")");
            }),
        }
        self.push(" }}");
    }

    fn each(&mut self, s: &ForLoop) {
        self.looped();
        self.push("{% for ");
        self.target(&s.target);
        self.push(" in ");
        self.calculated(&s.iter, "__each(", ")", "[]");
        if let Some(filter) = &s.filter_expr {
            self.push(" if ");
            self.calculated(filter, "", "", "false");
        }
        self.push(if s.recursive { " recursive %}" } else { " %}" });
        self.body(&s.body);
        if !s.else_body.is_empty() {
            self.push("{% else %}");
            self.body(&s.else_body);
        }
        self.push("{% endfor %}");
    }

    /// Statements about templates, macros and blocks.
    fn structure(&mut self, statement: &Stmt) {
        let of = |span: Span| span.start_offset as usize..span.end_offset as usize;
        match statement {
            Stmt::AutoEscape(s) => self.block("autoescape ", Some(&s.enabled), &s.body, "endautoescape"),
            Stmt::FilterBlock(s) => {
                self.push("{% filter ");
                self.bare_filter(&s.filter);
                self.push(" %}");
                self.body(&s.body);
                self.push("{% endfilter %}");
            }
            Stmt::Block(s) => {
                let required = if s.required { " required" } else { "" };
                self.block(&format!("block {}{required}", s.name), None, &s.body, "endblock");
            }
            Stmt::Extends(s) => self.tag("extends ", &s.name, "", of(s.span())),
            Stmt::Include(s) => {
                self.tag("include ", &s.name, if s.ignore_missing { " ignore missing" } else { "" }, of(s.span()))
            }
            Stmt::Import(_) | Stmt::FromImport(_) => self.import(statement),
            Stmt::Macro(s) => {
                self.done.set.insert(s.name.to_owned());
                self.push(&format!("{{% macro {}", name(s.name)));
                self.declared(s);
                self.push("{% endmacro %}");
            }
            Stmt::CallBlock(s) => {
                self.push("{% call");
                self.parameters(&s.macro_decl);
                self.push(" ");
                self.expression(&s.call.expr);
                self.arguments(&s.call.args);
                self.push(" %}");
                self.body(&s.macro_decl.body);
                self.push("{% endcall %}");
            }
            Stmt::Continue(s) => self.left(of(s.span()), "{% continue %}"),
            Stmt::Break(s) => self.left(of(s.span()), "{% break %}"),
            Stmt::Do(s) => {
                self.push("{% do ");
                self.expression(&s.call.expr);
                self.arguments(&s.call.args);
                self.push(" %}");
            }
            _ => {}
        }
    }

    fn import(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(s) => {
                self.push("{% import ");
                self.expression(&s.expr);
                self.push(" as ");
                self.target(&s.name);
                self.push(" %}");
            }
            Stmt::FromImport(s) => {
                self.push("{% from ");
                self.expression(&s.expr);
                self.push(" import ");
                for (i, (name, alias)) in s.names.iter().enumerate() {
                    self.push(if i > 0 { ", " } else { "" });
                    self.target(name);
                    if let Some(alias) = alias {
                        self.push(" as ");
                        self.target(alias);
                    }
                }
                self.push(" %}");
            }
            _ => {}
        }
    }

    fn condition(&mut self, s: &IfCond) {
        self.push("{% if ");
        self.calculated(&s.expr, "", "", "");
        self.push(" %}");
        self.body(&s.true_body);
        if !s.false_body.is_empty() {
            self.push("{% else %}");
            self.body(&s.false_body);
        }
        self.push("{% endif %}");
    }

    fn block(&mut self, open: &str, value: Option<&Expr>, body: &[Stmt], close: &str) {
        self.push(&format!("{{% {open}"));
        if let Some(value) = value {
            self.expression(value);
        }
        self.push(" %}");
        self.body(body);
        self.push(&format!("{{% {close} %}}"));
    }

    fn tag(&mut self, word: &str, value: &Expr, tail: &str, was: Range<usize>) {
        self.node(was, |w| {
            w.push(&format!("{{% {word}"));
            w.expression(value);
            w.push(&format!("{tail} %}}"));
        });
    }

    fn declared(&mut self, s: &Macro) {
        self.parameters(s);
        self.push(" %}");
        self.body(&s.body);
    }

    fn parameters(&mut self, s: &Macro) {
        self.push("(");
        let plain = s.args.len() - s.defaults.len().min(s.args.len());
        for (i, argument) in s.args.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.target(argument);
            if let Some(default) = i.checked_sub(plain).and_then(|i| s.defaults.get(i)) {
                self.push("=");
                self.expression(default);
            }
        }
        self.push(")");
    }

    /// What is assigned to: a name, several, or an attribute of a namespace.
    fn target(&mut self, target: &Expr) {
        match target {
            Expr::Var(e) => {
                self.done.set.insert(e.id.to_owned());
                self.push(&name(e.id));
            }
            Expr::GetAttr(e) => {
                self.target(&e.expr);
                self.push(&format!(".{}", e.name));
            }
            Expr::List(e) => self.targets(&e.items),
            Expr::Tuple(e) => self.targets(&e.items),
            other => self.expression(other),
        }
    }

    fn targets(&mut self, items: &[Expr]) {
        self.push("(");
        for (i, item) in items.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.target(item);
        }
        self.push(")");
    }

    /// A filter of a block: it has no value before it.
    fn bare_filter(&mut self, filter: &Expr) {
        let Expr::Filter(e) = filter else { return self.expression(filter) };
        if let Some(inner) = &e.expr {
            self.bare_filter(inner);
            self.push(" | ");
        }
        self.push(&name(e.name));
        if !e.args.is_empty() {
            self.arguments(&e.args);
        }
    }

    /// An expression of a statement; `blank` stands in its place where it is left out.
    fn calculated(&mut self, expr: &Expr, before: &str, after: &str, blank: &str) {
        let (number, blanked) = self.number(span(expr), "", true);
        match (blanked, blank) {
            (true, "") => self.push(&format!("__blank({number})")),
            (true, blank) => self.push(blank),
            _ => self.node(span(expr), |w| {
                w.push(before);
                w.expression(expr);
                w.push(after);
            }),
        }
    }

    /// Text of the template, with its mark; what would be a tag in it stays text.
    pub(super) fn raw(&mut self, text: &str, at: usize) {
        // Blanks say nothing, and what is captured may be nothing else.
        let (blank, text) = text.split_at(text.len() - text.trim_start().len());
        self.push(blank);
        if text.is_empty() {
            return;
        }
        let at = at + blank.len();
        let piece = self.piece(at..at + text.len());
        self.push(&mark(piece));
        let tags = ["{{", "{%", "{#"].iter().any(|tag| text.contains(tag)) || text.ends_with('{');
        match tags {
            true => self.push(&format!("{{% raw %}}{text}{{% endraw %}}")),
            false => self.push(text),
        }
    }

    /// What stands between `{{` and `}}`: parentheses are no part of the tree.
    fn printed(&self, expr: &Expr) -> Range<usize> {
        let inner = span(expr);
        let start = self.source[..inner.start].rfind("{{").map_or(inner.start, |at| at + 2);
        let end = self.source[inner.end..].find("}}").map_or(inner.end, |at| inner.end + at);
        let text = &self.source[start..end];
        let text = text.strip_prefix(['-', '+']).filter(|_| start < inner.start).unwrap_or(text);
        let start = end - text.len();
        let text = text.strip_suffix(['-', '+']).unwrap_or(text);
        let left = text.len() - text.trim_start().len();
        start + left..start + left + text.trim().len()
    }
}
