//! Each printed figure, read back as a reader of the report reads it (with its 万, 亿, % and the
//! unit that the sentence goes on with), is the quantity, to the digits that are printed.

use std::collections::HashMap;
use std::sync::Arc;

use huibao::dataset::{Cell, Dataset, Number, Value, YearData};
use huibao::diagnostic::{Origin, SourceId, has_error};
use huibao::pipeline::{self, Request};
use huibao::quantity::{Kind, Show};
use huibao::template::{Declared, Engine, TemplateText, World, split_tokens};
use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::packs::PACKS;
use super::trees_cells::Dice;

const DATASETS: usize = 2_000;
/// Units by what they measure, each with its size; they are the readers' own.
const UNITS: [(&str, &str, i64); 15] = [
    ("元", "万元", 10_000),
    ("元", "亿元", 100_000_000),
    ("元", "元", 1),
    ("人", "万人", 10_000),
    ("人", "人", 1),
    ("亩", "公顷", 15),
    ("亩", "亩", 1),
    ("件", "件", 1),
    ("人次", "万人次", 10_000),
    ("人次", "人次", 1),
    ("册", "万册", 10_000),
    ("册次", "万册次", 10_000),
    ("场", "场", 1),
    ("点", "个百分点", 1),
    ("率", "%", 1),
];

fn size(unit: &str) -> Option<(&'static str, Decimal)> {
    UNITS.iter().find(|(_, name, _)| *name == unit).map(|(of, _, size)| (*of, Decimal::from(*size)))
}

/// A number at the start of a text, its last digit's worth, and what it measures: in the
/// smallest unit. Without a unit behind it, it is a number of `own`.
fn read_back(text: &str, own: Option<&str>) -> Option<(Decimal, Decimal)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(text.len());
    let number: Decimal = text[..end].parse().ok()?;
    let digit = Decimal::new(1, number.scale());
    let rest = &text[end..];
    // 3.2万元: the word belongs to the number where the unit alone is one, too.
    let named = UNITS.iter().filter(|(_, name, _)| rest.starts_with(name)).max_by_key(|(_, name, _)| name.len());
    let factor = match named {
        Some((_, name, _)) => size(name)?.1,
        None => {
            let word = rest.chars().next();
            let scale = match word {
                Some('万') => 10_000,
                Some('亿') => 100_000_000,
                _ => 1,
            };
            let behind = if scale > 1 { &rest[3..] } else { rest };
            let unit = UNITS.iter().map(|(_, name, _)| *name).find(|name| behind.starts_with(name)).or(own);
            Decimal::from(scale) * unit.and_then(size).map_or(Decimal::ONE, |(_, size)| size)
        }
    };
    Some((number * factor, digit * factor))
}

/// A random figure: its cell, its unit, and what it is worth in the smallest unit.
fn figure(dice: &mut Dice) -> (Cell, &'static str, Decimal) {
    let (_, unit, _) = UNITS[dice.below(UNITS.len())];
    let value = Decimal::new(dice.below(9_999_999) as i64 + 1, dice.below(4) as u32).normalize();
    let value = if dice.below(9) == 0 { -value } else { value };
    let origin = Origin::cell(SourceId(0), 0, dice.below(9999) as u32, 0);
    let made = |number: Number, shown: String, unit: Option<&str>| Cell {
        value: Value::Number(number),
        shown: shown.into(),
        unit: unit.map(Arc::from),
        origin,
    };
    match unit {
        "%" => {
            let ratio = value / Decimal::ONE_HUNDRED;
            (made(Number::percent(ratio.normalize()), format!("{value}%"), None), unit, value)
        }
        "个百分点" => {
            let number = Number { kind: Kind::Points, ..Number::plain(value) };
            (made(number, value.to_string(), None), unit, value)
        }
        "元" | "人" | "件" if dice.below(3) == 0 => {
            // Shown as 3.2万, whatever it is worth; sometimes with its unit.
            let worth = value.trunc() + Decimal::ONE;
            let with = dice.below(2) == 0;
            let shown = (worth / Decimal::from(10_000)).round_dp(dice.below(3) as u32);
            let show = Show { shift: 4, word: true, unit: with };
            let tail = if with { unit } else { "" };
            let shown = format!("{shown}万{tail}");
            (made(Number { show, ..Number::plain(worth) }, shown, Some(unit)), unit, worth)
        }
        _ => {
            let base = value * size(unit).unwrap().1;
            (made(Number::plain(value), value.to_string(), Some(unit)), unit, base)
        }
    }
}

fn printed(dataset: Dataset, written: &str) -> Result<String, String> {
    let world = Arc::new(World::new(Arc::new(dataset), Arc::new(Declared::default()), None));
    let text = TemplateText::new("t", written, SourceId(1));
    let rendered = Engine::new(vec![text]).unwrap().render("t", &world, Vec::new(), false);
    if has_error(&rendered.diagnostics) {
        return Err(rendered.diagnostics[0].message.clone());
    }
    let pieces = split_tokens(&rendered.text).into_iter().map(|(piece, id)| {
        format!("{piece}{}", id.map(|id| rendered.figures[id.0 as usize].text.to_string()).unwrap_or_default())
    });
    Ok(pieces.collect())
}

fn dataset(cell: Cell) -> Dataset {
    let year = YearData { fields: IndexMap::from([(Arc::from("甲"), cell)]), tables: IndexMap::new() };
    Dataset {
        year: Some(2026),
        year_origin: None,
        report: IndexMap::new(),
        report_lists: IndexMap::new(),
        years: [(2026, Arc::new(year))].into(),
        field_sheets: Vec::new(),
        files: Vec::new(),
    }
}

/// As it stands, doubled, and turned round: before nothing, before its unit, and before another
/// unit of what it measures.
#[test]
fn generated_figures_read_back_as_what_they_are() {
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let (mut wrong, mut read) = (Vec::new(), 0);
    for _ in 0..DATASETS {
        let (cell, unit, worth) = figure(&mut dice);
        let of = size(unit).unwrap().0;
        let near: Vec<&str> = UNITS.iter().filter(|(other, ..)| *other == of).map(|(_, name, _)| *name).collect();
        let following = if dice.below(3) == 0 { "" } else { near[dice.below(near.len())] };
        // Three times a share is a number, as a share of three is.
        let most = if unit == "%" { 3 } else { 4 };
        let (written, times) = [("甲", 1), ("甲 + 甲", 2), ("-甲", -1), ("甲 * 3", 3)][dice.below(most)];
        let (shown, wanted) = (cell.shown.clone(), worth * Decimal::from(times));
        let text = format!("{{{{ {written} }}}}{following}。");
        let got = printed(dataset(cell), &text);
        let back = got.as_ref().ok().and_then(|text| read_back(text, Some(unit)));
        // A share that shows no sign is spoken of in per cent all the same.
        let same = back.is_some_and(|(value, digit)| (value - wanted).abs() * Decimal::TWO <= digit);
        read += usize::from(same);
        if !same {
            wrong.push(format!("{shown} {unit}: {text} gives {got:?}, worth {wanted}, read {back:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {read}\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// The figures of the samples that are one cell: what the sentence says is what the cell holds.
#[test]
fn figures_of_the_samples_read_back_as_their_cells() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for pack in PACKS.into_iter().filter(|pack| *pack != "township-briefing") {
        let data = vec![format!("samples/{pack}/2026.xlsx").into()];
        let request = Request { data, template: Some(pack.into()), folders: vec![".".into()], ..Request::default() };
        let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
        let document = pipeline::compose(&material, None, false).unwrap_or_else(|d| panic!("{d:?}")).document;
        let known = quantities(&material.data);
        let passages = huibao::document::passages(&document);
        for row in huibao::trace::printed(&document, &passages) {
            let Some(cell) = row.figure.reads.single() else { continue };
            let Some((value, unit)) = known.get(&cell.origin) else { continue };
            let sentence = format!("{}{}", row.text, row.after);
            let digits = row.text.trim_end_matches(|c: char| !c.is_ascii_digit());
            let named = row.figure.expression.split([' ', '|']).next().and_then(|path| path.rsplit('.').next());
            // A count, or what is calculated, is not the cell itself.
            if digits.parse::<Decimal>().is_err() || !named.is_some_and(|named| cell.name.ends_with(named)) {
                continue;
            }
            // Of a cell without a unit only the sentence knows what it counts.
            let said = if unit.is_some() { &sentence } else { &row.text };
            let back = read_back(said, unit.as_deref());
            read += 1;
            if back.is_none_or(|(back, digit)| (back - value).abs() * Decimal::TWO > digit) {
                wrong.push(format!("{pack}: {} in “{sentence}” reads {back:?}, is {value}", row.figure.expression));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {read}\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(read > 200, "{read}");
}

/// What each number cell is worth in the smallest unit, and its unit.
fn quantities(data: &Dataset) -> HashMap<Origin, (Decimal, Option<String>)> {
    let mut known = HashMap::new();
    let mut add = |cell: &Cell, column: Option<&Arc<str>>| {
        let Some(number) = cell.number() else { return };
        let unit = cell.unit.as_ref().or(column).map(|unit| unit.to_string());
        let factor = match (number.kind, unit.as_deref()) {
            (Kind::Share, _) => Decimal::ONE_HUNDRED,
            (_, Some(unit)) => size(unit).map_or(Decimal::ONE, |(_, size)| size),
            _ => Decimal::ONE,
        };
        let unit = if number.kind == Kind::Share { Some("%".to_owned()) } else { unit };
        known.insert(cell.origin, ((number.decimal * factor).normalize(), unit));
    };
    for year in data.years.values() {
        year.fields.values().for_each(|cell| add(cell, None));
        for table in year.tables.values() {
            for record in &table.records {
                record.cells.iter().zip(&table.columns).for_each(|(cell, column)| add(cell, column.unit.as_ref()));
            }
        }
    }
    known
}
