//! The template engine around MiniJinja: strict names, fuel, no files but the pack's own,
//! Chinese names, and a rendering that goes on after a mistake so that all are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value as Jinja};

use super::error::{self, Rendering};
use super::format::{self, Placed};
use super::functions;
use super::instrument::{Instrumented, instrument};
use super::log::{Log, note, with_log};
use super::scope::{Scope, World};
use crate::diagnostic::Diagnostic;
use crate::figures::Figure;
use crate::source::{Origin, SourceId};

/// Work that one rendering may do: instructions, bytes written, items visited. A long
/// report with a thousand rows needs less than a fiftieth of it.
pub const FUEL: u64 = 5_000_000;
/// Calls within calls (macros, includes).
pub const RECURSION: usize = 100;
/// Renderings of one template until all its mistakes are known.
const ROUNDS: usize = 200;

/// A template's text with the place where it starts.
#[derive(Debug, Clone)]
pub struct TemplateText {
    /// Name by which `include` reaches it.
    pub name: String,
    pub text: Arc<str>,
    pub source: SourceId,
    /// Line and column (from 1) of the first character in its source.
    pub line: u32,
    pub column: u32,
}

/// Expressions that failed, with the name that a draft prints instead.
type Blanked = BTreeMap<usize, Arc<str>>;

/// All templates of a pack, ready to render; shared by the threads of a batch.
pub struct Engine {
    templates: Vec<TemplateText>,
    env: Environment<'static>,
    expressions: Arc<Vec<Placed>>,
    instrumented: Vec<Instrumented>,
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
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.set_recursion_limit(RECURSION);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        env.set_debug(true);
        env.set_auto_escape_callback(|_| AutoEscape::Custom("figures".into()));
        env.set_path_join_callback(|name, _| name.into());
        functions::register(&mut env);
        hooks(&mut env);
        let mut expressions = Vec::new();
        let mut instrumented = Vec::new();
        for template in &templates {
            let first = expressions.len();
            let done = instrument(&template.text, first, &|n| blanked.contains_key(&n));
            expressions.extend(
                done.expressions
                    .iter()
                    .map(|e| Placed { expression: e.clone(), origin: error::place(template, e.range.clone()) }),
            );
            instrumented.push(done);
        }
        let expressions = Arc::new(expressions);
        let placed = expressions.clone();
        env.set_formatter(move |out, state, value| format::format(out, state, value, &placed));
        let mut engine = Engine { templates, env, expressions, instrumented };
        let mut diagnostics = Vec::new();
        for i in 0..engine.templates.len() {
            let (name, text) = (engine.templates[i].name.clone(), engine.instrumented[i].text.clone());
            if let Err(err) = engine.env.add_template_owned(name, text) {
                diagnostics.extend(error::syntax(&engine.rendering(), &err));
            }
        }
        (engine, diagnostics)
    }

    fn rendering(&self) -> Rendering<'_> {
        Rendering { templates: &self.templates, instrumented: &self.instrumented, expressions: &self.expressions }
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
        let of = |t: &TemplateText| self.env.get_template(&t.name).map(|t| t.undeclared_variables(false));
        let mut names: BTreeSet<String> = self.templates.iter().filter_map(|t| of(t).ok()).flatten().collect();
        // What one template sets, those that it includes may ask for.
        for tag in self.templates.iter().flat_map(|t| t.text.split("{%").skip(1)) {
            let tag = tag.split("%}").next().unwrap_or_default();
            let mut words = tag.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
            match words.next() {
                Some("set") => words.next().map(|name| names.remove(name)).unwrap_or_default(),
                Some("for") => words.take_while(|w| *w != "in").fold(false, |any, name| names.remove(name) | any),
                _ => false,
            };
        }
        names
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
            let log = Log::new(figures.clone(), draft, blanked.clone());
            let (result, log) = with_log(log, || match engine.env.get_template(name) {
                Ok(template) => template.render(Scope::top(world.clone())),
                Err(err) => Err(err),
            });
            let rendering = engine.rendering();
            let mut problems = error::problems(&rendering, &log, world);
            match result {
                Ok(text) => {
                    problems.extend(found);
                    problems.sort_by_key(|d| d.origin);
                    return Rendered { text, figures: log.figures, diagnostics: error::without_consequences(problems) };
                }
                Err(err) => {
                    let (diagnostic, figure, name) = error::runtime(&rendering, &err, &log, world);
                    let fresh = figure.filter(|n| blanked.insert(*n, name).is_none());
                    if let Some(diagnostic) = diagnostic {
                        found.push(diagnostic);
                    }
                    if fresh.is_none() || !err_can_be_passed(&err) {
                        problems.extend(found);
                        problems.sort_by_key(|d| d.origin);
                        return Rendered {
                            text: String::new(),
                            figures: log.figures,
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

/// A mistake in one figure leaves the rest of the report readable; exhausted fuel does not.
fn err_can_be_passed(err: &minijinja::Error) -> bool {
    error::kinds(err).all(|k| k != minijinja::ErrorKind::OutOfFuel)
}

/// The functions that [`instrument`] writes into templates.
fn hooks(env: &mut Environment<'static>) {
    env.add_function("__figure", |n: usize| note(|log| log.figure(n)));
    env.add_function("__begin", || note(Log::begin));
    env.add_function("__bind", |names: minijinja::value::Rest<String>| note(|log| log.bind(&names, false)));
    env.add_function("__item", |names: minijinja::value::Rest<String>| note(|log| log.bind(&names, true)));
    env.add_function("__blank", |n: usize| -> Jinja {
        let name = note(|log| {
            let name = log.blanked.get(&n).cloned();
            name.iter().for_each(|name| log.not_filled(name.clone(), None));
            name
        });
        super::value::missing(name.unwrap_or_else(|| "此处".into()), None)
    });
}
