//! Passages that stand twice on a page: OCR read them twice, or the page was pasted together so.
//!
//! Short runs of characters (shingles) are hashed, those that end in one of a fixed quarter of all characters, and a
//! paragraph whose hashes line up with those of an earlier passage repeats it. Time grows with the text, however much
//! repeats.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Role;
use super::scan::{Raw, ideograph};
use crate::term::is_name;

/// Characters in a shingle.
const SHINGLE: usize = 6;
/// About one shingle in this many is kept; which ones depends on their text alone.
const KEEP: usize = 4;
/// A shorter paragraph never counts as a repeat.
const SHORTEST: usize = 20;
/// How far two alignments may drift apart by characters that OCR lost or added.
const DRIFT: u32 = 4;
/// How many characters may be misread in a row before the alignment is given up.
const REACH: usize = 2 * SHINGLE + 2;

/// So many characters in a row that are others are a name, not misread.
const NAME: usize = 3;
/// So many times two characters in a row that are others are, too.
const NAMES: usize = 2;
/// In so many characters one number or name that is another makes other news.
const FORMULA: usize = 80;
/// A place or a person that the dictionary has is rarely misread for another that it has: that says as much as so many
/// numbers.
const KNOWN: usize = 3;
/// So far to either side of what differs a name is looked for, in characters.
const AROUND: usize = 3;
/// What numbers are made of.
const NUMERALS: &str = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两";

/// An odd number without a pattern (2^64 divided by the golden ratio), to spread what differs over the highest bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// One paragraph: its role and its lines, indices into the page's lines.
pub(super) struct Paragraph<'p> {
    pub(super) role: Role,
    pub(super) lines: &'p [usize],
}

/// Finds repeats: feed it the paragraphs of a page in order.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// What two readings agree on of all text fed so far that repeats nothing.
    told: Vec<u32>,
    /// The first place of each kept shingle in it.
    places: FxHashMap<u32, u32>,
    /// Where each line starts in it, with its index and role.
    starts: Vec<(u32, usize, Role)>,
    /// The kept shingles of the paragraph at hand, and where they start.
    kept: Vec<(u32, u32)>,
    /// Where shingles of the paragraph start, in it and in the earlier text that has them.
    hits: Vec<(u32, u32)>,
}

impl Repeats {
    /// Looks whether `paragraph` repeats an earlier one of its role; gives the index of the first line of that.
    pub(super) fn feed(&mut self, text: &str, lines: &[Raw], paragraph: &Paragraph<'_>) -> Option<usize> {
        if self.places.capacity() == 0 {
            // What a page of Chinese needs; to grow again and again would cost more than the looking up.
            self.places.reserve(text.len() / (3 * KEEP));
            self.told.reserve(text.len() / 3);
        }
        let (from, line_starts) = (self.told.len(), self.starts.len());
        self.read(text, lines, paragraph);
        let length = self.told.len() - from;
        let found = if length >= SHORTEST { self.earlier(from, paragraph.role) } else { None };
        if found.is_some() {
            self.starts.truncate(line_starts);
            self.told.truncate(from);
            return found;
        }
        for &(hash, at) in &self.kept {
            self.places.entry(hash).or_insert(at);
        }
        None
    }

    /// Reads the paragraph, and hashes its kept shingles.
    fn read(&mut self, text: &str, lines: &[Raw], paragraph: &Paragraph<'_>) {
        self.kept.clear();
        let from = self.told.len();
        for &line in paragraph.lines {
            self.starts.push((self.told.len() as u32, line, paragraph.role));
            for c in Told(lines[line].content(text)) {
                self.told.push(c);
                if is_kept(c)
                    && let Some(shingle) = self.told[from..].last_chunk::<SHINGLE>()
                {
                    self.kept.push((hash(shingle), (self.told.len() - SHINGLE) as u32));
                }
            }
        }
    }

    /// Where what was told from `from` on was told before, if it was.
    fn earlier(&mut self, from: usize, role: Role) -> Option<usize> {
        self.hits.clear();
        self.hits.extend(
            self.kept.iter().filter_map(|&(hash, at)| self.places.get(&hash).map(|&place| (at, place))),
        );
        // Half of what would do: which shingles were kept is chance.
        if self.hits.is_empty() || self.hits.len() * 6 < self.kept.len() {
            return None;
        }
        let alignment = self.alignment();
        self.align(from, alignment);
        let length = self.told.len() - from;
        if self.hits.len() < 2 || self.hits.len() * 3 < length + 1 - SHINGLE {
            return None;
        }
        // How much of the paragraph the alignment covers, misread characters between hits included.
        let (mut covered, mut last) = (0, None);
        for &(at, _) in &self.hits {
            let at = at as usize - from;
            covered += match last {
                Some(last) if at - last <= REACH => at - last,
                Some(_) => SHINGLE,
                None if at <= SHINGLE + 1 => at + SHINGLE,
                None => SHINGLE,
            };
            last = Some(at);
        }
        let (tail, &(first, place)) = (length - last?, self.hits.first()?);
        covered += if tail <= 2 * SHINGLE + 1 { tail - SHINGLE } else { 0 };
        if covered * 10 < length * 8 || self.tells_other_news(from) {
            return None;
        }
        let place = place.saturating_sub(first - from as u32) + 2;
        let index = self.starts.partition_point(|&(start, ..)| start <= place).checked_sub(1)?;
        let &(_, line, earlier_role) = self.starts.get(index)?;
        (earlier_role == role).then_some(line)
    }

    /// True where what stands between the hits are not misread characters, but other numbers, names or places: two items
    /// with one formula. In a long passage a few of them are misread.
    fn tells_other_news(&self, from: usize) -> bool {
        let length = self.told.len() - from;
        let (mut told, mut replaced) = (KNOWN * self.names_at_the_ends(from), 0);
        for pair in self.hits.windows(2) {
            let &[(at, place), (next, next_place)] = pair else { continue };
            let between = |from: u32, to: u32| from as usize + SHINGLE..to as usize;
            for (here, there) in differences(&self.told, between(at, next), between(place, next_place)) {
                let length = here.len().min(there.len());
                let mut both = here.clone().chain(there.clone()).filter_map(|at| self.told.get(at));
                let are_numbers = length > 0 && both.all(|&c| is_numeral(c));
                told += usize::from(are_numbers || length >= NAME);
                told += KNOWN * usize::from(self.are_known_names(here, there));
                replaced += usize::from(length >= 2);
            }
        }
        (told + replaced / NAMES) * FORMULA > length
    }

    /// How many known names are others before the first hit, where a dateline stands, and behind the last.
    fn names_at_the_ends(&self, from: usize) -> usize {
        let ends = self.hits.first().zip(self.hits.last());
        let ends = ends.map(|(&(first, before), &(last, behind))| {
            let (lead, rest) = (first as usize - from, last as usize + SHINGLE..self.told.len());
            let behind = behind as usize + SHINGLE;
            let head = (from..from + lead, (before as usize).saturating_sub(lead)..before as usize);
            [head, (rest.clone(), behind..behind + rest.len())]
        });
        let differences =
            ends.into_iter().flatten().flat_map(|(here, there)| differences(&self.told, here, there));
        differences.filter(|(here, there)| self.are_known_names(here.clone(), there.clone())).count()
    }

    /// True where the characters `here` and `there`, as many, are in names that the dictionary has: 北京 and 南京.
    fn are_known_names(&self, here: Range<usize>, there: Range<usize>) -> bool {
        if here.len() != there.len() {
            return false;
        }
        let name = |at: usize, before: usize, after: usize| {
            let word: Option<&[u32]> = self.told.get(at.checked_sub(before)?..at + here.len() + after);
            let word: String = word?.iter().filter_map(|&c| char::from_u32(c)).collect();
            is_name(&word).then_some(())
        };
        let mut windows = (0..AROUND).flat_map(|before| (0..AROUND).map(move |after| (before, after)));
        windows.any(|(before, after)| {
            name(here.start, before, after).is_some() && name(there.start, before, after).is_some()
        })
    }

    /// How far behind its earlier reading the paragraph stands, as most hits have it; the least of it.
    fn alignment(&self) -> u32 {
        let mut distances: Vec<u32> = self.hits.iter().map(|&(at, place)| at - place).collect();
        distances.sort_unstable();
        let mut best = (0, 0);
        let mut low = 0;
        for high in 0..distances.len() {
            while distances[high] - distances[low] > DRIFT {
                low += 1;
            }
            if high + 1 - low > best.0 {
                best = (high + 1 - low, distances[low]);
            }
        }
        best.1
    }

    /// Sets the hits to those shingles from `from` on, kept or not, that stand about `distance` earlier as well.
    fn align(&mut self, from: usize, distance: u32) {
        self.hits.clear();
        let distance = distance as usize;
        for (shingle, at) in self.told[from..].windows(SHINGLE).zip(from..) {
            let latest = (at + DRIFT as usize).saturating_sub(distance).min(from - SHINGLE.min(from));
            let earliest = at.saturating_sub(distance + 2 * DRIFT as usize);
            let place = (earliest..=latest).rev().find(|&place| self.told[place..].starts_with(shingle));
            self.hits.extend(place.map(|place| (at as u32, place as u32)));
        }
    }
}

/// What of two stretches of `told` differs, run by run; of two that are not of one length all between what both begin and
/// end with.
fn differences(told: &[u32], here: Range<usize>, there: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let (Some(ours), Some(theirs)) = (told.get(here.clone()), told.get(there.clone())) else {
        return Vec::new();
    };
    if ours.len() != theirs.len() {
        let first = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
        let rest = (ours[first..].iter().rev()).zip(theirs[first..].iter().rev());
        let last = rest.take_while(|(a, b)| a == b).count();
        return vec![(here.start + first..here.end - last, there.start + first..there.end - last)];
    }
    let same: Vec<bool> = ours.iter().zip(theirs).map(|(a, b)| a == b).collect();
    let runs = same.chunk_by(|a, b| a == b).scan(0, |at, run| {
        *at += run.len();
        Some((*at - run.len()..*at, run[0]))
    });
    let from = |start: usize, run: &Range<usize>| start + run.start..start + run.end;
    runs.filter(|(_, same)| !same).map(|(run, _)| (from(here.start, &run), from(there.start, &run))).collect()
}

/// True for digits and Chinese numerals.
fn is_numeral(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| NUMERALS.contains(c))
}

/// What two readings of a text agree on: characters, letters and digits. Punctuation is what OCR gets wrong most; it
/// tells nothing apart.
struct Told<'t>(&'t str);

impl Iterator for Told<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        // Nearly all of a page is in the first range; asking Unicode about each would take half the time.
        if let Some(code) = ideograph(self.0.as_bytes()) {
            self.0 = &self.0[3..];
            return Some(code);
        }
        let mut chars = self.0.chars();
        loop {
            let c = chars.next()?;
            let told = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
                || c.is_ascii_alphanumeric()
                || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
                || c as u32 >= 0x2_0000 && c.is_alphanumeric();
            if told {
                self.0 = chars.as_str();
                return Some(c as u32);
            }
        }
    }
}

/// True for a fixed quarter of all characters.
#[inline]
fn is_kept(c: u32) -> bool {
    c.wrapping_mul(SPREAD as u32) >> 30 == 0
}

#[inline]
fn hash(shingle: &[u32; SHINGLE]) -> u32 {
    let hash = shingle.iter().fold(0, |hash: u64, &c| hash.wrapping_add(c.into()).wrapping_mul(SPREAD));
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use crate::page::Reader;
    use crate::source::Document;

    /// For each line of a page the line that it repeats.
    fn repeats(lines: &[&str]) -> Vec<Option<u32>> {
        let text = lines.join("\n\n");
        let page = Reader::default().read(Document { text, first_line: 1, ..Document::default() });
        page.lines.iter().map(|line| line.duplicate_of).collect()
    }

    #[test]
    fn a_passage_read_twice_is_found_whatever_ocr_made_of_it() {
        let first = "昨天上午，市总工会在文化宫广场为一百二十名新就业形态劳动者送上了夏季清凉包和体检卡。";
        let again = "昨天上午,市总工会在文化官广场为一百二十名新就业形态劳动者送上了夏季清凉包和休检卡。";
        let page = ["# 清凉包送到新就业群体手中", first, "大家连声道谢，说这份关心来得正是时候。", again];
        assert_eq!(repeats(&page), [None, None, None, Some(3)]);
    }

    #[test]
    fn a_formula_with_other_names_in_it_is_no_repeat() {
        let lines = [
            "本报讯（记者丁一）市委书记昨天下午在市行政中心会见了来访的远东机械制造公司董事长一行。",
            "本报讯（记者丁一）市委书记昨天下午在市行政中心会见了来访的南山大学管理学院教授、院长。",
            "据省统计局消息，上个月全省粮食收购价格与前一个月相比继续小幅上涨，涨幅为三年来最小。",
            "据省统计局消息，上个月全省钢材出厂价格受国际市场影响由涨转跌，跌幅为十年来最大一次。",
        ];
        assert_eq!(repeats(&lines), [None; 4]);
    }

    #[test]
    fn news_with_other_numbers_names_or_places_is_no_repeat() {
        let first = "新华社江北三月五日电江北市政协今天选举陈望山为主席，会议由老主席主持，全体委员出席大会，会场气氛热烈隆重。";
        for (what, other) in [("陈望山", "李成蹊"), ("三月五日", "三月八日")] {
            assert_eq!(repeats(&[first, &first.replace(what, other)]), [None, None], "{other}");
        }
        // One character, and another city; one character, misread.
        let first = "新华社北京三月五日电市政协今天选举陈望山为主席，会议由老主席主持，全体委员出席大会，会场气氛热烈隆重。";
        assert_eq!(repeats(&[first, &first.replace("北京", "南京")]), [None, None]);
        assert_eq!(repeats(&[first, &first.replace("北京", "北亰")]), [None, Some(1)]);
        let first = first.replace("北京", "江北");
        let other = first.replace("江北", "海南").replace("望山", "一帆");
        assert_eq!(repeats(&[&first, &other]), [None, None]);
        let again = first.replace("隆重", "降重").replace("席主持", "席王持");
        assert_eq!(repeats(&[&first, &again]), [None, Some(1)]);
    }

    #[test]
    fn what_only_shares_its_end_with_an_earlier_passage_is_no_repeat() {
        let lines = [
            "经市职工代表大会讨论通过，《职工疗休养管理办法》现予公布，自二〇一九年十月一日起施行。",
            "第二十四条本办法自二〇一九年十月一日起施行。",
        ];
        assert_eq!(repeats(&lines), [None; 2]);
    }
}
