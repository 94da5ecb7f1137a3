//! How single values are written: 汉字, 序数, 金额, 年月, 截至, 期间.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::{date, phrase};
use super::{FunctionError, add_figure, add_filter};
use crate::template::datum::quantity;
use crate::wording::{self, Amount, MoneyUnit, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "汉字", |given| numeral("汉字", given, wording::han_numeral));
    add_filter(env, "序数", |given| numeral("序数", given, wording::ordinal));
    add_filter(env, "金额", money);
    add_filter(env, "年月", year_month);
    add_filter(env, "期限", deadline);
    add_filter(env, "截至", by_end_of);
    add_figure(env, "截至", by_end_of);
    add_figure(env, "期间", period);
    add_figure(env, "历时", |given| days("历时", given));
    add_figure(env, "距年底", |given| days("距年底", given));
    add_figure(env, "提前", |given| days("提前", given));
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
    let amount = args.figure(0)?.map_or(Amount::Absent, |q| Amount::Value(q.spoken_number()));
    phrase(&args, &[0], say(amount))
}

/// 数 | 金额(单位="元", 为="")
fn money(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("金额", &["数", "单位", "为"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let figure = args.figure(0)?;
    let own = figure.as_ref().and_then(|q| q.unit.as_ref()).map(|unit| (MoneyUnit::named(&unit.symbol), unit.clone()));
    if let Some((Err(_), unit)) = &own
        && !unit.loose
    {
        let message = format!("这个数以{}计，不是金额", unit.symbol);
        return Err(FunctionError::new(message, "核对数据里的单位，金额的单位是元、万元、亿元")
            .with_value(&args.value(0))
            .into());
    }
    if figure.as_ref().is_some_and(|q| !q.is_amount()) {
        return phrase(&args, &[0], Err(WordingError::MixedPercent(wording::Operand::Only)));
    }
    let own = own.and_then(|(unit, _)| unit.ok());
    let amount = figure.map_or(Amount::Absent, |q| Amount::Value(q.number));
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

/// 日期 | 年月
fn year_month(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("年月", &["日期"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], date(&args.value(0)).map(wording::year_month))
}

/// 日期 | 期限(带年=true)
fn deadline(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("期限", &["日期", "带年"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(
        &args,
        &[0],
        date(&args.value(0)).map(|date| match args.given(1) && !args.flag(1) {
            true => wording::deadline_of_year(date),
            false => wording::deadline(date),
        }),
    )
}

/// 截至(日期, 带年=false)
fn by_end_of(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("截至", &["日期", "带年"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    phrase(&args, &[0], date(&args.value(0)).map(|date| wording::by_end_of(date, args.flag(1))))
}

/// 期间(起, 止, 季=false): months by number or date; a single argument counts from January.
fn period(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("期间", &["起", "止", "季"], 1, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let month = |at: usize| {
        let value = args.value(at);
        if quantity(&value).is_some() {
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
    let say = if args.flag(2) { wording::season } else { wording::period };
    phrase(&args, &[0, 1], months.and_then(|(from, to)| say(from, to)))
}

/// 历时(起, 止): 45天, both days counted; 距年底(日期): 22天; 提前(完成, 期限): 提前一个月完成.
fn days(name: &'static str, given: &[Jinja]) -> Result<Jinja, Error> {
    let parameters: &'static [&'static str] = if name == "距年底" { &["日期"] } else { &["起", "止"] };
    let args = Args::new(name, parameters, parameters.len(), given)?;
    let all: Vec<usize> = (0..parameters.len()).collect();
    if let Some(missing) = args.missing(&all) {
        return Ok(missing);
    }
    let from = date(&args.value(0));
    let said = from.and_then(|from| match name {
        "距年底" => {
            let end = crate::dataset::Date { month: 12, day: Some(31), ..from };
            wording::days_between(from, end).map(|days| format!("{days}天"))
        }
        "历时" => wording::days_between(from, date(&args.value(1))?).map(|days| format!("{}天", days + 1)),
        _ => wording::ahead(from, date(&args.value(1))?),
    });
    phrase(&args, &all, said)
}
