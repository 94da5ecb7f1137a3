//! Circles of files: a file that names another which, by whatever way, names it back.
//!
//! A path leads to the file that defines what it names: a `pub use` on the way is followed. A
//! parent module that only declares its children and hands their names on does not name them;
//! it does when its own code calls them. So a `mod.rs` that holds types for its children, or a
//! function that calls them, is fine, and one that does both is a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{File, Import, Names, names};

/// Which file defines what each file names.
pub struct Graph {
    modules: BTreeMap<Vec<String>, usize>,
    names: Vec<Names>,
}

impl Graph {
    pub fn new(files: &[File]) -> Self {
        let modules = files.iter().enumerate().map(|(i, file)| (file.module(), i)).collect();
        Graph { modules, names: files.iter().map(|file| names(&file.code)).collect() }
    }

    /// The files that a file names, itself left out.
    pub fn named_by(&self, files: &[File], at: usize) -> BTreeSet<usize> {
        let module = files[at].module();
        let mut found = BTreeSet::new();
        let own = &self.names[at];
        for import in &own.imports {
            let used = !import.public || own.words.contains_key(&import.name);
            if used {
                found.extend(self.file_of(&module, &import.path, 0));
            }
        }
        for path in own.paths.iter().filter(|path| path.len() > 1) {
            found.extend(self.file_of(&module, path, 0));
        }
        found.remove(&at);
        found
    }

    /// The file that defines what a path names, seen from a module; `None` outside the crate.
    fn file_of(&self, from: &[String], path: &[String], depth: usize) -> Option<usize> {
        let mut module = from.to_vec();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                module.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    module.pop()?;
                    rest = &rest[1..];
                }
            }
            first => {
                let child: Vec<String> = module.iter().cloned().chain([first.to_string()]).collect();
                self.modules.get(&child)?;
            }
        }
        while let Some(part) = rest.first() {
            let child: Vec<String> = module.iter().cloned().chain([part.clone()]).collect();
            if !self.modules.contains_key(&child) {
                break;
            }
            module = child;
            rest = &rest[1..];
        }
        let file = *self.modules.get(&module)?;
        if depth < 8
            && let Some(item) = rest.first().filter(|item| *item != "*")
            && let Some(import) = self.handed_on(file, item)
        {
            return self.file_of(&module, &import.path, depth + 1).or(Some(file));
        }
        Some(file)
    }

    /// The `use` by which a module knows a name that it does not define.
    fn handed_on(&self, file: usize, item: &str) -> Option<&Import> {
        self.names[file].imports.iter().find(|import| import.name == item)
    }
}

/// The circles: files that name each other, each with all that are in it with it.
pub fn circles(files: &[File], graph: &Graph) -> Vec<Vec<String>> {
    let named: Vec<BTreeSet<usize>> = (0..files.len())
        .map(|i| {
            let mut named = graph.named_by(files, i);
            named.retain(|k| files[*k].stage() == files[i].stage());
            named
        })
        .collect();
    let reach: Vec<BTreeSet<usize>> = (0..files.len())
        .map(|i| {
            let (mut seen, mut todo) = (BTreeSet::new(), vec![i]);
            while let Some(at) = todo.pop() {
                todo.extend(named[at].iter().filter(|next| seen.insert(**next)));
            }
            seen
        })
        .collect();
    let (reach, all) = (&reach, files.len());
    let together = |i: usize| (0..all).filter(move |&k| reach[i].contains(&k) && reach[k].contains(&i));
    let found: BTreeSet<Vec<usize>> = (0..files.len()).map(|i| together(i).collect::<Vec<_>>()).collect();
    found
        .into_iter()
        .filter(|circle| circle.len() > 1)
        .map(|c| c.iter().map(|i| files[*i].path.clone()).collect())
        .collect()
}

/// Who names whom in a circle, for the message.
pub fn arrows(files: &[File], graph: &Graph, circle: &[String]) -> Vec<String> {
    let inside = |i: &usize| circle.contains(&files[*i].path);
    (0..files.len())
        .filter(inside)
        .map(|i| {
            let to: Vec<&str> =
                graph.named_by(files, i).iter().filter(|k| inside(k)).map(|k| &*files[*k].path).collect();
            format!("    {} → {}", files[i].path, to.join(", "))
        })
        .collect()
}
