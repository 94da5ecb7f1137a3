//! How single values are written: 汉字, 序数, 金额, 年月, 截至, 期间.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::{date, phrase};
use super::{FunctionError, add_filter, add_function};
use crate::template::log::{Entry, note};
use crate::wording::{self, MoneyUnit, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "汉字", |given| numeral("汉字", given, wording::han_numeral));
    add_filter(env, "序数", |given| numeral("序数", given, wording::ordinal));
    add_filter(env, "金额", money);
    add_filter(env, "年月", year_month);
    add_filter(env, "期限", deadline);
    add_filter(env, "截至", by_end_of);
    add_function(env, "截至", by_end_of);
    add_function(env, "期间", period);
}

/// 数 | 汉字, 数 | 序数
fn numeral(
    name: &'static str,
    given: &[Jinja],
    say: fn(wording::Amount) -> Result<String, WordingError>,
) -> Result<Jinja, Error> {
    let args = Args::new(name, &["数"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], say(args.amount(0)?))
}

/// 数 | 金额(单位="元", 为="")
fn money(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("金额", &["数", "单位", "为"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let amount = args.amount(0)?;
    let own = own_unit(&args)?;
    let given = if args.given(1) { Some(MoneyUnit::named(&args.text(1, "")?)) } else { None };
    let given = match given {
        Some(Err(err)) => return phrase(&args, &[], Err(err)),
        Some(Ok(unit)) => Some(unit),
        None => None,
    };
    if let (Some(own), Some(given)) = (own, given)
        && own != given
    {
        let message = format!("这个数的单位是{}，这里却写作{}", own.name(), given.name());
        let help = format!("改为“| 金额(\"{}\")”，或者核对数据里的单位", own.name());
        return Err(FunctionError::new(message, help).with_value(&args.value(0)).into());
    }
    let unit = given.or(own).unwrap_or(MoneyUnit::Yuan);
    let said = match args.text(2, "")?.as_str() {
        "" => wording::money(amount, unit),
        wanted => MoneyUnit::named(wanted).and_then(|wanted| wording::money_in(amount, unit, wanted)),
    };
    phrase(&args, &[0], said)
}

/// The unit of money that the data give the amount. What the template has calculated may be in
/// any unit, so it must say which, unless all that was read is in 元.
fn own_unit(args: &Args) -> Result<Option<MoneyUnit>, FunctionError> {
    let named = |entry: &Entry| entry.unit.as_deref().and_then(|unit| MoneyUnit::named(unit).ok());
    if let Some(unit) = note(|log| log.find(&args.value(0)).map(named)) {
        return Ok(unit);
    }
    let other = note(|log| log.entries.iter().filter_map(named).find(|unit| *unit != MoneyUnit::Yuan));
    match other {
        Some(unit) if !args.given(1) => Err(FunctionError::new(
            format!("这个数由以{}计的数算出，看不出是什么单位", unit.name()),
            format!("写明单位，如“| 金额(\"{}\")”", unit.name()),
        )),
        _ => Ok(None),
    }
}

/// 日期 | 年月
fn year_month(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("年月", &["日期"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], date(&args.value(0)).map(wording::year_month))
}

/// 日期 | 期限
fn deadline(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("期限", &["日期"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], date(&args.value(0)).map(wording::deadline))
}

/// 截至(日期, 带年=false)
fn by_end_of(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("截至", &["日期", "带年"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], date(&args.value(0)).map(|date| wording::by_end_of(date, args.flag(1))))
}

/// 期间(起, 止): months by number or date; a single argument counts from January.
fn period(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("期间", &["起", "止"], 1, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let month = |at: usize| {
        let value = args.value(at);
        if value.is_number() {
            args.digits(at, 0).map_err(Error::from).map(Ok)
        } else {
            Ok(date(&value).map(|d| i64::from(d.month)))
        }
    };
    let months: Result<(i64, i64), WordingError> = if args.given(1) {
        let (from, to) = (month(0)?, month(1)?);
        from.and_then(|from| Ok((from, to?)))
    } else {
        month(0)?.map(|to| (1, to))
    };
    phrase(&args, &[0, 1], months.and_then(|(from, to)| wording::period(from, to)))
}
