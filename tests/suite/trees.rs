//! 10,000 random expressions over random cells of every kind, worked out by the engine and by a
//! reference that was written apart from it: kind, unit, value and cells agree, or both refuse.

use std::collections::BTreeSet;
use std::sync::Arc;

use huibao::diagnostic::{Place, SourceId, has_error};
use huibao::template::{Declared, Engine, TemplateText, World};

use super::trees_cells::{Cells, Dice};
use super::trees_random::Tree;
use super::trees_reference::{Kind, Known, Outcome};

const TREES: usize = 10_000;
const DEEPEST: usize = 5;
/// Trees over the same cells.
const OVER_ONE: usize = 50;
/// Trees of which the reference has something to say, at least.
const DECIDED: usize = TREES * 3 / 4;

/// What the engine makes of an expression.
#[derive(Debug)]
enum Made {
    Printed(String, BTreeSet<u32>),
    Missing,
    Refused(String),
}

fn made(world: &Arc<World>, written: &str) -> Made {
    let text = TemplateText::new("t", format!("{{{{ {written} }}}}"), SourceId(1));
    let engine = match Engine::new(vec![text]) {
        Ok(engine) => engine,
        Err(found) => return Made::Refused(found[0].message.clone()),
    };
    let rendered = engine.render("t", world, Vec::new(), false);
    if has_error(&rendered.diagnostics) {
        let first = &rendered.diagnostics[0];
        assert!(first.origin.is_some(), "{written}: {}", first.message);
        return if first.code.name() == "T011" { Made::Missing } else { Made::Refused(first.message.clone()) };
    }
    let Some(figure) = rendered.figures.first() else { return Made::Printed(String::new(), BTreeSet::new()) };
    let row = |place: Place| match place {
        Place::Cell { row, .. } => row,
        _ => u32::MAX,
    };
    let cells = figure.reads.iter().map(|read| row(read.origin.place)).collect();
    Made::Printed(figure.text.to_string(), cells)
}

/// What is wrong about a figure, seen against the reference.
fn differs(world: &Arc<World>, tree: &Tree, known: &Known, made: &Made) -> Option<String> {
    let written = tree.written();
    let Made::Printed(text, cells) = made else { return Some(format!("should be {known:?}")) };
    if *cells != known.cells {
        return Some(format!("cells {cells:?}, should be {:?}", known.cells));
    }
    if let Err(why) = same_value(text, known, tree.is_share()) {
        return Some(why);
    }
    if known.value.is_zero() {
        return None;
    }
    // Added to something that nothing else is counted in, a figure says what it is counted in.
    let said = match self::made(world, &format!("({written}) + \"1车次\"")) {
        Made::Refused(said) => said,
        _ => "一个以没有单位计".to_owned(),
    };
    let wanted = match known.kind {
        Kind::Share => "百分数与一般的数不能相加".to_owned(),
        Kind::Points => "百分点与一般的数不能相加".to_owned(),
        Kind::PerMille => "千分数与一般的数不能相加".to_owned(),
        Kind::Index => "指数与一般的数不能相加".to_owned(),
        Kind::Rank => "名次与一般的数不能相加".to_owned(),
        Kind::Year => "年份与一般的数不能相加".to_owned(),
        _ => format!("一个以{}计", known.unit.as_deref().unwrap_or("没有单位")),
    };
    if !said.contains(&wanted) {
        return Some(format!("says “{said}”, should say “{wanted}”"));
    }
    // A ratio compares with a share, another number does not.
    let ratio = match known.kind {
        Kind::Ratio => true,
        Kind::Amount => false,
        _ => return None,
    };
    let compares = matches!(self::made(world, &format!("({written}) < \"10%\"")), Made::Printed(..));
    (compares != ratio).then(|| format!("a ratio: {ratio}, but compares with a share: {compares}"))
}

/// Whether a printed number is the value, to the digits that are printed.
fn same_value(text: &str, known: &Known, short: bool) -> Result<(), String> {
    let digits = text.trim_end_matches(['%', '‰', '万', '亿', '千', '百', '十']);
    let tail = &text[digits.len()..];
    let printed: f64 = digits.parse().map_err(|_| format!("{text} is no number"))?;
    let factor = match (known.kind, tail) {
        (Kind::Share, "" | "%") => 0.01,
        (Kind::PerMille, "" | "‰") => 0.001,
        (_, "") => 1.0,
        (_, "万") => 1e4,
        (_, "亿") => 1e8,
        _ => return Err(format!("{text} has a tail that does not belong to {known:?}")),
    };
    let value = known.value.approximately();
    // 占比 is written to one decimal, or to as many as something small needs.
    let decimals = digits.split('.').nth(1).map_or(0, str::len).max(1);
    let digit = if short { 0.5 * 0.1f64.powi(decimals as i32) } else { 1e-10 };
    let near = (printed * factor - value).abs() <= digit * factor * 1.000_001 + value.abs() * 1e-12;
    if near { Ok(()) } else { Err(format!("{text}, should be {value}")) }
}

#[test]
fn the_engine_works_out_what_the_reference_does() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut wrong, mut decided, mut figures) = (Vec::new(), 0, 0);
    for _ in 0..TREES / OVER_ONE {
        let cells = Cells::random(&mut dice);
        let world = Arc::new(World::new(cells.dataset.clone(), Arc::new(Declared::default()), None));
        for _ in 0..OVER_ONE {
            let depth = 1 + dice.below(DEEPEST);
            let tree = Tree::random(&mut dice, depth);
            let written = tree.written();
            let made = made(&world, &written);
            let said = match (tree.worked_out(&cells), &made) {
                (Outcome::Undecided, _) => continue,
                (Outcome::Known(known), made) => {
                    figures += 1;
                    differs(&world, &tree, &known, made)
                }
                (Outcome::Missing, Made::Missing) | (Outcome::Refused, Made::Refused(_)) => None,
                (Outcome::Absent(cells), Made::Printed(text, read)) if text == "—" && *read == cells => None,
                (outcome, _) => Some(format!("should be {outcome:?}")),
            };
            decided += 1;
            wrong.extend(said.map(|said| format!("{written}: {said}; {made:?}; {}", tree.leaves(&cells))));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(25)].join("\n"));
    assert!(decided >= DECIDED && figures > TREES / 5, "{decided} decided, {figures} figures");
}
