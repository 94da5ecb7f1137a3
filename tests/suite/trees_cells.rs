//! Random cells of every kind: as data, and as the reference knows them.

use std::collections::BTreeSet;
use std::sync::Arc;

use huibao::dataset::{Cell, Column, Dataset, Number, Record, Table, Value, YearData};
use huibao::diagnostic::{Origin, SourceId};
use huibao::quantity::{self, Show};
use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::trees_reference::{Fraction, Kind, Known, Outcome};

/// The same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const UNITS: [&str; 9] = ["件", "人次", "元", "万元", "亿元", "人", "万人", "亩", "公顷"];
/// Columns of the table; the last holds two units that do not add.
pub const COLUMNS: [&str; 5] = ["款", "件数", "面积", "率", "杂"];
pub const STATES: [&str; 3] = ["建成", "在建", "规划"];
pub const ROWS: usize = 6;
/// The cell that says the year.
pub const YEAR_CELL: u32 = 9000;

/// Cells by their number: what they are in the data, and what the reference knows of them.
pub struct Cells {
    pub dataset: Arc<Dataset>,
    pub fields: Vec<Outcome>,
    /// By column and row.
    table: Vec<Vec<Outcome>>,
    states: Vec<usize>,
}

fn origin(cell: u32) -> Origin {
    Origin::cell(SourceId(0), 0, cell, 0)
}

/// A random cell of some kind, with its number.
fn cell(dice: &mut Dice, at: u32, kind: usize, unit: Option<&str>) -> (Cell, Outcome) {
    let scale = dice.pick(&[0u32, 0, 0, 1, 2]);
    let whole = dice.pick(&[0, 1, 3, 7, 12, 36, 95, 240, 999, 3200]) as i64 + dice.below(9) as i64;
    let whole = if dice.below(8) == 0 {
        -whole
    } else if dice.below(9) == 0 {
        0
    } else {
        whole
    };
    let cells = BTreeSet::from([at]);
    let given = |decimal: Decimal, kind: Kind, number: Number, shown: String, unit: Option<&str>| {
        let value = Fraction::new(decimal.mantissa(), 10i128.pow(decimal.scale()));
        let known = Known {
            value: value.unwrap_or(Fraction::ZERO),
            kind,
            unit: unit.map(str::to_owned),
            cells: cells.clone(),
            literal: false,
        };
        let cell =
            Cell { value: Value::Number(number), shown: shown.into(), unit: unit.map(Arc::from), origin: origin(at) };
        (cell, Outcome::Known(known))
    };
    let of = |kind: quantity::Kind, decimal: Decimal| Number { kind, ..Number::plain(decimal) };
    let plain = Decimal::new(whole, scale).normalize();
    match kind {
        0 => {
            let ratio = Decimal::new(whole, 3 + scale / 2).normalize();
            let shown = format!("{}%", (ratio * Decimal::ONE_HUNDRED).normalize());
            given(ratio, Kind::Share, Number::percent(ratio), shown, None)
        }
        1 => given(plain, Kind::Points, of(quantity::Kind::Points, plain), plain.to_string(), None),
        2 => {
            let ratio = Decimal::new(whole, 4).normalize();
            let shown = format!("{}‰", (ratio * Decimal::ONE_THOUSAND).normalize());
            given(ratio, Kind::PerMille, Number::per_mille(ratio), shown, None)
        }
        3 => given(plain, Kind::Index, of(quantity::Kind::Index, plain), plain.to_string(), None),
        7 => {
            let place = Decimal::from(whole.abs() + 1);
            given(place, Kind::Rank, of(quantity::Kind::Rank, place), place.to_string(), None)
        }
        4 => (Cell { shown: "—".into(), value: Value::Absent, ..Cell::missing(origin(at)) }, Outcome::Absent(cells)),
        5 => (Cell::missing(origin(at)), Outcome::Missing),
        6 => {
            // Shown as 3.2万, whatever it is worth.
            let worth = Decimal::from(whole * 1000);
            let shown = format!("{}万", (worth / Decimal::from(10_000)).normalize());
            let number = Number { show: Show { shift: 4, word: true, unit: false }, ..Number::plain(worth) };
            given(worth, Kind::Amount, number, shown, unit.filter(|u| !u.starts_with(['万', '亿'])))
        }
        _ => given(plain, Kind::Amount, Number::plain(plain), plain.to_string(), unit),
    }
}

impl Cells {
    pub fn random(dice: &mut Dice) -> Cells {
        let (mut fields, mut known) = (IndexMap::new(), Vec::new());
        // Mostly units of one or two dimensions, so that much goes together.
        let first = dice.below(UNITS.len());
        let near = [UNITS[first], UNITS[first], UNITS[(first + 1) % UNITS.len()]];
        for at in 0..36u32 {
            let unit = match dice.below(8) {
                0 | 1 => None,
                2 => Some(dice.pick(&UNITS)),
                _ => Some(dice.pick(&near)),
            };
            // Shares above all: they are what goes wrong most.
            let kind = match dice.below(36) {
                8..=12 => 0,
                13 | 14 => 1,
                kind => kind,
            };
            let (cell, outcome) = cell(dice, at, kind, unit);
            fields.insert(Arc::from(format!("甲{at}")), cell);
            known.push(outcome);
        }
        let units = [["万元", "元"], ["件", "件"], ["亩", "公顷"], ["", ""], ["件", "人次"]];
        let mut records = Vec::new();
        let (mut table, mut states) = (vec![Vec::new(); COLUMNS.len()], Vec::new());
        for row in 0..ROWS {
            let at = |column: usize| 1000 + (row * 10 + column) as u32;
            let state = dice.below(STATES.len());
            states.push(state);
            let text = |text: &str, column| Cell {
                value: Value::Text(text.into()),
                shown: text.into(),
                unit: None,
                origin: origin(at(column)),
            };
            let mut cells = vec![text(&format!("镇{row}"), 8), text(STATES[state], 9)];
            for (column, known) in table.iter_mut().enumerate() {
                let kind = if column == 3 { 0 } else { dice.pick(&[9, 9, 9, 9, 9, 4, 6]) };
                let unit = dice.pick(&units[column]);
                let (cell, outcome) = cell(dice, at(column), kind, Some(unit).filter(|unit| !unit.is_empty()));
                cells.push(cell);
                known.push(outcome);
            }
            records.push(Record { cells, origin: origin(at(8)) });
        }
        let column = |name: &str| Column { name: name.into(), unit: None, unit_of_sheet: false, origin: origin(999) };
        let columns = ["名称", "状态"].into_iter().chain(COLUMNS).map(column).collect();
        let made = Table { name: "表".into(), columns, records, totals: Vec::new(), origin: origin(998) };
        let year = YearData { fields, tables: IndexMap::from([(Arc::from("表"), made)]) };
        let dataset = Dataset {
            year: Some(2026),
            year_origin: Some(origin(YEAR_CELL)),
            report: IndexMap::new(),
            report_lists: IndexMap::new(),
            years: [(2026, Arc::new(year))].into(),
            field_sheets: Vec::new(),
            files: Vec::new(),
        };
        Cells { dataset: Arc::new(dataset), fields: known, table, states }
    }

    /// The cells of a column in the rows of one state, or in all.
    pub fn column(&self, column: usize, state: Option<usize>) -> Vec<Outcome> {
        let rows = (0..ROWS).filter(|row| state.is_none_or(|state| self.states[*row] == state));
        rows.map(|row| self.table[column][row].clone()).collect()
    }
}
