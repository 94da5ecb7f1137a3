//! Field sheets: one figure a row, one year a column.

use std::sync::Arc;

use super::columns::two_columns;
use super::grid::raw_text;
use super::header::Header;
use super::label::{HeaderColumn, clean_name};
use super::layout::Layout;
use super::reader::SheetReader;
use super::{notes, second, units};
use crate::dataset::{FieldSheet, convert, scalar};
use crate::diagnostic::{Diagnostic, Origin, cell_name, codes};
use crate::quantity::unit;
use crate::source::sheet::RawCell;
use crate::vocabulary::columns::{Role, is, is_computed, is_like};
use crate::vocabulary::numeral;
use crate::vocabulary::years::{YearKey, is_span};

pub fn read(reader: &mut SheetReader<'_>, header: &Header, layout: &Layout) {
    let grid = reader.grid;
    for (i, (column, year)) in layout.years.iter().enumerate() {
        if let Some((first, _)) = layout.years[..i].iter().find(|(_, y)| y.key == year.key) {
            reader.tell(two_columns(grid, header, *first, *column));
        }
    }
    unread_columns(reader, header, layout);
    reader.told.extend(unequal_spans(header, layout));
    let named = header.columns.iter().find(|c| c.column == layout.name);
    reader.gathered.field_sheets.push(FieldSheet {
        name: clean_name(&grid.sheet.name).into(),
        heading: named.map(|c| c.name.clone()).unwrap_or_default(),
        unit: header.unit.clone(),
        origin: Origin::sheet(grid.source, grid.sheet.index),
    });
    let mut category = String::new();
    for (row, raws) in second::body(reader, header) {
        if let Some(cell) = layout.category.and_then(|c| grid.body_cell(row, c)) {
            category = clean_name(&raw_text(cell));
        }
        let Some(raw_name) = grid.body_cell(row, layout.name) else {
            stray_number(reader, layout, row, raws);
            continue;
        };
        let full = clean_name(&raw_text(raw_name));
        let empty = raws.iter().all(|c| c.column <= layout.name);
        if full.is_empty() || notes::is_footnote(&full, raws.len()) || empty && notes::is_heading(&full) {
            continue;
        }
        figure(reader, header, layout, row, Names::of(&full, &category));
    }
}

/// One figure: its value of each year.
fn figure(reader: &mut SheetReader<'_>, header: &Header, layout: &Layout, row: u32, names: Names) {
    let grid = reader.grid;
    let unit_cell = layout.unit.map(|c| grid.text(row, c)).filter(|u| !u.is_empty() && !scalar::is_absent(u));
    let unit: Option<Arc<str>> = unit_cell.map(|u| Arc::from(&*u)).or(names.unit);
    // 2026年（万元）
    let of_column = |at: u32| header.columns.iter().find(|c| c.column == at).and_then(|c| c.unit.clone());
    for (i, &(column, year)) in layout.years.iter().enumerate() {
        let unit = unit.clone().or_else(|| of_column(column)).or_else(|| header.unit.clone());
        // The second column of a year is told once, not for each figure.
        if layout.years[..i].iter().any(|(_, y)| y.key == year.key) {
            continue;
        }
        let key = reader.year_meant(year.key);
        let mut cell = reader.value(grid.body_cell(row, column), (row, column), &|| names.name.to_string());
        units::settle(&mut cell, unit.as_ref());
        // A unit over the whole sheet is not meant for every figure.
        if let Some(unit) = unit.as_ref().filter(|_| unit != header.unit) {
            reader.told.extend(convert::cell(&mut cell, unit).map(|d| d.about(&*names.name)));
        }
        reader.gathered.aliases.extend(names.aliases.iter().map(|alias| (key, alias.clone(), cell.clone())));
        reader.gathered.fields.push((key, names.name.clone(), cell));
    }
}

/// The name of a figure and other names that reach it as well.
struct Names {
    name: Arc<str>,
    unit: Option<Arc<str>>,
    aliases: Vec<Arc<str>>,
}

impl Names {
    /// `1. 培训场次（场）：` is 培训场次, also reached as written; in a group 培训 the name
    /// is 培训.场次 and 场次 alone.
    fn of(full: &str, category: &str) -> Self {
        let bare = full.trim_end_matches(['：', ':']).trim_end();
        let (written, unit) = unit::split_header(bare);
        let plain = without_number(written);
        let plain = if plain.is_empty() { written } else { plain };
        let mut aliases: Vec<Arc<str>> = Vec::new();
        if plain != written {
            aliases.push(written.into());
        }
        let group = without_number(category);
        let name: Arc<str> = if group.is_empty() {
            plain.into()
        } else {
            aliases.push(plain.into());
            format!("{group}.{plain}").into()
        };
        Names { name, unit: unit.map(Arc::from), aliases }
    }
}

/// A name without the number or the 其中 before it; numbers that belong to it stay
/// (12345热线, 3名代表).
fn without_number(name: &str) -> &str {
    let name = name.strip_prefix("其中").map_or(name, |rest| rest.trim_start_matches(['：', ':', '，', ',']));
    let circled = |c: char| ('①'..='⑳').contains(&c);
    if name.starts_with(circled) {
        return name.trim_start_matches(circled).trim_start();
    }
    if let Some(inside) = name.strip_prefix(['（', '(']) {
        let (number, rest) = inside.split_once(['）', ')']).unwrap_or(("", ""));
        let counts = number.chars().all(numeral::counts_items)
            || number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        return if !number.is_empty() && counts && !rest.is_empty() { rest.trim_start() } else { name };
    }
    let digits = name.chars().take_while(char::is_ascii_digit).count();
    let words = name.chars().take_while(|c| numeral::counts_items(*c)).map(char::len_utf8).sum::<usize>();
    let behind = |at: usize, marks: &[char]| name[at..].strip_prefix(marks).map(str::trim_start);
    let rest = match (digits, words) {
        (1..=2, _) => behind(digits, &['.', '、', '．', ')', '）']),
        (_, 1..) => behind(words, &['、', '.', '．']),
        _ => None,
    };
    rest.filter(|r| !r.is_empty() && !r.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(name)
}

fn stray_number(reader: &mut SheetReader<'_>, layout: &Layout, row: u32, raws: &[RawCell]) {
    let first = raws.first().map(|c| clean_name(&raw_text(c))).unwrap_or_default();
    let Some(stray) = raws.iter().find(|c| layout.years.iter().any(|(y, _)| *y == c.column)) else { return };
    if notes::is_footnote(&first, raws.len()) || raws.iter().all(|c| notes::is_aside(&raw_text(c))) {
        return;
    }
    reader.tell(
        Diagnostic::new(codes::D032, format!("{} 有数，但这一行没有指标名，没有读", cell_name(row, stray.column)))
            .at(reader.grid.origin(row, layout.name))
            .help("在第一列写上指标名，或删去这个数"),
    );
}

/// 2026年1-11月 beside 2025年: what is said of growth would compare eleven months with twelve.
fn unequal_spans(header: &Header, layout: &Layout) -> Option<Diagnostic> {
    let column = |at: u32| header.columns.iter().find(|c| c.column == at);
    let (part, part_year) = layout.years.iter().find(|(at, _)| column(*at).is_some_and(|c| is_span(&c.name)))?;
    let (whole, _) = layout.years.iter().find(|(_, year)| year.exact && year.key != part_year.key)?;
    let (part, whole) = (column(*part)?, column(*whole)?);
    // 上年同期 is of the same months.
    if whole.name.contains("同期") {
        return None;
    }
    let message = format!("“{}”不是全年，“{}”是全年，两年的数不能直接比", part.name, whole.name);
    Some(
        Diagnostic::new(codes::D059, message).at(part.origin).also(whole.origin, "全年的数").help(format!(
            "“{}”里如果是同样几个月的数，列名写明月份，或写“上年同期”；不是的，换成同期的数",
            whole.name
        )),
    )
}

/// Columns whose header is no year: comparisons are left to the template, others are said.
fn unread_columns(reader: &mut SheetReader<'_>, header: &Header, layout: &Layout) {
    let (mut computed, mut strange) = (Vec::<&HeaderColumn>::new(), Vec::<&HeaderColumn>::new());
    let mut guessed = Vec::<(&HeaderColumn, String)>::new();
    for column in &header.columns {
        if let Some((_, year)) = layout.years.iter().find(|(c, _)| *c == column.column) {
            if !year.exact {
                let meant = match year.key {
                    YearKey::Year(year) => format!(" {year} 年"),
                    YearKey::Current => "本年".to_string(),
                    YearKey::Before(1) => "上年".to_string(),
                    YearKey::Before(_) => "前年".to_string(),
                };
                guessed.push((column, format!("“{}”列按{meant}的数", column.name)));
            }
            continue;
        }
        let known = [Some(layout.name), layout.unit, layout.category].contains(&Some(column.column))
            || is(Role::Serial, &column.name)
            || is_like(Role::Remark, &column.name);
        if known {
            continue;
        }
        match is_computed(&column.name) {
            true => computed.push(column),
            false => strange.push(column),
        }
    }
    let named = |columns: &[&HeaderColumn]| columns.iter().map(|c| format!("“{}”", c.name)).collect::<String>();
    if let Some(first) = strange.first() {
        reader.tell(
            Diagnostic::new(codes::D031, format!("指标表里的{}列不是年份，没有读", named(&strange)))
                .at(first.origin)
                .help("年份列写成 2026、2026年 或 2026年度；说明文字放在“备注”列"),
        );
    }
    if let Some((first, _)) = guessed.first() {
        let all: Vec<&str> = guessed.iter().map(|(_, said)| said.as_str()).collect();
        reader.tell(
            Diagnostic::new(codes::D107, format!("{}读取", all.join("，")))
                .at(first.origin)
                .help("不用处理；如果不是，请改列名，年份列写成 2026 或 2026年"),
        );
    }
    if let Some(first) = computed.first() {
        reader.tell(
            Diagnostic::new(codes::D116, format!("{}列是算出来的，没有读", named(&computed)))
                .at(first.origin)
                .help("不用处理：同比、增减由模板按各年的数计算"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_figures() {
        let of = |full: &str, category: &str| {
            let names = Names::of(full, category);
            (names.name.to_string(), names.aliases.iter().map(|a| a.to_string()).collect::<Vec<_>>())
        };
        let aliases = |names: &[&str]| names.iter().map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(of("1.培训场次：", ""), ("培训场次".into(), aliases(&["1.培训场次"])));
        assert_eq!(of("（一）接待群众（人次）", ""), ("接待群众".into(), aliases(&["（一）接待群众"])));
        assert_eq!(of("其中：女代表", ""), ("女代表".into(), aliases(&["其中：女代表"])));
        assert_eq!(of("①走访", ""), ("走访".into(), aliases(&["①走访"])));
        assert_eq!(of("十一、视察", ""), ("视察".into(), aliases(&["十一、视察"])));
        assert_eq!(of("场次", "一、培训"), ("培训.场次".into(), aliases(&["场次"])));
        for name in ["12345热线办件", "110联动", "3名代表补选", "一般公共预算", "2.5亿元项目", "（试点）数", "十佳代表"]
        {
            assert_eq!(of(name, ""), (name.to_string(), Vec::new()), "{name}");
        }
    }
}
