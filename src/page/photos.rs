//! Photos: which text describes one, and which article it belongs to.

use rustc_hash::FxHashSet;

use super::Role;
use super::byline;
use super::lexicon::Cue;
use super::marks;
use super::outline::Builder;
use super::scan::{self, Ending, SHORT};

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
                || self.setting.indented
                    && !self.lines[i].indent
                    && (self.lines[i - 1].ends_sentence() || self.roles[i - 1] == Some(Role::Credit))
        };
        // 昨天，…: another day's news, with a photo of it.
        let opened = self.lines[i].has(Cue::BodyOpener)
            && self.articles[article].bylined
            && self.lines[i].content(self.text).chars().take(5).any(|c| matches!(c, '，' | ','));
        let told = i > 0 && self.articles[article].paragraphs > 0 && (set_apart(i) || opened);
        if !told || self.leads[i] {
            return false;
        }
        let behind = self.roles[i - 1] == Some(Role::Credit);
        let over = self.lines[i - 1].ends_sentence();
        let dated = over && scan::opens_with_time(self.lines[i].content(self.text));
        let long = self.lines[i].width > 2 * self.setting.width;
        if !(behind || dated || long || over && opened) {
            return false;
        }
        let Some(end) = (i..self.lines.len()).take(5).find(|&k| self.roles[k] != Some(Role::Body)) else {
            return false;
        };
        let one = (i + 1..end).all(|k| self.lines[k].blanks == 0);
        one && self.is_photo_credit(end) && !self.related(article, i, end)
    }

    /// True where the lines from `start` to `end` share runs of three characters with the article, figures and
    /// punctuation aside. One that they share may be chance.
    fn related(&self, article: usize, start: usize, end: usize) -> bool {
        let grams = |i: usize| -> Vec<[char; 3]> {
            let chars: Vec<char> = self.lines[i].content(self.text).chars().collect();
            let word = |c: char| c.is_alphanumeric() && !c.is_ascii() && !"年月日".contains(c);
            chars.windows(3).filter(|w| w.iter().all(|&c| word(c))).map(|w| [w[0], w[1], w[2]]).collect()
        };
        let own: FxHashSet<[char; 3]> = (start..end).flat_map(grams).collect();
        let mut shared = FxHashSet::default();
        (start.saturating_sub(NEAR)..start).filter(|&k| self.owner[k] == Some(article)).any(|k| {
            shared.extend(grams(k).into_iter().filter(|gram| own.contains(gram)));
            shared.len() >= 2
        })
    }

    /// A line that credits a photo, and no text.
    fn is_photo_credit(&self, i: usize) -> bool {
        let content = self.lines[i].content(self.text);
        let people = || byline::credit(content, &self.lexicon.byline);
        self.roles[i] == Some(Role::Credit)
            && (marks::is_given(&self.lines[i])
                || people().is_some_and(|p| !p.photographers.is_empty() && p.bylines.is_empty()))
    }

    /// A line in the middle of an article that ends in a photo credit describes the photo.
    fn relabel_credited_lines(&mut self) {
        for i in 1..self.lines.len().saturating_sub(1) {
            let line = &self.lines[i];
            if !line.has(Cue::CreditEnding) || self.leads[i] {
                continue;
            }
            let running = |k: usize| self.roles[k] == Some(Role::Body) && self.owner[k] == self.owner[i];
            let (above, below) = (
                (0..i).rev().take(6).find(|&k| self.roles[k] != Some(Role::Other)),
                (i + 1..self.lines.len()).take(6).find(|&k| self.roles[k] != Some(Role::Other)),
            );
            let inside = above.is_some_and(running) && below.is_some_and(running);
            if running(i)
                && inside
                && below.is_some_and(|k| !self.leads[k])
                && ends_in_credit(line.content(self.text))
            {
                self.roles[i] = Some(Role::Caption);
            }
        }
    }

    /// Where paragraphs follow one another without a gap, a short sentence that stands apart in the middle of a story
    /// is what a photo shows.
    fn relabel_lone_lines(&mut self) {
        let running =
            |k: usize, owner: Option<usize>| self.roles[k] == Some(Role::Body) && self.owner[k] == owner;
        let (mut tight, mut apart) = (0, 0);
        for i in 1..self.lines.len() {
            let ends = running(i - 1, self.owner[i]) && self.lines[i - 1].ends_sentence();
            if ends && running(i, self.owner[i]) && !self.setting.is_full(&self.lines[i - 1]) {
                if self.lines[i].blanks == 0 { tight += 1 } else { apart += 1 }
            }
        }
        if tight < 4 || tight < 2 * apart {
            return;
        }
        let alone = |&i: &usize| {
            let (line, owner) = (&self.lines[i], self.owner[i]);
            line.blanks > 0
                && self.lines[i + 1].blanks > 0
                && line.ending == Ending::Stop
                && !line.inner_stop
                && line.width <= 60
                && !self.leads[i]
                && !self.leads[i + 1]
                && !scan::opens_with_speaker(line.content(self.text))
                && (i - 1..=i + 1).all(|k| running(k, owner))
        };
        let lone: Vec<usize> = (1..self.lines.len().saturating_sub(1)).filter(alone).collect();
        for i in lone {
            self.roles[i] = Some(Role::Caption);
        }
    }

    /// Text before a photo credit describes the photo, unless it is all the text that its article has.
    pub(super) fn relabel_photo_texts(&mut self) {
        self.relabel_credited_lines();
        self.relabel_lone_lines();
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
                // Where lines stand close, what a gap sets off is not the end of what is above it.
                if start < i && self.lines[start].blanks > 0 && line.blanks == 0 {
                    break;
                }
                // A caption is wrapped to lines of one width; what is far wider is the text that it cuts.
                if start < i && line.width > SHORT && self.lines[start].width * 2 < line.width {
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
        // Where paragraphs stand apart, the line that a credit stands right under is what it credits.
        let tight = end == start + 1
            && self.lines[end].blanks == 0
            && self.lines[start].blanks > 0
            && !self.lines[start].inner_stop
            && self.lines[start].width <= SHORT
            && before.is_some_and(|b| self.lines[b].blanks > 0)
            && after.is_some_and(|a| self.lines[a].blanks > 0);
        gap || cut
            || tight
            || byline_behind
            || (before.is_none() && after.is_some())
            || self.articles[article].bylined && after.is_some()
    }
}

/// True where the last sentence is over, and behind a blank a few characters say where the picture is from.
fn ends_in_credit(content: &str) -> bool {
    let stop = content.char_indices().rev().take(16).find(|&(_, c)| matches!(c, '。' | '！' | '？' | '”'));
    stop.and_then(|(at, c)| content.get(at + c.len_utf8()..))
        .is_some_and(|tail| tail.starts_with(scan::is_blank) && !tail.trim().is_empty())
}
