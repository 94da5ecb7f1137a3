//! 清单: what became of each report, for people (xlsx) and for programs (json).

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use serde::{Deserialize, Serialize};

use super::outcome::{Outcome, State};
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, codes};

/// Facts about the batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct About {
    #[serde(rename = "程序")]
    pub program: String,
    #[serde(rename = "模板")]
    pub template: String,
    #[serde(rename = "表")]
    pub table: String,
    #[serde(rename = "年份")]
    pub year: Option<i16>,
    /// Digest of the whole input: shards with the same one belong together.
    #[serde(rename = "摘要")]
    pub digest: String,
    #[serde(rename = "分片", skip_serializing_if = "Option::is_none", default)]
    pub shard: Option<Shard>,
    /// Names of all units, in a shard's list: so that missing shards can be told by name.
    #[serde(rename = "全部单位", skip_serializing_if = "Vec::is_empty", default)]
    pub all: Vec<String>,
}

/// A line of 清单.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Number of the record in its table, from 1.
    #[serde(rename = "序号")]
    pub number: usize,
    #[serde(rename = "单位")]
    pub unit: String,
    #[serde(rename = "状态")]
    pub state: State,
    #[serde(rename = "文件")]
    pub files: Vec<String>,
    #[serde(rename = "页数")]
    pub pages: usize,
    #[serde(rename = "信息")]
    pub messages: Vec<String>,
}

impl Row {
    pub fn of(outcome: &Outcome) -> Row {
        Row {
            number: outcome.row + 1,
            unit: outcome.unit.clone(),
            state: outcome.state,
            files: outcome.entry.files.iter().map(|(name, _)| name.clone()).collect(),
            pages: outcome.entry.fit.pages,
            messages: outcome.entry.messages.clone(),
        }
    }
}

/// 清单.json as it is written and read again.
#[derive(Debug, Serialize, Deserialize)]
pub struct List {
    #[serde(flatten)]
    pub about: About,
    #[serde(rename = "合计")]
    pub counts: serde_json::Map<String, serde_json::Value>,
    #[serde(rename = "报告")]
    pub rows: Vec<Row>,
}

/// File name without extension.
pub fn stem(shard: Option<Shard>) -> String {
    shard.map_or_else(|| "清单".to_string(), |s| format!("清单-{}", s.label()))
}

pub fn json(about: &About, rows: &[Row]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let count = |state: State| (state.label().to_string(), rows.iter().filter(|r| r.state == state).count().into());
    let counts = [State::Made, State::Unchanged, State::Failed, State::Left].map(count).into_iter().collect();
    let list = List { about: about.clone(), counts, rows: rows.to_vec() };
    let mut text = serde_json::to_vec_pretty(&list).map_err(|e| fault(&e.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

pub fn workbook(rows: &[Row]) -> Result<Vec<u8>, Box<Diagnostic>> {
    sheet(rows).map_err(|e| fault(&e.to_string()))
}

fn sheet(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the same reports give the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("清单").set_creation_datetime(&created));
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    // Names come from the data: a text that looks like a formula stays one when it is edited.
    let plain = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    let cell = plain.clone().set_quote_prefix();
    let long = cell.clone().set_text_wrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("清单")?;
    for (column, (title, width)) in
        (0..).zip([("序号", 6), ("单位", 20), ("状态", 8), ("文件", 40), ("页数", 6), ("信息", 80)])
    {
        sheet.write_with_format(0, column, title, &head)?;
        sheet.set_column_width(column, width)?;
    }
    for (at, row) in (1..).zip(rows) {
        sheet.write_with_format(at, 0, row.number as f64, &plain)?;
        sheet.write_string_with_format(at, 1, row.unit.as_str(), &cell)?;
        sheet.write_string_with_format(at, 2, row.state.label(), &cell)?;
        sheet.write_string_with_format(at, 3, short(row.files.join("\n")), &long)?;
        sheet.write_with_format(at, 4, row.pages as f64, &plain)?;
        sheet.write_string_with_format(at, 5, short(row.messages.join("\n")), &long)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if !rows.is_empty() {
        sheet.autofilter(0, 0, rows.len() as u32, 5)?;
    }
    workbook.save_to_buffer()
}

/// A cell takes 32,767 characters.
fn short(text: String) -> String {
    if text.chars().count() > 32_000 { text.chars().take(32_000).chain("……".chars()).collect() } else { text }
}

fn fault(why: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(codes::B009, format!("写不成清单：{why}")))
}
