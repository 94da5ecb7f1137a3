//! What stands in a paragraph: runs, with what is around them and in them.

use quick_xml::events::BytesStart;

use super::draft::Draft;
use super::error::DocxError;
use super::format::{face_over, run_properties};
use super::model::{Anchored, LINE_BREAK, PAGE_BREAK, Piece, Run};
use super::story::{Field, Story};
use crate::source::small::small;
use crate::source::xml::{Step, attribute, name};

/// Fields in each other.
const DEEPEST_FIELDS: usize = 50;
/// Characters of a field's instruction that say what it is.
const INSTRUCTION: usize = 80;

impl Story<'_, '_> {
    /// An element of a paragraph.
    pub fn inline(&mut self, element: &BytesStart<'_>, draft: &mut Draft) -> Result<(), DocxError> {
        match name(element) {
            b"r" => self.run(draft),
            b"ins" | b"moveTo" => {
                self.desk.seen.tracked += 1;
                self.within(draft)
            }
            b"fldSimple" => {
                let instruction = attribute(element, "instr").unwrap_or_default().into_owned();
                self.desk.seen.fields += 1;
                self.fields.push(Field { instruction, result: true });
                let read = self.within(draft);
                self.fields.pop();
                read
            }
            b"hyperlink" | b"smartTag" | b"customXml" | b"dir" | b"bdo" | b"sdtContent" | b"AlternateContent"
            | b"Choice" | b"rubyBase" => self.within(draft),
            b"sdt" => self.inline_control(draft),
            b"del" | b"moveFrom" => {
                self.desk.seen.tracked += 1;
                self.skip()
            }
            b"oMath" | b"oMathPara" => self.formula(draft),
            b"commentRangeStart" => {
                self.desk.run()?;
                let id = attribute(element, "id").unwrap_or_default().into_owned();
                draft.anchor(Anchored::Comment(id));
                self.skip()
            }
            _ => self.skip(),
        }
    }

    /// Reads the inner elements up to the end of the element that was opened last.
    fn within(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        self.deeper(|story| {
            let target = story.reader.depth.saturating_sub(1);
            while story.reader.depth > target {
                let Step::Open(element) = story.step()? else { continue };
                story.inline(&element, draft)?;
            }
            Ok(())
        })
    }

    /// A content control in a paragraph; one that only asks for a text says nothing.
    fn inline_control(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        let mut asks = false;
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"showingPlcHdr" => asks = true,
                b"sdtContent" if asks => self.skip()?,
                b"sdtContent" => self.within(draft)?,
                b"placeholder" | b"rPr" => self.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads `w:r`.
    fn run(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        self.desk.run()?;
        let start = self.reader.span().start;
        let from = draft.paragraph.text.len();
        let index = draft.paragraph.runs.len();
        let face = draft.face.clone();
        draft.paragraph.runs.push(Run { range: from..from, span: start..start, face });
        self.in_run(draft, index)?;
        let until = draft.paragraph.text.len();
        let run = &mut draft.paragraph.runs[index];
        run.range.end = until;
        run.span.end = self.reader.span().end;
        if let super::model::Place::Body(_) = self.place {
            let size = run.face.size;
            self.desk.sized(size, until - from);
        }
        Ok(())
    }

    /// What stands in a run, up to the end of the element that was opened last.
    fn in_run(&mut self, draft: &mut Draft, run: usize) -> Result<(), DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        let mut alternative = false;
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"rPr" => {
                    let properties = run_properties(&mut self.reader);
                    let (own, style, _) = self.told(properties)?;
                    let style = style.map(|id| self.desk.styles.characters(&id)).unwrap_or_default();
                    let face = face_over(&face_over(&draft.face, &style), &own);
                    draft.paragraph.runs[run].face = face;
                }
                b"t" => {
                    let kept = attribute(&element, "space").as_deref() == Some("preserve");
                    self.text(draft, run, kept)?;
                }
                b"AlternateContent" => {
                    alternative = false;
                    // Its choices are read as if they stood in the run.
                    continue;
                }
                b"Choice" | b"Fallback" if alternative => self.skip()?,
                b"Choice" | b"Fallback" => {
                    alternative = true;
                    self.deeper(|story| story.in_run(draft, run))?;
                }
                b"drawing" | b"pict" => self.deeper(|story| story.drawing(draft))?,
                b"object" => {
                    self.desk.seen.objects += 1;
                    self.skip()?;
                }
                b"ruby" => self.ruby(draft)?,
                b"fldChar" => {
                    self.field(attribute(&element, "fldCharType").as_deref());
                    self.skip()?;
                }
                b"instrText" => self.instruction()?,
                b"footnoteReference" | b"endnoteReference" => self.reference(&element, draft)?,
                _ => {
                    let sign = sign(&element);
                    let span = self.reader.span();
                    self.skip()?;
                    if let Some(sign) = sign {
                        self.add(draft, run, sign.encode_utf8(&mut [0; 4]), span)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads `w:instrText`.
    fn instruction(&mut self) -> Result<(), DocxError> {
        let text = self.reader.text();
        let text = self.told(text)?;
        if let Some(field) = self.fields.last_mut().filter(|f| f.instruction.len() < INSTRUCTION) {
            field.instruction.push_str(&text);
        }
        Ok(())
    }

    /// A note that the text names.
    fn reference(&mut self, element: &BytesStart<'_>, draft: &mut Draft) -> Result<(), DocxError> {
        let end = name(element) == b"endnoteReference";
        let note = attribute(element, "id").and_then(|id| self.desk.note(end, &id));
        note.into_iter().for_each(|note| draft.anchor(Anchored::Note(note)));
        self.skip()
    }

    /// Reads `w:t`; blanks at its ends are text only where it says so.
    fn text(&mut self, draft: &mut Draft, run: usize, kept: bool) -> Result<(), DocxError> {
        const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
        let target = self.reader.depth.saturating_sub(1);
        // A reference (`&amp;`) is a step of its own, so only the first and the last step are at an end.
        let mut last = None;
        while self.reader.depth > target {
            let Step::Text(text) = self.step()? else { continue };
            let mut span = self.reader.span();
            let mut text = text.into_owned();
            if !kept && last.is_none() && span.len() == text.len() {
                text = text.trim_start_matches(BLANKS).to_string();
                span.start = span.end - text.len();
            }
            if let Some((text, span)) = last.replace((text, span)) {
                self.add(draft, run, &text, span)?;
            }
        }
        let Some((mut text, mut span)) = last else { return Ok(()) };
        if !kept && span.len() == text.len() {
            text.truncate(text.trim_end_matches(BLANKS).len());
            span.end = span.start + text.len();
        }
        self.add(draft, run, &text, span)
    }

    /// Adds text of a run, unless a field or its face keeps it from being shown.
    fn add(
        &mut self,
        draft: &mut Draft,
        run: usize,
        text: &str,
        span: std::ops::Range<usize>,
    ) -> Result<(), DocxError> {
        if text.is_empty() || self.fields.iter().any(|field| !field.result || field.is_contents()) {
            return Ok(());
        }
        if draft.paragraph.runs[run].face.hidden == Some(true) {
            self.desk.seen.hidden += 1;
            return Ok(());
        }
        let raise = draft.paragraph.runs[run].face.raised.flatten();
        if span.len() == text.len() && raise.is_some_and(|raise| text.chars().any(|c| small(c, raise).is_some())) {
            return self.add_small(draft, run, text, span.start);
        }
        self.put(draft, run, text, span)
    }

    /// Adds text of 上标 or 下标, character by character.
    fn add_small(&mut self, draft: &mut Draft, run: usize, text: &str, start: usize) -> Result<(), DocxError> {
        let raise = draft.paragraph.runs[run].face.raised.flatten();
        for (at, c) in text.char_indices() {
            let shown = raise.and_then(|raise| small(c, raise)).unwrap_or(c);
            let span = start + at..start + at + c.len_utf8();
            self.put(draft, run, shown.encode_utf8(&mut [0; 4]), span)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        draft: &mut Draft,
        run: usize,
        text: &str,
        span: std::ops::Range<usize>,
    ) -> Result<(), DocxError> {
        self.desk.charge(text.len())?;
        self.desk.run()?;
        let at = draft.paragraph.text.len() as u32;
        draft.paragraph.pieces.push(Piece { at, bytes: span, run: run as u32 });
        // A text has its lines in elements; a line end in it is a blank.
        match text.contains(['\n', '\r', LINE_BREAK, PAGE_BREAK]) && !matches!(text, "\u{b}" | "\u{c}") {
            true => draft.paragraph.text.push_str(&text.replace(['\n', '\r', LINE_BREAK, PAGE_BREAK], " ")),
            false => draft.paragraph.text.push_str(text),
        }
        Ok(())
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") if self.fields.len() < DEEPEST_FIELDS => {
                self.desk.seen.fields += 1;
                self.fields.push(Field::default());
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    self.desk.seen.contents += usize::from(field.is_contents());
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Characters with others set above them: only those in the line are text.
    fn ruby(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        self.deeper(|story| {
            let target = story.reader.depth.saturating_sub(1);
            while story.reader.depth > target {
                let Step::Open(element) = story.step()? else { continue };
                match name(&element) {
                    b"rubyBase" => story.within(draft)?,
                    _ => story.skip()?,
                }
            }
            Ok(())
        })
    }

    /// The characters of a formula.
    fn formula(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        self.desk.seen.formulas += 1;
        self.desk.run()?;
        let start = self.reader.span().start;
        let from = draft.paragraph.text.len();
        let index = draft.paragraph.runs.len();
        draft.paragraph.runs.push(Run { range: from..from, span: start..start, face: draft.face.clone() });
        let target = self.reader.depth.saturating_sub(1);
        while self.reader.depth > target {
            if let Step::Open(element) = self.step()?
                && name(&element) == b"t"
            {
                self.text(draft, index, true)?;
            }
        }
        let until = draft.paragraph.text.len();
        draft.paragraph.runs[index].range.end = until;
        draft.paragraph.runs[index].span.end = self.reader.span().end;
        Ok(())
    }
}

/// What an element of a run stands for.
fn sign(element: &BytesStart<'_>) -> Option<char> {
    match name(element) {
        b"tab" | b"ptab" => Some('\t'),
        b"cr" => Some(LINE_BREAK),
        b"br" if attribute(element, "type").as_deref() == Some("page") => Some(PAGE_BREAK),
        // This program's own ends of planned lines.
        b"br" if attribute(element, "clear").as_deref() == Some("none") && attribute(element, "type").is_none() => None,
        b"br" => Some(LINE_BREAK),
        b"noBreakHyphen" => Some('-'),
        b"sym" => {
            let code = u32::from_str_radix(attribute(element, "char")?.trim(), 16).ok()?;
            let known = char::from_u32(code).filter(|c| *c >= ' ' && !(0xE000..=0xF8FF).contains(&code));
            // A sign of a font of signs: what it looks like is not known.
            Some(known.unwrap_or('□'))
        }
        _ => None,
    }
}
