//! Who is named in a phrase: a row of labels for its characters, decided once by a linear chain ([`crate::chain`]) from
//! what is known of each ([`super::facts`]) and what that weighs.

use std::sync::{Arc, LazyLock};

use super::Lead;
use super::facts::Facts;
use super::label::{self, Credited};
use super::look::Look;
use super::phrase::{Phrase, Place};
use super::wire::wire;
use crate::chain::{self, Example, Model, Names, Options, Work};
use crate::error::Result;
use crate::packed::{PackedWeights, Table};
use crate::page::page_words::BylineWords;

/// What reads bylines.
#[derive(Debug, Clone)]
pub(in crate::page) struct BylineReader {
    model: Model,
    /// The numbers of the facts, where they have no names.
    packed: Option<Table>,
}

/// The weights that `build.rs` packs, which `examples/fit` learns from the pages under `tests/`.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/byline_weights"));

/// The names of facts, of which none is added.
struct Known<'k>(&'k chain::Facts);

impl Names for Known<'_> {
    type Name = String;

    fn number(&mut self, name: &String) -> u32 {
        self.0.get(name).unwrap_or(chain::UNKNOWN)
    }
}

impl Phrase {
    /// True where it says something of what is told.
    pub fn names(&self, told: &Credited) -> bool {
        label::labels(&self.chars, told).iter().any(|&label| label > 0)
    }
}

impl BylineReader {
    /// The one that is compiled in.
    pub(in crate::page) fn built_in() -> Arc<Self> {
        static READER: LazyLock<Arc<BylineReader>> = LazyLock::new(|| {
            // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
            let unpacked = postcard::from_bytes(PACKED).ok().and_then(BylineReader::unpack);
            Arc::new(unpacked.expect("build.rs packs the weights well"))
        });
        Arc::clone(&READER)
    }

    fn unpack(packed: PackedWeights) -> Option<Self> {
        let (model, table) = Model::unpack(label::states(), packed, label::is_forbidden)?;
        Some(Self { model, packed: Some(table) })
    }

    /// One that has learnt what phrases name from those of which that is told.
    ///
    /// # Errors
    /// Where the fitting fails.
    pub(in crate::page) fn learnt(
        told: &[(Phrase, Credited)],
        words: &BylineWords,
        options: &Options,
    ) -> Result<Self> {
        let mut facts = chain::Facts::default();
        let mut example = |(phrase, credited): &(Phrase, Credited)| {
            let sequence = Facts::sequence(&Look::of(phrase, words), words, &mut facts);
            Example::new(sequence, label::labels(&phrase.chars, credited))
        };
        let examples: Vec<Example> = told.iter().map(&mut example).collect();
        let model = Model::new(label::states(), facts).forbid(label::is_forbidden);
        Ok(Self { model: chain::fit(&model, &examples, options)?.model, packed: None })
    }

    /// One with the weights of a table.
    ///
    /// # Errors
    /// Where the table is none of weights.
    pub(in crate::page) fn from_tsv(table: &[u8]) -> Result<Self> {
        let model = Model::from_tsv(label::states(), table)?.forbid(label::is_forbidden);
        Ok(Self { model, packed: None })
    }

    /// The weights as a table.
    pub(in crate::page) fn to_tsv(&self) -> String {
        self.model.to_tsv()
    }

    /// What `phrase` names.
    pub(in crate::page) fn read(&self, phrase: &Phrase, words: &BylineWords) -> Lead {
        let look = Look::of(phrase, words);
        let sequence = match &self.packed {
            Some(table) => Facts::sequence(&look, words, &mut table.clone()),
            None => Facts::sequence(&look, words, &mut Known(self.model.facts())),
        };
        let mut work = Work::default();
        let lead = label::named(phrase.place, &phrase.chars, self.model.best(&sequence, &mut work));
        match wired(phrase) {
            Some(wire) => Lead { source: Some(wire), dateline: None, ..lead },
            None => lead,
        }
    }
}

/// The paper, site or station whose name opens a story before 讯, which no list has.
fn wired(phrase: &Phrase) -> Option<String> {
    let text: String = phrase.chars.iter().skip_while(|c| "【（(〔".contains(**c)).collect();
    let end = wire(&text).filter(|_| phrase.place == Place::Opening)?;
    Some(text[..end].trim_end_matches(['讯', '訊']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    /// What `text` says: source, dateline, roles with names, photographers.
    fn said(place: Place, text: &str) -> String {
        let words = PageWords::built_in().byline.clone();
        let Lead { source, dateline, people, .. } =
            BylineReader::built_in().read(&Phrase { place, chars: text.chars().collect() }, &words);
        let bylines = people.bylines.iter().map(|byline| format!("{}={}", byline.role, byline.name));
        let all = source.into_iter().chain(dateline).chain(bylines).chain(people.photographers);
        all.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(place: Place, forms: &[(&str, &str)]) {
        let wrong: Vec<String> = forms
            .iter()
            .map(|(text, told)| (text, told, said(place, text)))
            .filter(|(_, told, said)| **told != said)
            .map(|(text, told, said)| format!("{text}: {told}, not {said}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_byline_opens_a_story_in_the_forms_papers_use() {
        check(
            Place::Opening,
            &[
                ("本报讯 记者丁一平报道 昨天下午,", "本报 记者=丁一平"),
                ("本报讯 （记者 丁一平 通讯员 王二） 今天", "本报 记者=丁一平 通讯员=王二"),
                ("本报杭州7月20日讯 （记者 丁一平） 今天", "本报 杭州7月20日讯 记者=丁一平"),
                (
                    "新华社北京2月24日电（记者丁一平、王小二）中国",
                    "新华社 北京2月24日电 记者=丁一平 记者=王小二",
                ),
                ("据新华社北京2月24日电 中国", "新华社 北京2月24日电"),
                ("本报讯(见习记者 丁一平)昨天", "本报 见习记者=丁一平"),
                ("〔記者王小明／台北報導〕行政院", "台北報導 記者=王小明"),
                ("【本报讯】昨日", "本报"),
                ("海岱网讯 近日，", "海岱网"),
                ("【濠灣商報訊】記者丁一平報道：", "濠灣商報 記者=丁一平"),
                ("（中央社記者丁一平越溪17日電）今天", "中央社 越溪17日電 記者=丁一平"),
            ],
        );
    }

    #[test]
    fn running_text_has_no_byline() {
        let texts = [
            "记者昨日从市总工会获悉,",
            "记者在现场看到,工人们",
            "人民日报评论员文章指出,",
            "（一）加强领导，落实责任。",
        ];
        check(Place::Opening, &texts.map(|text| (text, "")));
    }

    #[test]
    fn a_credit_names_people_and_what_they_did() {
        check(
            Place::Credit,
            &[
                ("记者丁一平 摄", "丁一平"),
                ("□ 丁一平", "=丁一平"),
                ("■本报记者 丁一平", "本报 记者=丁一平"),
                ("文 丁一平 图 王小二", "文=丁一平 图=王小二 王小二"),
                ("记者 丁一平 通讯员 王小二 文/摄", "记者=丁一平 通讯员=王小二 丁一平 王小二"),
                ("丁一平摄", "丁一平"),
                ("（记者 丁 平）", "记者=丁平"),
                ("（老茶客）", "=老茶客"),
                ("阀门厂工人　石立本", "=石立本"),
                ("□记者 古月 祖农", "记者=古月 记者=祖农"),
                ("（据新华社北京10月8日电）", "新华社 北京10月8日电"),
            ],
        );
    }

    #[test]
    fn a_line_of_another_kind_names_nobody() {
        let lines = ["从学徒到记者", "手机一扫 后厨直播", "摄影大赛开幕", "党性 传后人", "（未完待续）"];
        check(Place::Line, &lines.map(|line| (line, "")));
    }

    #[test]
    fn the_end_of_a_paragraph_may_name_people() {
        check(
            Place::Closing,
            &[
                ("。（记者 丁一平）", "记者=丁一平"),
                ("。记者 丁一平 通讯员 王小二", "记者=丁一平 通讯员=王小二"),
                ("城（打一用品）", ""),
                ("定(试行)", ""),
            ],
        );
        check(Place::Caption, &[("。通讯员丁一平 摄", "丁一平")]);
    }
}
