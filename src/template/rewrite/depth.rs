//! Expressions that are too long to be read: `1 + 1 + 1 …` is a tree that leans to one side, as
//! deep as it is long, and going down it would exhaust the stack.

use std::ops::Range;

use minijinja::machinery::{Token, tokenize};

use super::syntax::syntax;

/// Signs in one tag that may put an expression into another.
const MOST_SIGNS: usize = 3000;
/// Cases of conditions in each other.
const MOST_CASES: usize = 200;
/// Expressions in each other; calls in calls are read by the engine up to 150.
pub(super) const DEEPEST: usize = 120;

/// The tag that is too long, if one is.
pub(super) fn too_long(source: &str) -> Option<Range<usize>> {
    let (mut signs, mut start, mut opened) = (0, 0, false);
    // `elif` by `elif` of the conditions that are open: each is one in the one before.
    let (mut cases, mut all): (Vec<usize>, usize) = (Vec::new(), 0);
    for found in tokenize(source, false, syntax().ok()?) {
        // What is no token is told by the parser.
        let Ok((token, span)) = found else { return None };
        if std::mem::replace(&mut opened, matches!(token, Token::BlockStart)) {
            match (&token, cases.last_mut()) {
                (Token::Ident("if"), _) => cases.push(0),
                (Token::Ident("elif"), Some(more)) => (*more, all) = (*more + 1, all + 1),
                (Token::Ident("endif"), _) => all -= cases.pop().unwrap_or(0),
                _ => {}
            }
        }
        match token {
            Token::VariableStart | Token::BlockStart => (signs, start) = (0, span.start_offset as usize),
            Token::Plus
            | Token::Minus
            | Token::Mul
            | Token::Div
            | Token::FloorDiv
            | Token::Pow
            | Token::Mod
            | Token::Dot
            | Token::Tilde
            | Token::Pipe
            | Token::Eq
            | Token::Ne
            | Token::Gt
            | Token::Gte
            | Token::Lt
            | Token::Lte
            | Token::BracketOpen
            | Token::ParenOpen
            | Token::BraceOpen
            | Token::Ident("and" | "or" | "not" | "if" | "is" | "in") => signs += 1,
            _ => {}
        }
        if signs > MOST_SIGNS || all > MOST_CASES {
            return Some(start..span.end_offset as usize);
        }
    }
    None
}
