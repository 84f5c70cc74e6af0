//! Which article each line belongs to: the second decision, over lines whose roles are known.
//!
//! Each line that an article owns begins one, goes on with the one above, or goes back to an earlier one. A linear
//! chain ([`crate::chain`]) weighs what headings hold, where bylines and credits stand, what the text is about
//! (`evidence`); its weights are learnt (`data/page/weights.tsv`).

mod blocks;
mod evidence;
mod topic;

use self::blocks::{Blocks, Piece};
use self::evidence::Numbers;
use super::Role;
use super::bigrams::Bigram;
use super::decide::Decided;
use super::evidence::boxes;
use super::learnt::{Decision, Learnt};
use super::outline::OutlinedArticle;
use crate::chain::{self, Example, Work};

// What a line may do: the places of the states.
const BEGINS: usize = 0;
const GOES_ON: usize = 1;
const GOES_BACK: usize = 2;

/// How many articles before the running one a line may go back to.
const FAR_BACK: usize = 4;
/// How many lines of each of them are compared.
const COMPARED: usize = 12;
/// How many pairs of characters of each line are compared.
const MOST_PAIRS: usize = 64;
/// How many shared pairs of characters it counts for that an article was left in a sentence.
const LEFT_OPEN: usize = 8;

/// Which article each line belongs to.
#[derive(Debug, Clone)]
pub(super) struct Gather;

/// Decides which article each line belongs to.
pub(super) type Gatherer = Learnt<Gather>;

impl Decision for Gather {
    type Numbers = Numbers;

    fn states() -> Vec<String> {
        ["begins", "goes on", "goes back"].map(str::to_owned).into()
    }

    fn facts() -> impl Iterator<Item = (&'static str, &'static str)> {
        evidence::FACTS.iter().map(|fact| (fact.name, fact.says))
    }

    fn numbers(names: &mut impl chain::Names) -> Numbers {
        Numbers::of(names)
    }

    fn is_forbidden(from: Option<usize>, to: Option<usize>) -> bool {
        from.is_none() && to.is_some_and(|to| to != BEGINS)
    }
}

impl Gatherer {
    /// What the lines of a page do whose articles are known; `article` says it of each line, `None` where none owns it or
    /// it repeats another.
    pub(super) fn example(&self, page: &Decided<'_>, article: impl Fn(usize) -> Option<u32>) -> Example {
        let blocks = Blocks::of(page);
        let (mut seen, mut running) = (Vec::new(), None);
        let states = blocks.pieces.iter().map(|piece| {
            let Some(own) = article(piece.line) else { return if piece.at == 0 { BEGINS } else { GOES_ON } };
            let before = running.replace(own);
            let new = !seen.contains(&own);
            seen.extend(new.then_some(own));
            match () {
                () if new | (piece.at == 0) => BEGINS,
                () if before == Some(own) => GOES_ON,
                () => GOES_BACK,
            }
        });
        let states = states.collect();
        Example::new(self.numbers.sequence(&blocks, 0..blocks.pieces.len()), states)
    }

    /// Which article each line belongs to, and what is known of the articles.
    pub(super) fn gather(&self, page: &Decided<'_>) -> Gathered {
        let blocks = Blocks::of(page);
        let mut work = Work::default();
        let mut gathering = Gathering::new(&blocks);
        for (seen, decided) in chain::windows(blocks.pieces.len()) {
            let path = self.model.best(&self.numbers.sequence(&blocks, seen.clone()), &mut work);
            for piece in &blocks.pieces[decided] {
                gathering.place(piece, path[piece.at - seen.start]);
            }
        }
        let Gathering { articles, owners, roles, .. } = gathering;
        let mut gathered =
            Gathered { articles, owners: vec![None; page.roles.len()], roles: page.roles.clone() };
        for ((piece, owner), role) in blocks.pieces.iter().zip(owners).zip(roles) {
            gathered.owners[piece.line] = Some(owner);
            gathered.roles[piece.line] = role;
        }
        gathered
    }
}

/// Which article each line belongs to.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    /// The article of each line; none where none owns it.
    pub(super) owners: Vec<Option<usize>>,
    /// What each line is, now that its article is known.
    pub(super) roles: Vec<Role>,
    pub(super) articles: Vec<OutlinedArticle>,
}

impl Gathered {
    /// Where nothing on the page belongs to an article, what is not `is_none` is text: a few lines by
    /// themselves look like what stands between articles.
    pub(super) fn take_for_text(&mut self, is_none: impl Fn(usize) -> bool) {
        if self.owners.iter().any(Option::is_some) {
            return;
        }
        let rest = self.roles.iter_mut().zip(&mut self.owners).enumerate();
        for (_, (role, owner)) in
            rest.filter(|(i, (role, _))| matches!(role, Role::Other | Role::Masthead) & !is_none(*i))
        {
            (*role, *owner) = (Role::Body, Some(0));
        }
        let paragraphs = self.owners.iter().flatten().count();
        self.articles
            .extend((paragraphs > 0).then(|| OutlinedArticle { paragraphs, ..OutlinedArticle::default() }));
    }
}

/// The articles of a page, as far as it is read.
struct Gathering<'b> {
    blocks: &'b Blocks<'b>,
    articles: Vec<OutlinedArticle>,
    /// The pieces of each article.
    pieces: Vec<Vec<usize>>,
    owners: Vec<usize>,
    roles: Vec<Role>,
    running: usize,
    /// The column label that covers what follows.
    cover: Option<Cover>,
}

/// A column label, and the articles that it covers beside the first: those whose headlines have one mark, or items that
/// have none.
#[derive(Debug, Clone, Copy)]
struct Cover {
    line: usize,
    /// The level of the first headline under it; nothing until it is known.
    level: Option<u8>,
    items: bool,
}

impl<'b> Gathering<'b> {
    fn new(blocks: &'b Blocks<'b>) -> Self {
        Self {
            blocks,
            articles: Vec::new(),
            pieces: Vec::new(),
            owners: Vec::new(),
            roles: Vec::new(),
            running: 0,
            cover: None,
        }
    }

    fn place(&mut self, piece: &Piece, state: usize) {
        match state {
            BEGINS => self.begin(),
            GOES_BACK => self.running = self.earlier(piece).unwrap_or(self.running),
            _ => {}
        }
        let role = self.role(piece, state == BEGINS);
        self.owners.push(self.running);
        self.roles.push(role);
        self.pieces[self.running].push(piece.at);
        self.label(piece, role);
        let raw = self.blocks.raw(piece);
        let article = &mut self.articles[self.running];
        article.level = if (role == Role::Headline) & !article.headed { raw.level } else { article.level };
        article.headed |= role == Role::Headline;
        article.paragraphs += usize::from(role == Role::Body);
        article.bylined |= (role == Role::Body) & piece.lead;
    }

    fn begin(&mut self) {
        self.running = self.articles.len();
        self.articles.push(OutlinedArticle::default());
        self.pieces.push(Vec::new());
    }

    /// The role of a heading, now that it is known whether an article begins with it.
    fn role(&self, piece: &Piece, begins: bool) -> Role {
        let article = &self.articles[self.running];
        match piece.role {
            Role::Section if begins => Role::Headline,
            Role::Headline | Role::Kicker if !begins & article.headed & (article.paragraphs > 0) => {
                Role::Section
            }
            role => role,
        }
    }

    /// Notes a column label, and which articles it covers: the first under it, and those of its kind that follow.
    fn label(&mut self, piece: &Piece, role: Role) {
        let first = self.pieces[self.running].len() == 1;
        let opens = self.blocks.place(piece, boxes::opens) > 0;
        let article = &mut self.articles[self.running];
        if role == Role::Column {
            // Under its headline it is the label of that article alone.
            let own = article.headed & (article.paragraphs == 0);
            article.column = article.column.or(Some(piece.line).filter(|_| first | own));
            self.cover = (!own).then_some(Cover { line: piece.line, level: None, items: false });
            return;
        }
        let Some(cover) = &mut self.cover else { return };
        let labelled = first | (article.column == Some(cover.line));
        let level = self.blocks.headline_level(piece);
        let covered = match (cover.level, role) {
            (None, Role::Body) if labelled => {
                (cover.level, cover.items) = (Some(0), true);
                true
            }
            (None, Role::Headline) if labelled => {
                cover.level = Some(level);
                true
            }
            (None, _) => return,
            (Some(_), _) if !first => return,
            // On a printed page a label stands over its own story.
            (Some(_), _) if opens => false,
            (Some(at), Role::Headline | Role::Kicker) => (at == level) & (level > 0),
            (Some(_), Role::Body) => cover.items,
            _ => false,
        };
        if covered {
            article.column = Some(cover.line);
        } else {
            self.cover = None;
        }
    }

    /// The earlier article that a line goes back to: one that was left in a sentence, and that it shares most with.
    fn earlier(&self, piece: &Piece) -> Option<usize> {
        let own = first(self.blocks.bigrams(piece.at));
        let near = self.articles.len().saturating_sub(FAR_BACK + 1)..self.articles.len();
        near.rev()
            .filter(|&number| number != self.running)
            .max_by_key(|&number| self.likeness(number, piece, own))
    }

    fn likeness(&self, number: usize, piece: &Piece, own: &[Bigram]) -> usize {
        let pieces = || self.pieces[number].iter().rev().take(COMPARED);
        let text = pieces().find(|&&at| self.roles[at] == Role::Body);
        let open = text.is_some_and(|&at| !self.blocks.raw(&self.blocks.pieces[at]).ends_sentence());
        let pairs = pieces().flat_map(|&at| first(self.blocks.bigrams(at)));
        let shared = pairs.filter(|pair| own.contains(pair)).count();
        shared + if open & (piece.role == Role::Body) { LEFT_OPEN } else { 0 }
    }
}

/// Those of a line's bigrams that are compared.
fn first(bigrams: &[Bigram]) -> &[Bigram] {
    &bigrams[..bigrams.len().min(MOST_PAIRS)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Document;
    use crate::page::learn::{Answer, Answers, Teacher};
    use crate::page::{Reader, Weights};

    /// What each line is, with the number of its article; `+` where it goes on with an earlier one.
    fn gathered(reader: &Reader, text: &str) -> String {
        let page = reader.read(Document::of(text));
        let line = |line: &crate::page::Line| {
            let article = line.article.map_or(0, |article| article + 1);
            format!("{}{article}{}", line.role.name(), if line.joins { "+" } else { "" })
        };
        page.lines.iter().map(line).collect::<Vec<_>>().join(" ")
    }

    const PAGE: &str = "\
# 机修班夜里抢修水泵

本报讯 记者丁一平报道 6月11日夜里，东浦机修班抢修水泵3台，清早全部送回车间。

班长说，水泵修好，车间就不用停了。

# 女工班学会看图纸

本报讯 记者王小二报道 城南厂女工班上月学看图纸，十二个人都学会了。

## 简讯

●东浦码头昨天添了一台吊机，一次能吊四十吨。

●城南厂食堂添了三样早点，夜班工人也能吃上热饭。
";

    #[test]
    fn every_fact_has_a_name_of_its_own_and_a_sentence() {
        let names: Vec<&str> = Gather::facts().map(|(name, _)| name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert!(Gather::facts().all(|(_, says)| says.ends_with('.')));
    }

    #[test]
    fn headings_with_bylines_and_items_begin_articles() {
        let page = "headline1 body1 body1 headline2 body2 column3 body3 body4";
        assert_eq!(gathered(&Reader::default(), PAGE), page);
    }

    #[test]
    fn a_label_covers_its_items() {
        let page = Reader::default().read(Document::of(PAGE));
        let columns: Vec<Option<&str>> = page.articles().map(|article| article.column()).collect();
        assert_eq!(columns, [None, None, Some("简讯"), Some("简讯")]);
    }

    /// What a reader does that has learnt of articles from one page alone.
    fn taught(text: &str, articles: &[(u32, u32)]) -> String {
        let answer = |article| Answer { role: Role::Body, article, joins: false };
        let answers: Answers = articles.iter().map(|&(line, article)| (line, answer(article))).collect();
        let blank = Teacher::new(Weights { articles: Gatherer::blank(), ..(*Weights::built_in()).clone() });
        let example = blank.articles(&Document::of(text), &answers);
        let weights = blank.fit_articles(&[example], &chain::Options::default()).unwrap();
        gathered(&Reader::default().with_weights(weights), text)
    }

    #[test]
    fn what_is_learnt_is_done() {
        // The second paragraph is said to be an article of its own, and the last line to belong to the one before.
        let learnt = taught(PAGE, &[(1, 1), (3, 1), (5, 2), (7, 3), (9, 3), (11, 4), (13, 4), (15, 4)]);
        assert_eq!(learnt, "headline1 body1 body2 headline3 body3 column4 body4 body4");
    }

    #[test]
    fn a_fragment_goes_back_to_the_sentence_that_it_ends() {
        let fragments = "\
# 码头添新吊机

    本报讯 东浦码头昨天添了一台吊机，一次能吊四十吨，三

# 女工班看图纸

    本报讯 城南厂女工班上月学看图纸，十二个人都学会了。

班倒着用，码头工人省了不少力气。
";
        let learnt = taught(fragments, &[(1, 1), (3, 1), (5, 2), (7, 2), (9, 1)]);
        assert!(learnt.starts_with("headline1 body1 headline2 body2 body1"), "{learnt}");
    }
}
