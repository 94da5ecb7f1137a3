//! Which words of the file are those that were generated.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{BESIDE, align};
use super::edited::Sentence;
use super::flat::Flat;
use super::then::Then;
use super::tokens::{Token, likeness};

/// Words of a sentence that is found at another place.
const LONG: usize = 6;
/// Least likeness of a sentence that was moved and edited.
const ALIKE: u32 = 60;
/// Most sentences that are looked for at other places.
const MOST: usize = 400;

/// Where the words of one generated sentence are.
#[derive(Clone, Debug)]
pub struct Found {
    /// For each word its place in the file.
    pub places: Vec<Option<usize>>,
    /// Words between which it must stand, both left out.
    pub edges: (usize, usize),
    /// It stands there as it was generated.
    pub whole: Option<usize>,
}

/// Sentences that stand in the file as they were generated: in their order, else at another place.
pub fn whole(then: &[Then], sentences: &[Sentence]) -> Vec<Option<usize>> {
    let same = |i: usize, j: usize| {
        let (own, there): (&Then, &Sentence) = (&then[i], &sentences[j]);
        own.said.digest == there.digest && own.said.cell == there.cell
    };
    let worth = |i: usize, j: usize| if same(i, j) { 2 + sentences[j].tokens.len().min(40) as u32 } else { 0 };
    let mut found = vec![None; then.len()];
    let mut taken = vec![false; sentences.len()];
    for (i, j) in align([then.len(), sentences.len()], same, worth, |_| BESIDE) {
        found[i] = Some(j);
        taken[j] = true;
    }
    let mut left: HashMap<u32, Vec<usize>> = HashMap::new();
    for (j, sentence) in sentences.iter().enumerate().filter(|(j, s)| !taken[*j] && s.tokens.len() >= LONG) {
        left.entry(sentence.digest).or_default().push(j);
    }
    for (i, own) in then.iter().enumerate().filter(|(i, _)| found[*i].is_none()).collect::<Vec<_>>() {
        if let Some([j]) = left.get(&own.said.digest).map(Vec::as_slice) {
            found[i] = Some(*j);
            left.remove(&own.said.digest);
        }
    }
    found
}

/// The words of all generated sentences; `whole` are those that stand as they were.
pub fn words(then: &[Then], sentences: &[Sentence], flat: &Flat, whole: &[Option<usize>]) -> Vec<Found> {
    let mut found: Vec<Found> = then
        .iter()
        .zip(whole)
        .map(|(own, whole)| Found { places: vec![None; own.tokens.len()], edges: (0, 0), whole: *whole })
        .collect();
    let mut taken = vec![false; sentences.len()];
    for (i, j) in whole.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))) {
        taken[j] = true;
        let words = flat.sentences[j].clone();
        found[i].edges = (words.start - 1, words.end);
        pair(&mut found[i].places, &then[i].tokens, flat, words);
    }
    let mut block = Block::default();
    let mut last = 0;
    // Sentences that stand as they were, in the order of both, cut the rest into blocks.
    let anchors = in_order(whole);
    for (i, anchor) in anchors.iter().copied().chain([(then.len(), sentences.len())]).enumerate() {
        let from = if i == 0 { (0, 0) } else { (anchors[i - 1].0 + 1, anchors[i - 1].1 + 1) };
        block.then.clear();
        block.then.extend((from.0..anchor.0).filter(|at| whole[*at].is_none()));
        block.sentences.clear();
        block.sentences.extend((from.1..anchor.1).filter(|at| !taken[*at]));
        let end = flat.sentences.get(anchor.1).map_or(flat.tokens.len() - 1, |words| words.start);
        block.pair(then, flat, (last, end), &mut found);
        last = flat.sentences.get(anchor.1).map_or(end, |words| words.end - 1);
    }
    elsewhere(then, sentences, flat, &taken, &mut found);
    found
}

/// Pairs that are in the order of both sides.
pub fn in_order(whole: &[Option<usize>]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> = whole.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect();
    // The longest rising row.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, (_, j)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| pairs[*end].1 < *j);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut at = ends.last().copied();
    let mut row = Vec::new();
    while let Some(own) = at {
        row.push(pairs[own]);
        at = before[own];
    }
    row.reverse();
    row
}

fn pair(places: &mut [Option<usize>], own: &[Token], flat: &Flat, words: Range<usize>) {
    let there = &flat.tokens[words.clone()];
    let same = |i: usize, j: usize| own[i].text == there[j].text;
    let worth = |i: usize, j: usize| if same(i, j) { own[i].worth() } else { 0 };
    for (i, j) in align([own.len(), there.len()], same, worth, |i| own[i].beside()) {
        places[i] = Some(words.start + j);
    }
}

/// Sentences between two that stand as they were.
#[derive(Default)]
struct Block {
    then: Vec<usize>,
    sentences: Vec<usize>,
}

impl Block {
    fn pair(&self, then: &[Then], flat: &Flat, edges: (usize, usize), found: &mut [Found]) {
        let known = self.then.iter().copied().filter(|at| then[*at].text.is_some());
        let border = Token::border();
        // Words with their sentence and place in it; borders have none.
        let mut own: Vec<(Option<(usize, usize)>, &Token)> = vec![(None, &border)];
        for at in known {
            if then[at].said.first && own.len() > 1 {
                own.push((None, &border));
            }
            own.extend(then[at].tokens.iter().enumerate().map(|(place, token)| (Some((at, place)), token)));
        }
        own.push((None, &border));
        let mut there = vec![edges.0];
        for words in self.sentences.iter().map(|at| flat.sentences[*at].clone()) {
            let begins = flat.tokens[words.start - 1].is_border() && there.len() > 1;
            there.extend(begins.then_some(words.start - 1));
            there.extend(words);
        }
        there.push(edges.1);
        let token = |j: usize| if j == 0 || j + 1 == there.len() { &border } else { &flat.tokens[there[j]] };
        let same = |i: usize, j: usize| own[i].1.text == token(j).text;
        let worth = |i: usize, j: usize| if same(i, j) { own[i].1.worth() } else { 0 };
        let pairs = align([own.len(), there.len()], same, worth, |i| own[i].1.beside());
        let mut paired = vec![None; own.len()];
        pairs.into_iter().for_each(|(i, j)| paired[i] = Some(there[j]));
        let (mut low, mut high) = (edges.0, edges.1);
        for (i, place) in paired.iter().enumerate() {
            if let Some((at, word)) = own[i].0 {
                if word == 0 {
                    found[at].edges.0 = low;
                }
                found[at].places[word] = *place;
            }
            low = place.unwrap_or(low);
        }
        for (i, place) in paired.iter().enumerate().rev() {
            if let Some((at, word)) = own[i].0
                && word + 1 == then[at].tokens.len()
            {
                found[at].edges.1 = high;
            }
            high = place.unwrap_or(high);
        }
    }
}

impl Found {
    /// How much of the sentence is there, of 100.
    pub fn share(&self) -> usize {
        100 * self.places.iter().flatten().count() / self.places.len().max(1)
    }
}

/// Sentences that are at another place and were edited as well.
fn elsewhere(then: &[Then], sentences: &[Sentence], flat: &Flat, taken: &[bool], found: &mut [Found]) {
    let mut used = vec![false; flat.tokens.len()];
    found.iter().flat_map(|own| own.places.iter().flatten()).for_each(|at| used[*at] = true);
    let free = |j: usize| {
        let words = flat.sentences[j].clone();
        !taken[j] && words.len() >= LONG && 3 * used[words.clone()].iter().filter(|used| **used).count() < words.len()
    };
    let mut left: Vec<usize> = (0..sentences.len()).filter(|j| free(*j)).take(MOST).collect();
    let lost = |i: &usize| found[*i].whole.is_none() && then[*i].tokens.len() >= LONG && found[*i].share() < 40;
    let lost: Vec<usize> = (0..then.len()).filter(lost).take(MOST).collect();
    for i in lost {
        let likely = left.iter().map(|j| (likeness(&then[i].tokens, &sentences[*j].tokens), *j));
        let Some((_, j)) =
            likely.filter(|(alike, _)| *alike >= ALIKE).max_by_key(|(alike, j)| (*alike, usize::MAX - j))
        else {
            continue;
        };
        left.retain(|other| *other != j);
        let words = flat.sentences[j].clone();
        found[i].places.fill(None);
        found[i].edges = (words.start - 1, words.end);
        pair(&mut found[i].places, &then[i].tokens, flat, words);
    }
}
