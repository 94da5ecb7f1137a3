//! Names of the data that can only be meant as one of the template's: a column of the names by another
//! word (乡镇（街道）), a joined name (培训.场次 for 培训场次). They are taken, with a notice; where two
//! are possible, none is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::schema::TableSpec;
use super::wanted::Wanted;
use super::{Column, Dataset, REPORT_PREFIX, Table, Value, turned};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::quantity::unit;
use crate::vocabulary::columns::{NAME, Role, heads_figures, is, is_like, names_the_rows};

/// A column, by its number, and the name that it is taken for.
type Renamed = (usize, Arc<str>);

/// Gives names of fields and columns the template's, where no other can be meant.
pub fn settle(data: &mut Dataset, wanted: &Wanted<'_>) -> Vec<Diagnostic> {
    // By table: its place, and what was taken for what.
    let mut taken: BTreeMap<Arc<str>, (Origin, Vec<String>)> = BTreeMap::new();
    let turned = upright(data, wanted);
    let of_fields = fields(data, wanted);
    let open = open_fields(data, wanted);
    for year in data.years.values_mut() {
        let renames: Vec<(Arc<str>, Vec<Renamed>)> =
            year.tables.iter().map(|(name, table)| (name.clone(), of_table(table, wanted, &open))).collect();
        for (name, renames) in renames.into_iter().filter(|(_, renames)| !renames.is_empty()) {
            let Some(table) = Arc::make_mut(year).tables.get_mut(&name) else { continue };
            for (at, new) in renames {
                let column = &mut table.columns[at];
                let (_, said) = taken.entry(name.clone()).or_insert((column.origin, Vec::new()));
                let one = format!("“{}”列按“{new}”", column.name);
                if !said.contains(&one) {
                    said.push(one);
                }
                column.name = new;
            }
        }
    }
    let tables = taken.into_iter().map(|(name, (at, said))| {
        Diagnostic::new(codes::D128, format!("{}读取", said.join("、")))
            .at(at)
            .about(&*name)
            .help("不用处理；如果不是，改列名，或者在“对应”表里写明")
    });
    turned.into_iter().chain(of_fields).chain(tables).collect()
}

/// Turns tables that lie on their side.
fn upright(data: &mut Dataset, wanted: &Wanted<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for spec in wanted.schema.iter().flat_map(|schema| &schema.tables) {
        let key = wanted.key.filter(|key| spec.column(key).is_some()).unwrap_or(NAME);
        for year in data.years.values_mut() {
            let turned = year.tables.get(&spec.name).and_then(|table| turned::upright(table, spec, key));
            let Some(table) = turned else { continue };
            told.push(
                Diagnostic::new(codes::D128, format!("“{}”的列竖着排，行横着排，转过来读取", spec.name))
                    .at(table.origin)
                    .help("不用处理；列名横着排、一行一条最清楚"),
            );
            Arc::make_mut(year).tables.insert(spec.name.clone(), table);
        }
    }
    told
}

/// Columns of a table with the names that they are taken for.
fn of_table(table: &Table, wanted: &Wanted<'_>, open: &[Arc<str>]) -> Vec<Renamed> {
    let spec = wanted.schema.and_then(|schema| schema.table(&table.name));
    let mut found = Vec::new();
    let names = spec.and_then(|spec| spec.column(NAME)).is_some_and(|column| column.required);
    let by = wanted.by == Some(&*table.name);
    let key = wanted.key.filter(|key| by || spec.is_some_and(|spec| spec.column(key).is_some()));
    let undeclared = spec.is_none() && wanted.reads_column(NAME);
    let wanted_name = key.or((names || undeclared).then_some(NAME));
    if let Some(name) = wanted_name.filter(|name| table.column(name).is_none())
        && let Some(at) = naming_column(table, spec, wanted)
    {
        found.push((at, name.into()));
    }
    if spec.is_none() {
        found.extend(under_headings(table, wanted));
    }
    let taken: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
    found.extend(joined(table, spec, open).into_iter().filter(|(at, _)| !taken.contains(at)));
    found
}

/// The one column that names the rows by another word.
fn naming_column(table: &Table, spec: Option<&TableSpec>, wanted: &Wanted<'_>) -> Option<usize> {
    let free = |column: &Column| {
        spec.is_none_or(|spec| spec.column(&column.name).is_none())
            && (spec.is_some() || !wanted.reads_column(&column.name))
    };
    let of_words = |at: usize| {
        let mut cells = table.records.iter().filter_map(|r| r.cells.get(at)).filter(|c| !c.is_missing()).peekable();
        cells.peek().is_some() && cells.all(|c| matches!(&c.value, Value::Text(text) if !unit::is_unit(text)))
    };
    let fits = |named: &dyn Fn(&str) -> bool| {
        let mut found = (0..table.columns.len()).filter(|at| {
            let column = &table.columns[*at];
            named(&column.name) && free(column) && of_words(*at)
        });
        found.next().filter(|_| found.next().is_none())
    };
    let first = || (0..table.columns.len()).find(|at| !is(Role::Serial, &table.columns[*at].name));
    fits(&names_the_rows)
        .or_else(|| fits(&|name| heads_figures(name) || is_like(Role::Task, name)).filter(|at| Some(*at) == first()))
}

/// Columns of a table that nothing declares: one under a heading answers to its own name, where the
/// template reads that and no other column has it.
fn under_headings(table: &Table, wanted: &Wanted<'_>) -> Vec<Renamed> {
    // 报告.标题 is what a row says of its own report.
    let joined = |column: &Column| Some(column.name.clone()).filter(|name| !name.starts_with(REPORT_PREFIX));
    let own = |column: &Column| joined(column)?.rsplit_once('.').map(|(_, own)| Arc::<str>::from(own));
    let same =
        |name: &str| table.columns.iter().filter(|c| &*c.name == name || own(c).as_deref() == Some(name)).count();
    let fits = |column: &Column, own: &str| {
        let other = OTHERS.iter().any(|word| column.name.contains(word) && !own.contains(word));
        !other && same(own) == 1 && wanted.reads_column(own) && !wanted.reads_column(&column.name)
    };
    let columns = table.columns.iter().enumerate();
    columns.filter_map(|(at, column)| Some((at, own(column).filter(|own| fits(column, own))?))).collect()
}

/// Fields that the template asks for and no year has: in a batch they are columns.
fn open_fields(data: &Dataset, wanted: &Wanted<'_>) -> Vec<Arc<str>> {
    let declared = wanted.schema.iter().flat_map(|schema| schema.fields.iter().map(|f| f.name.clone()));
    let asked = wanted.asked.iter().flat_map(|names| names.iter().map(|name| Arc::from(name.as_str())));
    let has =
        |name: &str| data.years.values().any(|year| year.fields.contains_key(name) || year.tables.contains_key(name));
    let mut open: Vec<Arc<str>> = declared.chain(asked).filter(|name| !has(name)).collect();
    open.sort_unstable();
    open.dedup();
    open
}

/// Columns that stand under a heading: the parts of a joined name make up the one that is asked for.
fn joined(table: &Table, spec: Option<&TableSpec>, open: &[Arc<str>]) -> Vec<Renamed> {
    let asked = spec.map_or_else(|| open.to_vec(), |spec| spec.columns.iter().map(|c| c.name.clone()).collect());
    let missing: Vec<&Arc<str>> = asked.iter().filter(|name| table.column(name).is_none()).collect();
    let own = |name: &str| asked.iter().any(|asked| &**asked == name);
    let strange = || (0..table.columns.len()).filter(|at| !own(&table.columns[*at].name));
    let mut found = Vec::new();
    for wanted in &missing {
        let mut columns = strange().filter(|at| makes_up(&table.columns[*at].name, wanted));
        let (Some(at), None) = (columns.next(), columns.next()) else { continue };
        let others = missing.iter().filter(|other| makes_up(&table.columns[at].name, other)).count();
        if others == 1 {
            found.push((at, (*wanted).clone()));
        }
    }
    found
}

/// Figures of another year, or of a plan, are others.
const OTHERS: [&str; 8] = ["上年", "去年", "前年", "同期", "计划", "目标", "其中", "年"];

/// 培训.场次 makes up 培训场次, 意见建议.收集 makes up 收集建议, 经费.使用 使用经费.
fn makes_up(joined: &str, wanted: &str) -> bool {
    let parts: Vec<&str> = joined.split('.').collect();
    if parts.len() < 2
        || joined.starts_with(REPORT_PREFIX)
        || OTHERS.iter().any(|word| joined.contains(word) && !wanted.contains(word))
    {
        return false;
    }
    if parts.concat() == *wanted || parts.iter().rev().copied().collect::<String>() == *wanted {
        return true;
    }
    let (Some(own), groups) = (parts.last(), &parts[..parts.len() - 1]) else { return false };
    let rest = wanted.strip_prefix(own).or_else(|| wanted.strip_suffix(own)).filter(|rest| rest.chars().count() > 1);
    rest.is_some_and(|rest| groups.iter().any(|group| group.contains(rest)))
}

/// Fields that are asked for under the joined name of their group and their own.
fn fields(data: &mut Dataset, wanted: &Wanted<'_>) -> Option<Diagnostic> {
    let missing = open_fields(data, wanted);
    let declared = |name: &str| wanted.schema.is_some_and(|schema| schema.field(name).is_some());
    let mut names: Vec<Arc<str>> = data.years.values().flat_map(|year| year.fields.keys().cloned()).collect();
    names.retain(|name| name.contains('.') && !declared(name) && !wanted.reads(name));
    names.sort_unstable();
    names.dedup();
    let (mut said, mut place) = (Vec::new(), None);
    for wanted in &missing {
        let mut fitting = names.iter().filter(|name| makes_up(name, wanted));
        let (Some(name), None) = (fitting.next(), fitting.next()) else { continue };
        if missing.iter().filter(|other| makes_up(name, other)).count() > 1 {
            continue;
        }
        for year in data.years.values_mut().filter(|year| year.fields.contains_key(name)) {
            let year = Arc::make_mut(year);
            if let Some((at, _, cell)) = year.fields.shift_remove_full(name) {
                place = place.or(Some(cell.origin));
                year.fields.shift_insert(at, wanted.clone(), cell);
            }
        }
        said.push(format!("“{name}”按“{wanted}”"));
    }
    let told = Diagnostic::new(codes::D128, format!("{}读取", said.join("、")));
    let told = Diagnostic { origin: place, ..told };
    (!said.is_empty()).then(|| told.help("不用处理；如果不是，改指标名，或者在“对应”表里写明"))
}
