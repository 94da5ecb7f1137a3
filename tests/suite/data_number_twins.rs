//! One number in one format, in all five kinds of workbooks: value, kind, scale and text are the
//! same. The formats of the known cases by hand, 200 more by a generator with an evaluator of its
//! own.

use huibao::source::number::NumberKind;
use huibao::source::sheet::{RawCell, RawValue, Workbook};
use huibao::source::workbook;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::data_makers::{Ods, Sample, as_xlsb, csv, ods, old_xls, xls, xlsx};

fn read(bytes: &[u8], name: &str) -> Workbook {
    workbook::read(bytes, name).unwrap_or_else(|e| panic!("{name}: {e:?}")).0
}

/// What a cell is, in one line: `Percent 0.783 /10^0 78.3%`.
fn told(cell: Option<&RawCell>) -> String {
    let Some(cell) = cell else { return "nothing".to_string() };
    let shown = |general: String| cell.shown.as_ref().map_or(general, |s| s.to_string());
    match &cell.value {
        RawValue::Number(n) => {
            let general = huibao::source::number::general(n.value);
            format!("{:?} {} /10^{} {}", n.kind, n.value.normalize(), n.shift, shown(general))
        }
        RawValue::Date(date) => format!("{date:?} {}", shown(String::new())),
        RawValue::Time => format!("Time {}", shown(String::new())),
        other => format!("{other:?}"),
    }
}

/// All five kinds of workbooks, and the one of Excel 95, tell the same of each sample.
fn agree(samples: &[Sample], expected: &[String]) {
    let files: [(&str, Vec<u8>); 5] = [
        ("数.xlsx", xlsx(samples)),
        ("数.xlsb", as_xlsb(samples)),
        ("数.xls", xls(samples)),
        ("九五.xls", old_xls(samples)),
        ("数.ods", ods(samples)),
    ];
    for (name, bytes) in &files {
        let book = read(bytes, name);
        for (i, (sample, expected)) in samples.iter().zip(expected).enumerate() {
            let cell = book.sheets[0].cell(i as u32, 1);
            assert_eq!(told(cell), *expected, "{name}: {} of {}", sample.code, sample.value);
        }
    }
    // A text file has the texts.
    let book = read(&csv(samples), "数.csv");
    for (i, sample) in samples.iter().enumerate().filter(|(_, s)| !s.shown.trim().is_empty()) {
        let cell = book.sheets[0].cell(i as u32, 1).expect("a text");
        assert_eq!(cell.value, RawValue::Text(sample.shown.as_str().into()));
    }
}

/// A data style of an .ods around its elements.
fn style(kind: &str, name: &str, inner: &str) -> String {
    format!("<number:{kind}-style style:name=\"{name}\">{inner}</number:{kind}-style>")
}

const ONE_DECIMAL: &str = "<number:number number:decimal-places=\"1\" number:min-integer-digits=\"1\"/>";

fn literal(text: &str) -> String {
    format!("<number:text>{text}</number:text>")
}

fn map(condition: &str, apply: &str) -> String {
    let condition = condition.replace('<', "&lt;").replace('>', "&gt;");
    format!("<style:map style:condition=\"value(){condition}\" style:apply-style-name=\"{apply}\"/>")
}

/// The formats of the known cases: code, value, what is told, data styles and type in an .ods.
fn known() -> Vec<(&'static str, f64, &'static str, String, &'static str)> {
    let percent = |before: &str| format!("{}{ONE_DECIMAL}{}", literal(before), literal("%"));
    let dash = style("number", "NP0", &literal("-"))
        + &style("percentage", "N", &(ONE_DECIMAL.to_string() + &literal("%") + &map("=0", "NP0")));
    let arrows = style("percentage", "NP0", &percent("↑"))
        + &style("percentage", "NP1", &percent("↓"))
        + &style("number", "N", &(literal("持平") + &map(">0", "NP0") + &map("<0", "NP1")));
    let signs = style("percentage", "NP0", &percent(""))
        + &style("percentage", "NP1", &percent("-"))
        + &style("number", "N", &(literal("—") + &map(">0", "NP0") + &map("<0", "NP1")));
    let wan = "<number:number number:decimal-places=\"0\" number:min-integer-digits=\"2\" number:display-factor=\"1000\"><number:embedded-text number:position=\"1\">.</number:embedded-text></number:number>";
    let over = style("number", "NP0", &(wan.to_string() + &literal("万")))
        + &style(
            "number",
            "N",
            &("<number:number number:decimal-places=\"0\" number:min-integer-digits=\"1\"/>".to_string()
                + &map(">=10000", "NP0")),
        );
    let scale =
        "<number:number number:decimal-places=\"1\" number:min-integer-digits=\"1\" number:display-factor=\"1000\"/>";
    let general = "<number:number number:min-integer-digits=\"1\"/>";
    let engineering = "<number:scientific-number number:decimal-places=\"1\" number:min-integer-digits=\"1\" number:exponent-interval=\"3\"/>";
    let number = |inner: &str| style("number", "N", inner);
    let date = style("date", "N", "<number:year/>");
    let time = style("time", "N", "<number:hours/>");
    let fraction = number("<number:fraction number:min-integer-digits=\"0\"/>");
    vec![
        ("[=0]\"-\";0.0%", 0.783, "Percent 0.783 /10^0 78.3%", dash.clone(), "float"),
        ("[=0]\"-\";0.0%", 0.0, "Percent 0 /10^0 -", dash, "float"),
        ("0.0%;-0.0%;\"—\"", 0.0, "Percent 0 /10^0 —", signs.clone(), "float"),
        ("0.0%;-0.0%;\"—\"", -0.022, "Percent -0.022 /10^0 -2.2%", signs, "float"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%;\"持平\"", -0.05, "Percent -0.05 /10^0 ↓5.0%", arrows.clone(), "float"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%;\"持平\"", 0.0, "Percent 0 /10^0 持平", arrows, "float"),
        ("[>=10000]0!.0,\"万\";0", 31860.0, "Plain 31860 /10^4 3.2万", over.clone(), "float"),
        ("[>=10000]0!.0,\"万\";0", 5000.0, "Plain 5000 /10^0 5000", over, "float"),
        (
            "0\".\"0,\"万元\"",
            31860.0,
            "Plain 31860 /10^4 3.2万元",
            number(&(wan.to_string() + &literal("万元"))),
            "float",
        ),
        (
            "0.0,\"千元\"",
            31860.0,
            "Plain 31860 /10^3 31.9千元",
            number(&(scale.to_string() + &literal("千元"))),
            "float",
        ),
        ("0.0\"%\"", 78.3, "Percent 78.3 /10^2 78.3%", number(&(ONE_DECIMAL.to_string() + &literal("%"))), "float"),
        ("0.0\"‰\"", 7.2, "PerMille 7.2 /10^3 7.2‰", number(&(ONE_DECIMAL.to_string() + &literal("‰"))), "float"),
        ("[DBNum1][$-804]General", 123.0, "Plain 123 /10^0 一百二十三", number(general), "float"),
        ("[DBNum2][$-804]General", 123.0, "Plain 123 /10^0 壹佰贰拾叁", number(general), "float"),
        ("##0.0E+0", 12345.6789, "Plain 12345.6789 /10^0 12.3E+3", number(engineering), "float"),
        ("# ?/?", 99.95, "Plain 99.95 /10^0 100", fraction.clone(), "float"),
        ("# ?/?", 0.5, "Plain 0.5 /10^0 1/2", fraction, "float"),
        ("General", 1e-10, "Plain 0.0000000001 /10^0 1E-10", number(general), "float"),
        ("General", 1.5e15, "Plain 1500000000000000 /10^0 1.5E+15", number(general), "float"),
        ("General", 0.1 + 0.2, "Plain 0.3 /10^0 0.3", number(general), "float"),
        ("@", 36.0, "Plain 36 /10^0 36", style("text", "N", "<number:text-content/>"), "float"),
        (
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            46295.0,
            "Date { year: 2026, month: 9, day: Some(30) } 2026年9月30日",
            date.clone(),
            "date",
        ),
        ("d-mmm-yy", 46295.0, "Date { year: 2026, month: 9, day: Some(30) } 30-Sep-26", date, "date"),
        ("[$-F400]h:mm:ss AM/PM", 0.354166667, "Time 8:30:00", time.clone(), "time"),
        ("[hh]:mm", 0.354166667, "Time 08:30", time, "time"),
    ]
}

#[test]
fn formats_of_the_known_cases() {
    let (mut samples, mut expected) = (Vec::new(), Vec::new());
    for (code, value, told, styles, kind) in known() {
        let shown = match kind {
            "float" => told.splitn(4, ' ').last(),
            _ => told.rsplit_once("} ").map(|(_, shown)| shown).or(told.strip_prefix("Time ")),
        };
        let attributes = match kind {
            "date" => "office:value-type=\"date\" office:date-value=\"2026-09-30\"".to_string(),
            "time" => "office:value-type=\"time\" office:time-value=\"PT08H30M00S\"".to_string(),
            _ => format!("office:value-type=\"float\" office:value=\"{value}\""),
        };
        let shown = shown.unwrap_or_default().to_string();
        samples.push(Sample { code: code.to_string(), value, shown, ods: Ods { styles, attributes } });
        expected.push(told.to_string());
    }
    agree(&samples, &expected);
}

/// A section of a made format.
#[derive(Clone, Default)]
struct Made {
    condition: &'static str,
    before: &'static str,
    behind: &'static str,
    /// No number, only `before`.
    words: bool,
    percent: bool,
    decimals: u32,
    least: usize,
    thousands: bool,
    commas: u32,
    /// Digits behind a point that is only written.
    point: u32,
}

impl Made {
    fn code(&self) -> String {
        let quoted = |text: &str| if text.is_empty() { String::new() } else { format!("\"{text}\"") };
        let condition = if self.condition.is_empty() { String::new() } else { format!("[{}]", self.condition) };
        if self.words {
            return format!("{condition}{}", quoted(self.before));
        }
        let integer = if self.thousands { "#,##0".to_string() } else { "0".repeat(self.least) };
        let digits = match (self.point, self.decimals) {
            (0, 0) => integer,
            (0, decimals) => format!("{integer}.{}", "0".repeat(decimals as usize)),
            (point, _) => format!("0!.{}", "0".repeat(point as usize)),
        };
        let percent = if self.percent { "%" } else { "" };
        format!(
            "{condition}{}{digits}{}{percent}{}",
            quoted(self.before),
            ",".repeat(self.commas as usize),
            quoted(self.behind)
        )
    }

    fn elements(&self, name: &str, maps: &str) -> String {
        if self.words {
            return style("number", name, &(literal(self.before) + maps));
        }
        let factor = if self.commas > 0 {
            format!(" number:display-factor=\"{}\"", 1000u32.pow(self.commas))
        } else {
            String::new()
        };
        let least = if self.point > 0 { self.point as usize + 1 } else { self.least };
        let inside = if self.point > 0 {
            format!("<number:embedded-text number:position=\"{}\">.</number:embedded-text>", self.point)
        } else {
            String::new()
        };
        let number = format!(
            "<number:number number:decimal-places=\"{}\" number:min-integer-digits=\"{least}\" number:grouping=\"{}\"{factor}>{inside}</number:number>",
            self.decimals, self.thousands
        );
        let percent = if self.percent { "%" } else { "" };
        let inner = format!("{}{number}{}", literal(self.before), literal(&format!("{percent}{}", self.behind)));
        style(if self.percent { "percentage" } else { "number" }, name, &(inner + maps))
    }

    /// Kind, shift and text by plain decimal arithmetic.
    fn shows(&self, value: Decimal, sign: bool) -> (NumberKind, u32, String) {
        if self.words {
            return (NumberKind::Plain, 0, self.before.to_string());
        }
        let ten = |power: u32| (0..power).fold(Decimal::ONE, |product, _| product * Decimal::TEN);
        let hundred = if self.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let scaled = value.abs() * hundred / ten(3 * self.commas);
        let rounded = scaled.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{rounded:.*}", self.decimals as usize);
        let (integer, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let least = if self.point > 0 { self.point as usize + 1 } else { self.least };
        let mut integer = format!("{integer:0>least$}");
        if self.thousands {
            let groups: Vec<String> =
                integer.as_bytes().rchunks(3).rev().map(|g| String::from_utf8_lossy(g).into_owned()).collect();
            integer = groups.join(",");
        }
        if self.point > 0 {
            integer.insert(integer.len() - self.point as usize, '.');
        }
        let point = if decimals.is_empty() { "" } else { "." };
        let minus = if sign && value.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        let shown = format!("{minus}{}{integer}{point}{decimals}{percent}{}", self.before, self.behind);
        let shift = 3 * self.commas + self.point;
        match (self.percent, self.behind) {
            (true, _) => (NumberKind::Percent, shift, shown),
            (false, "%") => (NumberKind::Percent, shift + 2, shown),
            (false, "‰") => (NumberKind::PerMille, shift + 3, shown),
            _ => (NumberKind::Plain, shift, shown),
        }
    }
}

/// Choices by a fixed sequence, so that a failure comes back.
struct Choices(u64);

impl Choices {
    fn of(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn section(&mut self) -> Made {
        let percent = self.of(3) == 0;
        let point = if !percent && self.of(3) == 0 { [1, 2, 4][self.of(3)] } else { 0 };
        let thousands = point == 0 && self.of(3) == 0;
        Made {
            percent,
            point,
            thousands,
            before: ["", "", "约", "共"][self.of(4)],
            behind: if percent { "" } else { ["", "万元", "人", "%", "‰"][self.of(5)] },
            decimals: if point > 0 { 0 } else { self.of(4) as u32 },
            least: if thousands { 1 } else { 1 + self.of(3) },
            commas: if percent { 0 } else { [0, 0, 1, 2][self.of(4)] },
            ..Made::default()
        }
    }
}

/// Which section applies to a value, and whether a minus is put before it.
fn choose(kind: usize, value: Decimal) -> (usize, bool) {
    let (negative, zero) = (value.is_sign_negative() && !value.is_zero(), value.is_zero());
    match kind {
        0 => (0, true),
        1 => {
            if negative {
                (1, false)
            } else {
                (0, true)
            }
        }
        2 => {
            if negative {
                (1, false)
            } else {
                (if zero { 2 } else { 0 }, true)
            }
        }
        3 => (usize::from(value < Decimal::from(10_000)), true),
        4 => (usize::from(!zero), true),
        _ => (
            if value >= Decimal::from(100_000_000) {
                0
            } else if value >= Decimal::from(10_000) {
                1
            } else {
                2
            },
            true,
        ),
    }
}

fn made(choices: &mut Choices) -> (Sample, String) {
    let kind = choices.of(6);
    let mut sections: Vec<Made> = (0..[1, 2, 3, 2, 2, 3][kind]).map(|_| choices.section()).collect();
    let words = |before, condition| Made { before, condition, words: true, ..Made::default() };
    match kind {
        1 => sections[1].before = ["-", "降"][choices.of(2)],
        2 => {
            sections[1].before = "-";
            sections[2] = words(["—", "持平"][choices.of(2)], "");
        }
        3 => sections[0].condition = ">=10000",
        4 => sections[0] = words("-", "=0"),
        5 => (sections[0].condition, sections[1].condition) = (">=100000000", ">=10000"),
        _ => {}
    }
    let value =
        [0.0, 0.783, -0.022, 36.0, -36.5, 31860.0, 1234.5678, -98765.4321, 518_600_000.0, 0.05, 9999.5][choices.of(11)];
    let decimal: Decimal = value.to_string().parse().expect("a decimal");
    let (at, sign) = choose(kind, decimal);
    let (own, shift, shown) = sections[at].shows(decimal, sign);
    // What only words stand for is of the kind of the numbers beside it.
    let number = sections.iter().find(|s| !s.words).expect("a number");
    let meant = if sections[at].words { number.shows(decimal, sign).0 } else { own };
    let conditions: &[&str] = match kind {
        1 => &[">=0"],
        2 => &[">0", "<0"],
        3 => &[">=10000"],
        4 => &["=0"],
        5 => &[">=100000000", ">=10000"],
        _ => &[],
    };
    // The last section is the style's own; the order of those for > 0 and < 0 is the same.
    let names: Vec<String> = (0..conditions.len()).map(|i| format!("NP{i}")).collect();
    let maps: String = conditions.iter().zip(&names).map(|(c, n)| map(c, n)).collect();
    let mut styles: String = sections.iter().zip(&names).map(|(s, n)| s.elements(n, "")).collect();
    styles += &sections[sections.len() - 1].elements("N", &maps);
    let sample = Sample {
        code: sections.iter().map(Made::code).collect::<Vec<_>>().join(";"),
        value,
        shown: shown.clone(),
        ods: Ods { styles, attributes: format!("office:value-type=\"float\" office:value=\"{value}\"") },
    };
    (sample, format!("{meant:?} {} /10^{shift} {shown}", decimal.normalize()))
}

#[test]
fn two_hundred_made_formats() {
    let mut choices = Choices(20_261_127);
    let (samples, expected): (Vec<Sample>, Vec<String>) = (0..240).map(|_| made(&mut choices)).unzip();
    let mut codes: Vec<&str> = samples.iter().map(|s| s.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert!(codes.len() >= 200, "{} formats", codes.len());
    agree(&samples, &expected);
}
