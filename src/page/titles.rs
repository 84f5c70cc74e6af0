//! Footers of digital editions that repeat the headline, which settles what line the headline is.

use super::folio::Folio;
use super::page_words::Lists;
use super::scan::Raw;

/// How many lines a headline, or the footer that repeats it, may have.
const LINES: usize = 3;
/// How far above its footer a headline may stand, in lines.
const REACH: usize = 120;
/// How far below a page's head a headline may stand, in lines.
const BELOW: usize = 6;
/// The fewest characters that a headline has.
const SHORTEST: usize = 3;
/// The widest line that can be a footer or a headline, in columns.
const WIDEST: u32 = 200;

/// A footer with its lines, the first and the last, and the lines of the headline that it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Footer {
    pub(super) lines: (usize, usize),
    pub(super) headline: (usize, usize),
    pub(super) folio: Folio,
}

/// The footers of a page, and the heads that repeat a headline as they do.
pub(super) fn footers(text: &str, lines: &[Raw], folios: &[Option<Folio>], lists: &Lists) -> Vec<Footer> {
    let may_repeat = |folio: &Option<Folio>| {
        folio.as_ref().is_some_and(|folio| {
            folio.newspaper.is_some() && (!folio.rest.is_empty() || folio.section.is_some())
        })
    };
    if !folios.iter().any(may_repeat) {
        return Vec::new();
    }
    let plain: Vec<String> = lines.iter().map(|line| letters(line, text)).collect();
    let page = Printed { text, lines, plain: &plain, folios, lists };
    let (mut found, mut from, mut k) = (Vec::new(), 0, 0);
    while k < lines.len() {
        match may_repeat(&folios[k]).then(|| page.footer_at(from, k)).flatten() {
            Some(footer) => {
                k = footer.lines.1 + 1;
                from = k;
                found.push(footer);
            }
            None => k += 1,
        }
    }
    found
}

/// The letters and digits of a line that may be a headline or a footer; of any other nothing.
fn letters(line: &Raw, text: &str) -> String {
    if line.width > WIDEST || line.inner_stop {
        return String::new();
    }
    line.content(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The lines of a page, with what is known of each.
struct Printed<'p> {
    text: &'p str,
    lines: &'p [Raw],
    plain: &'p [String],
    folios: &'p [Option<Folio>],
    lists: &'p Lists,
}

impl Printed<'_> {
    /// The footer that opens on line `k` and repeats the most of a headline, which is not above line `from`.
    fn footer_at(&self, from: usize, k: usize) -> Option<Footer> {
        let mut best: Option<(usize, Footer)> = None;
        for length in 1..=LINES {
            let Some(own) = self.lines.get(k..k + length) else { break };
            // A footer has no blank line in it.
            if own.iter().skip(1).any(|line| line.blanks > 0 || line.ends_sentence()) {
                break;
            }
            let printed = own.iter().map(|line| line.content(self.text)).collect::<Vec<_>>().join(" ");
            let letters = self.plain.get(k..k + length)?.concat();
            let above = from.max(k.saturating_sub(REACH))..k;
            let below = k + length..self.lines.len().min(k + length + BELOW);
            for first in above.chain(below) {
                // Most lines are done with here.
                if self.plain[first].is_empty() || !letters.contains(self.plain[first].as_str()) {
                    continue;
                }
                let end = if first < k { k } else { self.lines.len() };
                for last in first..end.min(first + LINES) {
                    let Some((size, folio)) = self.repeated(first, last, &printed, &letters) else { break };
                    if best.as_ref().is_none_or(|(most, _)| size > *most)
                        && let Some(folio) = folio
                    {
                        let lines = (k, k + length - 1);
                        best = Some((size, Footer { lines, headline: (first, last), folio }));
                    }
                }
            }
        }
        best.map(|(_, footer)| footer)
    }

    /// How many characters of `printed` the lines from `first` to `last` take, and what the rest says where that is a
    /// folio; none where they do not stand in it.
    fn repeated(
        &self,
        first: usize,
        last: usize,
        printed: &str,
        letters: &str,
    ) -> Option<(usize, Option<Folio>)> {
        let headline = self.plain.get(first..=last)?.concat();
        if !letters.contains(&headline) {
            return None;
        }
        let size = headline.chars().count();
        // The head of a page is no headline.
        let heads = (first..=last).any(|i| self.folios[i].as_ref().is_some_and(Folio::is_pure));
        if size < SHORTEST || heads {
            return Some((size, None));
        }
        let folio = Folio::read(&without(printed, &headline)?, self.lists);
        let told = folio.newspaper.is_some() && (folio.date.is_some() || folio.page.is_some());
        Some((size, Some(folio).filter(|folio| folio.rest.is_empty() && told)))
    }
}

/// `printed` without `headline`, whatever blanks and marks stand in it; none where it is not there, or is all of it.
fn without(printed: &str, headline: &str) -> Option<String> {
    let plain: Vec<(usize, char)> = printed.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let wanted: Vec<char> = headline.chars().collect();
    let same = |window: &[(usize, char)]| window.iter().map(|&(_, c)| c).eq(wanted.iter().copied());
    let at = plain.windows(wanted.len().max(1)).position(same)?;
    let (start, _) = *plain.get(at)?;
    let (last, c) = *plain.get(at + wanted.len().saturating_sub(1))?;
    let before = printed.get(..start)?;
    // The name of the paper ends where a blank stands, or it would be part of the headline.
    let is_glued = before.ends_with(char::is_alphanumeric);
    (!is_glued).then(|| format!("{before} {}", printed.get(last + c.len_utf8()..).unwrap_or_default()))
}
