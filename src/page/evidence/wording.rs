//! What the words of a line say: the lists of `data/page.toml`, data of a masthead, marks of what no article owns.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::folio::Folio;
use super::super::masthead::{self, Coverage};
use super::super::page_words::{Cue, PageWords};
use super::super::scan::{Raw, SHORT, is_blank};
use super::super::titles::Footer;
use super::super::{Masthead, fragments, furniture, nameplate};
use super::Fact;

/// A fact that holds where a word of one list stands.
macro_rules! cue {
    ($name:literal, $cue:ident, $says:literal) => {
        Fact::flag($name, $says, |view, i| view.lines[i].has(Cue::$cue).into()).near()
    };
}

/// A fact that holds where something was recognised.
macro_rules! said {
    ($name:literal, $field:ident, $says:literal) => {
        Fact::flag($name, $says, |view, i| view.said[i].$field.into()).near()
    };
}

pub(super) const FACTS: &[Fact] = &[
    cue!("masthead-label", MastheadLabel, "It has a label of the data that a masthead prints."),
    cue!("contact-label", ContactLabel, "It has a label that an address or a number stands behind."),
    cue!("name-ending", NameEnding, "It ends as names of papers do."),
    cue!("edition", Edition, "It says that this is a digital edition, or who has the rights."),
    cue!("account", Account, "It says where else the paper is to be found."),
    cue!("own", Own, "The paper's profile knows it as a line of its masthead."),
    cue!("navigation", Navigation, "It has words by which one moves about on a site."),
    cue!("guide", Guide, "It is the label of a guide to the paper's pages."),
    cue!("related", Related, "It opens with the label of a list that is about the site."),
    cue!("weather", Weather, "It is the label of the weather."),
    cue!("weather-opener", WeatherOpener, "It opens with the label of the weather."),
    cue!("weather-word", WeatherWord, "It has a word of the weather."),
    cue!("advertisement", Advertisement, "It is the label of advertisements."),
    cue!("advertisement-word", AdvertisementWord, "It has a word of advertisements."),
    cue!("editors", Editors, "It opens with what an editor is called."),
    cue!("turn", Turn, "It opens with what points to another page or a code."),
    cue!("caption-opener", CaptionOpener, "It opens as captions do."),
    cue!("given", Given, "It opens as lines do that say whom a picture is from."),
    cue!("credit-ending", CreditEnding, "It ends as credits do."),
    cue!("kicker-ending", KickerEnding, "It ends as kickers do."),
    cue!("column-opener", ColumnOpener, "It opens as column labels do."),
    cue!("column-ending", ColumnEnding, "It ends as column labels do."),
    cue!("column-word", ColumnWord, "It is a column label."),
    cue!("brief-ending", BriefEnding, "It ends as labels of short items do."),
    cue!("inset", Inset, "It is the label of what stands inside a story."),
    cue!("section-mark", SectionMark, "It opens with a mark of headings inside an article."),
    cue!("body-opener", BodyOpener, "It opens as paragraphs do."),
    cue!("role-word", Role, "It has a word that stands before a name: 记者."),
    cue!("lead-opener", LeadOpener, "It opens as bylines do."),
    cue!("factual", FactualOpener, "It opens with who or where."),
    cue!("signer", Signer, "It ends as those are called who sign notices."),
    cue!("notice", Notice, "It ends as headings of notices do."),
    cue!("subhead-ending", SubheadEnding, "It ends as subheads do."),
    cue!("dash", Dash, "It opens with a dash."),
    cue!("salutation", Salutation, "It ends as letters begin."),
    Fact::steps(
        "data",
        "How many of a hundred of its characters are data of a masthead.",
        &[1, 30, 60, 90],
        |view, i| view.said[i].data,
    )
    .near(),
    said!("certain", certain, "It has data that stands in mastheads only: an issue or serial number."),
    said!("dated", dated, "It has a day of issue."),
    said!("routine", routine, "It has a weekday, or says how many pages there are."),
    said!("address", address, "It has an address or a telephone number."),
    said!("folio-pure", pure, "Nothing is on it but paper, day and page."),
    said!("folio-sure", sure, "It is a folio for certain: paper or page, and the day."),
    said!("folio-paper", paper, "A folio's paper stands on it."),
    said!("folio-page", page, "A folio's page stands on it."),
    said!("folio-labelled", labelled, "A label says what its day or its name is."),
    said!("folio-timed", timed, "It has a time of day."),
    said!("visited", visited, "It says when somebody looked at the page."),
    said!("footer", footer, "It repeats a headline, with paper and day or page."),
    said!("settled", settled, "A footer repeats it as the headline."),
    said!("paper-name", name, "It looks like the name of a paper."),
    said!("published", published, "It ends in who publishes the paper."),
    said!("own-words", own_words, "The paper speaks of its own address and price on it."),
    said!("latin-name", latin, "It is all capital letters."),
    said!("page-label", label, "It is the label of a page."),
    said!("page-title", title, "It is the name of a page and its number."),
    said!("page-number", number, "It is a number between signs."),
    said!("vertical", vertical, "It is one of several lines of one character each."),
    said!("scrap", scrap, "It is dust: signs, and hardly a letter."),
    said!("editors-line", editors, "It names editors, and says nothing else."),
    said!("reference", reference, "It ends in the page that it points to."),
    said!("turns", turns, "It points to another page or a code, and says nothing of a story."),
    said!("menu", menu, "It is a menu of a site."),
    said!("row", row, "It is a row of a table."),
    said!("day", day, "It is a day, and nothing else."),
    said!("month-day", month_day, "It is a month and a day, and nothing else."),
    said!("day-opener", opens_day, "It opens with a month and a day."),
    said!("item", item, "It opens as items do."),
    said!("says", says, "Its first clause ends in a word of saying."),
    said!("reports", reports, "It opens with what a meeting did."),
    said!("scrap-quoted", quoted_scrap, "It is the end of a quotation and of a sentence."),
    said!("again", again, "The same line stands elsewhere on the page."),
    said!("again-above", again_above, "The same line stands further up on the page."),
    said!("echoed", echoed, "Another line has it between marks: a link to it, the title of its site."),
    said!("echoes", echoes, "It has another line between marks."),
    Fact::names(
        "names-paper",
        "Where in it the name stands that another line has for the paper.",
        &PAPER,
        |view, i| view.said[i].names_paper,
    )
    .near(),
];

const PAPER: [&str; 4] = ["", "first", "last", "inside"];

/// What was recognised on a line.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::page) struct Said {
    data: u32,
    certain: bool,
    dated: bool,
    routine: bool,
    address: bool,
    pure: bool,
    sure: bool,
    paper: bool,
    page: bool,
    labelled: bool,
    timed: bool,
    visited: bool,
    footer: bool,
    settled: bool,
    name: bool,
    published: bool,
    own_words: bool,
    latin: bool,
    label: bool,
    title: bool,
    number: bool,
    vertical: bool,
    scrap: bool,
    editors: bool,
    reference: bool,
    turns: bool,
    menu: bool,
    row: bool,
    day: bool,
    month_day: bool,
    opens_day: bool,
    item: bool,
    says: bool,
    reports: bool,
    quoted_scrap: bool,
    again: bool,
    again_above: bool,
    echoed: bool,
    echoes: bool,
    names_paper: u32,
}

/// The shortest line that is told to stand elsewhere too, in bytes.
const SHORTEST: usize = 6;

impl Said {
    /// True where so many of a hundred characters are data of a masthead, or a folio is all there is.
    pub(super) fn is_data(&self, share: u32) -> bool {
        (self.data >= share) | self.pure
    }

    /// True where it says by itself that no article owns it.
    pub(super) fn is_furniture(&self) -> bool {
        let told = [
            self.label,
            self.title,
            self.number,
            self.scrap,
            self.editors,
            self.reference,
            self.turns,
            self.menu,
            self.visited,
        ];
        told.contains(&true)
    }

    /// True where it says by itself that it is of a site.
    pub(super) fn is_of_site(&self) -> bool {
        self.menu | self.visited | self.footer | self.labelled
    }

    pub(super) fn of_page(
        text: &str,
        lines: &[Raw],
        page_words: &PageWords,
        folios: &[Option<Folio>],
        footers: &[Footer],
    ) -> Vec<Self> {
        let mut all: Vec<Self> =
            (0..lines.len()).map(|i| Self::of(text, lines, i, page_words, folios[i].as_ref())).collect();
        for footer in footers {
            all[footer.lines.0..=footer.lines.1].iter_mut().for_each(|said| said.footer = true);
            all[footer.headline.0..=footer.headline.1].iter_mut().for_each(|said| said.settled = true);
        }
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.end - line.start >= SHORTEST) {
            let earlier = *first.entry(line.content(text)).or_insert(i);
            all[i].again_above = earlier < i;
            all[i].again = earlier < i;
            all[earlier].again |= earlier < i;
        }
        let papers: FxHashSet<&str> =
            folios.iter().flatten().filter_map(|folio| folio.newspaper.as_deref()).collect();
        if papers.len() <= MANY_PAPERS {
            let short = (0..lines.len()).filter(|&i| lines[i].width <= SHORT);
            short.for_each(|i| all[i].names_paper = names_paper(lines[i].content(text), &papers));
        }
        for (whole, part) in echoes(text, lines) {
            all[whole].echoes = true;
            all[part].echoed = true;
        }
        all
    }

    fn of(text: &str, lines: &[Raw], i: usize, page_words: &PageWords, folio: Option<&Folio>) -> Self {
        let line = &lines[i];
        let lists = &page_words.lists;
        let content = line.content(text);
        let mut said = Self {
            quoted_scrap: fragments::is_quoted_scrap(content),
            item: lists.items.iter().any(|mark| content.starts_with(mark.as_str())),
            says: fragments::says(content, lists),
            reports: lists.reports.iter().any(|word| content.starts_with(word.as_str())),
            opens_day: fragments::opens_with_day(content),
            ..Self::default()
        };
        if let Some(folio) = folio {
            said.pure = folio.is_pure();
            said.sure = folio.is_sure();
            said.paper = folio.newspaper.is_some();
            said.page = folio.page.is_some();
            said.labelled = folio.labelled;
            said.timed = folio.timed;
            said.visited = folio.visited;
        }
        if line.width > SHORT {
            return said;
        }
        said.vertical = furniture::is_vertical(lines, i);
        said.row = fragments::is_row(text, lines, i);
        said.day = fragments::is_day(text, line);
        said.month_day = fragments::is_month_day(content);
        said.name = nameplate::is_name(content, line, i) & !lists.is_about_a_paper(content);
        said.published = nameplate::is_published(content, lists);
        said.own_words = furniture::own_words(content, lists) >= 2;
        said.latin = content.chars().all(|c| c.is_ascii_uppercase() || is_blank(c));
        said.label = furniture::is_page_label(content, i < furniture::HEAD || i + 4 > lines.len());
        said.title = line.phrases & furniture::is_page_title(content);
        said.number = (line.digits == 1) & furniture::is_page_number(content);
        said.scrap = furniture::is_scrap(content);
        said.editors = furniture::is_editors(text, line);
        said.reference = furniture::is_reference(text, line);
        said.turns = line.has(Cue::Turn) & furniture::is_turn(content);
        said.menu = furniture::is_menu(content, lists);
        said.read_data(content, line, page_words);
        said
    }

    /// Reads what a masthead prints.
    fn read_data(&mut self, content: &str, line: &Raw, page_words: &PageWords) {
        let told = (line.digits > 0) | content.contains(['第', '年', '〇', '一', '.', '@', '期', '版']);
        if !told {
            return;
        }
        let Coverage { covered, total, certain, dated, routine, address } =
            masthead::read_line(content, &page_words.lists.announces, &mut Masthead::default());
        self.data = covered * 100 / total.max(1);
        (self.certain, self.dated, self.routine, self.address) = (certain, dated, routine, address);
    }
}

/// The most names that a page's lines may have for its paper.
const MANY_PAPERS: usize = 6;

/// Where in a line one of `papers` stands that is not all of it.
fn names_paper(content: &str, papers: &FxHashSet<&str>) -> u32 {
    let place = |paper: &&str| match content.find(*paper)? {
        _ if paper.len() == content.len() => None,
        0 => Some(1),
        at if at + paper.len() == content.len() => Some(2),
        _ => Some(3),
    };
    papers.iter().filter_map(place).max().unwrap_or(0)
}

/// The shortest line that is told to stand in another, in letters.
const SHORTEST_ECHO: usize = 4;
/// The widest line that another is looked for in, in columns.
const WIDEST_ECHO: u32 = 160;

/// Lines that open or end with the letters of another, marks between those and the rest: the line, and that other.
fn echoes(text: &str, lines: &[Raw]) -> Vec<(usize, usize)> {
    let letters: Vec<(String, Vec<usize>)> = lines.iter().map(|line| letters(text, line)).collect();
    let mut whole: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, (letters, _)) in letters.iter().enumerate().filter(|(_, (letters, _))| is_echo(letters)) {
        whole.entry(letters.as_str()).or_insert(i);
    }
    let parts = |(i, (letters, marks)): (usize, &(String, Vec<usize>))| -> Vec<(usize, usize)> {
        let parts = marks.iter().flat_map(|&at| [&letters[..at], &letters[at..]]);
        parts.filter_map(|part| whole.get(part)).map(|&part| (i, part)).collect()
    };
    letters.iter().enumerate().flat_map(parts).collect()
}

fn is_echo(letters: &str) -> bool {
    letters.chars().nth(SHORTEST_ECHO - 1).is_some()
}

/// The letters and digits of a line, and where in them marks stand.
fn letters(text: &str, line: &Raw) -> (String, Vec<usize>) {
    let (mut letters, mut marks) = (String::new(), Vec::new());
    if (line.width > WIDEST_ECHO) | line.inner_stop {
        return (letters, marks);
    }
    for c in line.content(text).chars() {
        match c.is_alphanumeric() {
            true => letters.push(c),
            false if marks.last() != Some(&letters.len()) => marks.push(letters.len()),
            false => {}
        }
    }
    marks.retain(|&at| (at > 0) & (at < letters.len()));
    (letters, marks)
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    #[track_caller]
    fn holds(name: &str, of: &str, not_of: &str) {
        assert_eq!(said(name, of).split(' ').next(), Some("x"), "{name}: {of}");
        assert_eq!(said(name, not_of).split(' ').next(), Some("-"), "{name}: {not_of}");
    }

    #[test]
    fn words_of_lists() {
        for (name, of) in [
            ("masthead-label", "邮发代号：31-2"),
            ("contact-label", "热线：88888888"),
            ("name-ending", "东海日报"),
            ("edition", "东海日报数字报"),
            ("account", "东海日报官方微信"),
            ("navigation", "上一篇 下一篇"),
            ("guide", "导读"),
            ("related", "相关新闻"),
            ("weather", "今日天气"),
            ("weather-opener", "天气：晴"),
            ("weather-word", "多云转阴"),
            ("advertisement", "遗失声明"),
            ("advertisement-word", "欢迎垂询"),
            ("editors", "责任编辑：王二"),
            ("turn", "下转第4版"),
            ("caption-opener", "图为会场。"),
            ("given", "图片由工会提供"),
            ("credit-ending", "王二 摄"),
            ("kicker-ending", "省总工会提出"),
            ("column-opener", "聚焦新就业"),
            ("column-ending", "职工论坛"),
            ("column-word", "简讯"),
            ("brief-ending", "各地简讯"),
            ("inset", "编者按"),
            ("section-mark", "一、开会"),
            ("body-opener", "近日，工会"),
            ("role-word", "记者王二"),
            ("lead-opener", "本报讯"),
            ("factual", "全省工会"),
            ("signer", "市总工会"),
            ("notice", "会议通知"),
            ("subhead-ending", "工地见闻"),
            ("dash", "——记王二"),
            ("salutation", "编辑同志："),
        ] {
            holds(name, of, "大楼");
        }
        assert_eq!(said("own", "大楼"), "-");
    }

    #[test]
    fn data_of_a_masthead() {
        assert_eq!(said("data", "2021年2月25日\n大楼"), ">=90 <1");
        holds("certain", "总第12266号", "大楼");
        holds("dated", "2021年2月25日", "大楼");
        holds("routine", "星期四 今日8版 第3期", "大楼");
        holds("address", "www.abc.com.cn", "大楼");
        holds("paper-name", "东海日报", "大楼");
        holds("paper-name", "东海日报", "我和东海日报");
        holds("published", "东海日报社出版", "大楼");
        holds("own-words", "社址：城南路 定价：1元", "大楼");
        holds("latin-name", "DONGHAI RIBAO", "大楼");
    }

    #[test]
    fn folios() {
        holds("folio-pure", "东海日报", "大楼");
        holds("folio-sure", "东海日报 2021年2月25日 第3版", "大楼");
        holds("folio-paper", "东海日报 第3版", "大楼");
        holds("folio-page", "第3版", "大楼");
        holds("folio-labelled", "出版日期：2021年2月25日", "大楼");
        holds("folio-timed", "2021年2月25日 08:30", "大楼");
        holds("visited", "今天是2024年1月5日", "大楼");
        let page = "职工有了新家园\n昨天，大楼盖好了。\n东海日报 2021年2月25日 第3版 职工有了新家园";
        assert_eq!(said("footer", page), "- - x");
        assert_eq!(said("settled", page), "x - -");
    }

    #[test]
    fn what_no_article_owns() {
        holds("page-label", "第3版", "大楼");
        holds("page-title", "民生 03", "大楼");
        holds("page-number", "— 3 —", "大楼");
        holds("vertical", "大\n楼", "大楼");
        holds("scrap", "~、*:", "大楼");
        holds("editors-line", "编辑：王二", "大楼");
        holds("reference", "职工有了新家园……3版", "大楼");
        holds("turns", "（下转第4版）", "大楼");
        holds("menu", "上一篇 下一篇 打印", "大楼");
    }

    #[test]
    fn days_rows_and_items() {
        holds("row", "姓名 单位 得分\n王二 工会 90 1\n李三 工会 80 2", "大楼");
        holds("day", "2021年2月25日", "大楼");
        holds("month-day", "三月九日", "大楼");
        holds("day-opener", "12月2日，开会", "大楼");
        holds("item", "问：开会吗？", "大楼");
        holds("says", "主席指出，要开会。", "大楼");
        holds("reports", "会议指出，要开会。", "大楼");
        holds("scrap-quoted", "“职工之家”。", "大楼");
        assert_eq!(said("again", "盖大楼\n工会\n盖大楼"), "x - x");
        let page = "东海日报 2021年2月25日\n我读东海日报\n东海日报";
        assert_eq!(said("names-paper", page), "first last -");
        let page = "职工家园 落成_东海网\n职工家园落成\n上一篇：工会开会";
        assert_eq!(said("echoes", page), "x - -");
        assert_eq!(said("echoed", page), "- x -");
        assert_eq!(said("again-above", "盖大楼\n工会\n盖大楼"), "- - x");
    }
}
