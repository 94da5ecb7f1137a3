//! Rendered texts and 报告信息 to one document: title, 主送, body, signature, annexes.

use std::sync::Arc;

use super::elements::{Annex, Colophon, Front, LayoutKind, Masthead, Meta, SignatureBlock};
use super::inlines::inlines;
use super::markdown::{Extras, blocks};
use super::model::{Inline, Inlines, plain_text};
use super::report::Document;
use super::rounding;
use crate::dataset::{Cell, Dataset, Date, Value};
use crate::diagnostic::Origin;
use crate::figures::{Figure, FigureId, Read};
use crate::template::RenderedText;
use crate::vocabulary::report;

/// What the template stage rendered, with tokens.
pub struct Texts {
    /// The pack's own title, where the data give none.
    pub title: Option<RenderedText>,
    pub body: RenderedText,
    /// Title, sideways, text.
    pub annexes: Vec<(RenderedText, bool, RenderedText)>,
    /// All figures of all texts.
    pub figures: Vec<Figure>,
}

/// What is known of the report beside its texts.
pub struct About {
    pub kind: LayoutKind,
    pub template: Arc<str>,
    pub sources: Vec<(Arc<str>, Arc<str>)>,
    pub draft: bool,
    /// 版面 of the pack.
    pub changes: Vec<(Arc<str>, Arc<str>, Origin)>,
    /// Where a figure that the template did not write counts as written.
    pub origin: Origin,
}

/// Builds the document. `extras` makes fenced blocks and pictures.
pub fn assemble(data: &Dataset, texts: Texts, about: About, extras: &mut dyn Extras) -> Document {
    let mut info = Info { data, figures: texts.figures, origin: about.origin };
    let title = match info.one("标题") {
        Some(title) => title,
        None => texts.title.as_ref().map(|t| line(t, &info.figures)).unwrap_or_default(),
    };
    let units = info.all("单位");
    let date = data.report_value("成文日期").and_then(day);
    let mut meta = Meta {
        kind: about.kind,
        title: plain_text(&title).replace('\n', "").into(),
        author: author(data).unwrap_or_default(),
        template: about.template,
        sources: about.sources,
        date,
        draft: about.draft,
        changes: about.changes,
    };
    let addressee = info.one("主送").filter(|_| report::prints(about.kind, "主送")).map(with_colon);
    let mut front = Front { title, addressee, ..Front::default() };
    let mut signature =
        SignatureBlock { sealed: info.yes("盖章"), remark: info.remark(about.kind), ..Default::default() };
    let signed_on = info.date("成文日期");
    if !about.kind.dated_above() {
        if info.shown("落款位置") == Some("题下") {
            front.unit = units.into_iter().next();
            front.date = signed_on.map(bracketed);
        } else {
            // 7.3.5.3: where signers' names are stamped, their posts stand for the units.
            signature.posts = info.all("签发人职务");
            if signature.posts.is_empty() {
                signature.units = units;
            }
            signature.date = signed_on;
        }
    }
    signature.attendance = info.attendance(about.kind);
    let mut masthead = info.masthead(about.kind);
    if about.draft && masthead.issuer_mark.is_empty() {
        masthead.issuer_mark.extend(info.blank_mark(about.kind));
    }
    let colophon = info.colophon(about.kind);
    if about.kind == LayoutKind::Order {
        untitled(&mut meta, &mut front, &masthead);
    }
    extras.begin(info.figures);
    let mut body = blocks(&texts.body, extras);
    let annexes = texts.annexes.iter().map(|(title, landscape, text)| Annex {
        title: line(title, extras.figures()),
        landscape: *landscape,
        blocks: blocks(text, extras),
    });
    let mut annexes: Vec<Annex> = annexes.collect();
    let figures = extras.finish();
    rounding::note(&mut body, &figures);
    annexes.iter_mut().for_each(|annex| rounding::note(&mut annex.blocks, &figures));
    Document { meta, masthead, front, body, signature, annexes, colophon, figures }
}

/// The unit that reports, as the properties of the file have it.
fn author(data: &Dataset) -> Option<Arc<str>> {
    let unit = data.report_value("单位").map(|c| c.shown.clone());
    unit.or_else(|| {
        let units = data.report_lists.get("单位")?;
        Some(units.iter().map(|c| &*c.shown).collect::<Vec<_>>().join("、").into())
    })
}

/// 10.2: the mark is what a 命令 is called; no title stands above its text.
fn untitled(meta: &mut Meta, front: &mut Front, masthead: &Masthead) {
    if meta.title.trim().is_empty() {
        let called = masthead.issuer_mark.iter().chain(&masthead.issuer_mark_suffix).chain(&masthead.doc_number);
        meta.title = called.map(|text| plain_text(text)).collect::<String>().into();
    }
    front.title.clear();
}

/// A text of one line.
fn line(text: &RenderedText, figures: &[Figure]) -> Inlines {
    inlines(text, figures, &|range, at, out| text.stretches(range, at, out))
}

/// 报告信息 as inlines: each value is a figure that knows its cell.
struct Info<'a> {
    data: &'a Dataset,
    figures: Vec<Figure>,
    origin: Origin,
}

impl Info<'_> {
    fn shown(&self, key: &str) -> Option<&str> {
        self.data.report_value(key).map(|c| &*c.shown)
    }

    fn yes(&self, key: &str) -> bool {
        self.data.report_value(key).is_some_and(|c| match &c.value {
            Value::Bool(b) => *b,
            _ => matches!(&*c.shown, "是" | "true" | "有"),
        })
    }

    fn figure(&mut self, cell: &Cell, key: &str, text: &str) -> Inlines {
        let id = FigureId(self.figures.len() as u32);
        let text: Arc<str> = text.into();
        let name: Arc<str> = format!("报告.{key}").into();
        self.figures.push(Figure {
            text: text.clone(),
            reads: vec![Read { origin: cell.origin, name: name.clone(), shown: cell.shown.clone() }].into(),
            template: self.origin,
            expression: name,
            missing: false,
        });
        vec![Inline::Figure { id, text }]
    }

    /// The value of a key; several are set one after another, as 主送 and 抄送 are (7.3.2, 7.4.2).
    fn one(&mut self, key: &str) -> Option<Inlines> {
        let data = self.data;
        let cell = data.report_value(key).filter(|c| c.value != Value::Absent)?;
        let mut out: Inlines = Vec::new();
        for cell in data.report_lists.get(key).map_or(std::slice::from_ref(cell), |cells| &cells[..]) {
            if !out.is_empty() {
                out.push(if key == "按语" { Inline::Break } else { Inline::Text("，".into()) });
            }
            for (i, line) in cell.shown.split('\n').map(str::trim).filter(|l| !l.is_empty()).enumerate() {
                if i > 0 {
                    out.push(Inline::Break);
                }
                out.extend(self.figure(cell, key, line));
            }
        }
        Some(out)
    }

    /// All values of a key that may have several; one text may separate them by 、 or blanks.
    fn all(&mut self, key: &str) -> Vec<Inlines> {
        if let Some(cells) = self.data.report_lists.get(key) {
            return cells.iter().map(|c| self.figure(c, key, &c.shown)).collect();
        }
        let Some(cell) = self.data.report_value(key).filter(|c| c.value != Value::Absent) else { return Vec::new() };
        let parts: Vec<&str> = cell.shown.split(['、', '\n', '；']).map(str::trim).filter(|p| !p.is_empty()).collect();
        parts.into_iter().map(|p| self.figure(cell, key, p)).collect()
    }

    /// A date as 7.3.5.4 wants it; a text that is no date stays as typed.
    fn date(&mut self, key: &str) -> Option<Inlines> {
        let cell = self.data.report_value(key).filter(|c| c.value != Value::Absent)?;
        let text = day(cell).map_or_else(|| cell.shown.to_string(), chinese_date);
        Some(self.figure(cell, key, &text))
    }

    /// 10.3: 出席, 请假, 列席 in this order.
    fn attendance(&mut self, kind: LayoutKind) -> Vec<(&'static str, Inlines)> {
        let asked = ["出席", "请假", "列席"].into_iter().filter(|_| kind == LayoutKind::Minutes);
        asked.filter_map(|label| Some((label, self.one(label)?))).collect()
    }

    /// 附注 (7.3.6); a 公文 or 信函 that has none gives those who answer for it there, where they are given.
    fn remark(&mut self, kind: LayoutKind) -> Option<Inlines> {
        if let Some(remark) = self.one("附注").filter(|_| report::prints(kind, "附注")) {
            return Some(bracketed(remark));
        }
        let mut out: Inlines = Vec::new();
        for (key, label) in [("联系人", "联系人："), ("联系电话", "联系电话：")] {
            let Some(text) = self.one(key).filter(|_| kind.has_document_number()) else { continue };
            out.push(Inline::Text(format!("{}{label}", if out.is_empty() { "" } else { "，" }).into()));
            out.extend(text);
        }
        (!out.is_empty()).then(|| bracketed(out))
    }

    /// A number with the words that stand around it in print, where only the number was written.
    fn counted(&mut self, key: &str, before: &'static str, behind: &'static str) -> Option<Inlines> {
        let text = self.one(key)?;
        let shown = plain_text(&text);
        let (begins, ends) = (shown.starts_with(|c: char| c.is_ascii_digit()), shown.ends_with(behind));
        let number = shown.strip_suffix(behind).unwrap_or(&shown).bytes().all(|b| b.is_ascii_digit());
        if !(begins && number) {
            return Some(text);
        }
        let mut out = vec![Inline::Text(before.into())];
        out.extend(text);
        if !ends {
            out.push(Inline::Text(behind.into()));
        }
        Some(out)
    }

    /// 发文机关标志 (7.2.4): the agencies and what stands behind them. Written as a whole it ends in
    /// 文件 already.
    fn mark(&mut self) -> (Vec<Inlines>, Option<Inlines>) {
        const KEY: &str = "发文机关标志";
        const SUFFIX: &str = "文件";
        let whole: Vec<(String, Cell)> = match self.data.report_lists.get(KEY) {
            Some(cells) => cells.iter().map(|cell| (cell.shown.to_string(), cell.clone())).collect(),
            None => {
                let cell = self.data.report_value(KEY).filter(|c| c.value != Value::Absent);
                let lines = |cell: &Cell| {
                    cell.shown.split(['、', '\n', '；']).map(|t| (t.trim().into(), cell.clone())).collect()
                };
                cell.map(lines).unwrap_or_default()
            }
        };
        if whole.is_empty() {
            return (self.all("发文机关"), self.one("发文机关后缀"));
        }
        let last = whole.iter().rev().find(|(text, _)| text.ends_with(SUFFIX)).map(|(_, cell)| cell.clone());
        let names = whole.iter().map(|(text, cell)| self.figure(cell, KEY, text.strip_suffix(SUFFIX).unwrap_or(text)));
        let names = names.collect();
        (names, last.map(|cell| self.figure(&cell, KEY, SUFFIX)))
    }

    /// A draft's red mark that nobody has given a word yet.
    fn blank_mark(&mut self, kind: LayoutKind) -> Option<Inlines> {
        let key = match kind {
            LayoutKind::Report => return None,
            LayoutKind::Briefing => "简报名称",
            LayoutKind::Minutes => "纪要名称",
            LayoutKind::Official | LayoutKind::Letter | LayoutKind::Order => "发文机关",
        };
        let id = FigureId(self.figures.len() as u32);
        let text: Arc<str> = format!("〔待填：报告.{key}〕").into();
        let (expression, template) = (format!("报告.{key}").into(), self.origin);
        self.figures.push(Figure { text: text.clone(), reads: Vec::new().into(), template, expression, missing: true });
        Some(vec![Inline::Figure { id, text }])
    }

    fn masthead(&mut self, kind: LayoutKind) -> Masthead {
        match kind {
            LayoutKind::Report => Masthead::default(),
            LayoutKind::Briefing | LayoutKind::Minutes => {
                let briefing = kind == LayoutKind::Briefing;
                let corner = self.corner(!briefing);
                Masthead {
                    issuer_mark: self.one(if briefing { "简报名称" } else { "纪要名称" }).into_iter().collect(),
                    doc_number: self.counted("期号", "第", "期"),
                    issuer: self.one("编印单位").or_else(|| self.one("单位")),
                    date: self.date("日期").or_else(|| self.date("成文日期")),
                    editor_note: self.one("按语").into_iter().filter(|_| briefing).collect(),
                    ..corner
                }
            }
            LayoutKind::Official => {
                let (issuer_mark, issuer_mark_suffix) = self.mark();
                let corner = self.corner(true);
                let (doc_number, signers) = (self.one("发文字号"), self.all("签发人"));
                Masthead { issuer_mark, issuer_mark_suffix, doc_number, signers, ..corner }
            }
            LayoutKind::Letter => {
                // 10.1: the name alone, of several agencies that of the leading one.
                let issuer_mark = self.mark().0.into_iter().take(1).collect();
                let corner = self.corner(true);
                Masthead { issuer_mark, doc_number: self.one("发文字号"), ..corner }
            }
            LayoutKind::Order => self.order(),
        }
    }

    /// 份号, 密级, 紧急程度 (7.2.1–7.2.3), and whether the paper has the red parts.
    fn corner(&mut self, urgent: bool) -> Masthead {
        Masthead {
            copy_no: self.one("份号"),
            secrecy: self.one("密级"),
            urgency: if urgent { self.one("紧急程度") } else { None },
            preprinted: self.yes("套打"),
            ..Masthead::default()
        }
    }

    /// 10.2: the full names, one a line, with 命令 or 令 behind them.
    fn order(&mut self) -> Masthead {
        let (issuer_mark, given) = self.mark();
        let ends = issuer_mark.last().is_some_and(|mark| plain_text(mark).ends_with('令'));
        let suffix = given.or_else(|| (!ends && !issuer_mark.is_empty()).then(|| vec![Inline::Text("令".into())]));
        Masthead {
            issuer_mark,
            issuer_mark_suffix: suffix,
            doc_number: self.counted("令号", "第", "号"),
            preprinted: self.yes("套打"),
            ..Masthead::default()
        }
    }

    fn colophon(&mut self, kind: LayoutKind) -> Option<Colophon> {
        let colophon = match kind {
            LayoutKind::Report => return None,
            LayoutKind::Briefing => Colophon {
                report_to: self.one("报"),
                send_to: self.one("送"),
                issue_to: self.one("发"),
                copies: self.counted("印数", "共印", "份"),
                ..Colophon::default()
            },
            // 10.1: no 印发机关, no 印发日期.
            LayoutKind::Letter => Colophon { cc: self.one("抄送"), ..Colophon::default() },
            LayoutKind::Official | LayoutKind::Order | LayoutKind::Minutes => Colophon {
                cc: self.one("抄送"),
                imprint: self.one("印发机关"),
                imprint_date: self.date("印发日期"),
                even_page: self.yes("版记偶数页"),
                ..Colophon::default()
            },
        };
        let even = Colophon { even_page: colophon.even_page, ..Colophon::default() };
        (colophon != even).then_some(colophon)
    }
}

fn day(cell: &Cell) -> Option<Date> {
    match cell.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

/// 7.3.5.4: 2026年9月30日, nothing padded.
fn chinese_date(date: Date) -> String {
    match date.day {
        Some(day) => format!("{}年{}月{day}日", date.year, date.month),
        None => format!("{}年{}月", date.year, date.month),
    }
}

/// 7.3.2: 主送 ends with a full-width colon.
fn with_colon(mut text: Inlines) -> Inlines {
    if !plain_text(&text).ends_with(['：', ':']) {
        text.push(Inline::Text("：".into()));
    }
    text
}

fn bracketed(mut text: Inlines) -> Inlines {
    if !plain_text(&text).starts_with('（') {
        text.insert(0, Inline::Text("（".into()));
        text.push(Inline::Text("）".into()));
    }
    text
}
