//! Random expressions over random cells: as a template writes them, and as the reference works
//! them out.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::trees_cells::{COLUMNS, Cells, Dice, ROWS, STATES, YEAR_CELL};
use super::trees_reference::{Fraction, Kind, Known, Outcome, compared, product, quotient, rounded, sum, whole};

pub enum Tree {
    Field(usize),
    Year,
    /// Thousandths.
    Literal(i64),
    Binary(&'static str, Box<Tree>, Box<Tree>),
    Unary(&'static str, Box<Tree>),
    Round(Box<Tree>, u32),
    If(Box<Tree>, &'static str, Box<Tree>, Box<Tree>, Box<Tree>),
    /// sum, min, max, length of a list.
    Of(&'static str, Vec<Tree>),
    Total(usize, Option<usize>),
    Count(Option<usize>),
    Share(Box<Tree>, Box<Tree>),
}

impl Tree {
    pub fn random(dice: &mut Dice, depth: usize) -> Tree {
        let under = |dice: &mut Dice| Box::new(Tree::random(dice, depth - 1));
        if depth == 0 {
            return match dice.below(16) {
                0 => Tree::Literal(dice.pick(&[0, 1000, 2000, 100, 1500, 10_000, 100_000])),
                1 => Tree::Year,
                2 => Tree::Total(dice.below(COLUMNS.len()), Some(dice.below(STATES.len()))),
                3 => Tree::Total(dice.below(COLUMNS.len()), None),
                4 => Tree::Count(Some(dice.below(STATES.len()))),
                5 => Tree::Count(None),
                _ => Tree::Field(dice.below(36)),
            };
        }
        match dice.below(22) {
            0..=3 => Tree::Binary("+", under(dice), under(dice)),
            4..=7 => Tree::Binary("-", under(dice), under(dice)),
            8 | 9 => Tree::Binary("*", under(dice), under(dice)),
            10 | 11 => Tree::Binary("/", under(dice), under(dice)),
            12 => Tree::Binary(dice.pick(&["//", "%"]), under(dice), under(dice)),
            13 => Tree::Unary(dice.pick(&["abs", "-"]), under(dice)),
            14 => Tree::Round(under(dice), dice.below(3) as u32),
            15 | 16 => {
                let op = dice.pick(&["<", "<=", ">", ">=", "==", "!="]);
                Tree::If(under(dice), op, under(dice), under(dice), under(dice))
            }
            17 => {
                let items = (0..1 + dice.below(3)).map(|_| *under(dice)).collect();
                Tree::Of(dice.pick(&["sum", "min", "max", "length"]), items)
            }
            18 => Tree::Share(under(dice), under(dice)),
            _ => Tree::random(dice, depth - 1),
        }
    }

    /// Whether a share that is written to one decimal is in it.
    pub fn is_share(&self) -> bool {
        match self {
            Tree::Share(..) => true,
            Tree::If(_, _, _, then, other) => then.is_share() || other.is_share(),
            Tree::Of("min" | "max", items) => items.iter().any(Tree::is_share),
            _ => false,
        }
    }

    /// The fields that it names, for a message.
    pub fn leaves(&self, cells: &Cells) -> String {
        let written = self.written();
        let named = |at: &usize| written.split(|c: char| !c.is_alphanumeric()).any(|word| word == format!("甲{at}"));
        let told = |at: usize| match &cells.fields[at] {
            Outcome::Known(k) => {
                format!("甲{at} {:?} {} {}", k.kind, k.value.approximately(), k.unit.as_deref().unwrap_or_default())
            }
            other => format!("甲{at} {other:?}"),
        };
        (0..cells.fields.len()).filter(named).map(told).collect::<Vec<_>>().join(", ")
    }

    /// As a template writes it.
    pub fn written(&self) -> String {
        let filter = |state: &Option<usize>| match state {
            Some(state) => format!("(表 | 筛选(\"状态\", \"{}\"))", STATES[*state]),
            None => "表".to_owned(),
        };
        match self {
            Tree::Field(at) => format!("甲{at}"),
            Tree::Year => "年份".to_owned(),
            Tree::Literal(thousandths) => Decimal::new(*thousandths, 3).normalize().to_string(),
            Tree::Binary(op, a, b) => format!("({} {op} {})", a.written(), b.written()),
            Tree::Unary("-", a) => format!("(-{})", a.written()),
            Tree::Unary(filter, a) => format!("({} | {filter})", a.written()),
            Tree::Round(a, digits) => format!("({} | round({digits}))", a.written()),
            Tree::If(a, op, b, then, other) => {
                format!("({} if {} {op} {} else {})", then.written(), a.written(), b.written(), other.written())
            }
            Tree::Of(what, items) => {
                format!("([{}] | {what})", items.iter().map(Tree::written).collect::<Vec<_>>().join(", "))
            }
            Tree::Total(column, state) => format!("合计({}, \"{}\")", filter(state), COLUMNS[*column]),
            Tree::Count(state) => format!("({} | length)", filter(state)),
            Tree::Share(a, b) => format!("占比({}, {})", a.written(), b.written()),
        }
    }

    /// As the design says that it is.
    pub fn worked_out(&self, cells: &Cells) -> Outcome {
        match self {
            Tree::Field(at) => cells.fields[*at].clone(),
            Tree::Year => known(Fraction::new(2026, 1), Kind::Year, BTreeSet::from([YEAR_CELL]), false),
            Tree::Literal(thousandths) => {
                known(Fraction::new((*thousandths).into(), 1000), Kind::Amount, BTreeSet::new(), true)
            }
            Tree::Binary(op, a, b) => two(a.worked_out(cells), b.worked_out(cells), |a, b| match *op {
                "+" => sum(a, b, false),
                "-" => sum(a, b, true),
                "*" => product(a, b),
                "/" => quotient(a, b),
                "//" => whole(a, b, false),
                _ => whole(a, b, true),
            }),
            Tree::Unary(op, a) => one(a.worked_out(cells), |a| {
                let value = if *op == "-" || a.value.sign() < 0 { a.value.negative() } else { a.value };
                Outcome::Known(Known { value, ..a.clone() })
            }),
            Tree::Round(a, digits) => one(a.worked_out(cells), |a| rounded(a, *digits)),
            Tree::If(a, op, b, then, other) => match holds(op, a.worked_out(cells), b.worked_out(cells)) {
                Ok(true) => then.worked_out(cells),
                Ok(false) => other.worked_out(cells),
                Err(outcome) => outcome,
            },
            Tree::Of(what, items) => {
                let items: Vec<Outcome> = items.iter().map(|item| item.worked_out(cells)).collect();
                match items.iter().find(|item| matches!(item, Outcome::Refused | Outcome::Undecided)) {
                    Some(stopped) => stopped.clone(),
                    None => of_list(what, items),
                }
            }
            Tree::Total(column, state) => of_list("合计", cells.column(*column, *state)),
            Tree::Count(state) => {
                let count = cells.column(0, *state).len();
                // What was tested, else the column that names the records.
                let tested = if state.is_some() { 9 } else { 8 };
                let named = (0..ROWS).map(|row| 1000 + row as u32 * 10 + tested).collect();
                known(Fraction::new(count as i128, 1), Kind::Amount, named, false)
            }
            Tree::Share(a, b) => two(a.worked_out(cells), b.worked_out(cells), share),
        }
    }
}

fn known(value: Option<Fraction>, kind: Kind, cells: BTreeSet<u32>, literal: bool) -> Outcome {
    value.map_or(Outcome::Undecided, |value| Outcome::Known(Known { value, kind, unit: None, cells, literal }))
}

fn one(a: Outcome, act: impl Fn(&Known) -> Outcome) -> Outcome {
    match a {
        Outcome::Known(a) => match act(&a) {
            Outcome::Known(result) => Outcome::Known(Known { cells: a.cells, literal: false, ..result }),
            other => other,
        },
        Outcome::Absent(_) => Outcome::Refused,
        other => other,
    }
}

/// What stops an operand stops the whole; then what is missing is missing, and none is refused.
fn two(a: Outcome, b: Outcome, act: impl Fn(&Known, &Known) -> Outcome) -> Outcome {
    match (a, b) {
        (stopped @ (Outcome::Refused | Outcome::Undecided), _) => stopped,
        (_, stopped @ (Outcome::Refused | Outcome::Undecided)) => stopped,
        (Outcome::Missing, _) | (_, Outcome::Missing) => Outcome::Missing,
        (Outcome::Known(a), Outcome::Known(b)) => match act(&a, &b) {
            Outcome::Known(result) => {
                let literal = a.literal && b.literal;
                Outcome::Known(Known { cells: a.cells.union(&b.cells).copied().collect(), literal, ..result })
            }
            other => other,
        },
        _ => Outcome::Refused,
    }
}

/// A condition: what is still to be filled in counts as there; none is neither above nor below.
fn holds(op: &str, a: Outcome, b: Outcome) -> Result<bool, Outcome> {
    let equality = matches!(op, "==" | "!=");
    match (a, b) {
        (stopped @ (Outcome::Refused | Outcome::Undecided), _) => Err(stopped),
        (_, stopped @ (Outcome::Refused | Outcome::Undecided)) => Err(stopped),
        (a, b) if a == Outcome::Missing || b == Outcome::Missing => match equality {
            true => Err(Outcome::Undecided),
            false => Ok(op.starts_with('>') == (a == Outcome::Missing)),
        },
        (Outcome::Known(a), Outcome::Known(b)) => {
            let order = compared(&a, &b)?;
            Ok(match op {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                ">=" => order.is_ge(),
                "==" => order.is_eq(),
                _ => order.is_ne(),
            })
        }
        (a, b) => {
            let both = matches!((&a, &b), (Outcome::Absent(_), Outcome::Absent(_)));
            Ok(match op {
                "==" => both,
                "!=" => !both,
                _ => false,
            })
        }
    }
}

/// sum, 合计, min, max, length: none counts as nothing, what is missing makes the whole missing.
fn of_list(what: &str, items: Vec<Outcome>) -> Outcome {
    let cells = |item: &Outcome| match item {
        Outcome::Known(known) => known.cells.clone(),
        Outcome::Absent(cells) => cells.clone(),
        _ => BTreeSet::new(),
    };
    let all: BTreeSet<u32> = items.iter().flat_map(cells).collect();
    if what == "length" {
        // What is missing is an item; that its cell is named is nobody's rule.
        if items.contains(&Outcome::Missing) {
            return Outcome::Undecided;
        }
        return known(Fraction::new(items.len() as i128, 1), Kind::Amount, all, false);
    }
    let mut whole: Option<Known> = None;
    for item in items {
        let item = match item {
            Outcome::Known(item) => item,
            Outcome::Absent(_) => continue,
            stopped => return stopped,
        };
        let Some(held) = whole.take() else {
            whole = Some(item);
            continue;
        };
        whole = Some(match what {
            "min" | "max" => match compared(&item, &held) {
                Ok(order) if order.is_lt() && what == "min" || order.is_gt() && what == "max" => item,
                Ok(_) => held,
                Err(stopped) => return stopped,
            },
            _ => match sum(&held, &item, false) {
                Outcome::Known(total) => total,
                stopped => return stopped,
            },
        });
    }
    match whole {
        Some(whole) if matches!(what, "min" | "max") => Outcome::Known(whole),
        Some(whole) => Outcome::Known(Known { cells: all, literal: false, ..whole }),
        None if matches!(what, "min" | "max") => Outcome::Refused,
        None => known(Some(Fraction::ZERO), Kind::Amount, all, false),
    }
}

/// A part of a whole.
fn share(a: &Known, b: &Known) -> Outcome {
    if a.kind.class() != Kind::Amount || b.kind.class() != Kind::Amount {
        return Outcome::Undecided;
    }
    if a.unit != b.unit {
        // Converted units: the reference leaves it to the tests of 占比.
        return match compared(a, b) {
            Err(Outcome::Refused) => Outcome::Refused,
            _ => Outcome::Undecided,
        };
    }
    let within = b.value.sign() > 0 && a.value.sign() >= 0 && a.value.order(b.value).is_some_and(|o| o.is_le());
    match within {
        true => known(a.value.over(b.value), Kind::Share, BTreeSet::new(), false),
        false => Outcome::Refused,
    }
}
