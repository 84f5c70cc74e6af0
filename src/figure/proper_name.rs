//! Persons and places whose names hold a numeral.

use super::figure_words::{Cue, Set};
use super::numeral::run_end;
use super::text::Text;
use super::words::Kind;

/// The most numerals in the name of a place: 八百里.
const PLACE_NUMERALS: usize = 2;

impl Text<'_> {
    /// 张百发, 王洪九部: a person whose name holds a numeral: where the name ends.
    pub(super) fn person(&self, at: usize) -> Option<usize> {
        self.named_by_scale(at).or_else(|| self.leader(at))
    }

    /// 张百发: behind the character that follows a scale word in a name.
    fn named_by_scale(&self, at: usize) -> Option<usize> {
        let scale = self.kind_at(at, Kind::Scale).or_else(|| self.kind_at(at, Kind::FormalScale));
        let given = scale.filter(|_| self.ch(at) != '十')?;
        self.surname_before(at)?;
        self.kind_at(given, Kind::Han)
    }

    /// 王洪九部, 匪首张九部: behind the name of one who leads troops.
    fn leader(&self, at: usize) -> Option<usize> {
        let end = self.kind_at(at, Kind::Numeral).filter(|&end| self.one_of(end, Set::Troops))?;
        let given = at.checked_sub(1)?;
        let led = || self.word_before(Cue::Leader, given);
        self.surname_before(given).or_else(|| led().and_then(|_| self.surname_before(at)))?;
        Some(end)
    }

    /// Where the family name starts that ends before `given` and is not the end of another word.
    fn surname_before(&self, given: usize) -> Option<usize> {
        let start = self.word_before(Cue::Surname, given)?;
        let first = start == self.floor || self.kind(start - 1) != Kind::Han;
        (first || self.before_word(Cue::SurnameLead, start)).then_some(start)
    }

    /// 三元区, 五里铺站, 鞍山三村: a place whose name holds a numeral: where to go on.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        Some(at).filter(|&at| self.kind(at).is_chinese() && self.ch_before(at) != '第')?;
        self.formed_place(at).or_else(|| self.listed_place(at)).or_else(|| self.village(at))
    }

    /// 五里铺: a numeral, what it seems to measure, and the end of the name of a place.
    fn formed_place(&self, at: usize) -> Option<usize> {
        let middle = run_end(self.cells, at);
        self.word_at(Cue::PlaceMiddle, middle).filter(|_| middle - at <= PLACE_NUMERALS)?;
        let end = middle + 1;
        self.word_at(Cue::PlaceEnd, end).filter(|_| !self.measures_way(middle, end))?;
        Some(end + 1)
    }

    /// 三明, 九江: a place of the list, where the words beside it say that it is one.
    fn listed_place(&self, at: usize) -> Option<usize> {
        let end = self.word_at(Cue::PlaceName, at)?;
        (self.before_word(Cue::PlaceLead, at) || self.one_of(end, Set::BehindPlace)).then_some(end)
    }

    /// 鞍山三村: the numbered villages of workers in Shanghai and other towns.
    fn village(&self, at: usize) -> Option<usize> {
        let end = self.char_at(at + 1, '村')?;
        self.word_at(Cue::PlaceBehind, end)?;
        self.kind_at(at.checked_sub(1)?, Kind::Han)?;
        Some(end).filter(|_| !self.before_word(Cue::NoPlace, at))
    }

    /// 十里路, 两元店, 八里地, 五间铺面: the middle measures or counts what follows.
    fn measures_way(&self, middle: usize, end: usize) -> bool {
        match self.ch(middle) {
            '里' => self.one_of(end, Set::NoWay),
            '元' => self.one_of(end, Set::NoShop),
            '间' => self.one_of(end + 1, Set::NoShopPlace),
            _ => false,
        }
    }
}
