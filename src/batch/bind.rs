//! `--bind`: all reports in the order of the table, in volumes for printing. A volume is laid
//! out anew from the reports' documents, so that it shares fonts and its pages are those of
//! the single files; only one volume is in memory at a time.

use rayon::prelude::*;

use super::digest::Hash;
use super::make::Line;
use super::options::{Progress, Summary, stopped};
use super::outcome::{Entry, State, some};
use super::units::Unit;
use crate::diagnostic::{Diagnostic, codes};
use crate::layout::{self, Part};
use crate::output::Standing;
use crate::pipeline;

/// Name of a single volume, without extension; several are numbered.
pub const STEM: &str = "合订本";
/// Pages of a volume at most, as many as are bound well and as keep memory small. A report is
/// never divided.
pub const MOST_PAGES: usize = 400;

/// One report of a volume.
type Leaf<'a> = (&'a Unit, &'a Entry);

/// Binds all reports that are there; what fails is told.
pub fn bind(summary: &mut Summary, line: &Line, units: &[Unit], progress: &mut dyn Progress) {
    let there = summary.outcomes.iter().filter(|o| matches!(o.state, State::Made | State::Unchanged));
    let leaves: Vec<Leaf> = there.filter_map(|o| Some((units.iter().find(|u| u.row == o.row)?, &o.entry))).collect();
    let volumes = divide(&leaves);
    let names = names(volumes.len());
    let (mut written, mut told) = (Vec::new(), Vec::new());
    for (i, (leaves, name)) in volumes.iter().zip(&names).enumerate() {
        if stopped(line.stop) {
            told.push(Diagnostic::new(codes::B017, "合订本没有做完").help("再运行同一条命令就接着做"));
            break;
        }
        progress.binding(i + 1, names.len());
        match volume(line, name, leaves) {
            Ok(notice) => told.extend(notice),
            Err(wrong) => {
                told.extend(wrong);
                break;
            }
        }
        written.push(line.workshop.dir().join(name));
    }
    if written.len() == names.len() {
        // Volumes of a larger batch would pass for a part of this one.
        let old = line.past.products().filter(|p| p.starts_with(STEM) && !names.iter().any(|n| n == p));
        old.filter(|p| is_own(line, p)).for_each(|p| line.workshop.remove(p));
        told.extend(several(names.len()));
    }
    told.extend(edited(&leaves));
    summary.written.extend(written);
    summary.diagnostics.extend(told);
}

/// Volumes of at most [`MOST_PAGES`].
fn divide<'a>(leaves: &'a [Leaf<'a>]) -> Vec<&'a [Leaf<'a>]> {
    let takes = |(_, entry): &Leaf| entry.fit.pages.next_multiple_of(2);
    let (mut volumes, mut start, mut pages) = (Vec::new(), 0, 0);
    for (i, leaf) in leaves.iter().enumerate() {
        if i > start && pages + takes(leaf) > MOST_PAGES {
            volumes.push(&leaves[start..i]);
            (start, pages) = (i, 0);
        }
        pages += takes(leaf);
    }
    if start < leaves.len() {
        volumes.push(&leaves[start..]);
    }
    volumes
}

/// `合订本.pdf`, or `合订本-01.pdf`, `合订本-02.pdf` …
fn names(count: usize) -> Vec<String> {
    let width = count.to_string().len().max(2);
    match count {
        1 => vec![format!("{STEM}.pdf")],
        _ => (1..=count).map(|i| format!("{STEM}-{i:0width$}.pdf")).collect(),
    }
}

/// Makes one volume unless it is there already.
fn volume(line: &Line, name: &str, leaves: &[Leaf]) -> Result<Option<Diagnostic>, Vec<Diagnostic>> {
    let title = format!("{}{STEM}", line.material.pack.display);
    let mut hash = Hash::new();
    hash.text(&title);
    for (unit, entry) in leaves {
        hash.text(&unit.name).text(&entry.digest);
    }
    let digest = hash.done();
    if !line.options.force && line.past.has_product(name, &digest, line.workshop) {
        return Ok(None);
    }
    let compose = |(unit, _): &Leaf| {
        let composed = pipeline::compose(line.material, Some(unit.subject.clone()), line.options.draft);
        composed.map(|composed| composed.document)
    };
    let bytes = line.pool.install(|| {
        let documents: Result<Vec<_>, _> = leaves.par_iter().map(compose).collect();
        let documents = documents?;
        let pairs = leaves.iter().zip(&documents);
        let parts = pairs.map(|((unit, entry), document)| Part { name: &unit.name, document, fit: entry.fit });
        let parts: Vec<Part> = parts.collect();
        layout::volume(&title, &parts, line.kit)
    })?;
    layout::forget();
    let single = |d: Box<Diagnostic>| vec![*d];
    let file = line.workshop.write(name, &bytes).map_err(single)?;
    let moved = line.workshop.name(&file, &line.past.product_stamps(name)).map_err(single)?;
    line.workshop.settle(std::iter::once(name));
    line.made(name, &digest).map_err(single)?;
    Ok(moved.map(|to| super::make::set_aside(name, &to)))
}

fn is_own(line: &Line, product: &str) -> bool {
    let standing = line.workshop.standing(product, &line.past.product_stamps(product));
    matches!(standing, Standing::Untouched(_))
}

/// Says how the volumes were divided.
fn several(count: usize) -> Option<Diagnostic> {
    let message = format!("合订本分成{count}册，每册不超过{MOST_PAGES}页，一份报告不分在两册");
    (count > 1).then(|| Diagnostic::new(codes::B020, message))
}

/// Volumes hold what the program made, not what someone has changed in a single file.
fn edited(leaves: &[Leaf]) -> Option<Diagnostic> {
    let units: Vec<&str> = leaves.iter().filter(|(_, entry)| entry.edited).map(|(unit, _)| &*unit.name).collect();
    let message = format!("合订本里是生成的内容，没有这{}份里手工的改动：{}", units.len(), some(&units));
    (!units.is_empty()).then(|| Diagnostic::new(codes::B021, message).help("把改动补到数据或模板里，再重新生成"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_they_count() {
        assert_eq!(names(1), ["合订本.pdf"]);
        assert_eq!(names(2), ["合订本-01.pdf", "合订本-02.pdf"]);
        assert_eq!(names(120).last().unwrap(), "合订本-120.pdf");
        assert!(names(0).is_empty());
    }
}
