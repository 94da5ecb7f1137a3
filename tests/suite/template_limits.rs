//! Whatever a template does, it ends: in time, in memory, with a message at its place.

use std::sync::Arc;
use std::time::{Duration, Instant};

use huibao::diagnostic::{Diagnostic, SourceId};
use huibao::template::{Engine, TemplateText, World};

use super::figure_language::world_of;
use super::template_attacks::{LIMITED, LIMITED_LARGE, REFUSED, generated, long, too_deep};

/// Far beyond what any of them needs, of the time that its thread works: a busy machine does not fail the test.
const PATIENCE: Duration = Duration::from_secs(30);
/// What a thread of a batch has.
const STACK: usize = 2 << 20;

const DATA: &str = "年份: 2026\n培训场次: 36\n历年: {2025: {培训场次: 32}}\n\
    乡镇:\n  - {名称: 甲镇, 经费: 1}\n  - {名称: 乙镇, 经费: 2}\n";

fn small() -> Arc<World> {
    world_of("data.yaml", DATA.as_bytes().to_vec())
}

/// A table of 20,000 rows.
fn large() -> Arc<World> {
    let rows = (0..20_000).map(|i| format!("  - {{名称: 村{i}, 数: {i}}}\n"));
    let data = format!("{DATA}大表:\n{}", rows.collect::<String>());
    world_of("data.yaml", data.into_bytes())
}

/// Renders on a thread with a small stack.
fn found(world: &Arc<World>, written: &str) -> Vec<Diagnostic> {
    timed(world, written).0
}

/// The same, with how long this thread worked; where that is not told, how long it took.
fn timed(world: &Arc<World>, written: &str) -> (Vec<Diagnostic>, Duration) {
    let (world, written, begun) = (world.clone(), written.to_owned(), Instant::now());
    let render = move || {
        let text = TemplateText::new("t", written, SourceId(1));
        let found = match Engine::new(vec![text]) {
            Ok(engine) => engine.render("t", &world, Vec::new(), false).diagnostics,
            Err(found) => found,
        };
        let worked = processor("/proc/thread-self/stat").map(Duration::from_millis);
        (found, worked.unwrap_or_else(|| begun.elapsed()))
    };
    std::thread::Builder::new().stack_size(STACK).spawn(render).unwrap().join().unwrap()
}

/// What is wrong about how an attack ended.
fn ended(world: &Arc<World>, name: &str, written: &str) -> Option<String> {
    let (found, took) = timed(world, written);
    let told: Vec<String> = found.iter().map(|d| format!("{} {}", d.code.name(), d.message)).collect();
    let placed = found.iter().any(|d| d.code.name() == "T030" && d.origin.is_some());
    (!placed || took > PATIENCE).then(|| format!("{name}: {took:?} {told:?}"))
}

#[test]
fn every_attack_meets_its_limit() {
    let world = small();
    let written = LIMITED.iter().filter_map(|(name, written)| ended(&world, name, written));
    let made = generated();
    let wrong: Vec<String> =
        written.chain(made.iter().filter_map(|(name, written)| ended(&world, name, written))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_attack_on_a_large_table_meets_its_limit() {
    let world = large();
    let wrong: Vec<String> = LIMITED_LARGE.iter().filter_map(|(name, written)| ended(&world, name, written)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_too_deep_is_refused() {
    let world = small();
    let wrong = too_deep().into_iter().filter_map(|(name, written)| {
        let found = found(&world, &written);
        let told: Vec<String> = found.iter().map(|d| format!("{} {}", d.code.name(), d.message)).collect();
        let right =
            found.iter().any(|d| d.code.name() == "T010" && d.origin.is_some() && d.message.contains("套得太深"));
        (!right).then(|| format!("{name}: {told:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nothing but an end is asked of them: neither the stack nor the patience is exhausted.
#[test]
fn what_is_long_ends() {
    let world = small();
    let wrong = long().into_iter().filter_map(|(name, written)| {
        let begun = Instant::now();
        let found = found(&world, &written);
        let told = found.iter().filter(|d| d.is_error() && d.origin.is_none()).count();
        (begun.elapsed() > PATIENCE || told > 0)
            .then(|| format!("{name}: {:?}, {told} without a place", begun.elapsed()))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arithmetic_beyond_sense_is_refused() {
    let world = small();
    let wrong = REFUSED.iter().filter_map(|(written, code, part)| {
        let found = found(&world, written);
        let right = found.iter().any(|d| d.code.name() == *code && d.message.contains(part) && d.origin.is_some());
        let told: Vec<String> = found.iter().map(|d| format!("{} {}", d.code.name(), d.message)).collect();
        (!right).then(|| format!("{written}: {told:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Milliseconds that the processor worked, by the line that Linux has of a program or a thread.
fn processor(line: &str) -> Option<u64> {
    let stat = std::fs::read_to_string(line).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10)
}

/// Processor time and memory of each attack by itself: `ATTACK=name cargo test … -- --ignored
/// --nocapture attacks_measured`, or all of them without a name.
#[test]
#[ignore = "a measurement for the eye, not a judgement"]
fn attacks_measured() {
    let status = |key: &str| -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    };
    let (small, large) = (small(), large());
    let made = [generated(), too_deep(), long()].concat();
    let all = LIMITED.iter().map(|(name, written)| (&small, *name, *written));
    let all = all.chain(LIMITED_LARGE.iter().map(|(name, written)| (&large, *name, *written)));
    let all = all.chain(made.iter().map(|(name, written)| (&small, *name, written.as_str())));
    let only = std::env::var("ATTACK").unwrap_or_default();
    for (world, name, written) in all.filter(|(_, name, _)| name.contains(&only)) {
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let (before, begun) = (status("VmRSS:"), processor("/proc/self/stat").unwrap_or(0));
        let found = found(world, written);
        let took = processor("/proc/self/stat").unwrap_or(0) - begun;
        let peak = status("VmHWM:").saturating_sub(before) / 1024;
        let told: Vec<String> = found.iter().map(|d| format!("{} {}", d.code.name(), d.message)).collect();
        println!("{took:>6} ms {peak:>5} MB  {name}: {}", told.join("；"));
    }
}
