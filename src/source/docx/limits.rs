//! How much one file may hold.

use super::error::DocxError;

/// Refuses more than a file may have.
pub fn within(count: usize, what: &'static str, limit: usize) -> Result<(), DocxError> {
    if count > limit { Err(DocxError::TooMany { what, limit }) } else { Ok(()) }
}
