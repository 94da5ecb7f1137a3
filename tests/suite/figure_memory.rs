//! What the origins of many figures over a long table cost.

use std::sync::Arc;

use huibao::diagnostic::{SourceId, has_error};
use huibao::template::{Engine, TemplateText, World};

use super::figure_language::world_of;

const ROWS: usize = 20_000;
const FIGURES: usize = 60;

fn long_table() -> Arc<World> {
    let row = |i: usize| {
        let state = ["建成", "在建", "规划"][i % 3];
        format!("  - {{名称: 村{i}, 状态: {state}, 甲: {i}, 乙: {}, 丙: {}}}\n", i % 97, i % 7)
    };
    let data = format!("年份: 2026\n村:\n{}", (0..ROWS).map(row).collect::<String>());
    world_of("data.yaml", data.into_bytes())
}

fn sixty() -> String {
    let kinds = [
        "合计(村, \"甲\")",
        "占比(合计(村, \"丙\"), 合计(村, \"乙\"))",
        "(村 | 筛选(\"状态\", \"建成\") | length)",
        "合计(村 | 筛选(\"乙\", 大于=9), \"甲\")",
        "最大(村, \"乙\").乙",
        "(村 | 取(\"甲\") | sum)",
    ];
    (0..FIGURES).map(|i| format!("{{{{ {} }}}}\n", kinds[i % kinds.len()])).collect()
}

/// A whole column is kept as a range: sixty figures hold no more than the rows that were picked.
#[test]
fn whole_columns_are_kept_as_ranges() {
    let (world, written) = (long_table(), sixty());
    let text = TemplateText::new("t", written, SourceId(1));
    let rendered = Engine::new(vec![text]).unwrap().render("t", &world, Vec::new(), false);
    let told: Vec<&str> = rendered.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert!(!has_error(&rendered.diagnostics), "{told:?}");
    assert_eq!(rendered.figures.len(), FIGURES);
    for figure in &rendered.figures {
        let cells = figure.reads.len();
        let most = if figure.expression.contains("最大") { 1 } else { ROWS / 2 };
        assert!(cells >= most, "{}: {cells}", figure.expression);
    }
}

/// Peak memory with and without the figures: `cargo test … -- --ignored --nocapture origins_measured`.
#[test]
#[ignore = "a measurement for the eye, not a judgement"]
fn origins_measured() {
    let status = |key: &str| -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    };
    let (world, written) = (long_table(), sixty());
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:");
    let text = TemplateText::new("t", written, SourceId(1));
    let rendered = Engine::new(vec![text]).unwrap().render("t", &world, Vec::new(), false);
    let (peak, after) = (status("VmHWM:"), status("VmRSS:"));
    println!(
        "{} figures over {ROWS} rows: peak {} MB, kept {} MB",
        rendered.figures.len(),
        peak.saturating_sub(before) / 1024,
        after.saturating_sub(before) / 1024
    );
}
