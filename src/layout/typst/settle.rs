//! 7.3.5.5: where the signature would stand on a page without text, the line pitch is adjusted, or the last lines
//! of the body go along. Looked for by reckoning (`pager`), so that the pages are laid out once.

use super::super::plan::Plan;
use super::super::profile::Profile;
use super::super::standard::{PITCH_LARGEST, PITCH_SMALLEST, PITCH_STEPS};
use super::flow::ends;
use super::pager::Ends;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::LayoutKind;

/// A profile with which the signature has text above it, and what was done for it.
pub struct Settled {
    pub profile: Profile,
    pub notice: Option<Diagnostic>,
}

/// Adjusts what 7.3.5.5 lets adjust, as little as will do.
pub fn settle(plan: &Plan, profile: &Profile) -> Settled {
    let natural = readings(plan, profile);
    if natural.iter().all(|ends| !ends.alone) {
        return Settled { profile: profile.clone(), notice: None };
    }
    let fits = |candidate: &Profile, above: usize| {
        let all = readings(plan, candidate);
        let good = |ends: &Ends| !ends.alone && ends.above >= above && ends.shown && ends.turns == all[0].turns;
        all.iter().all(good)
    };
    // Rather two lines above it than one.
    let found = candidates(profile).into_iter().find_map(|group| {
        let of = |above| group.iter().find(|candidate| fits(candidate, above));
        of(2).or_else(|| of(1)).cloned()
    });
    match found {
        Some(found) => Settled { notice: Some(adjusted(plan, profile, &found)), profile: found },
        None => {
            let notice = natural[0].alone.then(|| helpless(plan, profile, &natural[0]));
            Settled { profile: profile.clone(), notice }
        }
    }
}

/// How the pages end in the PDF, and in the DOCX, whose pitch is whole twips.
fn readings(plan: &Plan, profile: &Profile) -> [Ends; 2] {
    let written = f64::from(profile.pitch_twip()) / 20.0;
    [profile.pitch, written].map(|pitch| ends(plan, profile, pitch))
}

/// What may be tried, in groups from the least to the most: another pitch, lines that go along, both.
fn candidates(profile: &Profile) -> Vec<Vec<Profile>> {
    let height = profile.grid.height();
    let lines = height / profile.pitch;
    let pitched = |steps: &f64| {
        // Thousandths of a pt, so that a volume is laid out alike.
        let pitch = (height / (lines + steps) * 1000.0).floor() / 1000.0;
        Profile { pitch, ..profile.clone() }
    };
    // An office with lines farther apart or closer has as much play about its own pitch.
    let (least, most) = (PITCH_SMALLEST.min(0.9 * profile.pitch), PITCH_LARGEST.max(1.065 * profile.pitch));
    let lawful = |profile: &Profile| (least..=most).contains(&profile.pitch);
    let carrying = |profile: &Profile, carried: usize| Profile { carried, ..profile.clone() };
    let pitches: Vec<Profile> = PITCH_STEPS.iter().map(pitched).filter(lawful).collect();
    let (near, far) = pitches.split_at(pitches.len().min(4));
    let carried = [2, 3, 1].map(|carried| carrying(profile, carried));
    let both = [2, 3, 1].map(|carried| pitches.iter().map(move |pitched| carrying(pitched, carried)));
    vec![near.to_vec(), carried.to_vec(), far.to_vec(), both.into_iter().flatten().collect()]
}

fn adjusted(plan: &Plan, from: &Profile, to: &Profile) -> Diagnostic {
    let mut done = Vec::new();
    if to.pitch != from.pitch {
        done.push(format!("行距由{:.2}磅调整为{:.2}磅", from.pitch, to.pitch));
    }
    if to.carried > 0 {
        done.push("正文的最后几行移到了同一页".to_owned());
    }
    let what = ending(plan);
    Diagnostic::new(codes::L020, format!("为避免{what}单独成页，{}（7.3.5.5）", done.join("，")))
        .help("如不希望调整，可增减正文文字")
}

fn helpless(plan: &Plan, profile: &Profile, ends: &Ends) -> Diagnostic {
    let what = ending(plan);
    let page = ends.pages.1;
    let lines = (ends.lacking / profile.pitch).ceil().max(1.0);
    let told =
        Diagnostic::new(codes::L022, format!("第{page}页只有{what}，没有正文，调整行距或者移行都不能避免（7.3.5.5）"));
    if ends.lacking > profile.grid.height() - 2.0 * profile.pitch {
        return told.help("附件、落款单位太多，一页放不下；请合并附件，或者缩短附件名称");
    }
    told.help(format!("把正文删减约{lines}行，{what}就排在正文同一页；或者在最后加几行正文"))
}

/// What must not stand alone, in the user's words.
fn ending(plan: &Plan) -> &'static str {
    let signature = &plan.signature;
    let signed = !signature.units.is_empty() || !signature.posts.is_empty() || signature.date.is_some();
    match plan.document.meta.kind {
        LayoutKind::Briefing if !signed => "报尾",
        _ if !plan.annex_note.is_empty() && signed => "附件说明和落款",
        _ if !plan.annex_note.is_empty() => "附件说明",
        LayoutKind::Minutes => "出席人员名单",
        _ => "落款",
    }
}
