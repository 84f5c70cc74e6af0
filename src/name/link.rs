//! The names of one article, put together: a short form belongs to the long one, a title to its person, and a name
//! that was found once is found wherever it stands.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::finder::{Finder, Scratch, touches};
use super::label::NameType;
use crate::slogan::{Compare, Phrases};

/// What may stand before the full form's last part, so that a short form may begin there: 浙江|省总工会.
const LEVELS: [char; 9] = ['省', '市', '县', '区', '镇', '乡', '州', '全', '国'];

/// What announces a short form.
const ANNOUNCES: [&str; 3] = ["以下简称", "下称", "简称"];

/// A name that is looked for elsewhere in the article has so many characters at least.
const LEAST_PERSON: usize = 2;
const LEAST_BODY: usize = 4;

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// Which of the texts it stands in.
    pub text: usize,
    /// Where in it, in bytes.
    pub range: Range<usize>,
    /// What it names.
    pub kind: NameType,
    /// The name in full, as the article gives it.
    pub normal: String,
    /// The titles of a person, as they stand with the name, here or where the article first names them.
    pub titles: Vec<String>,
}

/// The names in one article, and where in its texts they stand, in bytes.
type Names = Vec<(Range<usize>, NameType)>;

/// The names in the texts of one article, text by text, in order.
///
/// ```
/// use zjgr::name::{Finder, Scratch, mentions};
///
/// let texts = ["东海市总工会主席王建国到车间看望职工。", "王建国说，日子一天比一天好。"];
/// let found = mentions(Finder::get(), &texts, &mut Scratch::default());
/// let last = found.iter().rev().find(|mention| mention.normal == "王建国").unwrap();
/// assert_eq!((last.text, last.titles.concat().as_str()), (1, "主席"));
/// ```
pub fn mentions(finder: &Finder, texts: &[&str], scratch: &mut Scratch) -> Vec<Mention> {
    mentions_of_page(finder, &[texts], scratch).pop().unwrap_or_default()
}

/// The names in the articles of one page, each of them several texts: for each article its mentions, text by text, in
/// order. A name that one article is sure of is found in the others, too.
///
/// ```
/// use zjgr::name::{Finder, Scratch, mentions_of_page};
///
/// let articles: [&[&str]; 2] = [&["东海市总工会主席王建国到车间看望职工。"], &["大楼盖好了。"]];
/// let found = mentions_of_page(Finder::get(), &articles, &mut Scratch::default());
/// assert!(found[0].iter().any(|mention| mention.normal == "王建国") && found[1].is_empty());
/// ```
pub fn mentions_of_page(finder: &Finder, articles: &[&[&str]], scratch: &mut Scratch) -> Vec<Vec<Mention>> {
    let mut find = |texts: &&[&str]| texts.iter().map(|text| finder.find(text, scratch)).collect();
    let mut found: Vec<Vec<Names>> = articles.iter().map(&mut find).collect();
    let mut bound = Vec::with_capacity(articles.len());
    for (texts, names) in articles.iter().zip(&mut found) {
        let announced = bind(texts, names);
        name_as_announced(texts, names, &announced);
        bound.push(announced);
    }
    let known = Known::new(sure(articles, &found));
    let mut mentions = Vec::with_capacity(articles.len());
    for ((texts, names), bound) in articles.iter().zip(&mut found).zip(&bound) {
        if let Some(known) = &known {
            known.spread(texts, names);
        }
        if let Some(bound) =
            Known::new(bound.iter().map(|(short, (_, kind))| (short.as_str(), *kind)).collect())
        {
            bound.spread(texts, names);
        }
        mentions.push(put_together(texts, names, bound));
    }
    mentions
}

/// The mentions in an article, with their full forms and titles.
fn put_together(
    texts: &[&str],
    found: &[Names],
    bound: &FxHashMap<String, (String, NameType)>,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (number, (text, names)) in texts.iter().zip(found).enumerate() {
        for (at, (range, kind)) in names.iter().enumerate() {
            let normal = plain(text.get(range.clone()).unwrap_or_default());
            let titles = if *kind == NameType::Person { titles_of(text, names, at) } else { Vec::new() };
            mentions.push(Mention { text: number, range: range.clone(), kind: *kind, normal, titles });
        }
    }
    complete(&mut mentions, bound);
    mentions
}

/// A name without the blanks that are printed in it.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The short forms that the article itself announces, with their full forms: 甲公司(以下简称“甲”).
fn bind(texts: &[&str], found: &[Vec<(Range<usize>, NameType)>]) -> FxHashMap<String, (String, NameType)> {
    let mut bound = FxHashMap::default();
    for (text, names) in texts.iter().zip(found) {
        for (range, kind) in names {
            let behind = text.get(range.end..).unwrap_or_default();
            if let Some(short) = announced(behind) {
                bound.insert(short.to_owned(), (plain(text.get(range.clone()).unwrap_or_default()), *kind));
            }
        }
    }
    bound
}

/// The short form that `behind`, what follows a name, opens with: (以下简称“甲”) and the like.
fn announced(behind: &str) -> Option<&str> {
    let inside = behind.strip_prefix(['(', '（'])?;
    let inside = inside.get(..inside.find([')', '）'])?)?;
    let said = ANNOUNCES.iter().find_map(|word| inside.strip_prefix(word))?;
    let short = said.trim_matches(|c: char| !c.is_alphanumeric());
    (!short.is_empty()).then_some(short)
}

/// Announced short forms that were found name what they were announced for: 衢化 a company, and no place.
fn name_as_announced(
    texts: &[&str],
    found: &mut [Vec<(Range<usize>, NameType)>],
    bound: &FxHashMap<String, (String, NameType)>,
) {
    for (text, names) in texts.iter().zip(found) {
        for (range, kind) in names {
            if let Some((_, announced)) = text.get(range.clone()).and_then(|name| bound.get(name)) {
                *kind = *announced;
            }
        }
    }
}

/// The names of persons and bodies that are long enough to be nothing else where they stand again.
fn sure<'t>(articles: &[&[&'t str]], found: &[Vec<Names>]) -> FxHashMap<&'t str, NameType> {
    let mut known = FxHashMap::default();
    for (texts, names) in articles.iter().zip(found) {
        for (text, names) in texts.iter().zip(names) {
            for (range, kind) in names {
                let name = text.get(range.clone()).unwrap_or_default();
                let length = name.chars().count();
                let is_sure = match kind {
                    NameType::Person => length > LEAST_PERSON,
                    NameType::Organisation => length >= LEAST_BODY,
                    _ => false,
                };
                if is_sure {
                    known.entry(name).or_insert(*kind);
                }
            }
        }
    }
    known
}

/// Names to look for where they were not found.
struct Known {
    kinds: Vec<NameType>,
    names: Phrases,
}

impl Known {
    /// These names; none where there are none.
    fn new(known: FxHashMap<&str, NameType>) -> Option<Self> {
        let kinds = known.values().copied().collect();
        let names = || Phrases::new(Compare::Exact, known.keys().copied().zip(0..));
        (!known.is_empty()).then(|| Self { kinds, names: names() })
    }

    /// Adds them to the names found in `texts`, where they stand beside those.
    fn spread(&self, texts: &[&str], found: &mut [Names]) {
        for (text, here) in texts.iter().zip(found) {
            let mut more = Vec::new();
            let mut at = 0;
            while let Some(hit) = self.names.find_longest(text, at, |_| true) {
                at = hit.end;
                let after = here.partition_point(|(range, _)| range.end <= hit.start);
                if here.get(after).is_none_or(|(range, _)| range.start >= hit.end)
                    && let Some(kind) = self.kinds.get(hit.value as usize)
                {
                    more.push((hit.start..hit.end, *kind));
                }
            }
            if !more.is_empty() {
                here.extend(more);
                here.sort_unstable_by_key(|(range, _)| range.start);
            }
        }
    }
}

/// The titles that touch name `at`, before it and behind it, in print order.
fn titles_of(text: &str, names: &[(Range<usize>, NameType)], at: usize) -> Vec<String> {
    let mut titles = Vec::new();
    let mut next = &names[at].0;
    for (range, _) in names[..at].iter().rev().take_while(|(_, kind)| *kind == NameType::Title) {
        if !touches(text, range, next) {
            break;
        }
        titles.push(text.get(range.clone()).unwrap_or_default().to_owned());
        next = range;
    }
    titles.reverse();
    if let Some((range, NameType::Title)) = names.get(at + 1)
        && range.start == names[at].0.end
    {
        titles.push(text.get(range.clone()).unwrap_or_default().to_owned());
    }
    titles
}

/// Gives every mention its full form, and every person the titles that the article gives it.
fn complete(mentions: &mut [Mention], bound: &FxHashMap<String, (String, NameType)>) {
    let mut seen = FxHashSet::default();
    let full: Vec<(String, NameType)> = mentions
        .iter()
        .map(|mention| (mention.normal.clone(), mention.kind))
        .filter(|name| seen.insert(name.clone()))
        .collect();
    let mut long_forms: FxHashMap<(String, NameType), String> = FxHashMap::default();
    for mention in mentions.iter_mut() {
        let key = (mention.normal.clone(), mention.kind);
        let long =
            long_forms.entry(key).or_insert_with_key(|(short, kind)| long_form(short, *kind, &full, bound));
        mention.normal.clone_from(long);
    }
    let mut titles: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for mention in mentions.iter().filter(|mention| !mention.titles.is_empty()) {
        titles.entry(mention.normal.clone()).or_insert_with(|| mention.titles.clone());
    }
    for mention in mentions.iter_mut().filter(|mention| mention.kind == NameType::Person) {
        if mention.titles.is_empty() {
            mention.titles = titles.get(&mention.normal).cloned().unwrap_or_default();
        }
    }
}

/// How many names of an article a short form is compared with at the most.
const MOST_COMPARED: usize = 500;

/// The full form of `short` among the names of the article, in print order; `short` itself where there is none, or
/// where a person's family name alone may be that of two.
fn long_form(
    short: &str,
    kind: NameType,
    full: &[(String, NameType)],
    bound: &FxHashMap<String, (String, NameType)>,
) -> String {
    if let Some((long, _)) = bound.get(short).filter(|(_, of)| *of == kind) {
        return long.clone();
    }
    let mut others = full
        .iter()
        .take(MOST_COMPARED)
        .filter(|(name, of)| *of == kind && name != short)
        .map(|(name, _)| name);
    let long = match kind {
        NameType::Person => {
            let surname = surname_alone(short);
            let mut fitting = others.filter(|long| is_short_person(short, surname, long));
            fitting.next().filter(|_| fitting.next().is_none())
        }
        NameType::Organisation => others.find(|long| is_short_body(short, long)),
        NameType::Place => others.find(|long| is_short_place(short, long)),
        _ => None,
    };
    long.cloned().unwrap_or_else(|| short.to_owned())
}

/// 老周, 小周, 周某 and 周 may be 周国强; 阿里 may be 阿卜杜拉·阿里.
fn is_short_person(short: &str, surname: Option<&str>, long: &str) -> bool {
    if long.ends_with(short)
        && let Some((_, last)) = long.rsplit_once('·')
    {
        return short == last;
    }
    surname
        .is_some_and(|surname| long.starts_with(surname) && !long.contains('·') && long.chars().count() > 2)
}

/// The family name in 老周, 小周, 周某 and 周; none in a whole name.
fn surname_alone(short: &str) -> Option<&str> {
    let surname = short.trim_start_matches(['老', '小', '阿']).trim_end_matches(['某', '老', '总', '工']);
    let is_short = short.chars().count() <= 2 && surname.chars().count() == 1;
    is_short.then_some(surname)
}

/// 省总工会 and 省总 may be 浙江省总工会.
fn is_short_body(short: &str, long: &str) -> bool {
    let begins_inside = |at: usize| at > 0 && short.starts_with(LEVELS);
    long.len() > short.len() && (long.ends_with(short) || long.find(short).is_some_and(begins_inside))
}

/// 柯城区 may be 衢州市柯城区, and 衢州 may be 衢州市.
fn is_short_place(short: &str, long: &str) -> bool {
    let without = long.strip_suffix(LEVELS).unwrap_or(long);
    long.len() > short.len()
        && short.chars().count() > 1
        && (long.ends_with(short) || without.ends_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(text: &str, names: &[(&str, NameType)]) -> Vec<Mention> {
        let mut from = 0;
        let found: Vec<_> = names
            .iter()
            .map(|&(name, kind)| {
                let at = from + text[from..].find(name).expect("a name of the text");
                from = at + name.len();
                (at..from, kind)
            })
            .collect();
        let mut found = vec![found];
        let bound = bind(&[text], &found);
        name_as_announced(&[text], &mut found, &bound);
        let known = Known::new(sure(&[&[text]], std::slice::from_ref(&found)));
        let bound_names =
            Known::new(bound.iter().map(|(short, (_, kind))| (short.as_str(), *kind)).collect());
        known.iter().chain(&bound_names).for_each(|known| known.spread(&[text], &mut found));
        put_together(&[text], &found, &bound)
    }

    fn normals(mentions: &[Mention]) -> Vec<&str> {
        mentions.iter().map(|mention| mention.normal.as_str()).collect()
    }

    #[test]
    fn a_short_form_is_the_long_one_of_the_article() {
        use NameType::{Organisation, Person, Place};
        let text = "浙江省总工会在衢州市柯城区。省总说柯城区，省总工会的周国强，老周和衢州";
        let names = [
            ("浙江省总工会", Organisation),
            ("衢州市柯城区", Place),
            ("省总", Organisation),
            ("柯城区", Place),
            ("省总工会", Organisation),
            ("周国强", Person),
            ("老周", Person),
        ];
        let whole = [
            "浙江省总工会",
            "衢州市柯城区",
            "浙江省总工会",
            "衢州市柯城区",
            "浙江省总工会",
            "周国强",
            "周国强",
        ];
        assert_eq!(normals(&linked(text, &names)), whole);
    }

    #[test]
    fn a_family_name_of_two_persons_stays_what_it_is() {
        use NameType::Person;
        let names = [("周国强", Person), ("周立民", Person), ("老周", Person)];
        assert_eq!(normals(&linked("周国强和周立民,老周", &names)), ["周国强", "周立民", "老周"]);
    }

    #[test]
    fn an_announced_short_form_is_found_and_bound() {
        let text = "浙江远航船务有限公司(以下简称“远航”)欠薪,远航至今不付";
        let mentions = linked(text, &[("浙江远航船务有限公司", NameType::Organisation)]);
        assert_eq!(normals(&mentions), ["浙江远航船务有限公司"; 3]);
    }

    #[test]
    fn an_announced_short_form_names_what_it_was_announced_for() {
        use NameType::{Organisation, Place};
        let names = [("浙江衢州化学工业公司", Organisation), ("衢化", Place), ("衢化", Place)];
        let mentions = linked("浙江衢州化学工业公司(简称衢化)办学,衢化女工入学", &names);
        assert_eq!(normals(&mentions), ["浙江衢州化学工业公司"; 3]);
        assert!(mentions.iter().all(|mention| mention.kind == Organisation));
    }

    #[test]
    fn titles_belong_to_their_person_from_then_on() {
        use NameType::{Organisation, Person, Title};
        let text = "省总工会党组书记、副主席张才方说。张才方还说";
        let names = [("省总工会", Organisation), ("党组书记", Title), ("副主席", Title), ("张才方", Person)];
        let mentions = linked(text, &names);
        let persons: Vec<_> = mentions.iter().filter(|mention| mention.kind == Person).collect();
        assert_eq!(persons.len(), 2, "the second is found by the first");
        assert!(persons.iter().all(|mention| mention.titles == ["党组书记", "副主席"]));
    }

    #[test]
    fn a_name_of_one_article_is_found_in_the_others_of_the_page() {
        let (named, bare) = (["周国强说,好"], ["听周国强和老周讲"]);
        let mut found = vec![vec![vec![(0..9, NameType::Person)]], vec![Names::new()]];
        let known = Known::new(sure(&[&named, &bare], &found)).expect("a sure name");
        known.spread(&bare, &mut found[1]);
        assert_eq!(found[1], [[(3..12, NameType::Person)]]);
    }
}
