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
use super::scope::Scope;
use super::session::{Session, within};
use super::text::{FUEL, TemplateText};
use super::trail::{Piece, Pieces, RenderedText};
use super::world::World;
use super::years::OTHER_YEARS;
use super::{eager, limits, operators};
use crate::diagnostic::Diagnostic;
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
    pieces: Arc<Pieces>,
}

/// What one rendering gives: text with tokens, and what was found on the way.
pub struct Rendered {
    /// Marked-up, with a token of private characters for each figure.
    pub text: RenderedText,
    /// By the numbers of the tokens.
    pub figures: Vec<Figure>,
    /// Warnings; in a draft also the mistakes that a final report refuses.
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
        let mut pieces = Pieces { scripts: templates.iter().map(|t| t.script.clone()).collect(), all: Vec::new() };
        for (index, template) in templates.iter().enumerate() {
            let first = First { expression: expressions.len(), clause: clauses.len(), piece: pieces.all.len() };
            let done = rewrite(&template.name, &template.script.text, first, &|n| blanked.contains_key(&n));
            let done = done.unwrap_or_else(|err| {
                failed.push(err);
                Rewritten::default()
            });
            deep.extend(done.too_deep.clone().map(|range| error::too_deep(template, range)));
            let placed = |e: &super::rewrite::Expression| Placed {
                origin: template.script.place(e.range.clone()),
                expression: e.clone(),
            };
            expressions.extend(done.expressions.iter().map(placed));
            deep.extend(done.faults.iter().map(|fault| error::unread(template, fault)));
            clauses.extend(done.clauses.iter().map(|clause| PlacedClause {
                origin: template.script.place(clause.range.clone()),
                clause: clause.clone(),
            }));
            pieces.all.extend(done.pieces.iter().map(|range| Piece { template: index, range: range.clone() }));
            rewritten.push(done);
        }
        let expressions = Arc::new(expressions);
        let env = environment(expressions.clone(), Arc::new(clauses));
        let mut engine = Engine { templates, env, expressions, rewritten, pieces: Arc::new(pieces) };
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

    /// The names that the templates ask for and none of them sets.
    pub fn names(&self) -> BTreeSet<String> {
        let asked = self.rewritten.iter().flat_map(|t| &t.asked);
        // What one template sets, those that it includes may ask for.
        let set = |name: &&String| self.rewritten.iter().any(|t| t.set.contains(*name));
        asked.filter(|name| !set(name) && !names::is_function(name)).cloned().collect()
    }

    /// Whether a text stands in one of the pack's templates.
    pub fn holds(&self, text: &str) -> bool {
        self.templates.iter().any(|template| template.script.text.contains(text))
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
            session.table = world.subject.as_ref().map(|subject| subject.table.clone());
            session.prose = world.declared.prose.clone();
            session.top = Some(Scope::top(world.clone()));
            session.other_years = Some(OTHER_YEARS);
            let (result, session) = within(session, || match engine.env.get_template(name) {
                Ok(template) => template.render(Scope::top(world.clone())),
                Err(err) => Err(err),
            });
            let rendering = engine.rendering();
            match result {
                Ok(text) => {
                    let mut problems = error::problems(&rendering, &session, world);
                    let pieces = engine.pieces.clone();
                    let clauses::Settled { text, figures, notices } =
                        clauses::settle(&text, pieces, session.figures, &session.clauses, figures.len());
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
                        let mut problems = error::problems(&rendering, &session, world);
                        problems.extend(found);
                        problems.sort_by_key(|d| d.origin);
                        return Rendered {
                            text: RenderedText::default(),
                            figures: session.figures,
                            diagnostics: error::without_consequences(problems),
                        };
                    }
                    again = Some(Engine::build(self.templates.clone(), &blanked).0);
                }
            }
        }
        Rendered { text: RenderedText::default(), figures, diagnostics: found }
    }
}

/// A mistake in one figure leaves the rest of the report readable; a limit that is reached does not.
fn err_can_be_passed(err: &minijinja::Error) -> bool {
    !error::is_limit(err)
}

/// The engine with the figure language in it.
pub(super) fn environment(expressions: Arc<Vec<Placed>>, clauses: Arc<Vec<PlacedClause>>) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(RECURSION);
    if let Ok(syntax) = settled_syntax() {
        env.set_syntax(syntax);
    }
    env.set_debug(true);
    // It prints the engine's own state, which is nothing for a report.
    env.remove_global("debug");
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that is no function by the list is refused where a datum is called the same.
    #[test]
    fn every_function_is_in_the_list_of_names() {
        let env = environment(Arc::default(), Arc::default());
        let given = env.globals().map(|(name, _)| name.to_string()).filter(|name| !name.starts_with("__"));
        let unlisted: Vec<String> = given.filter(|name| !names::is_function(name)).collect();
        assert!(unlisted.is_empty(), "{unlisted:?}");
    }
}
