//! Names of the data that the template calls otherwise: what 对应 says is done for good, in fields,
//! tables and columns of all years.

use std::sync::Arc;

use super::gathered::Gathered;
use super::pairs::{Pair, SHEET};
use super::sheets::clean_name;
use super::wanted::Wanted;
use super::{Dataset, Table, YearData};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::quantity::unit;

/// All pairs that count: those of the data before those of huibao.yaml. What is not settled yet, or
/// settled twice, is told.
pub fn all(gathered: &mut Gathered, wanted: &Wanted<'_>, told: &mut Vec<Diagnostic>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for mut pair in std::mem::take(&mut gathered.pairs).into_iter().chain(wanted.pairs.iter().cloned()) {
        pair.data = bare(&pair.data);
        pair.template = bare(&pair.template);
        if pair.data.is_empty() || pair.template.is_empty() {
            let name = if pair.data.is_empty() { &pair.template } else { &pair.data };
            told.push(
                Diagnostic::new(codes::D129, format!("“{SHEET}”里的“{name}”只写了一边，没有用上"))
                    .at(pair.origin)
                    .help("左边写表里的名称，右边写模板的名称；不需要的一行删去"),
            );
            continue;
        }
        match pairs.iter().find(|known| known.data == pair.data) {
            Some(known) if known.template != pair.template && known.own == pair.own => told.push(
                Diagnostic::new(codes::D010, format!("“{SHEET}”里的“{}”对应了两个名称", pair.data))
                    .at(pair.origin)
                    .also(known.origin, format!("第一次对应“{}”", known.template))
                    .help("只留对的一行"),
            ),
            Some(_) => {}
            None => pairs.push(pair),
        }
    }
    pairs
}

/// A name as it is compared: without the blanks and the unit that its header may have.
fn bare(name: &str) -> Arc<str> {
    let clean = clean_name(name);
    unit::split_header(&clean).0.into()
}

/// What the template calls a name.
pub fn called(pairs: &[Pair], name: &str) -> Arc<str> {
    pairs.iter().find(|pair| &*pair.data == name).map_or_else(|| name.into(), |pair| pair.template.clone())
}

/// Gives everything its name in the template.
pub fn apply(data: &mut Dataset, pairs: &[Pair], wanted: &Wanted<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    // Tables before their columns, which may be named by them.
    for pair in pairs {
        let mut used = false;
        for year in data.years.values_mut() {
            let has = year.fields.contains_key(&pair.data)
                || year.tables.contains_key(&pair.data)
                || year.tables.values().any(|table| column(table, pair).is_some());
            if has {
                used = true;
                told.extend(rename(Arc::make_mut(year), pair).map(|d| *d));
            }
        }
        if !used && pair.own {
            told.push(unused(data, pair));
        } else if pair.own {
            told.extend(unknown(pair, wanted));
        }
    }
    told.dedup();
    told
}

/// The column that a pair is about: by its name alone, or behind its table's.
fn column(table: &Table, pair: &Pair) -> Option<usize> {
    let behind = pair.data.strip_prefix(&*table.name).and_then(|rest| rest.strip_prefix('.'));
    table.column(&pair.data).or_else(|| table.column(behind?))
}

fn rename(year: &mut YearData, pair: &Pair) -> Option<Box<Diagnostic>> {
    let new = &pair.template;
    let taken = |what: &str, at| {
        let message = format!("“{}”对应“{new}”，可是数据里已经有{what}“{new}”", pair.data);
        let told = Diagnostic::new(codes::D010, message).at(pair.origin).also(at, "已经有的在这里");
        Some(Box::new(told.help("只留对的一个：删去“对应”里的这一行，或者给数据里的那一个改名")))
    };
    if year.fields.contains_key(&pair.data) {
        if let Some(known) = year.fields.get(new) {
            return taken("", known.origin);
        }
        if let Some((at, _, cell)) = year.fields.shift_remove_full(&pair.data) {
            year.fields.shift_insert(at, new.clone(), cell);
        }
    }
    if year.tables.contains_key(&pair.data) {
        if let Some(known) = year.tables.get(new) {
            return taken("表", known.origin);
        }
        if let Some((at, _, table)) = year.tables.shift_remove_full(&pair.data) {
            year.tables.shift_insert(at, new.clone(), Table { name: new.clone(), ..table });
        }
    }
    for table in year.tables.values_mut() {
        let Some(at) = column(table, pair) else { continue };
        let own = new.strip_prefix(&*table.name).and_then(|rest| rest.strip_prefix('.')).unwrap_or(new);
        if let Some(known) = table.column(own).filter(|known| *known != at) {
            return taken("列", table.columns[known].origin);
        }
        table.columns[at].name = own.into();
    }
    None
}

fn unused(data: &Dataset, pair: &Pair) -> Diagnostic {
    let years = || data.years.values();
    let fields = years().flat_map(|year| year.fields.keys());
    let tables = years().flat_map(|year| year.tables.keys());
    let columns = years().flat_map(|year| year.tables.values()).flat_map(|t| t.columns.iter().map(|c| &c.name));
    let near = nearest(&pair.data, fields.chain(tables).chain(columns).map(|name| &**name));
    let told = Diagnostic::new(codes::D129, format!("“{SHEET}”里的“{}”在数据里没有，没有用上", pair.data));
    told.at(pair.origin).help(match near {
        Some(near) => format!("是不是“{near}”？名称要与表里的完全一致"),
        None => "名称要与表里的指标名、表名、列名完全一致；不再需要的一行删去".to_string(),
    })
}

/// A name that the template does not ask for.
fn unknown(pair: &Pair, wanted: &Wanted<'_>) -> Option<Diagnostic> {
    let schema = wanted.schema?;
    let last = pair.template.rsplit('.').next().unwrap_or(&pair.template);
    let declared = || {
        let columns = schema.tables.iter().flat_map(|t| t.columns.iter().map(|c| &*c.name));
        schema.fields.iter().map(|f| &*f.name).chain(schema.tables.iter().map(|t| &*t.name)).chain(columns)
    };
    let known = |name: &str| declared().any(|own| own == name) || wanted.reads(name);
    if known(&pair.template) || known(last) || declared().next().is_none() {
        return None;
    }
    let told = Diagnostic::new(codes::D129, format!("“{SHEET}”里的“{}”模板没有用到", pair.template));
    Some(told.at(pair.origin).help(match nearest(&pair.template, declared()) {
        Some(near) => format!("是不是“{near}”？"),
        None => "名称要与模板里的完全一致，用 huibao templates show 可以看到".to_string(),
    }))
}
