//! A value for another year: looked up in that year, or calculated again from what it was made
//! of. Nothing is done before somebody asks.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, ValueKind};
use minijinja::{Error, Value as Jinja};

use super::absent::TableMissing;
use super::datum::{Again, Datum, From, What, datum, missing};
use super::records::{Record, Records, dated};
use super::scope::Scope;
use super::session;
use super::values::Values;

/// The same value some years on (-1: last year's). What is typed in the template stays; what
/// nobody knows how to make again is missing.
pub fn moved(value: &Jinja, by: i16) -> Result<Jinja, Error> {
    if by == 0 { Ok(value.clone()) } else { again(value, by, &mut Known::new()) }
}

/// What has been moved already, by its address: a value may be part of many others.
type Known = HashMap<*const Datum, Jinja>;

fn again(value: &Jinja, by: i16, known: &mut Known) -> Result<Jinja, Error> {
    if let Some(own) = datum(value) {
        if let Some(moved) = known.get(&std::ptr::from_ref(own)) {
            return Ok(moved.clone());
        }
        session::charge(4)?;
        let moved = own.again(by, value, known)?;
        known.insert(std::ptr::from_ref(own), moved.clone());
        return Ok(moved);
    }
    if let Some(records) = value.downcast_object_ref::<Records>() {
        return table(records, by, known);
    }
    if let Some(record) = value.downcast_object_ref::<Record>() {
        return Ok(record.moved(by).map_or_else(|| missing(dated(&record.label(), by), None), Jinja::from_object));
    }
    if let Some(values) = value.downcast_object_ref::<Values>() {
        let of = Jinja::from_object((*values.of).clone());
        let of = again(&of, by, known)?;
        return Ok(match of.downcast_object::<Records>() {
            Some(of) => Jinja::from_object(Values { of, column: values.column.clone() }),
            None => of,
        });
    }
    if let Some(scope) = value.downcast_object_ref::<Scope>() {
        return Ok(Jinja::from_object(scope.moved(by)));
    }
    if value.downcast_object_ref::<TableMissing>().is_some() {
        return Ok(value.clone());
    }
    if value.is_kwargs() {
        let named = Kwargs::try_from(value.clone())?;
        let names: Vec<String> = named.args().map(str::to_owned).collect();
        let moved: Result<Vec<(String, Jinja)>, Error> =
            names.into_iter().map(|name| Ok((name.clone(), again(&named.peek::<Jinja>(&name)?, by, known)?))).collect();
        return Ok(moved?.into_iter().collect::<Kwargs>().into());
    }
    match value.kind() {
        ValueKind::Seq => {
            Ok(Jinja::from(value.try_iter()?.map(|v| again(&v, by, known)).collect::<Result<Vec<_>, _>>()?))
        }
        _ => Ok(value.clone()),
    }
}

impl Datum {
    fn again(&self, by: i16, own: &Jinja, known: &mut Known) -> Result<Jinja, Error> {
        match &self.again {
            Again::Place(place) => Ok(place.moved(by).unwrap_or_else(|| own.clone())),
            Again::Call(call, given) => {
                let given: Result<Vec<Jinja>, Error> = given.iter().map(|value| again(value, by, known)).collect();
                let given = given?;
                super::calls::said(*call, &given)
            }
            Again::Never => match (&self.what, &self.from) {
                (What::Missing { .. }, _) | (_, From::Nothing) => Ok(own.clone()),
                _ => {
                    let said = session::note(|session| session.prose_held.restored(&self.printed()));
                    Ok(missing(dated(&said, by), None))
                }
            },
        }
    }
}

/// The same table, picked the same way, of another year.
fn table(records: &Records, by: i16, known: &mut Known) -> Result<Jinja, Error> {
    if let Some((call, given)) = records.picked() {
        return call(&given.iter().map(|value| again(value, by, known)).collect::<Result<Vec<_>, _>>()?);
    }
    let (year, name) = (records.year() + by, records.table_name());
    if !records.is_whole() {
        return Ok(missing(format!("{year}年的“{name}”"), None));
    }
    Ok(Scope::of(records.world(), year, false).get(&name))
}

/// For the session: what a value says when it is asked for 上年 and 历年.
pub const OTHER_YEARS: session::OtherYears = session::OtherYears { moved, all };

/// 历年 of a value: reached by year.
fn all(value: Jinja) -> Jinja {
    Jinja::from_object(YearsOf(value))
}

#[derive(Debug)]
struct YearsOf(Jinja);

impl Object for YearsOf {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = super::datum::key(key);
        let year = i16::try_from(key.clone()).ok().or_else(|| key.as_str()?.trim_end_matches('年').parse().ok())?;
        let own = year_of(&self.0)?;
        Some(moved(&self.0, year.checked_sub(own)?).unwrap_or_else(Jinja::from))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

/// The year that a value is of: that of the data it was made from.
pub fn year_of(value: &Jinja) -> Option<i16> {
    if let Some(own) = datum(value) {
        return match &own.again {
            Again::Place(place) => place.year(),
            Again::Call(_, given) => given.iter().filter_map(year_of).max(),
            _ => None,
        };
    }
    let records = value.downcast_object_ref::<Records>().map(Records::year);
    records
        .or_else(|| value.downcast_object_ref::<Values>().map(|values| values.of.year()))
        .or_else(|| value.downcast_object_ref::<Record>().map(Record::year))
        .or_else(|| match value.kind() {
            ValueKind::Seq => value.try_iter().ok()?.filter_map(|v| year_of(&v)).max(),
            _ => None,
        })
}
