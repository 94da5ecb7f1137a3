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

/// The command, as an office runs it.
fn command(args: &[&str]) -> (String, String, i32) {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&out.stdout), text(&out.stderr), out.status.code().unwrap())
}

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

/// The data of the year after: every number moved, none past another.
fn next_year(data: &Dataset, falling: bool) -> Dataset {
    use huibao::dataset::{Cell, Value};
    let moved = |cell: &Cell| -> Cell {
        let Value::Number(mut number) = cell.value else { return cell.clone() };
        let shown = cell.shown.to_string();
        let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let Some(from) = shown.find(digits) else { return cell.clone() };
        let length = shown[from..].find(|c| !digits(c)).unwrap_or(shown.len() - from);
        let written = shown[from..from + length].replace(',', "");
        let Ok(old) = written.parse::<rust_decimal::Decimal>() else { return cell.clone() };
        let share = number.is_share();
        let step: rust_decimal::Decimal =
            if share { "0.4".parse().unwrap() } else { old / rust_decimal::Decimal::from(8) };
        let new =
            (if falling { old - step } else { old + step + if share { 0.into() } else { rust_decimal::Decimal::ONE } })
                .round_dp(old.normalize().scale())
                .normalize();
        number.decimal = if share { new / rust_decimal::Decimal::ONE_HUNDRED } else { new };
        number.show.shift = 0;
        number.show.word = false;
        Cell {
            value: Value::Number(number),
            shown: format!("{}{new}{}", &shown[..from], &shown[from + length..]).into(),
            ..cell.clone()
        }
    };
    let year = data.year.unwrap();
    let mut next = data.clone();
    let mut own = (*data.years[&year]).clone();
    own.fields.values_mut().for_each(|cell| *cell = moved(cell));
    for table in own.tables.values_mut() {
        table.records.iter_mut().flat_map(|record| &mut record.cells).for_each(|cell| *cell = moved(cell));
    }
    next.years.insert(year + 1, Arc::new(own));
    next.year = Some(year + 1);
    next
}

/// Numbers with what is behind them, in their order.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        let length = rest[from..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len() - from);
        let before: String = rest[..from].chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        found.push(format!("{before}{}", &rest[from..from + length]));
        rest = &rest[from + length..];
    }
    found
}

fn pack_texts(material: &huibao::pipeline::Material) -> Vec<String> {
    let composed = huibao::pipeline::compose(material, None, true).unwrap_or_else(|_| panic!("composes"));
    huibao::document::passages(&composed.document).iter().map(|p| p.text.iter().collect()).collect()
}

/// The reports of the packs learned from their own files: figures of the year after that are right.
fn measure_pack(name: &str, log: &mut String) -> (usize, usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("samples").join(name).join("2026.yaml");
    let folder = tempfile::tempdir().unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["build", path.to_str().unwrap(), "-f", "docx", "--draft", "-o", folder.path().to_str().unwrap()])
        .env("HUIBAO_HOME", root)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let file = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "docx"))
        .unwrap();
    let document = docx::read(&std::fs::read(&file).unwrap()).unwrap();
    let texts: Vec<Text> = texts(&document).into_iter().map(|(_, text)| text).collect();
    let request = huibao::pipeline::Request {
        data: vec![path],
        folders: vec![root.to_path_buf()],
        draft: true,
        ..Default::default()
    };
    let material = huibao::pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let figures = Reader::new(&material.data, &texts).read(&texts);
    let old = pack_texts(&material);
    let mut sum = (0, 0);
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for falling in [false, true] {
        let next = Arc::new(next_year(&material.data, falling));
        let said = filled(&texts, &figures, &next);
        let of = |data: &Arc<Dataset>| huibao::pipeline::Material {
            data: data.clone(),
            pack: reload(&request),
            settings: Default::default(),
            levels: huibao::check::Levels::read(std::iter::empty()).0,
            table: None,
            columns: Default::default(),
            sources: material.sources.clone(),
            diagnostics: Vec::new(),
        };
        let new = pack_texts(&of(&next));
        if new.len() != old.len() {
            let _ = writeln!(log, "{name}: {} passages, then {}", old.len(), new.len());
        }
        for (at, text) in texts.iter().enumerate() {
            let Some(passage) = old.iter().position(|own| squeezed(own) == squeezed(&text.text)) else { continue };
            let Some(wanted) = new.get(twin(&old, &new, passage)) else { continue };
            let sentence = wanted.clone();
            let (wanted, given) = (numbers(wanted), numbers(&said[at]));
            let right = wanted.iter().filter(|number| given.contains(number)).count();
            sum = (sum.0 + right, sum.1 + wanted.len());
            if right < wanted.len() {
                let missed: Vec<&String> = wanted.iter().filter(|number| !given.contains(number)).collect();
                let own: Vec<String> = figures
                    .iter()
                    .filter(|f| f.text == at)
                    .map(|f| {
                        format!(
                            "{} {} {:?} {:?}",
                            f.state.label(),
                            f.written,
                            f.tag.as_ref().map(|t| &t.expression),
                            f.candidates.iter().map(|t| &t.expression).collect::<Vec<_>>()
                        )
                    })
                    .collect();
                let _ = writeln!(
                    log,
                    "{name} {falling}: {}\n    said   {}\n    wanted {}\n    {missed:?} [{}] [{}] {}\n    {}",
                    text.text,
                    said[at],
                    sentence,
                    text.row,
                    text.column,
                    text.above,
                    own.join("\n    ")
                );
            }
        }
    }
    let asked = figures.iter().filter(|f| f.state == State::Asked).count();
    let _ = writeln!(log, "{name}: {}/{} asked {asked} of {}", sum.0, sum.1, figures.len());
    sum
}

fn reload(request: &huibao::pipeline::Request) -> huibao::template::Pack {
    huibao::pipeline::prepare(request).unwrap_or_else(|_| panic!("prepares")).pack
}

/// The passage of the new text that is the same as one of the old: passages may come and go between.
fn twin(old: &[String], new: &[String], at: usize) -> usize {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<Vec<char>>();
    let alike = |a: &str, b: &str| {
        let (a, b) = (letters(a), letters(b));
        let common = a.iter().filter(|c| b.contains(c)).count();
        if a.is_empty() || b.is_empty() { 0 } else { 200 * common / (a.len() + b.len()) }
    };
    // The last passage with words before it tells how far the texts have moved.
    for back in (0..=at).rev().filter(|back| letters(&old[*back]).len() > 3) {
        let near = (back.saturating_sub(4)..(back + 5).min(new.len()))
            .max_by_key(|other| (alike(&old[back], &new[*other]), std::cmp::Reverse(other.abs_diff(back))));
        if let Some(found) = near.filter(|found| alike(&old[back], &new[*found]) > 70) {
            return found + at - back;
        }
    }
    at
}

/// Totals of the packs.
#[test]
#[ignore = "a measurement"]
fn learn_packs() {
    let mut log = String::new();
    let mut sum = (0, 0);
    for name in [
        "county-review",
        "district-overview",
        "special-report",
        "subdistrict-stations",
        "township-annual",
        "township-stations",
        "work-report",
    ] {
        let own = measure_pack(name, &mut log);
        sum = (sum.0 + own.0, sum.1 + own.1);
    }
    println!("{log}\npacks {}/{}", sum.0, sum.1);
}

/// A Word file of plain paragraphs.
fn word(path: &Path, lines: &[&str]) {
    let mut docx = docx_rs::Docx::new();
    for (at, line) in lines.iter().enumerate() {
        let run = docx_rs::Run::new().add_text(*line);
        let paragraph = docx_rs::Paragraph::new();
        docx = docx.add_paragraph(match at {
            0 => paragraph.align(docx_rs::AlignmentType::Center).add_run(run.size(44)),
            _ => paragraph.add_run(run),
        });
    }
    docx.build().pack(std::fs::File::create(path).unwrap()).unwrap();
}

const DATA: &str = "年份: 2026\n培训场次（场）: 41\n接待次数（次）: 40\n座谈次数（次）: 30\n历年:\n  2025: {培训场次: 36, 接待次数: 36, 座谈次数: 36}\n  2024: {培训场次: 32, 接待次数: 30, 座谈次数: 28}\n";

/// A folder with an old report and its data.
fn office(lines: &[&str]) -> (tempfile::TempDir, [String; 3]) {
    let folder = tempfile::tempdir().unwrap();
    word(&folder.path().join("旧报告.docx"), lines);
    std::fs::write(folder.path().join("数据.yaml"), DATA).unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let paths = [path("旧报告.docx"), path("数据.yaml"), path("模板.docx")];
    (folder, paths)
}

#[test]
fn a_report_becomes_a_template_that_says_the_next_year() {
    let (folder, [report, data, template]) =
        office(&["2025年培训工作总结", "2025年，全年组织培训36场，同比增长12.5%。", "联系电话：0733-8836148。"]);
    let (out, err, exit) = command(&["learn", &report, &data, "-o", &template]);
    assert_eq!(exit, 0, "{err}");
    assert!(out.contains("认定  36  培训场次  数据.yaml:"), "{out}");
    assert!(out.contains("用2025年的数据重做一遍，与旧报告一字不差"), "{out}");
    let read = docx::read(&std::fs::read(&template).unwrap()).unwrap();
    assert_eq!(read.paragraphs()[1].text, "{{ 年份 }}年，全年组织培训{{ 培训场次 }}场，{{ 培训场次 | 同比 }}。");
    let (json, _, _) = command(&["learn", &report, &data, "-o", &template, "--report", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["figures"][2]["expression"], "培训场次");
    let built = folder.path().join("输出");
    let (_, err, exit) = command(&["build", &data, "-t", &template, "-f", "docx", "-o", &built.to_string_lossy()]);
    assert_eq!(exit, 0, "{err}");
    let file = std::fs::read_dir(&built).unwrap().next().unwrap().unwrap().path();
    let text: String =
        docx::read(&std::fs::read(file).unwrap()).unwrap().paragraphs().iter().map(|p| p.text.clone()).collect();
    assert!(text.contains("2026年，全年组织培训41场，同比增长13.9%。"), "{text}");
}

/// 36 of two indicators that the words do not tell apart is asked, and a second run takes the answer.
#[test]
fn what_is_doubtful_is_asked_and_the_answer_is_taken() {
    let (folder, [report, data, template]) = office(&["2025年工作总结", "2025年，接待和座谈36次。"]);
    let (out, err, exit) = command(&["learn", &report, &data, "-o", &template]);
    assert_eq!(exit, 0, "{err}");
    assert!(out.contains("待认  36"), "{out}");
    let bytes = std::fs::read(&template).unwrap();
    let read = docx::read(&bytes).unwrap();
    assert_eq!(read.paragraphs()[1].text, "{{ 年份 }}年，接待和座谈36次。");
    let asked = &read.comments[0].text;
    assert!(asked.starts_with("待认：36\n1. ") && asked.contains("座谈次数"), "{asked}");
    let number = asked.lines().find(|line| line.contains("座谈次数")).unwrap().split('.').next().unwrap();
    let answered = |said: &str| {
        let path = folder.path().join("选好.docx");
        std::fs::write(&path, answer(&bytes, said)).unwrap();
        command(&["learn", &report, &data, "-o", &template, "--again", &path.to_string_lossy()])
    };
    let (out, err, exit) = answered(number);
    assert_eq!(exit, 0, "{err}");
    assert!(out.contains("认定  36  座谈次数"), "{out}{err}");
    assert!(!err.contains("N006"), "there is no table: {err}");
    let (_, err, _) = answered("7");
    assert!(err.contains("N005") && err.contains("选的是第7种"), "{err}");
}

/// A row that the data get later would be lost without a word.
#[test]
fn rows_that_are_written_one_by_one_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/learn/tune/04-water-projects");
    let path = |name: &str| own.join(name).to_string_lossy().into_owned();
    let template = folder.path().join("模板.docx").to_string_lossy().into_owned();
    let (_, err, exit) = command(&["learn", &path("报告2024.docx"), &path("数据.xlsx"), "-o", &template]);
    assert_eq!(exit, 0, "{err}");
    assert!(err.contains("N006") && err.contains("第1张表的行照旧报告逐行写定"), "{err}");
}

/// What one year leaves open the report of the year before decides.
#[test]
fn a_reading_that_holds_in_two_years_is_taken() {
    let (folder, [report, data, template]) = office(&["2025年工作总结", "2025年，接待和座谈36次。"]);
    let older = folder.path().join("前年.docx");
    word(&older, &["2024年工作总结", "2024年，接待和座谈30次。"]);
    let (out, err, exit) = command(&["learn", &report, &older.to_string_lossy(), &data, "-o", &template]);
    assert_eq!(exit, 0, "{err}");
    assert!(out.contains("认定  36  接待次数"), "{out}");
}

/// The file with an answer behind the last colon of its first comment.
fn answer(bytes: &[u8], said: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut own) = (file.name().to_owned(), Vec::new());
        file.read_to_end(&mut own).unwrap();
        if name.starts_with("word/comments") {
            own = String::from_utf8(own)
                .unwrap()
                .replacen("也可以写表达式）：", &format!("也可以写表达式）：{said}"), 1)
                .into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&own).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn what_cannot_be_learned_is_told() {
    let (_folder, [report, data, template]) = office(&["2019年工作总结", "2019年，全年组织培训36场。"]);
    let (_, err, exit) = command(&["learn", &data, "-o", &template]);
    assert!(exit == 2 && err.contains("N001"), "{err}");
    let (_, err, exit) = command(&["learn", &report, &data, "-o", &template]);
    assert!(exit == 1 && err.contains("N002") && err.contains("旧报告说的是2019年"), "{err}");
    let (_folder, [report, data, template]) = office(&["工作总结", "各项工作有序推进。"]);
    let (_, err, exit) = command(&["learn", &report, &data, "-o", &template, "--year", "2025"]);
    assert!(exit == 0 && err.contains("N004"), "{err}");
}

/// Bounds on the reports to look at; those kept aside are measured in the same way.
#[test]
fn figures_of_old_reports_are_led_back_to_the_data() {
    let (mut tallies, mut log) = (BTreeMap::new(), String::new());
    let (mut right, mut all) = (0, 0);
    for folder in folders("tune") {
        let (own, of, same, _) = measure(&folder, &mut tallies, &mut log);
        assert!(same, "{}: last year's text", folder.display());
        (right, all) = (right + own, all + of);
    }
    let sum = |take: fn(&Tally) -> usize| tallies.values().map(take).sum::<usize>();
    let figures = sum(|t| t.all);
    assert!(figures >= 800, "{figures}");
    assert_eq!(sum(|t| t.wrong), 0, "{log}");
    assert!(sum(|t| t.right) * 100 >= figures * 97, "{}", table(&tallies));
    assert!(sum(|t| t.asked) * 100 <= figures * 5, "{}", table(&tallies));
    assert!(right * 100 >= all * 97, "sentences {right}/{all}");
}
