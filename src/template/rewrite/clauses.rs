//! Marks of clauses in the text of a template: each becomes a call.

use std::ops::Range;

use super::Writer;
use crate::template::clauses::{Clause, DEEPEST, Mark, marks};
use crate::template::tags::Fault;

/// Characters of a clause that messages say.
const SAID: usize = 24;

impl Writer<'_> {
    /// Text of the template with the marks in it.
    pub(super) fn words(&mut self, text: &str, at: usize) {
        let Some(part) = self.part(text).filter(|part| !self.literal(part.start)) else { return self.raw(text, at) };
        let source = self.source;
        let mut done = part.start;
        for found in marks(source, part.clone(), &self.fences) {
            if matches!(found.mark, Mark::Else { .. }) && self.open.len() <= self.outer {
                continue;
            }
            if found.range.start < done {
                continue;
            }
            self.raw(&source[done..found.range.start], done);
            done = found.range.end;
            match found.mark {
                Mark::Escape => {}
                Mark::Open { nonzero } => self.opens(found.sign, nonzero),
                Mark::Else { nonzero } => {
                    if let Some(clause) = self.open.last().and_then(|at| self.done.clauses.get_mut(*at)) {
                        clause.nonzero.push(nonzero);
                        clause.loops.push(false);
                    }
                    self.push("{{ __else() }}");
                }
                Mark::Close => self.closes(found.sign),
            }
        }
        self.raw(&source[done..part.end], done);
    }

    /// Where a text of the tree stands in the template: it is a part of it.
    fn part(&self, text: &str) -> Option<Range<usize>> {
        let start = (text.as_ptr() as usize).checked_sub(self.source.as_ptr() as usize)?;
        let end = start.checked_add(text.len()).filter(|end| *end <= self.source.len())?;
        (self.source.get(start..end) == Some(text)).then_some(start..end)
    }

    /// Whether what begins here stands in `{% raw %}`.
    fn literal(&self, at: usize) -> bool {
        let before = &self.source[..at];
        let tag = before.trim_end().strip_suffix("%}").and_then(|rest| rest.rfind("{%").map(|open| &rest[open + 2..]));
        tag.is_some_and(|tag| tag.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+')) == "raw")
    }

    fn opens(&mut self, sign: Range<usize>, nonzero: bool) {
        if self.open.len() == DEEPEST {
            self.fault(sign.clone(), "[[ ]] 套得太深", "分成几处写");
        }
        let number = self.first.clause + self.done.clauses.len();
        self.open.push(self.done.clauses.len());
        self.done.clauses.push(Clause {
            text: self.said(sign.end),
            range: sign,
            nonzero: vec![nonzero],
            loops: vec![false],
        });
        self.push(&format!("{{{{ __open({number}) }}}}"));
    }

    fn closes(&mut self, sign: Range<usize>) {
        if self.open.len() <= self.outer {
            let help = "删去它，或者在前面补上 [[；[[ 和 ]] 要写在同一个 {% if %}、{% for %} 的里面或者外面；要印出 ]] 的写 \\]\\]";
            return self.fault(sign, "多出一个 ]]，前面没有对应的 [[", help);
        }
        self.open.pop();
        self.push("{{ __close() }}");
    }

    /// What was opened in this body must be closed in it.
    pub(super) fn unclosed(&mut self) {
        while self.open.len() > self.outer {
            let range = self.open.pop().and_then(|at| self.done.clauses.get(at)).map(|clause| clause.range.clone());
            let help = "在这一句的末尾加上 ]]；[[ 和 ]] 要写在同一个 {% if %}、{% for %} 的里面或者外面；要印出 [[ 的写 \\[\\[";
            self.fault(range.unwrap_or_default(), "[[ 没有结束", help);
        }
    }

    /// A loop: the clauses around it may come to nothing.
    pub(super) fn looped(&mut self) {
        for at in &self.open {
            if let Some(loops) = self.done.clauses.get_mut(*at).and_then(|clause| clause.loops.last_mut()) {
                *loops = true;
            }
        }
    }

    /// `{% break %}` and `{% continue %}` leave no clause open.
    pub(super) fn left(&mut self, range: Range<usize>, tag: &str) {
        if !self.open.is_empty() {
            self.fault(range, &format!("{tag} 不能写在 [[ ]] 里面"), "写到 [[ ]] 外面，或者用 {% if %} 判断");
        }
        self.push(tag);
    }

    fn fault(&mut self, range: Range<usize>, message: &str, help: &str) {
        self.done.faults.push(Fault { range, message: message.to_owned(), help: help.to_owned() });
    }

    /// The beginning of a clause, for messages.
    fn said(&self, from: usize) -> String {
        let rest = self.source[from..].trim_start();
        // No more than is said is looked at: a line may be long and hold many clauses.
        let rest = rest.char_indices().nth(SAID + 2).map_or(rest, |(end, _)| &rest[..end]);
        let line = rest.lines().next().unwrap_or_default();
        let whole =
            ["]]", "］］", "】】"].iter().filter_map(|sign| line.find(sign)).min().map_or(line, |end| &line[..end]);
        let said: String = whole.chars().take(SAID).collect();
        if said.len() < whole.len() { format!("{said}……") } else { said }
    }
}
