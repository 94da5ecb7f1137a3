//! 关系: what must hold between figures, as a template declares it:
//! `已拨付 + 未拨付 = 使用`, `使用经费 = 乡镇.使用经费之和`, `办结 <= 收集`.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::dataset::{Value, scalar};
use crate::diagnostic::{Origin, Severity};

/// Operands of one relation, and brackets within brackets.
const MAX_TOKENS: usize = 200;
const MAX_DEPTH: usize = 20;

/// One declared relation.
#[derive(Clone, Debug)]
pub struct Relation {
    /// As written.
    pub text: Arc<str>,
    /// 说明: why it must hold.
    pub note: Option<Arc<str>>,
    /// 级别, where it is not that of the rule.
    pub level: Option<Severity>,
    /// What stands before the sign.
    pub left: Expr,
    /// How the two sides are compared.
    pub sign: Sign,
    /// What stands behind the sign.
    pub right: Expr,
    /// The line of template.yaml.
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Equal,
    NotMore,
    NotLess,
    Less,
    More,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Plus,
    Minus,
    Times,
    Divide,
}

/// One side of a relation.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Number(Decimal),
    /// A column of the same record, else a field; `last`: of the year before.
    Name {
        name: Arc<str>,
        last: bool,
    },
    /// `乡镇.经费之和`
    Sum {
        table: Arc<str>,
        column: Arc<str>,
    },
    /// `各镇之和`: the column of the same name in the table that the word means.
    Each(Arc<str>),
    /// `乡镇的个数`
    Count(Arc<str>),
    Of(Box<Expr>, Operator, Box<Expr>),
}

impl Sign {
    /// Whether it holds between two numbers that may differ by `slack`.
    pub fn holds(self, left: Decimal, right: Decimal, slack: Decimal) -> bool {
        match self {
            Sign::Equal => (left - right).abs() <= slack,
            Sign::NotMore => left <= right + slack,
            Sign::NotLess => left + slack >= right,
            Sign::Less => left < right,
            Sign::More => left > right,
        }
    }
}

impl Expr {
    /// Every name in it, in order.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        if let Expr::Of(left, _, right) = self {
            left.walk(visit);
            right.walk(visit);
        }
        visit(self);
    }

    pub fn divides(&self) -> bool {
        let mut found = false;
        self.walk(&mut |e| found |= matches!(e, Expr::Of(_, Operator::Divide, _)));
        found
    }
}

/// Reads `左边 = 右边`; the error says what is wrong, in the user's words.
pub fn parse(text: &str) -> Result<(Expr, Sign, Expr), String> {
    let tokens = tokens(text)?;
    let signs: Vec<usize> =
        tokens.iter().enumerate().filter(|(_, t)| matches!(t, Token::Sign(_))).map(|(i, _)| i).collect();
    let [at] = signs[..] else {
        return Err(match signs.len() {
            0 => "里没有“=”“<=”或“>=”".to_string(),
            _ => "里有几个比较号，应拆成几条".to_string(),
        });
    };
    let Token::Sign(sign) = tokens[at] else { return Err("读不懂".to_string()) };
    Ok((side(&tokens[..at])?, sign, side(&tokens[at + 1..])?))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Sign(Sign),
    Operator(Operator),
    Open,
    Close,
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let (c, next) = (chars[i], chars.get(i + 1).copied().unwrap_or(' '));
        let (token, length) = match c {
            c if c.is_whitespace() => {
                i += 1;
                continue;
            }
            '=' | '＝' => (Token::Sign(Sign::Equal), if next == '=' { 2 } else { 1 }),
            '≤' => (Token::Sign(Sign::NotMore), 1),
            '≥' => (Token::Sign(Sign::NotLess), 1),
            '<' | '＜' if next == '=' => (Token::Sign(Sign::NotMore), 2),
            '>' | '＞' if next == '=' => (Token::Sign(Sign::NotLess), 2),
            '<' | '＜' => (Token::Sign(Sign::Less), 1),
            '>' | '＞' => (Token::Sign(Sign::More), 1),
            '+' | '＋' => (Token::Operator(Operator::Plus), 1),
            '-' | '－' | '−' => (Token::Operator(Operator::Minus), 1),
            '*' | '×' => (Token::Operator(Operator::Times), 1),
            '/' | '÷' => (Token::Operator(Operator::Divide), 1),
            '(' | '（' => (Token::Open, 1),
            ')' | '）' => (Token::Close, 1),
            _ => {
                let stop = |c: &char| c.is_whitespace() || "=＝≤≥<＜>＞+＋-－−*×/÷(（)）".contains(*c);
                let word: String = chars[i..].iter().take_while(|c| !stop(c)).collect();
                let length = word.chars().count();
                (Token::Word(word), length)
            }
        };
        out.push(token);
        i += length;
        if out.len() > MAX_TOKENS {
            return Err("太长了，应拆成几条".to_string());
        }
    }
    Ok(out)
}

fn side(tokens: &[Token]) -> Result<Expr, String> {
    let mut reader = Reader { tokens, at: 0 };
    let expr = reader.sum(0)?;
    match tokens.get(reader.at) {
        None => Ok(expr),
        Some(_) => Err("里少了运算符".to_string()),
    }
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<&Token> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    fn operator(&mut self, among: [Operator; 2]) -> Option<Operator> {
        match self.tokens.get(self.at) {
            Some(Token::Operator(op)) if among.contains(op) => {
                self.at += 1;
                Some(*op)
            }
            _ => None,
        }
    }

    fn sum(&mut self, depth: usize) -> Result<Expr, String> {
        let mut left = self.product(depth)?;
        while let Some(op) = self.operator([Operator::Plus, Operator::Minus]) {
            left = Expr::Of(Box::new(left), op, Box::new(self.product(depth)?));
        }
        Ok(left)
    }

    fn product(&mut self, depth: usize) -> Result<Expr, String> {
        let mut left = self.factor(depth)?;
        while let Some(op) = self.operator([Operator::Times, Operator::Divide]) {
            left = Expr::Of(Box::new(left), op, Box::new(self.factor(depth)?));
        }
        Ok(left)
    }

    fn factor(&mut self, depth: usize) -> Result<Expr, String> {
        match self.next() {
            Some(Token::Word(word)) => self::word(&word.clone()),
            Some(Token::Open) if depth < MAX_DEPTH => {
                let inside = self.sum(depth + 1)?;
                match self.next() {
                    Some(Token::Close) => Ok(inside),
                    _ => Err("里括号没有成对".to_string()),
                }
            }
            _ => Err("里少了一个名字或数".to_string()),
        }
    }
}

fn word(word: &str) -> Result<Expr, String> {
    if word.starts_with(|c: char| c.is_ascii_digit())
        && let Value::Number(number) = scalar::strict(word)
    {
        return Ok(Expr::Number(number.decimal));
    }
    if let Some(table) = word.strip_suffix("的个数").or_else(|| word.strip_suffix("的条数")) {
        return Ok(Expr::Count(table.into()));
    }
    if let Some(rest) = word.strip_suffix("之和") {
        return match (rest.rsplit_once('.'), rest.strip_prefix('各')) {
            (Some((table, column)), _) => Ok(Expr::Sum { table: table.into(), column: column.into() }),
            (None, Some(each)) if !each.is_empty() => Ok(Expr::Each(each.into())),
            _ => Err(format!("里的“{word}”看不出是哪个表的哪一列，应写成“表.列之和”")),
        };
    }
    let (name, last) = word.strip_prefix("上年.").map_or((word, false), |name| (name, true));
    Ok(Expr::Name { name: name.into(), last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Expr {
        Expr::Name { name: name.into(), last: false }
    }

    #[test]
    fn sides_are_read() {
        let (left, sign, right) = parse("已拨付＋未拨付 = 使用").unwrap();
        assert_eq!(left, Expr::Of(Box::new(name("已拨付")), Operator::Plus, Box::new(name("未拨付"))));
        assert_eq!((sign, right), (Sign::Equal, name("使用")));
        let (_, sign, right) = parse("经费<=乡镇.经费之和×2").unwrap();
        assert_eq!(sign, Sign::NotMore);
        assert!(matches!(right, Expr::Of(sum, Operator::Times, _) if matches!(*sum, Expr::Sum { .. })));
        assert_eq!(parse("合计 = 各镇之和").unwrap().2, Expr::Each("镇".into()));
        assert_eq!(parse("站数 >= 上年.站数").unwrap().2, Expr::Name { name: "站数".into(), last: true });
    }

    #[test]
    fn mistakes_are_named() {
        for wrong in ["甲 + 乙", "甲 = 乙 = 丙", "甲 =", "甲 = (乙", "甲 = 乙 丙", "= 乙", "甲 = 乙之和", ""]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse(&format!("甲 = {}乙", "(".repeat(100_000))).is_err());
    }
}
