//! Expressions: operators and comparisons become calls, numbers stay exact, the rest stays.

use std::ops::Range;

use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};

use super::depth::DEEPEST;
use super::{Writer, name};
use crate::template::names;

/// Byte range of an expression, from its first operand on: the tree's own spans of comparisons
/// and conditions begin at the token before.
pub(super) fn span(expr: &Expr) -> Range<usize> {
    let end = expr.span().end_offset as usize;
    let mut first = expr;
    while let Some(before) = operand(first) {
        first = before;
    }
    let start = first.span().start_offset as usize;
    start..end.max(start)
}

/// What an expression begins with.
fn operand<'e, 's>(expr: &'e Expr<'s>) -> Option<&'e Expr<'s>> {
    match expr {
        Expr::BinOp(e) => Some(&e.left),
        Expr::Compare(e) => Some(&e.expr),
        Expr::IfExpr(e) => Some(&e.true_expr),
        Expr::Filter(e) => e.expr.as_ref(),
        Expr::Test(e) => Some(&e.expr),
        Expr::GetAttr(e) => Some(&e.expr),
        Expr::GetItem(e) => Some(&e.expr),
        Expr::Slice(e) => Some(&e.expr),
        Expr::Call(e) => Some(&e.expr),
        _ => None,
    }
}

impl Writer<'_> {
    pub(super) fn expression(&mut self, expr: &Expr) {
        let range = span(expr);
        if self.depth > DEEPEST {
            self.done.too_deep.get_or_insert(range);
            return self.push("none");
        }
        self.depth += 1;
        self.node(range, |w| w.written(expr));
        self.depth -= 1;
    }

    fn written(&mut self, expr: &Expr) {
        let own = span(expr);
        match expr {
            Expr::Var(e) => {
                self.done.asked.insert(e.id.to_owned());
                self.push(&name(e.id));
            }
            Expr::Const(e) => self.constant(&e.value, own),
            Expr::UnaryOp(e) => match e.op {
                UnaryOpKind::Not => self.around("(not ", &e.expr, ")"),
                UnaryOpKind::Neg => self.call("__neg", &[&e.expr]),
            },
            Expr::BinOp(e) => match operator(e.op) {
                Operator::Word(word) => {
                    self.around("(", &e.left, word);
                    self.around("", &e.right, ")");
                }
                Operator::Call(name) => self.call(name, &[&e.left, &e.right]),
            },
            Expr::Compare(_) | Expr::IfExpr(_) => self.choice(expr),
            Expr::Filter(e) => {
                self.push("(");
                if let Some(inner) = &e.expr {
                    self.expression(inner);
                    self.push(" | ");
                }
                let after = e.expr.as_ref().map_or(own.start, |inner| span(inner).end);
                self.filter(e.name, &e.args, (after, own.end));
                self.push(")");
            }
            Expr::Test(e) => {
                self.around("(", &e.expr, &format!(" is {}", e.name));
                if !e.args.is_empty() {
                    self.arguments(&e.args);
                }
                self.push(")");
            }
            Expr::GetAttr(e) => self.around("", &e.expr, &format!(".{}", e.name)),
            Expr::GetItem(_) | Expr::Slice(_) => self.item(expr),
            Expr::Call(e) => {
                match &e.expr {
                    // The data may have the name of a function, too.
                    Expr::Var(f) if names::FIGURE_FUNCTIONS.contains(&f.id) && !self.done.set.contains(f.id) => {
                        self.push(&format!("__{}", f.id));
                    }
                    other => self.expression(other),
                }
                self.arguments(&e.args);
            }
            Expr::List(e) => self.call("__list", &e.items.iter().collect::<Vec<_>>()),
            Expr::Tuple(e) => self.call("__list", &e.items.iter().collect::<Vec<_>>()),
            Expr::Map(e) => {
                let pairs: Vec<&Expr> = e.keys.iter().zip(&e.values).flat_map(|(k, v)| [k, v]).collect();
                self.call("__map", &pairs);
            }
        }
    }

    /// `a < b <= c`, and `a if b else c`; without an else nothing is printed.
    fn choice(&mut self, expr: &Expr) {
        match expr {
            Expr::Compare(e) => {
                self.push("__compare(");
                self.expression(&e.expr);
                for op in &e.ops {
                    self.push(&format!(", \"{}\", ", comparison(op.op)));
                    self.expression(&op.expr);
                }
            }
            Expr::IfExpr(e) => {
                self.around("(", &e.true_expr, " if ");
                self.expression(&e.test_expr);
                self.push(" else ");
                match &e.false_expr {
                    Some(other) => self.expression(other),
                    None => self.push("\"\""),
                }
            }
            _ => return,
        }
        self.push(")");
    }

    /// `a[b]` and `a[b:c]`.
    fn item(&mut self, expr: &Expr) {
        match expr {
            Expr::GetItem(e) => {
                self.around("", &e.expr, "[");
                match &e.subscript_expr {
                    Expr::Const(_) => self.expression(&e.subscript_expr),
                    other => self.call("__key", &[other]),
                }
                self.push("]");
            }
            Expr::Slice(e) => {
                self.around("__slice(", &e.expr, "");
                for part in [&e.start, &e.stop, &e.step] {
                    self.push(", ");
                    match part {
                        Some(part) => self.expression(part),
                        None => self.push("none"),
                    }
                }
                self.push(")");
            }
            _ => {}
        }
    }

    fn around(&mut self, before: &str, expr: &Expr, after: &str) {
        self.push(before);
        self.expression(expr);
        self.push(after);
    }

    fn call(&mut self, name: &str, arguments: &[&Expr]) {
        self.push(name);
        self.push("(");
        for (i, argument) in arguments.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.expression(argument);
        }
        self.push(")");
    }

    /// Those of the engine's filters that know texts only get texts, and the result keeps the cells.
    fn filter(&mut self, name: &str, args: &[CallArg], (after, end): (usize, usize)) {
        if !names::TEXT_FILTERS.contains(&name) {
            let at = self.source[after..].find(name).map_or(after, |at| after + at);
            return self.node(at..end, |w| {
                w.push(&super::name(name));
                if !args.is_empty() {
                    w.arguments(args);
                }
            });
        }
        self.push(&format!("__text(\"{name}\""));
        for arg in args {
            self.push(", ");
            self.argument(arg);
        }
        self.push(")");
    }

    pub(super) fn arguments(&mut self, args: &[CallArg]) {
        self.push("(");
        for (i, arg) in args.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.argument(arg);
        }
        self.push(")");
    }

    fn argument(&mut self, arg: &CallArg) {
        match arg {
            CallArg::Pos(e) => self.expression(e),
            CallArg::Kwarg(key, e) => self.around(&format!("{}=", name(key)), e, ""),
            CallArg::PosSplat(e) => self.around("*", e, ""),
            CallArg::KwargSplat(e) => self.around("**", e, ""),
        }
    }

    fn constant(&mut self, value: &minijinja::Value, written: Range<usize>) {
        let source = self.source.get(written).unwrap_or_default();
        if let Some(text) = value.as_str() {
            self.quoted(text);
        } else if value.is_number() && !value.is_integer() {
            // As written: a float would already be another number.
            self.push(&format!("__number(\"{}\")", source.replace('_', "")));
        } else if value.is_none() {
            self.push("none");
        } else {
            self.push(&value.to_string());
        }
    }

    pub(super) fn quoted(&mut self, text: &str) {
        let mut quoted = String::from('"');
        for c in text.chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        self.push(&quoted);
    }
}

enum Operator {
    Word(&'static str),
    Call(&'static str),
}

fn operator(op: BinOpKind) -> Operator {
    match op {
        BinOpKind::ScAnd => Operator::Word(" and "),
        BinOpKind::ScOr => Operator::Word(" or "),
        BinOpKind::Add => Operator::Call("__add"),
        BinOpKind::Sub => Operator::Call("__sub"),
        BinOpKind::Mul => Operator::Call("__mul"),
        BinOpKind::Div => Operator::Call("__div"),
        BinOpKind::FloorDiv => Operator::Call("__floor"),
        BinOpKind::Rem => Operator::Call("__rem"),
        BinOpKind::Pow => Operator::Call("__pow"),
        BinOpKind::Concat => Operator::Call("__join"),
        BinOpKind::Eq => Operator::Call("__eq"),
        BinOpKind::Ne => Operator::Call("__ne"),
        BinOpKind::Lt => Operator::Call("__lt"),
        BinOpKind::Lte => Operator::Call("__le"),
        BinOpKind::Gt => Operator::Call("__gt"),
        BinOpKind::Gte => Operator::Call("__ge"),
        BinOpKind::In => Operator::Call("__in"),
    }
}

fn comparison(op: CompareOpKind) -> &'static str {
    match op {
        CompareOpKind::Eq => "==",
        CompareOpKind::Ne => "!=",
        CompareOpKind::Lt => "<",
        CompareOpKind::Lte => "<=",
        CompareOpKind::Gt => ">",
        CompareOpKind::Gte => ">=",
        CompareOpKind::In => "in",
        CompareOpKind::NotIn => "not in",
    }
}
