//! How templates are written.

use minijinja::Error;
use minijinja::syntax::SyntaxConfig;

/// How templates are written: lines that hold only a statement leave nothing.
pub fn syntax() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()
}
