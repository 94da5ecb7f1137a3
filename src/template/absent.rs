//! What a template finds where a declared table has no data.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr};

/// A declared table that the data of this year do not have: empty, falsy.
#[derive(Debug)]
pub struct TableMissing(pub Arc<str>);

impl Object for TableMissing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(0)
    }
}
