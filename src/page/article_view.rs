//! Articles as a reader sees them: their texts and names, without indices.

use jiff::civil::Date;

use super::{Article, Byline, Page, Part, Role};

/// One article of a page: its texts, and who, when and where.
///
/// Every text is borrowed from the page; a passage that repeats an earlier one of the page is left out of
/// [`paragraphs`](Self::paragraphs) and [`captions`](Self::captions).
#[derive(Debug, Clone, Copy)]
pub struct ArticleView<'p> {
    page: &'p Page,
    article: &'p Article,
    index: usize,
}

impl Page {
    /// The articles of the page, in order of first appearance.
    ///
    /// ```
    /// use zjgr::Document;
    /// use zjgr::page::Reader;
    ///
    /// let text = "\
    /// 东浦工人报
    /// 2021年6月12日 星期六
    ///
    /// 机修班夜里抢修水泵
    ///
    ///     本报讯 记者丁一平报道 6月11日夜里，东浦机修班抢修水
    /// 泵3台，清早全部送回车间。
    /// ";
    /// let page = Reader::default().read(Document::of(text));
    /// let article = page.articles().next().expect("a page with an article");
    /// assert_eq!(article.headline(), Some("机修班夜里抢修水泵"));
    /// assert_eq!(article.newspaper(), Some("东浦工人报"));
    /// assert_eq!(article.date().map(|date| date.to_string()).as_deref(), Some("2021-06-12"));
    /// assert_eq!(article.bylines()[0].name, "丁一平");
    /// let body: Vec<&str> = article.paragraphs().collect();
    /// assert!(body[0].ends_with("东浦机修班抢修水泵3台，清早全部送回车间。"));
    /// ```
    pub fn articles(&self) -> impl ExactSizeIterator<Item = ArticleView<'_>> {
        self.articles.iter().enumerate().map(|(index, article)| ArticleView { page: self, article, index })
    }
}

impl<'p> ArticleView<'p> {
    /// Its number on the page, from 1.
    pub fn number(&self) -> u32 {
        self.article.number
    }

    /// The running column it stands under: 工会天地.
    pub fn column(&self) -> Option<&'p str> {
        self.text(self.article.column)
    }

    /// The kicker, above the headline.
    pub fn kicker(&self) -> Option<&'p str> {
        self.text(self.article.kicker)
    }

    /// The headline: the one printed, else its record's own; of one that is as long as no headline is, the beginning.
    pub fn headline(&self) -> Option<&'p str> {
        self.page.headline(self.index)
    }

    /// The subhead, below the headline.
    pub fn subhead(&self) -> Option<&'p str> {
        self.text(self.article.subhead)
    }

    /// The headings inside the article.
    pub fn sections(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        self.texts(Role::Section)
    }

    /// The paragraphs of its body.
    pub fn paragraphs(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        self.texts(Role::Body)
    }

    /// What stands below its pictures.
    pub fn captions(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        self.texts(Role::Caption)
    }

    /// Who wrote it, in print order, each with the role that is printed beside the name.
    pub fn bylines(&self) -> &'p [Byline] {
        &self.article.bylines
    }

    /// Who took its photos.
    pub fn photographers(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        self.article.photographers.iter().map(String::as_str)
    }

    /// The agency or paper that the byline names: 本报, 新华社.
    pub fn source(&self) -> Option<&'p str> {
        self.article.source.as_deref()
    }

    /// Place and date as printed: 杭州2月24日电.
    pub fn dateline(&self) -> Option<&'p str> {
        self.article.dateline.as_deref()
    }

    /// The newspaper that it stood in.
    pub fn newspaper(&self) -> Option<&'p str> {
        self.page.newspaper_of(self.index)
    }

    /// The day that it was published.
    pub fn date(&self) -> Option<Date> {
        self.page.date_of(self.index)
    }

    /// The number of the page (版次) that it stood on.
    pub fn page_number(&self) -> Option<&'p str> {
        self.page.page_of(self.index)
    }

    /// The name of that page (版名).
    pub fn page_name(&self) -> Option<&'p str> {
        self.page.section_of(self.index)
    }

    /// The number of the page that it comes from: 1 for 上接第一版.
    pub fn continued_from(&self) -> Option<&'p str> {
        self.article.continued_from.as_deref()
    }

    /// The number of the page that it goes on on: 4 for 下转第4版.
    pub fn continued_on(&self) -> Option<&'p str> {
        self.article.continued_on.as_deref()
    }

    /// Its first and last line in the file, from 1.
    pub fn lines(&self) -> (u32, u32) {
        self.article.lines
    }

    fn text(&self, part: Option<usize>) -> Option<&'p str> {
        part.map(|part| self.page.part_text(part))
    }

    /// The texts of its parts with `role`, repeats left out.
    fn texts(&self, role: Role) -> impl Iterator<Item = &'p str> + use<'p> {
        let page = self.page;
        let wanted = move |part: &&Part| part.role == role && part.duplicate_of.is_none();
        let parts = self.article.parts.iter().filter_map(|&part| page.parts.get(part));
        parts.filter(wanted).filter_map(|part| page.text().get(part.range.clone()))
    }
}
