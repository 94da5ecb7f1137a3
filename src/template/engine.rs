//! The template engine around MiniJinja: strict names, fuel, no files but the pack's own,
//! Chinese names, and a rendering that goes on after a mistake so that all are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::clauses::{self, PlacedClause};
use super::error::{self, Rendering};
use super::format::{self, Placed};
use super::functions;
use super::names;
use super::rewrite::{First, Rewritten, rewrite, settled_syntax};
use super::scope::{Scope, World};
use super::session::{Session, within};
use super::text::{FUEL, TemplateText};
use super::{eager, limits, operators};
use crate::diagnostic::{Diagnostic, Origin};
use crate::figures::Figure;

/// Calls within calls (macros, includes).
pub const RECURSION: usize = 100;
/// Renderings of one template until all its mistakes are known.
const ROUNDS: usize = 200;

/// Expressions that failed, with the name that a draft prints instead.
type Blanked = BTreeMap<usize, Arc<str>>;

/// All templates of a pack, ready to render; shared by the threads of a batch.
pub struct Engine {
    templates: Vec<TemplateText>,
    env: Environment<'static>,
    expressions: Arc<Vec<Placed>>,
    rewritten: Vec<Rewritten>,
}

/// What one rendering gives: text with tokens, and what was found on the way.
pub struct Rendered {
    pub text: String,
    pub figures: Vec<Figure>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Engine {
    /// Reads all templates; syntax errors of all of them together.
    pub fn new(templates: Vec<TemplateText>) -> Result<Engine, Vec<Diagnostic>> {
        let (engine, diagnostics) = Engine::build(templates, &Blanked::new());
        if diagnostics.is_empty() { Ok(engine) } else { Err(diagnostics) }
    }

    /// The same templates with one more, or one in the place of another.
    pub fn with_template(&self, text: TemplateText) -> Result<Engine, Vec<Diagnostic>> {
        let mut templates: Vec<TemplateText> = self.templates.iter().filter(|t| t.name != text.name).cloned().collect();
        templates.push(text);
        Engine::new(templates)
    }

    fn build(templates: Vec<TemplateText>, blanked: &Blanked) -> (Engine, Vec<Diagnostic>) {
        let (mut expressions, mut rewritten, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut deep, mut clauses) = (Vec::new(), Vec::new());
        for template in &templates {
            let first = First { expression: expressions.len(), clause: clauses.len() };
            let done = rewrite(&template.name, &template.text, first, &|n| blanked.contains_key(&n));
            let done = done.unwrap_or_else(|err| {
                failed.push(err);
                Rewritten::default()
            });
            deep.extend(done.too_deep.clone().map(|range| error::too_deep(template, range)));
            let placed = |e: &super::rewrite::Expression| Placed {
                origin: error::place(template, e.range.clone()),
                expression: e.clone(),
            };
            expressions.extend(done.expressions.iter().map(placed));
            deep.extend(done.faults.iter().map(|fault| error::unread(template, fault)));
            clauses.extend(done.clauses.iter().map(|clause| PlacedClause {
                origin: error::place(template, clause.range.clone()),
                clause: clause.clone(),
            }));
            rewritten.push(done);
        }
        let expressions = Arc::new(expressions);
        let env = environment(expressions.clone(), Arc::new(clauses));
        let mut engine = Engine { templates, env, expressions, rewritten };
        let mut diagnostics: Vec<Diagnostic> =
            failed.iter().flat_map(|err| error::syntax(&engine.rendering(), err, true)).chain(deep).collect();
        for i in 0..engine.templates.len() {
            let (name, text) = (engine.templates[i].name.clone(), engine.rewritten[i].text.clone());
            if let Err(err) = engine.env.add_template_owned(name, text) {
                diagnostics.extend(error::syntax(&engine.rendering(), &err, false));
            }
        }
        (engine, diagnostics)
    }

    fn rendering(&self) -> Rendering<'_> {
        Rendering { templates: &self.templates, rewritten: &self.rewritten, expressions: &self.expressions }
    }

    /// The templates as written.
    pub fn templates(&self) -> &[TemplateText] {
        &self.templates
    }

    /// Where a template begins, if the pack has it.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        let template = self.templates.iter().find(|t| t.name == name)?;
        Some(Origin::text(template.source, template.line, template.column, 1))
    }

    /// The names that the templates ask for and none of them sets.
    pub fn names(&self) -> BTreeSet<String> {
        let asked = self.rewritten.iter().flat_map(|t| &t.asked);
        // What one template sets, those that it includes may ask for.
        let set = |name: &&String| self.rewritten.iter().any(|t| t.set.contains(*name));
        asked.filter(|name| !set(name) && !names::is_function(name)).cloned().collect()
    }

    /// The first place of a text in the pack's templates.
    pub fn find(&self, text: &str) -> Option<Origin> {
        let place = |t: &TemplateText| t.text.find(text).map(|at| error::place(t, at..at + text.len()));
        self.templates.iter().find_map(place)
    }

    /// Renders one template. Figures are numbered after those in `figures`. In a draft a
    /// missing value prints 〔待填：名〕 and is no error.
    pub fn render(&self, name: &str, world: &Arc<World>, figures: Vec<Figure>, draft: bool) -> Rendered {
        let mut blanked = Blanked::new();
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut again: Option<Engine> = None;
        for _ in 0..ROUNDS {
            let engine = again.as_ref().unwrap_or(self);
            let mut session = Session::new(figures.clone(), draft, blanked.clone());
            session.required = world.declared.required.clone();
            session.prose = world.declared.prose.clone();
            session.top = Some(Scope::top(world.clone()));
            let (result, session) = within(session, || match engine.env.get_template(name) {
                Ok(template) => template.render(Scope::top(world.clone())),
                Err(err) => Err(err),
            });
            let rendering = engine.rendering();
            let mut problems = error::problems(&rendering, &session, world);
            match result {
                Ok(text) => {
                    let clauses::Settled { text, figures, notices } =
                        clauses::settle(text, session.figures, &session.clauses, figures.len());
                    problems.extend(found);
                    problems.extend(notices);
                    problems.sort_by_key(|d| d.origin);
                    return Rendered { text, figures, diagnostics: error::without_consequences(problems) };
                }
                Err(err) => {
                    let (diagnostic, figure, name) = error::runtime(&rendering, &err, &session, world);
                    let fresh = figure.filter(|n| blanked.insert(*n, name).is_none());
                    if let Some(diagnostic) = diagnostic {
                        found.push(diagnostic);
                    }
                    if fresh.is_none() || !err_can_be_passed(&err) {
                        problems.extend(found);
                        problems.sort_by_key(|d| d.origin);
                        return Rendered {
                            text: String::new(),
                            figures: session.figures,
                            diagnostics: error::without_consequences(problems),
                        };
                    }
                    again = Some(Engine::build(self.templates.clone(), &blanked).0);
                }
            }
        }
        Rendered { text: String::new(), figures, diagnostics: found }
    }
}

/// A mistake in one figure leaves the rest of the report readable; a limit that is reached does not.
fn err_can_be_passed(err: &minijinja::Error) -> bool {
    !error::is_limit(err)
}

/// The engine with the figure language in it.
fn environment(expressions: Arc<Vec<Placed>>, clauses: Arc<Vec<PlacedClause>>) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(RECURSION);
    if let Ok(syntax) = settled_syntax() {
        env.set_syntax(syntax);
    }
    env.set_debug(true);
    // Captured blocks are told from texts by it: their figures are in them already.
    env.set_auto_escape_callback(|_| AutoEscape::Custom("figures".into()));
    env.set_formatter(|out, _, value| out.write_str(&value.to_string()).map_err(minijinja::Error::from));
    env.set_path_join_callback(|name, _| name.into());
    functions::register(&mut env);
    operators::register(&mut env);
    limits::register(&mut env);
    eager::register(&mut env);
    format::register(&mut env, expressions);
    clauses::register(&mut env, clauses);
    env
}
