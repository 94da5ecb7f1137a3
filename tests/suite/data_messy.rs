//! The messy sample: everything in it is read right.

use std::path::Path;
use std::process::Command;

use huibao::dataset::{LoadOptions, dump, load};
use huibao::diagnostic::render;
use insta::assert_snapshot;

#[test]
fn the_messy_sample_is_read_right_and_builds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/messy");
    let loaded = load(&[folder.join("messy.xlsx")], &LoadOptions::default());
    let told: String = loaded.diagnostics.iter().map(|d| render(d, &loaded.sources)).collect();
    let data = dump(loaded.dataset.as_ref().expect("data"), &loaded.sources);
    assert_snapshot!(format!("{data}----\n{told}"));
    let out = tempfile::tempdir().expect("a folder");
    let built = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .arg("build")
        .arg(folder.join("messy.xlsx"))
        .arg("-t")
        .arg(folder.join("template"))
        .arg("-o")
        .arg(out.path())
        .output()
        .expect("the program");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}
