//! The order that the schema (ECMA-376) wants of children, where the writer has another.

use super::xml::{Element, Node};

const PARAGRAPH: &str = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd \
    tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange";
const RUN: &str = "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid \
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
    eastAsianLayout specVanish oMath";
const SECTION: &str = "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType \
    pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings";
const STYLE: &str = "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked \
    personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr";
const SETTINGS: &str = "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins \
    bordersDoNotSurroundHeader bordersDoNotSurroundFooter documentProtection defaultTabStop evenAndOddHeaders \
    drawingGridVerticalSpacing characterSpacingControl noLineBreaksAfter noLineBreaksBefore footnotePr endnotePr compat \
    docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator";
const TABLE: &str = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing \
    tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription";
const ROW: &str =
    "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden";
const CELL: &str =
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark";
const SIDES: &str = "top left start bottom right end insideH insideV between bar";
const ANCHOR: &str = "simplePos positionH positionV extent effectExtent wrapNone wrapSquare wrapTight wrapThrough \
    wrapTopAndBottom docPr cNvGraphicFramePr graphic";

/// Puts the children of every element below in the schema's order.
pub fn sort(root: &mut Element) {
    root.walk(&mut |element| {
        let order = match element.name.as_str() {
            "w:pPr" => PARAGRAPH,
            "w:rPr" => RUN,
            "w:sectPr" => SECTION,
            "w:style" => STYLE,
            "w:settings" => SETTINGS,
            "w:tblPr" => TABLE,
            "w:trPr" => ROW,
            "w:tcPr" => CELL,
            "w:pBdr" | "w:tblBorders" | "w:tcBorders" | "w:tblCellMar" | "w:tcMar" => SIDES,
            "wp:anchor" | "wp:inline" => ANCHOR,
            "w:numPr" => "ilvl numId",
            "w:docDefaults" => "rPrDefault pPrDefault",
            _ => return,
        };
        element.children.sort_by_key(|node| match node {
            Node::Element(child) => rank(order, &child.name),
            Node::Text(_) => 0,
        });
    });
}

/// Place of a name in an order; what the order does not name comes last.
fn rank(order: &str, name: &str) -> usize {
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    order.split_ascii_whitespace().position(|known| known == local).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn paragraph_properties() {
        let mut tree = parse(b"<w:p><w:pPr><w:rPr/><w:jc/><w:ind/><w:pStyle/></w:pPr></w:p>").unwrap();
        sort(&mut tree);
        let names: Vec<&str> = tree.find("w:pPr").unwrap().elements().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["w:pStyle", "w:ind", "w:jc", "w:rPr"]);
    }
}
