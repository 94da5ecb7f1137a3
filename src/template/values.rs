//! A column of values as the engine reaches it.

use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::datum;
use super::records::Records;

/// One column of some records: what 取 gives. Items are read when they are reached.
#[derive(Debug, Clone)]
pub struct Values {
    pub of: Arc<Records>,
    pub column: Arc<str>,
}

impl Object for Values {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        self.of.record(usize::try_from(datum::key(key)).ok()?)?.read(&self.column)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.of.len())
    }
}
