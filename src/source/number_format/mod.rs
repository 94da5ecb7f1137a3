//! What a cell shows and what it means: number formats of workbooks, applied exactly. The
//! section that applies to a value decides its kind, its scale, its sign and its text.

mod code;
mod dates;
mod digits;
mod fraction;
mod han;
mod section;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use code::{parse_section, split_sections};
pub(crate) use section::{Condition, Section};

use super::date::{Epoch, moment};
use super::number::{Exact, NumberKind, RawNumber};
use super::sheet::RawValue;

/// A compiled number format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberFormat {
    /// Sections for numbers; none where the number is shown as it is.
    sections: Vec<Section>,
    /// The section for texts, where it does more than show them.
    text: Option<Box<Section>>,
}

impl NumberFormat {
    /// Format of cells that have none.
    pub fn general() -> Self {
        Self::default()
    }

    /// Compiles the code of a format, such as `0.0"万元"` or `yyyy"年"m"月"`.
    pub fn parse(code: &str) -> Self {
        let bare = code.trim();
        if bare.is_empty() || bare.eq_ignore_ascii_case("general") || bare == "G/通用格式" {
            return Self::general();
        }
        let mut sections: Vec<Section> = split_sections(code).iter().map(|s| parse_section(s)).collect();
        // The fourth section is for texts, and so is a last one that names them.
        let fourth = if sections.len() == 4 { sections.pop() } else { None };
        let named = || sections.pop_if(|s| s.is_text());
        let text = fourth.or_else(named).filter(|s| s.is_text() && !s.is_bare_text());
        let mut format = Self::of_sections(sections);
        format.text = text.map(Box::new);
        format
    }

    /// A format of sections for numbers, each taken by the first condition that holds.
    pub fn of_sections(mut sections: Vec<Section>) -> Self {
        if matches!(&sections[..], [one] if one.is_bare_general()) {
            sections.clear();
        }
        let conditional = sections.iter().any(|s| s.condition.is_some());
        let from_zero = sections.first().and_then(|s| s.condition).is_some_and(|c| c.is_rest_negative());
        for (i, section) in sections.iter_mut().enumerate() {
            // A section that only negative numbers reach brings its own sign.
            section.unsigned = match section.condition {
                Some(condition) => condition.is_negative(),
                None => i == 1 && (!conditional || from_zero),
            };
        }
        // `0.0%;-0.0%;"—"`: a zero that is shown as a dash is a percentage as well.
        if let Some(kind) = sections.iter().find(|s| s.shows_number()).map(|s| s.kind) {
            sections.iter_mut().filter(|s| !s.shows_number()).for_each(|s| s.kind = kind);
        }
        NumberFormat { sections, text: None }
    }

    /// One of the formats that workbooks know by number only (in their Chinese form).
    pub fn built_in(id: u32) -> Self {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "\"¥\"#,##0;\"¥\"\\-#,##0",
            7 | 8 => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 | 30 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 | 32 => "h:mm",
            21 | 33 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 54 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 58 => "m\"月\"d\"日\"",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            34 | 55 => "h\"时\"mm\"分\"",
            35 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
            37 | 38 => "#,##0;-#,##0",
            39 | 40 => "#,##0.00;-#,##0.00",
            41 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
            42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
            43 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            _ => return Self::general(),
        };
        Self::parse(code)
    }

    /// What a number of a cell means and what the cell shows, where that is more than the
    /// number itself. `buffer` is only room to work in; what it held is lost.
    pub fn read(&self, number: Exact, epoch: Epoch, buffer: &mut String) -> (RawValue, Option<Arc<str>>) {
        let Some(value) = number.decimal() else {
            return (RawValue::TooLarge(number.scientific().into()), None);
        };
        buffer.clear();
        if self.sections.is_empty() {
            return (RawValue::Number(RawNumber::plain(value)), unlike(number, buffer, true));
        }
        let Some(section) = self.section(number) else {
            self.show_unmet(number, buffer);
            let kind = self.sections.first().map_or(NumberKind::Plain, |s| s.kind);
            return (RawValue::Number(RawNumber { value, kind, shift: 0 }), Some(buffer.trim().into()));
        };
        if section.dates {
            if !section.show_date(number, epoch, buffer) {
                return (RawValue::NotADate(value), None);
            }
            let shown = Some(Arc::from(buffer.trim()));
            return match moment(number, epoch).filter(|_| section.shows_day()) {
                Some(moment) => (RawValue::Date(moment.date), shown),
                None => (RawValue::Time, shown),
            };
        }
        let meant = RawNumber { value, kind: section.kind, shift: section.shift };
        if section.shows_as_is(number) {
            return (RawValue::Number(meant), None);
        }
        section.show_number(number, buffer);
        (RawValue::Number(meant), unlike(number, buffer, false))
    }

    /// What a text is in a cell of this format (`@"镇"`); `None` for the text itself.
    pub fn of_text(&self, text: &str) -> Option<String> {
        let shown = self.text.as_ref()?.show_text(text);
        (!shown.trim().is_empty() && shown != text).then_some(shown)
    }

    /// Kind and scale of a number whose text another program has written already.
    pub fn meaning(&self, number: Exact) -> (NumberKind, u8) {
        match self.section(number) {
            Some(section) => (section.kind, section.shift),
            None => (self.sections.first().map_or(NumberKind::Plain, |s| s.kind), 0),
        }
    }

    /// Whether this is `General` (ECMA-376 part 1, 18.8.30, number 0): no section, so a value is shown in its
    /// own digits.
    pub fn is_general(&self) -> bool {
        self.sections.is_empty() && self.text.is_none()
    }

    /// The section that applies to a value; `None` where no condition holds.
    fn section(&self, value: Exact) -> Option<&Section> {
        let sections = &self.sections;
        if sections.iter().any(|s| s.condition.is_some()) {
            return sections.iter().find(|s| s.condition.is_none_or(|c| c.holds(value)));
        }
        match sections.len() {
            0 | 1 => sections.first(),
            _ if value.is_negative() => sections.get(1),
            n if n >= 3 && value.is_zero() => sections.get(2),
            _ => sections.first(),
        }
    }

    /// No section applies (zero by `[>0]…;[<0]…`): the number alone.
    fn show_unmet(&self, number: Exact, out: &mut String) {
        match self.sections.first().map(|s| s.kind) {
            Some(NumberKind::Percent) => {
                number.shifted(2).write_general(out);
                out.push('%');
            }
            _ => number.write_general(out),
        }
    }
}

/// What is shown, unless it is what the number shows without a format: that costs no memory.
fn unlike(number: Exact, buffer: &mut String, general: bool) -> Option<Arc<str>> {
    if general && number.fits() {
        return None;
    }
    let shown = buffer.trim().len();
    let from = buffer.len() - buffer.trim_start().len();
    let end = buffer.len();
    number.write_general(buffer);
    let same = number.fits() && buffer[from..from + shown] == buffer[end..];
    let text = if general { &buffer[end..] } else { &buffer[from..from + shown] };
    (!same).then(|| Arc::from(text))
}
