//! What single expressions print over the data of a report: asked by what looks for the expression
//! behind a figure, so that a reading is proven by the engine that will print it.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::{Environment, Value as Jinja};

use super::clauses::PlacedClause;
use super::engine::environment;
use super::format::printed;
use super::lineage;
use super::rewrite::{Expression, First, rewrite};
use super::scope::Scope;
use super::session::{Session, within};
use super::world::World;
use super::years::OTHER_YEARS;
use crate::figures::Reads;

/// The engine without a template.
pub struct Probe {
    env: Environment<'static>,
    world: Arc<World>,
}

impl Probe {
    /// Over the data of one report.
    pub fn new(world: Arc<World>) -> Probe {
        let none: Arc<Vec<PlacedClause>> = Arc::default();
        Probe { env: environment(Arc::default(), none), world }
    }

    /// What an expression prints before a text; `None` where it is a mistake, or has nothing to print.
    pub fn print(&self, expression: &str, following: &str) -> Option<String> {
        self.eval(expression, following, printed)?
    }

    /// The cells that an expression is made of.
    pub fn reads(&self, expression: &str) -> Reads {
        self.eval(expression, "", |value, _| lineage::reads([value])).unwrap_or_default()
    }

    fn eval<T>(&self, expression: &str, following: &str, take: impl FnOnce(&Jinja, &Expression) -> T) -> Option<T> {
        let source = format!("{{{{ {expression} }}}}{following}");
        let written = rewrite("", &source, First::default(), &|_| false).ok()?;
        let [own] = &written.expressions[..] else { return None };
        let inner = written.text.find("__figure(0, 0, ")? + "__figure(0, 0, ".len();
        let end = written.text[inner..].find(") }}")? + inner;
        let mut session = Session::new(Vec::new(), false, BTreeMap::new());
        session.required = self.world.declared.required.clone();
        session.top = Some(Scope::top(self.world.clone()));
        session.other_years = Some(OTHER_YEARS);
        let (said, _) = within(session, || {
            let value =
                self.env.compile_expression(&written.text[inner..end]).ok()?.eval(Scope::top(self.world.clone()));
            Some(take(&value.ok()?, own))
        });
        said
    }
}
