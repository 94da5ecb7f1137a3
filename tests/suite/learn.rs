//! `huibao learn`: figures of old reports led back to the data, measured on reports with gold readings
//! (tests/suite/learn/README.md).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use huibao::dataset::{Dataset, LoadOptions, load};
use huibao::learn::{Figure, Reader, State, Text, filled, texts};
use huibao::source::docx;

/// What became of figures of one kind.
#[derive(Clone, Copy, Default)]
struct Tally {
    all: usize,
    right: usize,
    wrong: usize,
    asked: usize,
    /// Asked, and the right reading is among the candidates.
    offered: usize,
    missed: usize,
}

struct Gold {
    paragraph: usize,
    last: String,
    next: String,
    kind: String,
    data: bool,
}

struct Case {
    texts: Vec<Text>,
    figures: Vec<Figure>,
    next: Vec<String>,
    last_same: bool,
    time: std::time::Duration,
}

fn data_of(folder: &Path, year: i16) -> Arc<Dataset> {
    let path = ["数据.xlsx", "数据.yaml"].map(|name| folder.join(name)).into_iter().find(|path| path.exists()).unwrap();
    let loaded = load(&[path], &LoadOptions { year: Some(year), ..LoadOptions::default() });
    Arc::new(loaded.dataset.unwrap())
}

fn learn(folder: &Path) -> Case {
    let document = docx::read(&std::fs::read(folder.join("报告2024.docx")).unwrap()).unwrap();
    let texts: Vec<Text> = texts(&document).into_iter().map(|(_, text)| text).collect();
    let (last, next) = (data_of(folder, 2024), data_of(folder, 2025));
    let before = std::time::Instant::now();
    let figures = Reader::new(&last, &texts).read(&texts);
    let time = before.elapsed();
    let last_same = filled(&texts, &figures, &last).iter().zip(&texts).all(|(said, text)| *said == text.text);
    let next = filled(&texts, &figures, &next);
    Case { texts, figures, next, last_same, time }
}

fn gold(folder: &Path) -> Vec<Gold> {
    let text = std::fs::read_to_string(folder.join("gold.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let of = |row: Vec<&str>| Gold {
        paragraph: row[1].parse::<usize>().unwrap() - 1,
        last: row[2].into(),
        next: row[3].into(),
        kind: row[4].into(),
        data: row[5] == "认定",
    };
    rows.map(of).collect()
}

/// The texts that make up each line of last.txt: a paragraph, or the cells of a row.
fn lines(case: &Case, folder: &Path) -> Vec<(String, String, Vec<usize>)> {
    let last = std::fs::read_to_string(folder.join("last.txt")).unwrap();
    let next = std::fs::read_to_string(folder.join("next.txt")).unwrap();
    let mut at = 0;
    let mut out = Vec::new();
    for (line, new) in last.lines().zip(next.lines()) {
        let count = if line.starts_with('|') {
            line.trim_matches('|').split('|').filter(|c| !c.trim().is_empty()).count()
        } else {
            1
        };
        let own: Vec<usize> = (at..at + count).collect();
        at += count;
        for text in &own {
            let said = case.texts[*text].text.trim();
            assert!(line.contains(said), "{line}: {said}");
        }
        out.push((line.to_owned(), new.to_owned(), own));
    }
    out
}

/// What stands in the place of a stretch of a text for the next year.
fn replaced(case: &Case, text: usize, range: &Range<usize>, figures: &[&Figure], data: &Arc<Dataset>) -> String {
    let all = &case.texts[text];
    let own: Vec<Figure> = figures.iter().map(|figure| (*figure).clone()).collect();
    let from = own.iter().map(|f| f.start).chain([range.start]).min().unwrap();
    let to = own.iter().map(|f| f.end).chain([range.end]).max().unwrap();
    let whole = filled(
        std::slice::from_ref(all),
        &own.iter().map(|f| Figure { text: 0, ..f.clone() }).collect::<Vec<_>>(),
        data,
    )
    .remove(0);
    let tail = all.text.len() - to;
    let mut said = whole[from..whole.len() - tail].to_owned();
    // A tag that takes more than the figure: what it takes beside it is cut off again.
    let (head, foot) = (&all.text[from..range.start.max(from)], &all.text[range.end.min(to)..to]);
    said = said.strip_prefix(head).unwrap_or(&said).to_owned();
    said.strip_suffix(foot).unwrap_or(&said).to_owned()
}

fn measure(
    folder: &Path,
    tallies: &mut BTreeMap<String, Tally>,
    log: &mut String,
) -> (usize, usize, bool, std::time::Duration) {
    let case = learn(folder);
    let data = data_of(folder, 2025);
    let lines = lines(&case, folder);
    // Where the search for the next figure of a text begins.
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    for gold in gold(folder) {
        let (_, _, own) = &lines[gold.paragraph];
        let found = own.iter().find_map(|text| {
            let start = from.get(text).copied().unwrap_or(0);
            let at = case.texts[*text].text[start..].find(&gold.last)? + start;
            let number = |c: char| c.is_ascii_digit() || c == '.';
            let cut = case.texts[*text].text[..at].ends_with(number) && gold.last.starts_with(number);
            (!cut).then_some((*text, at..at + gold.last.len()))
        });
        let Some((text, range)) = found else { continue };
        from.insert(text, range.end);
        let near: Vec<&Figure> =
            case.figures.iter().filter(|f| f.text == text && f.start < range.end && f.end > range.start).collect();
        let bound: Vec<&Figure> = near.iter().copied().filter(|f| f.state == State::Bound).collect();
        let asked: Vec<&&Figure> = near.iter().filter(|f| f.state == State::Asked).collect();
        let said = replaced(&case, text, &range, &bound, &data);
        let tally = tallies.entry(gold.kind.clone()).or_default();
        tally.all += 1;
        let right = said == gold.next;
        let mut note = "";
        if !bound.is_empty() && asked.is_empty() || !gold.data {
            if !gold.data && !asked.is_empty() {
                tally.asked += 1;
                note = "asked";
            } else if right {
                tally.right += 1;
            } else {
                tally.wrong += 1;
                note = "WRONG";
            }
        } else if !asked.is_empty() {
            tally.asked += 1;
            let offers = asked.iter().any(|figure| {
                figure.candidates.iter().any(|tag| {
                    let own = Figure {
                        tag: Some(tag.clone()),
                        start: tag.start,
                        end: tag.end,
                        state: State::Bound,
                        ..(**figure).clone()
                    };
                    replaced(&case, text, &range, &[&own], &data) == gold.next
                })
            });
            tally.offered += usize::from(offers);
            note = if offers { "asked, offered" } else { "asked, NOT offered" };
        } else {
            tally.missed += 1;
            note = "missed";
        }
        if !note.is_empty() {
            let tags: Vec<&str> = bound.iter().filter_map(|f| f.tag.as_ref()).map(|t| t.expression.as_str()).collect();
            let offers: Vec<&str> = asked.iter().flat_map(|f| &f.candidates).map(|t| t.expression.as_str()).collect();
            let _ = writeln!(
                log,
                "{note}\t{}\t{}\t{} → {} (gold {})\t{tags:?} {offers:?}\n\t\t{}",
                gold.kind,
                folder.file_name().unwrap().to_string_lossy(),
                gold.last,
                said,
                gold.next,
                case.texts[text].text
            );
        }
    }
    let mut sentences = (0, 0);
    for (line, new, own) in &lines {
        let said: Vec<&str> = own.iter().map(|text| case.next[*text].trim()).collect();
        let wanted: Vec<&str> = if line.starts_with('|') {
            new.trim_matches('|').split('|').filter(|c| !c.trim().is_empty()).collect()
        } else {
            vec![new.as_str()]
        };
        let cut = |text: &str| text.split_inclusive(['。', '；']).map(str::to_owned).collect::<Vec<_>>();
        for (said, wanted) in said.iter().zip(wanted) {
            let (said, wanted) = (cut(said), cut(wanted));
            sentences.1 += wanted.len();
            sentences.0 += wanted.iter().zip(&said).filter(|(a, b)| a == b).count();
        }
    }
    (sentences.0, sentences.1, case.last_same, case.time)
}

fn folders(of: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/learn").join(of);
    let Ok(entries) = std::fs::read_dir(root) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("gold.tsv").exists()).collect();
    found.sort();
    found
}

fn table(tallies: &BTreeMap<String, Tally>) -> String {
    let mut out = String::from("kind              all right wrong asked (offered) missed\n");
    let mut sums = [Tally::default(), Tally::default()];
    for (kind, t) in tallies {
        let none = ["law", "document", "plan", "phone", "fixed", "fixed-date", "title"].contains(&kind.as_str());
        let sum = &mut sums[usize::from(none)];
        *sum = Tally {
            all: sum.all + t.all,
            right: sum.right + t.right,
            wrong: sum.wrong + t.wrong,
            asked: sum.asked + t.asked,
            offered: sum.offered + t.offered,
            missed: sum.missed + t.missed,
        };
        let _ = writeln!(
            out,
            "{kind:<18}{:>3}{:>6}{:>6}{:>6}{:>10}{:>7}",
            t.all, t.right, t.wrong, t.asked, t.offered, t.missed
        );
    }
    for (name, t) in ["DATA", "NO DATA"].iter().zip(sums) {
        let _ = writeln!(
            out,
            "{name:<18}{:>3}{:>6}{:>6}{:>6}{:>10}{:>7}",
            t.all, t.right, t.wrong, t.asked, t.offered, t.missed
        );
    }
    out
}

/// Totals by kind; `LEARN_SET=aside` for the reports that are only measured.
#[test]
#[ignore = "a measurement"]
fn learn_measure() {
    let set = std::env::var("LEARN_SET").unwrap_or_else(|_| "tune".into());
    let (mut tallies, mut log) = (BTreeMap::new(), String::new());
    let mut sum = (0, 0);
    for folder in folders(&set) {
        let (right, all, same, time) = measure(&folder, &mut tallies, &mut log);
        println!(
            "{}: sentences {right}/{all}, last year's text the same: {same}, {time:?}",
            folder.file_name().unwrap().to_string_lossy()
        );
        sum = (sum.0 + right, sum.1 + all);
    }
    if set == "tune" {
        println!("{log}");
    }
    println!("sentences {}/{}\n{}", sum.0, sum.1, table(&tallies));
}
