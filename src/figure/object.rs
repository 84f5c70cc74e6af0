//! What is counted: the noun phrase behind a unit, up to its head.

use std::ops::Range;

use super::Class;
use super::draft::DraftFigure;
use super::figure_words::{Cue, Set, UnitKind};
use super::name::Name;
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;
use crate::term::{dictionary_tag, for_each_tagged_word};

/// The longest phrase that is taken for one.
const LONGEST: usize = 18;

/// Verbs and adverbs of two characters, one a line, in the order of their bytes. They are looked up where they lie:
/// to read so many words in would take longer than most runs.
static VERBS: &str = include_str!("../../data/figures/verbs.txt");

/// How many bytes a line of them has: two characters and the line's end.
const VERB: usize = 7;

/// True for a verb of two characters.
pub(super) fn is_verb(word: [char; 2]) -> bool {
    let mut bytes = [b'\n'; VERB];
    if word.iter().any(|c| c.len_utf8() != 3) {
        return false;
    }
    for (place, c) in bytes.chunks_exact_mut(3).zip(word) {
        c.encode_utf8(place);
    }
    VERBS.as_bytes().as_chunks::<VERB>().0.binary_search(&bytes).is_ok()
}

/// From this length on an idiom says what somebody does: 闯红灯, 见义勇为.
const IDIOM: usize = 3;

/// A word of a phrase, as the general dictionary cuts it.
struct Word {
    at: usize,
    length: usize,
    tag: &'static str,
    /// True where a noun stands before it, and where one stands directly before it.
    named: bool,
    beside: bool,
}

/// Who or what a phrase counts, and whether it may act.
struct Actor {
    /// True behind a classifier that counts nothing but persons.
    person: bool,
    /// True for a phrase that ends with no word for such a person.
    headless: bool,
    /// Behind the last word for such a person in a phrase that ends with none.
    person_end: Option<usize>,
    /// True for a phrase that ends with no word for such a person, or for a body, a vehicle or an animal.
    open: bool,
    /// True behind a classifier of what happens: 起, and no 辆.
    event: bool,
}

/// The classifiers that count nothing but persons.
const PERSON_CLASSIFIERS: [char; 2] = ['名', '位'];

impl Text<'_> {
    /// What `draft` counts.
    pub(super) fn object(&self, draft: &DraftFigure) -> Option<Range<usize>> {
        let unit = draft.unit_cells()?;
        let counts = match draft.class {
            Class::Count => true,
            // 第三版要闻 and 10亿元以上项目 count no news and no projects.
            Class::Ordinal => !self.is(unit.start, "版"),
            Class::Money => !draft.suffixed,
            _ => false,
        };
        counts.then_some(())?;
        match draft.sort {
            // 十四万犹太人
            Some(UnitKind::Noun) => Some(draft.noun.unwrap_or(unit.start)..unit.end),
            Some(UnitKind::Part) => self.phrase(draft.cells.end).or(Some(unit)),
            Some(UnitKind::Money) => self.phrase(draft.cells.end).filter(|phrase| self.is_money_noun(phrase)),
            _ => self.phrase(draft.cells.end),
        }
    }

    /// False where a verb follows an amount of money and no noun: 三千万元建设新厂, but 三千万元建设资金.
    fn is_money_noun(&self, phrase: &Range<usize>) -> bool {
        let verb = self.behind_word(Cue::Verb, phrase.start);
        let head =
            (phrase.start + 1..phrase.end).any(|at| self.word_at(Cue::MoneyNoun, at) == Some(phrase.end));
        !verb || head
    }

    /// The noun phrase that starts at `from`.
    fn phrase(&self, from: usize) -> Option<Range<usize>> {
        // 7个人的小乐队, 五六个人涨到一百: people are people. 26个县发展: what a place does is no part of it.
        if let Some(end) = self.past_pattern(Pattern::OneCharacterNoun, from) {
            return Some(from..end);
        }
        let end = self.phrase_end(from)?;
        // 650个议席中: where something is, is no part of it. 所高中 keeps its own.
        let within = self.fits(Pattern::Inside, end..end) && end >= from + 3;
        let mut cells = from..end - usize::from(within);
        // “首席工人” alone stands without its quotation marks.
        if let (Kind::Open, Kind::Close) = (self.kind(from), self.kind(end.saturating_sub(1))) {
            cells = from + 1..end - 1;
        }
        if self.kind(cells.end - 1) != Kind::Close {
            cells.end = self.predicate(&cells).unwrap_or(cells.end);
        }
        let named = match cells.len() {
            0 => false,
            1 => self.one_of(cells.start, Set::SingleNouns),
            _ => true,
        };
        named.then_some(cells)
    }

    /// Where the phrase ends that starts at `from`; none where a quotation mark stays open.
    fn phrase_end(&self, from: usize) -> Option<usize> {
        let (mut at, mut quoted) = (from, false);
        while at < from + LONGEST {
            let Some(next) = self.next_of_phrase(from, at, quoted) else { break };
            (at, quoted) = next;
        }
        (!quoted).then_some(at)
    }

    /// What goes on at `at` with the phrase from `from`: where it ends, and whether a quotation mark is open there.
    fn next_of_phrase(&self, from: usize, at: usize, quoted: bool) -> Option<(usize, bool)> {
        let begins = at == from;
        let cell = self.cells.get(at).filter(|cell| quoted || begins || !cell.gap)?;
        if let Some(end) = self.word_at(Cue::ObjectKeep, at) {
            return Some((end, quoted));
        }
        let next = Some((at + 1, quoted));
        match (cell.kind, quoted) {
            (Kind::Open, _) if begins => Some((at + 1, true)),
            (Kind::Close, true) => Some((at + 1, false)),
            (Kind::Han | Kind::Letter, true) => next,
            (Kind::Han | Kind::Letter, false) if !begins && self.one_of(at, Set::And) => {
                next.filter(|_| self.joins(at + 1))
            }
            (Kind::Han | Kind::Letter, false) => next.filter(|_| !self.acts(from, at)),
            (kind, true) if kind.is_numeric() => next,
            // 新航线陆续开通: a formal numeral in a word that ends the phrase.
            (kind, false) if kind.is_formal() && self.behind_word(Cue::ObjectEnd, at) => None,
            // 四川籍, 五粮液: a numeral in a word that is none.
            _ => match self.word(at)? {
                Name::Ordinary(end) => Some((end, quoted)).filter(|_| !begins || end > at + 1),
                Name::Named(_) => None,
            },
        }
    }

    /// True where the phrase from `from` ends at `at`, since what is counted does something there.
    fn acts(&self, from: usize, at: usize) -> bool {
        // 侨领回国: the first two characters are a noun.
        if at == from + 1 && self.is_noun(from..at + 1) {
            return false;
        }
        let listed =
            self.word_at(Cue::ObjectEnd, at).filter(|&end| end > at + 1 || !self.is_noun(at..end + 1));
        // 讨回, 带出: a verb and how its action ends. Nouns that look so begin the phrase.
        let end = listed
            .or_else(|| self.formed_verb(from, at).filter(|_| at > from))
            .or_else(|| self.verb_at(at).filter(|_| at > from + 1))
            .or_else(|| self.word_at(Cue::Change, at).filter(|&end| end > at + 1));
        // 落水儿童, 抽水机: a verb that describes a person, or that a suffix makes a noun.
        let noun = |end: usize| {
            let describes = at == from && self.behind_word(Cue::Person, end);
            // 闯入村庄: what tells where an action leads makes no noun.
            let leads = at > from && self.one_of(at + 1, Set::Leads);
            describes || !leads && self.behind_word(Cue::NounSuffix, end)
        };
        end.is_some_and(|end| end != at + 2 || !noun(end))
    }

    /// 讨回, 带出; 侨领回国: what only looks so across two words is none.
    fn formed_verb(&self, from: usize, at: usize) -> Option<usize> {
        let across = at > from && self.is_noun(at - 1..at + 1);
        (self.fits(Pattern::FormedVerb, at..at) && !across).then_some(at + 2)
    }

    /// Behind the verb of two characters at `at`. 民办学校: what looks like one may lie across two words.
    fn verb_at(&self, at: usize) -> Option<usize> {
        let across = || self.unit_at(at + 1).is_some_and(|(end, _)| end > at + 2);
        // 电视连续剧: a noun that begins like a verb.
        let noun = || self.kind(at + 2) == Kind::Han && self.is_noun(at..at + 3);
        let verb = is_verb([self.ch(at), self.ch(at + 1)]) && !across() && !noun();
        verb.then_some(at + 2)
    }

    /// True where the general dictionary has a noun in `cells`: 乘客, which is no 乘.
    fn is_noun(&self, cells: Range<usize>) -> bool {
        let word: String = cells.map(|at| self.ch(at)).collect();
        dictionary_tag(&word).is_some_and(|tag| tag.starts_with('n'))
    }

    /// Where what is counted begins to do something in `phrase`, by the tags of the general dictionary: 观众鼓掌,
    /// 公司公布年报.
    fn predicate(&self, phrase: &Range<usize>) -> Option<usize> {
        const SHORTEST: usize = 3;
        const BEHIND: usize = 2;
        Some(phrase.len()).filter(|&length| length >= SHORTEST)?;
        let who = self.actor(phrase);
        if let Some(end) = who.person_end {
            return Some(end);
        }
        // A word may begin in the phrase and end behind it: 司机酒后驾车.
        let behind = (phrase.end..phrase.end + BEHIND).take_while(|&at| self.kind(at) == Kind::Han);
        let text: String = phrase.clone().chain(behind).map(|at| self.ch(at)).collect();
        let (mut at, mut named, mut beside, mut found) = (phrase.start, false, false, None);
        for_each_tagged_word(&text, |length, tag| {
            let word = Word { at, length, tag, named, beside };
            if found.is_none() && self.begins_predicate(&word, phrase.end, &who) {
                found = Some(at);
            }
            beside = tag.starts_with(['n', 'j', 's']);
            named |= beside;
            at += length;
        });
        found
    }

    /// Who or what may act in `phrase`.
    fn actor(&self, phrase: &Range<usize>) -> Actor {
        let classifier = self.ch_before(phrase.start);
        let person = PERSON_CLASSIFIERS.contains(&classifier);
        let headed = self.is_head(phrase.end, person);
        let headless = person && !headed;
        Actor {
            person,
            headless,
            person_end: if headless { self.person_end(phrase) } else { None },
            open: !headed,
            event: self.one_before(phrase.start, Set::EventClassifiers),
        }
    }

    /// Behind the words for a person that `phrase` has before it goes on with something else: 学徒满师, 中青年妇女下乡,
    /// 民警和执法人员翻墙.
    fn person_end(&self, phrase: &Range<usize>) -> Option<usize> {
        let heads = (phrase.start + 2..phrase.end).filter_map(|end| Some((self.person_head(end)?, end)));
        let goes_on = |from: usize, last: usize| from == last || self.one_of(last, Set::And);
        heads.fold(None, |last, (from, end)| match last {
            Some(last) if !goes_on(from, last) => Some(last),
            _ => Some(end),
        })
    }

    /// Where the word for a person starts that ends before `end`. 历史人物: a character inside another word is none.
    fn person_head(&self, end: usize) -> Option<usize> {
        let start = self.word_before(Cue::PersonHead, end)?;
        let suffix = || [2, 3].into_iter().any(|length| self.is_noun(end - length..end));
        let whole = end >= start + 2 || suffix();
        (whole && !self.is_noun(end - 1..end + 1)).then_some(start)
    }

    /// True where `word` may be what somebody or something does, in a phrase that ends at `end`.
    fn begins_predicate(&self, word: &Word, end: usize, who: &Actor) -> bool {
        let acts = match end.checked_sub(word.at) {
            None | Some(0) => false,
            Some(left) if left < word.length && !word.tag.starts_with('n') => true,
            _ => self.is_predicate(word, end, who.person),
        };
        // Behind a classifier of persons the last noun is a person, or else what the first does: 评委打分.
        let actor = who.headless && word.named || self.is_head(word.at, who.person);
        let said = || who.open && word.beside && self.is_said_of_thing(word, end, who.event);
        acts && actor || said()
    }

    /// True where the word at `at`, which the general dictionary gives `tag`, may be what somebody does, in a phrase
    /// that ends at `end`.
    fn is_predicate(&self, word: &Word, end: usize, person: bool) -> bool {
        let &Word { at, length, tag, .. } = word;
        match (tag.as_bytes(), length) {
            // 管理 is the noun of a verb, which may stand inside a name: 企业管理部门.
            ([b'v', b'n', ..], _) => person || !self.is_head(end, false),
            ([b'v' | b'd', ..], _) => true,
            ([b'i' | b'l', ..], IDIOM..) => !self.is_head(at + length, false),
            _ => self.word_at(Cue::Verb, at) == Some(at + length),
        }
    }

    /// True for a word that no name of a thing goes on with, so that it tells what the thing does, or when: 直升机盘旋,
    /// 机井早已, 报亭昨起. 抽水机: a suffix makes a noun of a verb.
    fn is_said_of_thing(&self, word: &Word, end: usize, event: bool) -> bool {
        let said = match (word.tag.as_bytes(), word.length) {
            _ if word.at >= end => false,
            ([b'd' | b't' | b'r' | b'p', ..], _) => true,
            // 三起抢劫: what happens is called by a verb.
            _ if event => false,
            ([b'v', b'n', ..], _) | ([b'c', ..], _) => false,
            // 职工疗休养基地: a verb with more behind it may stand inside a name.
            ([b'v', ..], 2..) if word.at + word.length >= end => true,
            ([b'i' | b'l', ..], IDIOM..) => !self.is_head(word.at + word.length, false),
            _ => is_verb([self.ch(word.at), self.ch(word.at + 1)]) && word.length == 2,
        };
        said && !self.before_word(Cue::NounSuffix, end)
    }

    /// True where the noun that ends before `end` acts: a person, or else, unless `person` is asked for, a body.
    fn is_head(&self, end: usize, person: bool) -> bool {
        self.before_word(Cue::PersonHead, end) || !person && self.before_word(Cue::BodyHead, end)
    }

    /// True where 和 goes on with the same phrase: a noun follows, and then the phrase ends.
    fn joins(&self, at: usize) -> bool {
        const LONGEST_JOINED: usize = 10;
        let noun = (at..at + LONGEST_JOINED).take_while(|&k| self.kind(k) == Kind::Han);
        let length = noun.take_while(|&k| !self.behind_word(Cue::ObjectEnd, k)).count();
        length >= 2 && !self.kind(at + length).is_numeric() && !self.one_of(at, Set::NoJoin)
    }
}

#[cfg(test)]
mod tests {
    use super::{VERB, VERBS, is_verb};

    #[test]
    fn verbs_lie_in_order() {
        let (lines, rest) = VERBS.as_bytes().as_chunks::<VERB>();
        assert!(rest.is_empty());
        assert!(lines.is_sorted() && lines.iter().all(|line| line.ends_with(b"\n")));
        assert!(is_verb(['下', '滑']) && !is_verb(['工', '人']) && !is_verb(['a', '滑']));
    }
}
