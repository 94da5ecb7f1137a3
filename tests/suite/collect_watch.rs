//! `collect --watch`: the workbook follows the folder.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use huibao::dataset::{LoadOptions, load};

use crate::collect::{Desk, form};

/// Longest time until a change of the folder is in the workbook.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Units and 培训场次 of the collected workbook.
fn collected(dir: &Path) -> Vec<(String, String)> {
    let Some(data) = load(&[dir.join("汇总.xlsx")], &LoadOptions::default()).dataset else { return Vec::new() };
    let Some(table) = data.current().and_then(|d| d.tables.get("乡镇")) else { return Vec::new() };
    let (name, figure) = (table.column("名称").unwrap(), table.column("培训场次").unwrap());
    table.records.iter().map(|r| (r.cells[name].shown.to_string(), r.cells[figure].shown.to_string())).collect()
}

fn comes(dir: &Path, wanted: &[(&str, &str)]) {
    let begun = Instant::now();
    loop {
        let found = collected(dir);
        if found.iter().map(|(a, b)| (a.as_str(), b.as_str())).eq(wanted.iter().copied()) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{wanted:?} did not come: {found:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn the_workbook_follows_the_folder() {
    let desk = Desk::new();
    desk.file("交来/甲.xlsx", form("云溪镇", "2026", &[]));
    let dir = desk.dir.path();
    let _watch = Watch(
        Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["collect", "交来", "-t", "township-briefing", "--watch"])
            .current_dir(dir)
            .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    comes(dir, &[("云溪镇", "5")]);
    desk.file("交来/乙.xlsx", form("石桥镇", "2026", &[(5, "三")]));
    comes(dir, &[("石桥镇", "三"), ("云溪镇", "5")]);
    // The copy is written behind the workbook.
    let begun = Instant::now();
    while !desk.has("退回/乙.xlsx") {
        assert!(begun.elapsed() < PATIENCE, "no marked copy came");
        std::thread::sleep(Duration::from_millis(50));
    }
    desk.file("交来/乙.xlsx", form("石桥镇", "2026", &[(5, "7")]));
    comes(dir, &[("石桥镇", "7"), ("云溪镇", "5")]);
    fs::remove_file(dir.join("交来/甲.xlsx")).unwrap();
    comes(dir, &[("石桥镇", "7")]);
    // Nobody changed it in between: no earlier one is kept.
    assert!(!desk.has("汇总（原有）.xlsx") && !desk.has("退回/乙.xlsx"));
}
