//! Reports that came back from Word: what was changed by hand is found, and new figures go in without a word
//! being lost. A scripted clerk edits the reports of all packs; a third of the edits is kept aside and only counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use huibao::dataset::{Input, LoadOptions, load_inputs};
use huibao::document::Document;
use huibao::pipeline::{self, Composed, Order, Request};
use huibao::returned::{Compared, File, State};
use huibao::source::docx;
use huibao::template::{Format, Subject};

use super::layout_pdf::KIT;
use super::packs::PACKS;
use super::returned_editor::{Dice, Edited, KINDS, Kind, edit};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(pack: &str) -> String {
    std::fs::read_to_string(root().join("samples").join(pack).join("2026.yaml")).unwrap()
}

/// The report of a pack over a text of data; `None` where the data are refused.
fn compose(pack: &str, data: &str) -> Option<Composed> {
    let inputs = vec![Input::Bytes { name: "2026.yaml".into(), bytes: data.as_bytes().to_vec() }];
    let loaded = load_inputs(inputs, &LoadOptions::default());
    let request = Request { template: Some(pack.into()), folders: vec![root()], ..Default::default() };
    let material = pipeline::gather(loaded, &request).ok()?;
    let subject = (pack == "township-briefing").then(|| {
        let rows =
            material.data.years.iter().filter(|(_, d)| d.tables.contains_key("乡镇")).map(|(year, _)| (*year, 0));
        Subject { table: "乡镇".into(), rows: rows.collect(), report: Vec::new(), digest: "".into() }
    });
    pipeline::compose(&material, subject, false).ok()
}

fn lay_out(document: &Document) -> Vec<u8> {
    let laid = pipeline::lay_out(document, &KIT, &Order::of(&[Format::Docx]));
    laid.unwrap_or_else(|d| panic!("{d:?}")).files.remove(0).1
}

/// Numbers of the data, changed; years and what a name holds stay.
fn drifted(data: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut out = String::new();
    for line in data.lines() {
        let mut rest = line;
        while let Some(at) = rest.find(": ") {
            let (head, tail) = rest.split_at(at + 2);
            out += head;
            let length = tail.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(tail.len());
            let (number, behind) = tail.split_at(length);
            let whole = length > 1 && length < 9 && !number.starts_with("20") && !number.ends_with('.');
            let ends = behind.is_empty() || behind.starts_with([',', '}', ' ']);
            match whole && ends && number.matches('.').count() < 2 && dice.roll(3) == 0 {
                true => {
                    let last = number.len() - 1;
                    let digit = (number.as_bytes()[last] - b'0' + 1 + dice.roll(8) as u8) % 10;
                    out += &number[..last];
                    out += &digit.max(1).to_string();
                }
                false => out += number,
            }
            rest = behind;
        }
        out += rest;
        out.push('\n');
    }
    out
}

/// A report with its data as they were and as they are.
struct Pack {
    name: &'static str,
    then: Document,
    bytes: Vec<u8>,
    /// Other data: the report and its file.
    later: Vec<(Document, Vec<u8>)>,
}

static REPORTS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let made = PACKS.iter().map(|name| {
        let data = yaml(name);
        let then = compose(name, &data).unwrap_or_else(|| panic!("{name}")).document;
        let later = (1..60).filter_map(|seed| compose(name, &drifted(&data, seed))).take(2);
        let later: Vec<_> = later.map(|made| (lay_out(&made.document), made.document)).map(|(b, d)| (d, b)).collect();
        assert_eq!(later.len(), 2, "{name}: no drift of the data is accepted");
        Pack { name, bytes: lay_out(&then), then, later }
    });
    made.collect()
});

fn texts(bytes: &[u8]) -> Vec<String> {
    let document = docx::read(bytes).unwrap();
    document.paragraphs().iter().map(|own| own.text.clone()).filter(|text| !text.trim().is_empty()).collect()
}

fn compared(bytes: &[u8], today: &Document) -> Compared {
    File::read(bytes).unwrap().compare(today)
}

fn refreshed(bytes: &[u8], today: &Document, tracked: bool) -> Vec<u8> {
    let file = File::read(bytes).unwrap();
    file.refreshed(&file.compare(today), today, tracked).unwrap().bytes
}

fn xml(bytes: &[u8]) -> String {
    docx::read(bytes).unwrap().xml.to_string()
}

/// The merge of no edit is the fresh build, as far as the same sentences are said; the merge of no new data is the
/// file itself.
#[test]
fn without_edit_or_without_new_data_nothing_is_merged() {
    let mut equal = 0;
    for pack in REPORTS.iter() {
        let same = compared(&pack.bytes, &pack.then);
        assert!(same.recorded && same.figures.iter().all(|f| f.state == State::Same), "{}", pack.name);
        assert!(
            same.strange.is_empty() && same.gone.is_empty() && same.words.is_empty(),
            "{}: {:?}",
            pack.name,
            same.strange
        );
        assert!(same.charts.is_empty(), "{}: {:?}", pack.name, same.charts);
        assert_eq!(refreshed(&pack.bytes, &pack.then, false), pack.bytes, "{}", pack.name);
        for (today, fresh) in &pack.later {
            let there = compared(&pack.bytes, today);
            let left: Vec<_> =
                there.figures.iter().filter(|f| f.left || !matches!(f.state, State::Same | State::Stale)).collect();
            assert!(left.is_empty() && there.conflicts.is_empty(), "{}: {left:?} {:?}", pack.name, there.conflicts);
            for tracked in [false, true] {
                let made = refreshed(&pack.bytes, today, tracked);
                if there.proposals.is_empty() {
                    equal += 1;
                    assert_eq!(texts(&made), texts(fresh), "{}", pack.name);
                }
                // What it says is remembered: another time there is nothing to do.
                let again = compared(&made, today);
                assert!(again.changes.is_empty(), "{}: {:?}", pack.name, again.changes);
            }
        }
    }
    // Charts are told of, not drawn anew.
    let charts =
        REPORTS.iter().flat_map(|pack| pack.later.iter().map(|(today, _)| compared(&pack.bytes, today).charts.len()));
    assert!(charts.sum::<usize>() > 0, "E009: no chart has other values");
    assert!(equal >= 12, "only {equal} reports had the same sentences");
}

/// What was counted of the edits of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    edits: usize,
    planted: usize,
    found: usize,
    /// Figures that are right, and those that were told to be wrong.
    right: usize,
    alarms: usize,
    /// Figures that were to be renewed, and those that are.
    stale: usize,
    renewed: usize,
    lost: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.edits += other.edits;
        self.planted += other.planted;
        self.found += other.found;
        self.right += other.right;
        self.alarms += other.alarms;
        self.stale += other.stale;
        self.renewed += other.renewed;
        self.lost += other.lost;
    }
}

/// Whether a figure of a comparison is told to be wrong.
fn wrong(compared: &Compared) -> Vec<(usize, String)> {
    let figures = compared.figures.iter().filter(|f| match f.state {
        State::Typed => f.new.as_deref() != Some(&f.text) && !f.reworded(),
        State::Stale => true,
        State::Same | State::Gone => false,
    });
    let figures = figures.filter_map(|f| Some((f.spot.as_ref()?.paragraph, f.text.clone())));
    figures.chain(compared.words.iter().map(|word| (word.spot.paragraph, word.text.clone()))).collect()
}

fn measure(pack: &Pack, kind: Kind, edited: &Edited, (today, fresh): &(Document, Vec<u8>), told: bool) -> Count {
    let mut count = Count { edits: 1, ..Count::default() };
    // What is found.
    let there = compared(&edited.bytes, &pack.then);
    let mut alarms = wrong(&there);
    if kind.falsifies() || kind == Kind::Figured {
        count.planted = edited.planted.len();
        let document = docx::read(&edited.bytes).unwrap();
        for (paragraph, text) in &edited.planted {
            let strange = there.strange.iter().filter(|spot| {
                kind == Kind::Figured && document.paragraphs()[spot.paragraph].text[spot.bytes.clone()] == **text
            });
            let own = alarms.iter().position(|(at, said)| {
                at == paragraph && (text.contains(said.as_str()) || said.contains(text.as_str()))
            });
            count.found += usize::from(own.is_some() || strange.count() > 0);
            own.into_iter().for_each(|at| drop(alarms.remove(at)));
        }
    }
    count.right = there.figures.len() - count.planted.min(there.figures.len());
    count.alarms = alarms.len();
    // What is renewed.
    let before = compared(&edited.bytes, today);
    let made = refreshed(&edited.bytes, today, count.right.is_multiple_of(2));
    let again = compared(&made, today);
    let unmarked = |c: &Compared| c.figures.iter().filter(|f| matches!(f.state, State::Typed | State::Gone)).count();
    count.stale = before.figures.iter().filter(|f| f.state == State::Stale).count();
    let still = again.figures.iter().filter(|f| f.state == State::Stale).count();
    let more = unmarked(&again).saturating_sub(unmarked(&before) + before.proposals.len() * 20);
    count.renewed = count.stale.saturating_sub(still + more);
    // By the text alone: what the fresh report says and the old one did not, is there; no edit is undone.
    let (now, old, fresh) = (texts(&made), texts(&edited.bytes), texts(fresh));
    let whole = now.join("\n");
    count.lost += edited.kept.iter().filter(|text| !whole.replace(' ', "").contains(text.as_str())).count();
    count.lost +=
        edited.out.iter().filter(|text| whole.contains(text.as_str()) && !old.concat().contains(text.as_str())).count();
    count.lost += usize::from(now.len() != old.len());
    let then = texts(&pack.bytes);
    if then.len() == fresh.len() && before.proposals.is_empty() {
        // A paragraph that was not edited is that of the fresh report.
        let untouched = then.iter().zip(&fresh).filter(|(then, _)| old.contains(then));
        count.lost += untouched.filter(|(_, fresh)| !now.contains(fresh)).count();
    }
    let bad = count.found < count.planted || count.alarms > 0 || count.renewed < count.stale || count.lost > 0;
    if told && bad {
        println!("{} {kind:?} {:?} {:?}: {count:?} {alarms:?}", pack.name, edited.planted, edited.out);
    }
    count
}

#[test]
fn edits_are_found_and_kept() {
    let mut counts: BTreeMap<(bool, Kind), Count> = BTreeMap::new();
    for (index, pack) in REPORTS.iter().enumerate() {
        for (place, kind) in KINDS.into_iter().enumerate() {
            for round in 0..3u64 {
                let mut dice = Dice(1 + round * 1009 + index as u64 * 31 + place as u64 * 7);
                let Some(edited) = (0..6).find_map(|_| edit(kind, &pack.bytes, &pack.then, &mut dice)) else {
                    continue;
                };
                let aside = round == 2;
                let count = measure(pack, kind, &edited, &pack.later[round as usize % 2], !aside);
                *counts.entry((aside, kind)).or_default() += count;
            }
        }
    }
    for aside in [false, true] {
        let own = || counts.iter().filter(|((a, _), _)| *a == aside);
        let mut all = Count::default();
        own().for_each(|((_, kind), count)| {
            println!("{kind:?} {count:?}");
            all += *count;
        });
        println!("aside: {aside} {all:?}");
        assert!(own().count() == KINDS.len(), "a kind has no edit");
        assert!(all.found * 100 >= all.planted * 98, "{all:?}");
        assert!(all.alarms * 100 <= all.right, "{all:?}");
        assert!(all.renewed == all.stale && all.lost == 0, "{all:?}");
    }
    let edits: usize = counts.values().map(|count| count.edits).sum();
    assert!(edits >= 400, "{edits}");
}

/// What other programs keep of a file is enough.
#[test]
fn files_through_libreoffice_are_refreshed() {
    let dir = tempfile::tempdir().unwrap();
    let office = |from: &[PathBuf], to: &str, out: &Path| {
        let profile = format!("-env:UserInstallation=file://{}", dir.path().join("profile").display());
        let run = Command::new("soffice")
            .arg(profile)
            .args(["--headless", "--convert-to", to, "--outdir"])
            .arg(out)
            .args(from)
            .output();
        run.is_ok_and(|run| run.status.success())
    };
    let chosen = [5, 6, 4].map(|at| &REPORTS[at]);
    let paths: Vec<PathBuf> = chosen.iter().map(|pack| dir.path().join(format!("{}.docx", pack.name))).collect();
    chosen.iter().zip(&paths).for_each(|(pack, path)| std::fs::write(path, &pack.bytes).unwrap());
    let (straight, round) = (dir.path().join("docx"), dir.path().join("odt"));
    if !office(&paths, "odt", &round) {
        super::skipped("files through LibreOffice: there is none");
        return;
    }
    let odt: Vec<PathBuf> = chosen.iter().map(|pack| round.join(format!("{}.odt", pack.name))).collect();
    assert!(office(&odt, "docx", &round) && office(&paths, "docx", &straight));
    for pack in chosen {
        for folder in [&straight, &round] {
            let bytes = std::fs::read(folder.join(format!("{}.docx", pack.name))).unwrap();
            let there = compared(&bytes, &pack.then);
            assert!(there.recorded);
            let wrong: Vec<_> = there.figures.iter().filter(|f| f.state != State::Same).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", pack.name);
            assert_eq!(xml(&refreshed(&bytes, &pack.then, false)), xml(&bytes));
            let (today, fresh) = &pack.later[0];
            let there = compared(&bytes, today);
            let made = refreshed(&bytes, today, false);
            if there.proposals.is_empty() {
                let bare = |bytes: &[u8]| texts(bytes).concat().split_whitespace().collect::<String>();
                assert_eq!(bare(&made), bare(fresh), "{}", pack.name);
            }
        }
    }
}
