//! H-05, H-06, H-07: annexes, names of offices, totals of typed tables.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::headings::{Style, typed_number};
use super::{Mark, Prose, mark};
use crate::check::line::han;
use crate::document::{Block, PassageKind, Table, plain_text};
use crate::vocabulary::totals;

/// H-05: annexes that are named and not there, or are numbered otherwise.
pub fn annexes(prose: &Prose, marks: &mut Vec<Mark>) {
    let listed = listed(prose, marks);
    let own = prose.document.annexes.iter().map(|annex| plain_text(&annex.title)).enumerate();
    let titles: BTreeMap<usize, String> =
        if prose.document.annexes.is_empty() { listed } else { own.map(|(at, title)| (at + 1, title)).collect() };
    if titles.is_empty() {
        return;
    }
    for (index, passage) in prose.passages.iter().enumerate() {
        let text = &passage.text;
        if passage.kind != PassageKind::Body {
            continue;
        }
        for at in (0..text.len()).filter(|at| text[*at..].starts_with(&['附', '件'])) {
            let digits: String = text[at + 2..].iter().take_while(|c| c.is_ascii_digit()).collect();
            let end = at + 2 + digits.len();
            let Ok(number) = digits.parse::<usize>() else { continue };
            let Some(title) = titles.get(&number) else {
                let message = format!("提到了“附件{number}”，附件里没有");
                marks.push(mark(index, (at, end), message, "核对附件的序号，或补上这个附件"));
                continue;
            };
            // 责任人名单（附件2）
            let name: Vec<char> = text[..at]
                .iter()
                .rev()
                .skip_while(|c| "（见".contains(**c))
                .take_while(|c| han(**c))
                .take(8)
                .copied()
                .collect();
            let name: Vec<char> = name.into_iter().rev().collect();
            // 《公益林管护协议》（附件1）: the whole name.
            let quoted = at >= 2 && text[at - 1] == '（' && text[at - 2] == '》';
            let own = quoted
                .then(|| text[..at - 2].iter().rposition(|c| *c == '《').map(|open| passage.string(open + 1, at - 2)));
            if let Some(Some(own)) = own {
                if !title.contains(&own) && !own.contains(title.as_str()) {
                    let message = format!("“{own}”说是附件{number}，附件{number}是“{title}”");
                    marks.push(mark(index, (at, end), message, "核对附件的序号和名称"));
                }
                continue;
            }
            let named = at > 0 && "（见".contains(text[at - 1]) && name.len() >= 3;
            let others = titles.iter().filter(|(other, _)| **other != number).any(|(_, other)| akin(&name, other));
            let bracket = at > 0 && text[at - 1] == '（';
            if named && !akin(&name, title) && (others || bracket) {
                let told: String = name.iter().collect();
                let message = format!("“{told}”说是附件{number}，附件{number}是“{title}”");
                marks.push(mark(index, (at, end), message, "核对附件的序号和名称"));
            }
        }
    }
}

/// Whether two characters side by side of the one are in the other.
fn akin(name: &[char], title: &str) -> bool {
    let title: Vec<char> = title.chars().collect();
    name.windows(2).any(|two| title.windows(2).any(|own| own == two))
}

/// The list of annexes that is typed below a text: 附件：1.…, 2.….
fn listed(prose: &Prose, marks: &mut Vec<Mark>) -> BTreeMap<usize, String> {
    let mut titles = BTreeMap::new();
    let mut open = false;
    for (index, passage) in prose.passages.iter().enumerate() {
        let skipped = if passage.text.starts_with(&['附', '件', '：']) { 3 } else { 0 };
        if skipped == 0 && !open {
            continue;
        }
        let Some((Style::Digits, number, end)) = typed_number(&passage.text[skipped..]) else {
            // One annex has no number.
            if skipped > 0 && titles.is_empty() && passage.text.len() > skipped {
                titles.insert(1, passage.string(skipped, passage.text.len()));
            }
            open = false;
            continue;
        };
        if number != titles.len() + 1 {
            let message = format!("附件的序号“{number}.”与前面的接不上");
            marks.push(mark(index, (skipped, skipped + end), message, &format!("这里应当是“{}.”", titles.len() + 1)));
        }
        titles.insert(number, passage.string(skipped + end, passage.text.len()));
        open = true;
    }
    titles
}

/// offices.txt: a former name of an office and the present one.
const OFFICES: &str = include_str!("offices.txt");

/// H-06: one office by its former and its present name.
pub fn offices(prose: &Prose, marks: &mut Vec<Mark>) {
    former(prose, marks);
    spellings(prose, marks);
}

fn former(prose: &Prose, marks: &mut Vec<Mark>) {
    let whole: String = prose.passages.iter().flat_map(|p| p.text.iter().chain(['\n'].iter())).collect();
    for line in OFFICES.lines().filter(|line| !line.starts_with('#')) {
        let Some((former, present)) = line.split_once(' ') else { continue };
        if !whole.contains(former) || !present.split('|').any(|present| whole.contains(present)) {
            continue;
        }
        let word: Vec<char> = former.chars().collect();
        for (index, passage) in prose.passages.iter().enumerate() {
            for start in passage.text.windows(word.len()).enumerate().filter(|(_, w)| *w == word).map(|(i, _)| i) {
                // 原国土资源局 is said on purpose; 住房和城乡建设局 is no 建设局.
                let before = start.checked_sub(1).map_or('，', |at| passage.text[at]);
                let whole = present.split('|').map(|name| name.chars().collect::<Vec<_>>());
                let past = passage.text[start.saturating_sub(3)..start].contains(&'原');
                let inside = past || whole.into_iter().any(|name| passage.text[..start + word.len()].ends_with(&name));
                if inside || han(before) && !"县区市镇乡省州旗由和与及向报会经到".contains(before) {
                    continue;
                }
                let message = format!("“{former}”与别处的“{}”像是同一个单位的两种名称", present.replace('|', "”“"));
                marks.push(mark(index, (start, start + word.len()), message, "全文用现在的规范名称"));
            }
        }
    }
}

/// 县发展改革委 and 县发展和改革局: names of one office that differ by a word that says nothing.
pub fn spellings(prose: &Prose, marks: &mut Vec<Mark>) {
    const ENDS: [&str; 8] = ["委员会", "委", "局", "办公室", "办", "中心", "指挥部", "领导小组"];
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (index, passage) in prose.passages.iter().enumerate() {
        let text = &passage.text;
        for end in (0..text.len()).filter(|i| "委局".contains(text[*i])) {
            let run = text[..end].iter().rev().take(14).take_while(|c| han(**c)).count();
            let from = (end - run..end).rev().find(|i| "县区市州省".contains(text[*i]));
            let Some(from) = from.filter(|from| end - from >= 5 && end - from <= 14) else { continue };
            // 委员会 goes on.
            let stop =
                if text[end] == '委' && text[end + 1..].starts_with(&['员', '会']) { end + 3 } else { end + 1 };
            let name: String = text[from..stop].iter().collect();
            let bare = ENDS.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(&name);
            let core: String = bare.chars().filter(|c| !"和与".contains(*c)).collect();
            if core.contains(['的', '由', '向', '报', '到', '经', '把', '对', '请']) {
                continue;
            }
            let first = known.entry(core).or_insert_with(|| name.clone());
            let marked = marks.iter().any(|mark| mark.passage == index && mark.hit.start < stop && from < mark.hit.end);
            if *first != name && !marked {
                let message = format!("“{name}”与前面的“{first}”像是同一个单位的两种名称");
                marks.push(mark(index, (from, stop), message, "全文用一个规范名称"));
            }
        }
    }
}

/// H-07: totals of tables that were typed.
pub fn tables(prose: &Prose, marks: &mut Vec<Mark>) {
    let document = prose.document;
    let blocks = document.body.iter().chain(document.annexes.iter().flat_map(|annex| &annex.blocks));
    let mut next = 0;
    for block in blocks {
        let Block::Table(table) = block else { continue };
        let mut places = |text: &str| {
            let found = prose.passages[next..]
                .iter()
                .position(|p| p.kind == PassageKind::Cell && p.string(0, p.text.len()) == text)?;
            next += found + 1;
            Some(next - 1)
        };
        let rows: Vec<Vec<(String, Option<usize>)>> = (table.header.iter().chain(&table.rows))
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| plain_text(&cell.text))
                    .map(|text| {
                        let at = if text.is_empty() { None } else { places(&text) };
                        (text, at)
                    })
                    .collect()
            })
            .collect();
        totals_of(table, &rows, prose, marks);
    }
}

fn totals_of(table: &Table, rows: &[Vec<(String, Option<usize>)>], prose: &Prose, marks: &mut Vec<Mark>) {
    let (header, body) = rows.split_at(table.header.len().min(rows.len()));
    let width = rows.iter().map(Vec::len).min().unwrap_or(0);
    let Some(total) = body.iter().position(|row| row.first().is_some_and(|(name, _)| totals::is_total(name))) else {
        return;
    };
    // 合计 above or below what it adds up; subtotals make it another sum.
    let parts: Vec<_> = body.iter().enumerate().filter(|(at, _)| *at != total).map(|(_, row)| row).collect();
    let others = parts.iter().any(|row| row.first().is_some_and(|(name, _)| totals::is_total(name)));
    if others || parts.len() < 2 || total != 0 && total + 1 != body.len() {
        return;
    }
    for column in 1..width {
        let name: String = header.iter().filter_map(|row| row.get(column)).map(|(text, _)| text.as_str()).collect();
        if ["率", "占比", "比重", "平均", "均", "排名", "位次", "名次", "年", "序号", "%", "得分"]
            .iter()
            .any(|w| name.contains(w))
        {
            continue;
        }
        let number =
            |row: &Vec<(String, Option<usize>)>| row[column].0.trim().replace([',', '，'], "").parse::<Decimal>().ok();
        let Some(said) = number(&body[total]) else { continue };
        let own: Option<Vec<Decimal>> = parts
            .iter()
            .map(|row| {
                number(row)
                    .or_else(|| matches!(row[column].0.trim(), "" | "—" | "-" | "/" | "无").then_some(Decimal::ZERO))
            })
            .collect();
        let Some(sum) = own.map(|own| own.into_iter().sum::<Decimal>()) else { continue };
        let Some(index) = body[total][column].1.filter(|_| sum != said) else { continue };
        if prose.passages[index].figure_at(0).is_some() {
            continue;
        }
        let message = format!("“{name}”的合计是{said}，各行相加是{}", sum.normalize());
        marks.push(mark(index, (0, prose.passages[index].text.len()), message, "核对合计和各行的数"));
    }
}
