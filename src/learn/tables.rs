//! What tables can say: cells, sums, counts, means, extremes, and records that have something in common.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::conditions::{Condition, conditions, kind_and_unit};
use super::series::{Day, Facts, Group, Names, Of, Series, Threshold, spoken};
use super::spell::{self, quoted};
use crate::dataset::{Cell, Dataset, Table, Value, YearData};
use crate::quantity::Kind;
use crate::vocabulary::columns;

/// All that a dataset can say, for its year; `thresholds`: bounds that the text names.
pub fn facts(data: &Dataset, thresholds: &[Threshold]) -> Facts {
    let mut facts = Facts::new(data.year.unwrap_or(0));
    facts.fields(data);
    facts.information(data);
    let Some(own) = data.current() else { return facts };
    for table in own.tables.values() {
        let label = facts.label(&table.name);
        let expression = spell::name(&table.name);
        Reader { facts: &mut facts, table, data, expression, label }.read(thresholds);
    }
    facts
}

/// Years from the report's, the table of that year, its rows by their names.
type OfYear<'t> = (i16, &'t Table, BTreeMap<&'t str, &'t [Cell]>);

struct Reader<'r> {
    facts: &'r mut Facts,
    table: &'r Table,
    data: &'r Dataset,
    expression: String,
    label: usize,
}

impl Reader<'_> {
    fn read(&mut self, thresholds: &[Threshold]) {
        let table = self.table;
        let key = key(table);
        let numeric: Vec<usize> = (0..table.columns.len()).filter(|at| is_numeric(table, *at)).collect();
        self.count(None);
        numeric.iter().for_each(|at| self.column(*at));
        let conditions = conditions(table, key, &numeric, thresholds);
        let mut groups = Vec::new();
        for condition in &conditions {
            self.count(Some(condition));
            numeric.iter().for_each(|at| self.sum(*at, Some(condition)));
            if condition.is_one() {
                numeric.iter().for_each(|at| self.mean(*at, Some(condition)));
            }
            groups.push(self.group(condition));
        }
        if let Some(key) = key {
            self.cells(key, &numeric);
            let others: Vec<usize> = (0..table.columns.len()).filter(|at| *at != key && is_names(table, *at)).collect();
            for at in [&[key], &others[..]].concat() {
                self.names(at, at == key, &numeric, groups.clone());
            }
            self.extremes(&numeric);
        }
    }

    fn series(
        &mut self,
        of: Of,
        expression: String,
        values: Vec<(i16, f64)>,
        at: Option<usize>,
        condition: Option<&Condition>,
    ) {
        let table = self.table;
        let (kind, unit) = at.map_or((Kind::Amount, "".into()), |at| kind_and_unit(table, at));
        let name = at.map_or(self.label, |at| self.facts.label(&table.columns[at].name));
        let condition = condition.map(|own| self.labels(own));
        let values = values.into_iter().collect();
        let series =
            Series { of, expression, values, kind, unit, name, record: None, condition, table: Some(self.label) };
        self.facts.add(series);
    }

    fn labels(&mut self, condition: &Condition) -> (usize, usize) {
        (self.facts.label(&self.table.columns[condition.column].name), self.facts.label(&condition.said))
    }

    fn of_year(&self, read: impl Fn(&Table) -> Option<f64>) -> Vec<(i16, f64)> {
        let name = &self.table.name;
        self.facts.by_year(self.data, |year: &YearData| read(year.tables.get(name)?))
    }

    fn filtered(&self, condition: Option<&Condition>) -> String {
        match condition {
            Some(condition) => format!("{} | {}", self.expression, condition.filter(self.table)),
            None => self.expression.clone(),
        }
    }

    fn count(&mut self, condition: Option<&Condition>) {
        let values = self.of_year(|table| Some(rows(table, self.table, condition).count() as f64));
        let expression = format!("{} | length", self.filtered(condition));
        self.series(Of::Count, expression, values, None, condition);
    }

    fn sum(&mut self, at: usize, condition: Option<&Condition>) {
        let name = &self.table.columns[at].name;
        let (kind, _) = kind_and_unit(self.table, at);
        if kind == Kind::Share {
            return;
        }
        let values = self.of_year(|table| {
            let all: Vec<f64> = numbers(table, name, rows(table, self.table, condition));
            (!all.is_empty()).then(|| all.iter().sum())
        });
        let expression = format!("合计({}, {})", self.filtered(condition), quoted(name));
        self.series(Of::Sum, expression, values, Some(at), condition);
    }

    /// Sum and mean of a column.
    fn column(&mut self, at: usize) {
        self.sum(at, None);
        self.mean(at, None);
    }

    fn mean(&mut self, at: usize, condition: Option<&Condition>) {
        let name = &self.table.columns[at].name;
        let values = self.of_year(|table| {
            let all = numbers(table, name, rows(table, self.table, condition));
            (all.len() > 1).then(|| all.iter().sum::<f64>() / all.len() as f64)
        });
        self.series(
            Of::Mean,
            format!("平均({}, {}, 位数=位数)", self.filtered(condition), quoted(name)),
            values,
            Some(at),
            condition,
        );
    }

    /// What each column says of the record that has the most or the least in another.
    fn extremes(&mut self, numeric: &[usize]) {
        let table = self.table;
        for &by in numeric {
            let column = &table.columns[by].name;
            let label = self.facts.label(column);
            for (function, greatest) in [("最大", true), ("最小", false)] {
                for &at in numeric {
                    let values = self.of_year(|own| {
                        let row = extreme(own, column, greatest)?;
                        let to = own.column(&table.columns[at].name)?;
                        Some(spoken(&own.records[row].cells.get(to)?.quantity(own.unit(to).as_ref())?))
                    });
                    let record = format!("{function}({}, {})", self.expression, quoted(column));
                    let expression = spell::column(&record, &table.columns[at].name);
                    self.series(Of::Extreme { greatest, by: label }, expression, values, Some(at), None);
                }
            }
        }
    }

    fn cells(&mut self, key: usize, numeric: &[usize]) {
        let table = self.table;
        let named = &table.columns[key].name;
        let by_year: Vec<OfYear> = (self.data.years.iter())
            .filter(|(year, _)| **year <= self.facts.year)
            .filter_map(|(year, own)| {
                let own = own.tables.get(&table.name)?;
                let key = own.column(named)?;
                let mut rows: BTreeMap<&str, &[Cell]> = BTreeMap::new();
                own.records.iter().for_each(|record| {
                    rows.entry(&record.cells[key].shown).or_insert(&record.cells);
                });
                Some((year - self.facts.year, own, rows))
            })
            .collect();
        let mut known = HashSet::new();
        for record in &table.records {
            let own = &record.cells[key];
            if own.shown.is_empty() || !known.insert(own.shown.clone()) {
                continue;
            }
            let row = self.record(key, &own.shown);
            let label = self.facts.label(&own.shown);
            for &at in numeric {
                let column = &table.columns[at].name;
                let value = |(offset, table, rows): &OfYear| {
                    let at = table.column(column)?;
                    let cell = rows.get(&*own.shown)?.get(at)?;
                    Some((*offset, spoken(&cell.quantity(table.unit(at).as_ref())?)))
                };
                let values = by_year.iter().filter_map(value).collect();
                let (kind, unit) = kind_and_unit(table, at);
                let expression = spell::column(&row, column);
                let name = self.facts.label(column);
                let series = Series {
                    of: Of::Cell,
                    expression,
                    values,
                    kind,
                    unit,
                    name,
                    record: Some(label),
                    condition: None,
                    table: Some(self.label),
                };
                self.facts.add(series);
            }
            for (at, cell) in record.cells.iter().enumerate() {
                if let Value::Date(date) = cell.value {
                    let column = &table.columns[at].name;
                    let (expression, name) = (spell::column(&row, column), self.facts.label(column));
                    self.facts.days.push(Day { expression, date, name, record: Some(label) });
                }
            }
        }
    }

    /// The record of a name.
    fn record(&self, key: usize, name: &str) -> String {
        format!("({} | 筛选({}, {}) | first)", self.expression, quoted(&self.table.columns[key].name), quoted(name))
    }

    /// Whether most of the records were there the year before; of one year alone nobody knows.
    fn is_stable(&self, key: usize, texts: &[Arc<str>]) -> bool {
        let before = self.data.years.get(&(self.facts.year - 1)).and_then(|year| year.tables.get(&self.table.name));
        let Some((table, at)) = before.and_then(|table| Some((table, table.column(&self.table.columns[key].name)?)))
        else {
            return true;
        };
        let known: HashSet<&str> =
            table.records.iter().filter_map(|record| Some(&*record.cells.get(at)?.shown)).collect();
        known.is_empty() || 2 * texts.iter().filter(|text| known.contains(&***text)).count() > texts.len()
    }

    /// The other columns of texts.
    fn others(&self, key: usize) -> Vec<(Arc<str>, Vec<Arc<str>>)> {
        let table = self.table;
        let text = |at: usize| table.records.iter().any(|record| matches!(record.cells[at].value, Value::Text(_)));
        let own = (0..table.columns.len()).filter(|at| *at != key && text(*at));
        own.map(|at| {
            (
                table.columns[at].name.clone(),
                table.records.iter().map(|record| record.cells[at].shown.clone()).collect(),
            )
        })
        .collect()
    }

    fn group(&mut self, condition: &Condition) -> Group {
        let table = self.table;
        let own = |row: &usize| {
            table.records[*row].cells.get(condition.column).is_some_and(|cell| condition.holds(cell, table))
        };
        Group {
            expression: condition.filter(table),
            condition: self.labels(condition),
            rows: (0..table.records.len()).filter(own).collect(),
        }
    }

    fn names(&mut self, key: usize, is_key: bool, numeric: &[usize], groups: Vec<Group>) {
        let table = self.table;
        let texts: Vec<Arc<str>> = table.records.iter().map(|record| record.cells[key].shown.clone()).collect();
        let value = |at: usize| {
            let unit = table.unit(at);
            table.records.iter().map(|r| Some(spoken(&r.cells.get(at)?.quantity(unit.as_ref())?))).collect::<Vec<_>>()
        };
        let numbers = numeric
            .iter()
            .map(|at| (self.facts.label(&table.columns[*at].name), table.columns[*at].name.clone(), value(*at)));
        let numbers = numbers.collect();
        let names = Names {
            table: self.label,
            expression: self.expression.clone(),
            column: table.columns[key].name.to_string(),
            key: is_key,
            by_name: table.name_column().or_else(|| first_text(table)) == Some(key),
            noun: ending(&texts),
            stable: self.is_stable(key, &texts),
            rows: texts.iter().map(|text| self.record(key, text)).collect(),
            others: self.others(key),
            texts,
            numbers,
            groups,
        };
        self.facts.names.push(names);
    }
}

/// The rows of a table of some year that a condition of the report's table holds for.
fn rows<'t>(table: &'t Table, own: &Table, condition: Option<&Condition>) -> impl Iterator<Item = &'t [Cell]> {
    let at = condition.map(|condition| table.column(&own.columns[condition.column].name));
    let rows = table.records.iter().map(|record| &record.cells[..]);
    rows.filter(move |cells| match (condition, at) {
        (Some(condition), Some(at)) => at.and_then(|at| cells.get(at)).is_some_and(|cell| condition.holds(cell, table)),
        _ => true,
    })
}

fn numbers<'t>(table: &Table, column: &str, rows: impl Iterator<Item = &'t [Cell]>) -> Vec<f64> {
    let Some(at) = table.column(column) else { return Vec::new() };
    let unit = table.unit(at);
    rows.filter_map(|cells| Some(spoken(&cells.get(at)?.quantity(unit.as_ref())?))).collect()
}

/// The first record with the most, or the least.
fn extreme(table: &Table, column: &str, greatest: bool) -> Option<usize> {
    let at = table.column(column)?;
    let unit = table.unit(at);
    let mut best: Option<(usize, f64)> = None;
    for (row, record) in table.records.iter().enumerate() {
        let Some(own) = record.cells.get(at).and_then(|cell| cell.quantity(unit.as_ref())) else { continue };
        let own = spoken(&own);
        if best.is_none_or(|(_, held)| if greatest { own > held } else { own < held }) {
            best = Some((row, own));
        }
    }
    best.filter(|_| table.records.len() > 1).map(|(row, _)| row)
}

/// The column by which the records of a table are known.
fn key(table: &Table) -> Option<usize> {
    let all = || 0..table.columns.len();
    let named = || all().find(|at| columns::names_the_rows(&table.columns[*at].name) && is_names(table, *at));
    let names = || all().find(|at| is_names(table, *at));
    table.name_column().or_else(named).or_else(names).or_else(|| first_text(table))
}

/// Whether a column gives each record a name of its own.
fn is_names(table: &Table, at: usize) -> bool {
    let mut known = HashSet::new();
    let own = |record: &crate::dataset::Record| {
        let cell = &record.cells[at];
        let short = (2..=20).contains(&cell.shown.chars().count());
        matches!(cell.value, Value::Text(_)) && short && known.insert(cell.shown.clone())
    };
    table.records.len() > 1 && table.records.iter().all(own)
}

/// What all names end with.
fn ending(texts: &[Arc<str>]) -> String {
    let Some(first) = texts.first().filter(|_| texts.len() > 1) else { return String::new() };
    let starts = first.char_indices().map(|(at, _)| at).skip(1);
    let mut common = starts.map(|at| &first[at..]).filter(|end| texts.iter().all(|text| text.ends_with(end)));
    common.next().unwrap_or_default().to_owned()
}

fn is_numeric(table: &Table, at: usize) -> bool {
    let numbers = table.records.iter().any(|r| matches!(r.cells.get(at).map(|c| &c.value), Some(Value::Number(_))));
    numbers && !columns::is_no_figure(&table.columns[at].name)
}

fn first_text(table: &Table) -> Option<usize> {
    let of =
        |at: &usize| table.records.iter().any(|r| matches!(r.cells.get(*at).map(|c| &c.value), Some(Value::Text(_))));
    (0..table.columns.len()).find(of).filter(|_| table.records.iter().all(|r| r.cells.len() == table.columns.len()))
}
