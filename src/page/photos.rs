//! Photos: which text describes one, and which article it belongs to.

use rustc_hash::FxHashSet;

use super::Role;
use super::byline;
use super::outline::Builder;
use super::scan;

/// How many lines around a photo are looked at: an article has no more, and a page of any length is read in
/// time that grows with it.
const NEAR: usize = 400;

impl Builder<'_> {
    /// A photo with no headline of its own, about nothing that the running article tells of: its text and its
    /// credit are an article by themselves.
    pub(super) fn is_orphan_photo(&self, i: usize) -> bool {
        let Some(article) = self.articles.len().checked_sub(1) else { return false };
        // In a setting that indents paragraphs, what is not indented stands apart from them.
        let set_apart = |i: usize| {
            self.lines[i].blanks > 0
                || self.setting.indented && !self.lines[i].indent && self.lines[i - 1].ends_sentence()
        };
        let told = i > 0 && self.articles[article].paragraphs > 0 && set_apart(i);
        if !told || self.leads[i] {
            return false;
        }
        let behind = self.roles[i - 1] == Some(Role::Credit);
        let dated =
            self.lines[i - 1].ends_sentence() && scan::opens_with_time(self.lines[i].content(self.text));
        if !behind && !dated && self.lines[i].width <= 2 * self.setting.width {
            return false;
        }
        let Some(end) = (i..self.lines.len()).take(5).find(|&k| self.roles[k] != Some(Role::Body)) else {
            return false;
        };
        let one = (i + 1..end).all(|k| self.lines[k].blanks == 0);
        one && self.is_photo_credit(end) && !self.related(article, i, end)
    }

    /// True where the lines from `start` to `end` share some run of three characters with the article, figures and
    /// punctuation aside.
    fn related(&self, article: usize, start: usize, end: usize) -> bool {
        let grams = |i: usize| -> Vec<[char; 3]> {
            let chars: Vec<char> = self.lines[i].content(self.text).chars().collect();
            let word = |c: char| c.is_alphanumeric() && !c.is_ascii() && !"年月日".contains(c);
            chars.windows(3).filter(|w| w.iter().all(|&c| word(c))).map(|w| [w[0], w[1], w[2]]).collect()
        };
        let own: FxHashSet<[char; 3]> = (start..end).flat_map(grams).collect();
        (start.saturating_sub(NEAR)..start)
            .filter(|&k| self.owner[k] == Some(article))
            .any(|k| grams(k).iter().any(|gram| own.contains(gram)))
    }

    /// A line that credits a photo, and no text.
    fn is_photo_credit(&self, i: usize) -> bool {
        let content = self.lines[i].content(self.text);
        let people = || byline::credit(content, &self.lexicon.byline);
        self.roles[i] == Some(Role::Credit)
            && people().is_some_and(|p| !p.photographers.is_empty() && p.bylines.is_empty())
    }

    /// Text before a photo credit describes the photo, unless it is all the text that its article has.
    pub(super) fn relabel_photo_texts(&mut self) {
        let mut i = 0;
        while i < self.lines.len() {
            let is_photo_credit = self.is_photo_credit(i);
            if !is_photo_credit {
                i += 1;
                continue;
            }
            let Some(article) = self.owner[i] else {
                i += 1;
                continue;
            };
            // The sentence right before the credit, over as many lines as it is wrapped to.
            let mut start = i;
            while start > 0
                && self.roles[start - 1] == Some(Role::Body)
                && self.owner[start - 1] == Some(article)
                && !self.leads[start - 1]
                && i - start < 4
            {
                let line = &self.lines[start - 1];
                let numbered = start < i && scan::opens_with_number(self.lines[start].content(self.text));
                if start < i && line.ends_sentence() && !numbered {
                    break;
                }
                start -= 1;
                // A blank line of more than the usual height sets the photo off.
                if line.blanks > 2 {
                    break;
                }
            }
            let is_text = |k: usize| self.roles[k] == Some(Role::Body) && self.owner[k] == Some(article);
            let near = start.saturating_sub(NEAR)..self.lines.len().min(i + NEAR);
            let elsewhere = near.filter(|&k| !(start..i).contains(&k)).any(is_text);
            let story = (start..i).any(|k| self.lines[k].inner_stop) && !self.articles[article].bylined;
            let width: u32 = self.lines[start..i].iter().map(|l| l.width).sum();
            let headless = !self.articles[article].headed;
            let apart = elsewhere && self.photo_text_is_apart(article, start, i) && !(story && width > 260);
            if start < i && (headless || apart) {
                for role in &mut self.roles[start..i] {
                    *role = Some(Role::Caption);
                }
            }
            i += 1;
        }
    }

    /// The text between `start` and the credit at `end` stands apart from the article's running text: a wide gap
    /// before it, or a sentence around it that goes on, or a byline behind it.
    fn photo_text_is_apart(&self, article: usize, start: usize, end: usize) -> bool {
        let gap = self.lines[start].blanks >= 2;
        let is_text = |k: &usize| self.roles[*k] == Some(Role::Body) && self.owner[*k] == Some(article);
        let before = (start.saturating_sub(NEAR)..start).rev().find(is_text);
        let after = (end..self.lines.len().min(end + NEAR)).find(is_text);
        let cut = before.is_some_and(|b| !self.lines[b].ends_sentence());
        let byline_behind = after.is_some_and(|a| self.leads[a]);
        gap || cut
            || byline_behind
            || (before.is_none() && after.is_some())
            || self.articles[article].bylined && after.is_some()
    }
}
