//! Cutting text into words: a general dictionary, words that are kept whole where it lets them be, and user words that
//! always win.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::dictionary::{self, Place, WordEnds};
use super::{Class, UserWord, WordList};
use crate::page::plain_form;
use crate::slogan::{Compare, Fold, Found, Phrases};
use crate::source::ListPrint;

/// How text is cut.
///
/// ```
/// use zjgr::term::{Segmenter, SegmenterOptions, WordList};
///
/// let mut options = SegmenterOptions::default();
/// options.words = WordList::parse("浙工惠 5 nz")?;
/// options.whole = Some(zjgr::name::spans);
/// assert!(Segmenter::new(options).words("上线浙工惠平台").contains(&"浙工惠"));
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SegmenterOptions {
    /// Words that must stay whole, whatever stands around them.
    pub words: WordList,
    /// Words that stay whole where no other word is cut by them: where the dictionary's best cut has them between word
    /// ends. 总工会 is none in 全国总工会, which the dictionary has, nor 工会 in 职工会议.
    pub compounds: WordList,
    /// True to leave out the guess at words that no dictionary has (a hidden Markov model over characters).
    pub no_hmm: bool,
    /// True to make Traditional and Simplified characters one before cutting.
    pub fold: bool,
    /// What finds words in a text that no list has, names for instance: where they stand in it, in bytes, in order, none
    /// over another. They stay whole where no user word stands in them.
    pub whole: Option<FindWords>,
}

/// Finds words in a text: where they stand in it, in bytes, in order, none over another.
pub type FindWords = fn(&str) -> Vec<Range<usize>>;

/// With what, and how, text is cut into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cutting {
    /// The general dictionary, with its version.
    pub dictionary: &'static str,
    /// The SHA-256 of its file.
    pub dictionary_sha256: &'static str,
    /// The words that are kept whole besides.
    pub kept_whole: ListPrint,
    /// Whether words are guessed at that no dictionary has.
    pub guesses: bool,
    /// Whether Traditional and Simplified characters are one.
    pub folds: bool,
    /// Whether names are found in the text and kept whole.
    pub names: bool,
}

/// A word as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token<'t> {
    /// The word.
    pub text: &'t str,
    /// Where it was found in the dictionary.
    pub(super) place: Option<Place>,
}

impl Token<'_> {
    /// The part of speech that the dictionary gives the word, in jieba's tag set; empty where it does not have it.
    pub fn tag(&self) -> &'static str {
        self.place.map_or("", Place::tag)
    }
}

/// Cuts text into words. Built once, shared by all threads.
///
/// # User words
///
/// User words are found in the text first, leftmost and longest, and only what stands between them is cut by
/// jieba. To add them to jieba's dictionary would not do: there a word without a frequency never wins, one with a
/// frequency may still lose against its neighbours, one with 〇, · or + in it is never found, and the
/// guess at unknown words may glue a piece of it to its neighbour.
///
/// A user word that begins or ends with a Latin letter or a digit is found only where no other one stands next to
/// it: 26县 is no part of 126县.
///
/// # Compounds
///
/// Words that come along and terms that are asked for are put together from the words of the dictionary's best cut, and
/// from characters that are in none. They cut nothing: a stretch without one is cut as jieba cuts it.
///
/// ```
/// use zjgr::term::{Segmenter, SegmenterOptions};
///
/// let segmenter = Segmenter::new(SegmenterOptions::default());
/// assert_eq!(segmenter.words("职工参加比赛"), ["职工", "参加", "比赛"]);
/// assert_eq!(segmenter.tokens("职工")[0].tag(), "n");
/// ```
#[derive(Debug)]
pub struct Segmenter {
    forced: Listed,
    compounds: Listed,
    hmm: bool,
    fold: bool,
    whole: Option<FindWords>,
}

/// Words of a list, and what finds them in a text.
#[derive(Debug)]
struct Listed {
    words: WordList,
    phrases: Phrases,
}

impl Listed {
    fn new(list: WordList, fold: bool) -> Self {
        let mut words = WordList::default();
        for UserWord { word, tag } in list.iter() {
            let plain = plain_form(word);
            let word = if fold { Fold::get().text(&plain).into() } else { plain };
            words.push(UserWord { word: &word, tag });
        }
        drop(list);
        // Of two equal words the later one's tag holds.
        let numbered = words.iter().map(|word| word.word).rev().zip((0..words.len() as u32).rev());
        Self { phrases: Phrases::new(Compare::Exact, numbered), words }
    }

    fn get(&self, word: &str) -> Option<UserWord<'_>> {
        self.words.get(self.phrases.get(word)? as usize)
    }
}

impl Segmenter {
    /// What cuts as `options` say. The dictionary is part of the program: nothing is loaded.
    pub fn new(options: SegmenterOptions) -> Self {
        let fold = options.fold;
        Self {
            forced: Listed::new(options.words, fold),
            compounds: Listed::new(options.compounds, fold),
            hmm: !options.no_hmm,
            fold,
            whole: options.whole,
        }
    }

    /// With what, and how, it cuts.
    pub fn cutting(&self) -> Cutting {
        let lists = [&self.compounds, &self.forced].into_iter().map(|listed| &listed.words);
        Cutting {
            dictionary: dictionary::NAME,
            dictionary_sha256: dictionary::SHA256,
            kept_whole: ListPrint::of(lists.flat_map(WordList::iter).map(|word| word.word)),
            guesses: self.hmm,
            folds: self.fold,
            names: self.whole.is_some(),
        }
    }

    /// True where Traditional and Simplified characters are made one: text should be folded before it is cut.
    pub fn folds(&self) -> bool {
        self.fold
    }

    /// `text` as it should be cut: where Traditional and Simplified characters are made one, folded.
    pub fn folded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.fold { Fold::get().text(text).into() } else { text.into() }
    }

    /// Cuts `text` and hands out its words in order, punctuation and blanks among them. Together they are the text.
    #[inline]
    pub fn cut<'t>(&self, text: &'t str, mut each: impl FnMut(Token<'t>)) {
        let whole = self.whole.map(|find| find(text)).unwrap_or_default();
        let mut at = 0;
        while let Some(found) = self.forced.phrases.find_longest(text, at, |found| found.stands_free(text)) {
            self.cut_around(text, at..found.start, &whole, &mut each);
            each(Token { text: text.get(found.start..found.end).unwrap_or_default(), place: None });
            at = found.end;
        }
        self.cut_around(text, at..text.len(), &whole, &mut each);
    }

    /// Cuts what stands in `range`, between user words, around the stretches that stay whole.
    #[inline]
    fn cut_around<'t>(
        &self,
        text: &'t str,
        range: Range<usize>,
        whole: &[Range<usize>],
        each: &mut impl FnMut(Token<'t>),
    ) {
        let mut at = range.start;
        let from = whole.partition_point(|found| found.start < at);
        for found in whole.iter().skip(from).take_while(|found| found.end <= range.end) {
            self.cut_between(text.get(at..found.start).unwrap_or_default(), each);
            let word = text.get(found.clone()).unwrap_or_default();
            each(Token { text: word, place: Place::of(word) });
            at = found.end;
        }
        self.cut_between(text.get(at..range.end).unwrap_or_default(), each);
    }

    /// Cuts what stands between user words, compounds kept whole.
    #[inline]
    fn cut_between<'t>(&self, text: &'t str, each: &mut impl FnMut(Token<'t>)) {
        let mut ends = WordEnds::of(text);
        let mut is_whole =
            |found: &Found| found.stands_free(text) && ends.at(found.start) && ends.at(found.end);
        let mut at = 0;
        while let Some(found) = self.compounds.phrases.find_longest(text, at, &mut is_whole) {
            self.cut_gap(text.get(at..found.start).unwrap_or_default(), each);
            let word = text.get(found.start..found.end).unwrap_or_default();
            each(Token { text: word, place: Place::of(word) });
            at = found.end;
        }
        self.cut_gap(text.get(at..).unwrap_or_default(), each);
    }

    #[inline]
    fn cut_gap<'t>(&self, text: &'t str, each: &mut impl FnMut(Token<'t>)) {
        dictionary::cut(text, self.hmm, |text, place| each(Token { text, place }));
    }

    /// The words of `text` in a list, to be numbered together.
    pub fn tokens<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        // Words of Chinese have between one and two characters on the average.
        let mut tokens = Vec::with_capacity(text.len() / 4);
        self.cut(text, |token| tokens.push(token));
        tokens
    }

    /// The words of `text` in a list.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.tokens(text).into_iter().map(|token| token.text).collect()
    }

    /// True where the dictionary has `word`, or the user words do.
    pub fn knows(&self, word: &str) -> bool {
        Place::of(word).is_some() || self.user_word(word).is_some()
    }

    /// True where `word` is one of the words that must stay whole.
    pub fn is_listed(&self, word: &str) -> bool {
        self.user_word(word).is_some()
    }

    fn user_word(&self, word: &str) -> Option<UserWord<'_>> {
        self.forced.get(word).or_else(|| self.compounds.get(word))
    }

    /// The class of `token`; a user word is a word whatever it is made of.
    pub fn class(&self, token: &str) -> Class {
        if self.user_word(token).is_some() { Class::Word } else { Class::of(token) }
    }

    /// The part of speech of `word`, in jieba's tag set: a user word's own tag, the dictionary's for a word that it has,
    /// `nz` for a user word without either, else a guess from the word's form (`m` for numbers, `eng` for Latin, a hidden Markov model for the rest).
    pub fn tag(&self, word: &str) -> Cow<'_, str> {
        if let Some(user_word) = self.user_word(word) {
            let of_dictionary = || Place::of(word).map(Place::tag);
            let tag = user_word.tag.or_else(of_dictionary);
            return tag.unwrap_or_else(|| user_word.tag()).into();
        }
        match Class::of(word) {
            Class::Punctuation => "x".into(),
            Class::Latin => "eng".into(),
            Class::Number if Place::of(word).is_none() => "m".into(),
            _ => dictionary::tag(word).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static PLAIN: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(SegmenterOptions::default()));
    static BUILTIN: LazyLock<Segmenter> =
        LazyLock::new(|| keeping(WordList::builtin().expect("a good list")));

    fn with(words: WordList) -> Segmenter {
        Segmenter::new(SegmenterOptions { words, ..SegmenterOptions::default() })
    }

    fn keeping(compounds: WordList) -> Segmenter {
        Segmenter::new(SegmenterOptions { compounds, ..SegmenterOptions::default() })
    }

    fn forced(words: &str) -> Segmenter {
        with(WordList::parse(words).expect("a good list"))
    }

    #[test]
    fn a_bare_word_is_kept_whole() {
        let text = "享浙工惠民生";
        assert!(!PLAIN.words(text).contains(&"浙工惠"));
        assert!(forced("浙工惠").words(text).contains(&"浙工惠"));
    }

    #[test]
    fn a_word_is_kept_whole_in_any_company() {
        let segmenter = forced("浙工惠\n两性两化");
        for text in ["浙工惠", "享浙工惠民", "浙工惠浙工惠", "在浙工惠中", "职工浙工惠工会", "江浙工惠及"]
        {
            assert!(segmenter.words(text).contains(&"浙工惠"), "{text}: {:?}", segmenter.words(text));
        }
        assert_eq!(segmenter.words("推进两性两化运作"), ["推进", "两性两化", "运作"]);
    }

    #[test]
    fn words_with_signs_that_jieba_divides_at_are_kept_whole() {
        let segmenter = forced("二〇二二年\n阿卜杜拉·阿里\n两基深化+\n山区26县\nC++");
        for (text, word) in [
            ("在二〇二二年的春天", "二〇二二年"),
            ("代表阿卜杜拉·阿里说", "阿卜杜拉·阿里"),
            ("推进“两基深化+”", "两基深化+"),
            ("助力山区26县发展", "山区26县"),
            ("学习C++语言", "C++"),
        ] {
            assert!(segmenter.words(text).contains(&word), "{text}: {:?}", segmenter.words(text));
        }
    }

    #[test]
    fn the_guess_at_unknown_words_never_reaches_across_a_user_word() {
        // Without the user word the guess makes one word of 杭研.
        assert_eq!(PLAIN.words("他来到了网易杭研大厦"), ["他", "来到", "了", "网易", "杭研", "大厦"]);
        assert_eq!(forced("研大厦").words("网易杭研大厦"), ["网易", "杭", "研大厦"]);
    }

    #[test]
    fn what_is_found_stays_whole_where_no_user_word_stands_in_it() {
        let whole =
            |text: &str| text.match_indices("职工之家").map(|(at, found)| at..at + found.len()).collect();
        let options = || SegmenterOptions { whole: Some(whole), ..SegmenterOptions::default() };
        let words = |options, text| Segmenter::new(options).words(text).join(" ");
        assert_eq!(words(options(), "建职工之家和职工之家"), "建 职工之家 和 职工之家");
        let forced = WordList::parse("之家").expect("a good list");
        assert!(words(SegmenterOptions { words: forced, ..options() }, "建职工之家").ends_with("职工 之家"));
    }

    #[test]
    fn of_overlapping_user_words_the_first_wins_and_of_those_the_longest() {
        let segmenter = forced("劳模工匠\n工匠精神\n劳模");
        assert_eq!(segmenter.words("劳模工匠精神"), ["劳模工匠", "精神"]);
    }

    #[test]
    fn a_user_word_is_no_piece_of_a_number_or_of_a_latin_word() {
        let segmenter = forced("26县\nAI");
        assert!(segmenter.words("全部126县").iter().all(|&word| word != "26县"));
        assert!(segmenter.words("MAIN").iter().all(|&word| word != "AI"));
        assert!(segmenter.words("用AI助力26县").contains(&"AI"));
    }

    #[test]
    fn the_words_that_come_along_stay_whole() {
        for (text, word) in [
            ("——持续推进产业工人队伍建设改革。", "产业工人队伍建设改革"),
            ("衢州市总工会全体干部", "总工会"),
            ("规范开展职工疗休养工作", "疗休养"),
            ("助力山区26县高质量发展", "山区26县"),
            ("百支劳模工匠服务队", "劳模工匠"),
        ] {
            assert!(BUILTIN.words(text).contains(&word), "{text}: {:?}", BUILTIN.words(text));
        }
    }

    #[test]
    fn a_word_that_comes_along_cuts_no_other_word() {
        for (text, words) in [
            ("召开职工会议", ["召开", "职工", "会议"]),
            ("一片白云和", ["一片", "白云", "和"]),
            ("深化生产改革", ["深化", "生产", "改革"]),
        ] {
            assert_eq!(BUILTIN.words(text), words);
        }
        for (text, word) in
            [("全国总工会", "全国总工会"), ("在鄞州区举行", "鄞州区"), ("第六保障中队", "保障")]
        {
            assert!(BUILTIN.words(text).contains(&word), "{text}: {:?}", BUILTIN.words(text));
        }
        assert!(!BUILTIN.words("他才十四五岁").contains(&"十四五"));
    }

    #[test]
    fn no_word_of_the_dictionary_is_lost_to_a_shorter_one_that_comes_along() {
        let list = WordList::builtin().expect("a good list");
        let around = ["区", "县", "市", "者", "家", "全国", "中华", "不", "省", "新"];
        for word in list.iter().map(|word| word.word) {
            for longer in around.iter().flat_map(|more| [format!("{more}{word}"), format!("{word}{more}")]) {
                let is_one = PLAIN.words(&longer) == [longer.as_str()] && PLAIN.knows(&longer);
                assert!(!is_one || BUILTIN.words(&longer) == [longer.as_str()], "{longer}");
            }
        }
    }

    #[test]
    fn a_compound_stays_whole_where_the_best_cut_has_it_between_word_ends() {
        let segmenter = keeping(WordList::parse("工会\n最多\n不安全\n阿卜杜拉·阿里").expect("a good list"));
        for (text, word, is_whole) in [
            ("召开职工会议", "工会", false),
            ("他们最多三人", "最多", true),
            ("代表阿卜杜拉·阿里说", "阿卜杜拉·阿里", true),
        ] {
            assert_eq!(
                segmenter.words(text).contains(&word),
                is_whole,
                "{text}: {:?}",
                segmenter.words(text)
            );
        }
        assert_eq!(segmenter.tag("最多"), "d");
    }

    #[test]
    fn tags_come_from_the_list_then_the_dictionary_then_the_form() {
        let segmenter = forced("浙工惠\n疗休养 n");
        for (word, tag) in
            [("浙工惠", "nz"), ("疗休养", "n"), ("发展", "vn"), ("2021", "m"), ("Zoland", "eng"), ("，", "x")]
        {
            assert_eq!(segmenter.tag(word), tag, "{word}");
        }
    }

    #[test]
    fn a_user_word_is_a_word_whatever_it_is_made_of() {
        assert_eq!(forced("AI").class("AI"), Class::Word);
        assert_eq!(PLAIN.class("AI"), Class::Latin);
    }

    #[test]
    fn traditional_user_words_are_folded_like_the_text() {
        let words = WordList::parse("勞模工匠").expect("a good list");
        let segmenter = Segmenter::new(SegmenterOptions { words, fold: true, ..SegmenterOptions::default() });
        let text = Fold::get().text("百名勞模工匠");
        assert!(segmenter.words(&text).contains(&"劳模工匠"));
    }

    proptest! {
        #[test]
        fn the_words_add_up_to_the_text(text in "(\\PC|[职工会市总浙惠劳模匠。，\\n\\r 0-9a]){0,40}") {
            prop_assert_eq!(BUILTIN.words(&text).concat(), text);
        }
    }
}
