//! The number format by which a number shows the text that is printed for it.

/// The format, where there is one: 31.86 → General, 98.70 → 0.00, 1,280 → #,##0, 12.5% → 0.0"%".
pub fn format(value: f64, text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(end);
    let number: f64 = digits.replace(',', "").parse().ok()?;
    let near = (sign * number - value).abs() <= value.abs() * 1e-12 + 1e-12;
    let plain = !suffix.contains(|c: char| c.is_ascii_digit() || c.is_control() || c == '"');
    if !near || !plain || suffix.chars().count() > 8 || (sign < 0.0 && !text.starts_with('-')) {
        return None;
    }
    if suffix.is_empty() && digits == shortest(value.abs()) {
        return Some("General".to_owned());
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let grouped = whole.contains(',');
    if grouped && whole.rsplit(',').next().is_none_or(|last| last.len() != 3) {
        return None;
    }
    let mut format = if grouped { "#,##0".to_owned() } else { "0".to_owned() };
    if !part.is_empty() {
        format.push('.');
        format.extend(std::iter::repeat_n('0', part.len()));
    }
    if !suffix.is_empty() {
        format.push_str(&format!("\"{suffix}\""));
    }
    Some(format)
}

/// The text of a number as a spreadsheet shows it by itself; empty where it would not show all of it.
fn shortest(value: f64) -> String {
    let text = value.to_string();
    if text.len() > 10 { String::new() } else { text }
}

/// The format that most of the texts have.
pub fn common<'a>(formats: impl Iterator<Item = &'a str> + Clone) -> String {
    let count = |format: &str| formats.clone().filter(|other| *other == format).count();
    let mut best: Option<(&str, usize)> = None;
    for format in formats.clone() {
        let many = count(format);
        if best.is_none_or(|(_, most)| many > most) {
            best = Some((format, many));
        }
    }
    best.map_or("General", |(format, _)| format).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_has_its_format() {
        let of = |value: f64, text: &str| format(value, text).unwrap_or_default();
        assert_eq!(of(31.86, "31.86"), "General");
        assert_eq!(of(98.7, "98.70"), "0.00");
        assert_eq!(of(1280.0, "1,280"), "#,##0");
        assert_eq!(of(1280.5, "1,280.50"), "#,##0.00");
        assert_eq!(of(12.5, "12.5%"), "0.0\"%\"");
        assert_eq!(of(-3.0, "-3"), "General");
        assert_eq!(of(36.0, "36件"), "0\"件\"");
        // Not this number, no number, digits in what follows.
        for text in ["3.2万", "无", "", "36件5", "31.9"] {
            assert_eq!(format(31.86, text), None, "{text}");
        }
    }

    #[test]
    fn most_have_it() {
        assert_eq!(common(["0.00", "General", "General"].into_iter()), "General");
        assert_eq!(common(std::iter::empty()), "General");
    }
}
