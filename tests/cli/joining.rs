//! Stories that go on on another page of the day: `--join-pages`.

use super::Folder;

/// The page `number` of a paper's day, with `stories` on it.
fn page(number: &str, stories: &[&str]) -> String {
    on("5月18日 星期四", number, stories)
}

fn on(day: &str, number: &str, stories: &[&str]) -> String {
    format!("东浦日报\n\n2023年{day} 第{number}版\n\n{}\n", stories.join("\n\n"))
}

const QUAY: &str = "东浦码头夜班也开工\n\n　　本报讯（记者 丁一平）昨天夜里，东浦码头的三台吊机第一次在夜里开工。码头工会给夜班工人备了热饭，还添了两间休息室。\n\n　　夜班开工以后，每天能多卸八百吨货，船不用再排队。工人们说，（下转第4版）";
const QUAY_ON: &str = "东浦码头夜班也开工\n\n　　（上接第1版）只要饭热、灯亮，夜里干活不比白天差。码头工会打算下月再添四盏大灯。";
const MARKET: &str = "城南菜场换了新棚\n\n　　本报讯（记者 白小满）城南菜场的旧棚昨天拆完，新棚下周搭好，摊位还是原来的一百二十个。";
const WILLOWS: &str =
    "河堤种下新柳\n\n　　本报讯（记者 苏北河）河堤上昨天种下新柳三百棵，学校的学生也来帮忙浇水。";

fn day() -> Folder {
    Folder::new()
        .with("报/0001.txt", page("1", &[QUAY, MARKET]))
        .with("报/0004.txt", page("4", &[QUAY_ON, WILLOWS]))
}

/// The headlines of all articles, and where each goes on.
fn joined(folder: &Folder) -> Vec<[String; 2]> {
    folder.run("articles 报 --join-pages").cells(["headline", "continued_in"])
}

#[test]
fn a_story_that_goes_on_on_another_page_is_one_article() {
    let folder = day();
    let ran = folder.run("articles 报 --join-pages");
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        ran.cells(["file", "article", "headline", "continued_on", "continued_in"]),
        [
            ["报/0001.txt", "1", "东浦码头夜班也开工", "4", "报/0004.txt:5-7"],
            ["报/0001.txt", "2", "城南菜场换了新棚", "", ""],
            ["报/0004.txt", "2", "河堤种下新柳", "", ""],
        ]
    );
    let body = &ran.cells(["body"])[0][0];
    assert!(
        body.ends_with("工人们说，\n只要饭热、灯亮，夜里干活不比白天差。码头工会打算下月再添四盏大灯。"),
        "{body}"
    );
    assert_eq!(folder.run("articles 报").cells(["article"]).len(), 4);
}

#[test]
fn every_line_keeps_its_own_file_and_number() {
    let folder = day();
    let ran = folder.run("extract-numbers 报 --join-pages --match 码头");
    let rows = ran.cells(["file", "page", "article", "headline", "line", "column", "text"]);
    assert_eq!(rows[0], ["报/0001.txt", "1", "1", "东浦码头夜班也开工", "7", "24", "三台"]);
    assert_eq!(rows[rows.len() - 1], ["报/0004.txt", "4", "1", "东浦码头夜班也开工", "7", "38", "四盏"]);
    let lines =
        |flags: &str| folder.run(&format!("layout 报 {flags}")).cells(["file", "line", "article", "text"]);
    assert_eq!(lines("--join-pages"), lines(""));
}

#[test]
fn every_command_that_counts_sees_one_article() {
    let folder = day();
    let counted = |command: &str, columns: [&str; 2]| {
        let both = ["", "--join-pages"].map(|flag| folder.run(&format!("{command} {flag}")).cells(columns));
        both.map(|rows| {
            rows.into_iter().find(|row| row[0].contains("码头")).map(|row| row[1].clone()).unwrap()
        })
    };
    assert_eq!(counted("stats 报", ["term", "articles"]), ["2", "1"]);
    assert_eq!(counted("slogans 报 --slogan 码头工会", ["slogan", "articles"]), ["2", "1"]);
    let pages = folder.run("pages 报 --join-pages").cells(["file", "page", "articles"]);
    assert_eq!(pages, [["报/0001.txt", "1", "2"], ["报/0004.txt", "4", "1"]]);
    let hits = folder.run("concordance 大灯 报 --join-pages").cells(["file", "headline", "line"]);
    assert_eq!(hits, [["报/0004.txt", "东浦码头夜班也开工", "7"]]);
}

#[test]
fn the_order_of_files_and_the_threads_change_nothing() {
    let folder = Folder::new();
    let folder = (0..40).fold(folder, |folder, day| {
        let day = format!("{}月{}日 星期四", 1 + day / 28, 1 + day % 28);
        let name = |page: u32| format!("报/{}/{page}.txt", day.replace(['月', '日'], "-"));
        let (first, last) = (on(&day, "4", &[QUAY_ON, WILLOWS]), on(&day, "1", &[QUAY, MARKET]));
        // The page that it goes on on is read first.
        folder.with(&name(1), first).with(&name(2), last)
    });
    let ran =
        |command: &str, threads: u32| folder.run(&format!("{command} --join-pages --threads {threads}")).out;
    for command in ["articles 报", "extract-numbers 报", "stats 报", "reprints 报"] {
        let one = ran(command, 1);
        assert_eq!(one, ran(command, 2), "{command}");
        assert_eq!(one, ran(command, 7), "{command}");
    }
    let rows = joined(&folder);
    assert_eq!(rows.len(), 120);
    assert_eq!(rows.iter().filter(|row| !row[1].is_empty()).count(), 40);
}

#[test]
fn pages_of_other_days_and_papers_are_not_joined() {
    let other_day = on("5月19日 星期五", "4", &[QUAY_ON]);
    let other_paper = page("4", &[QUAY_ON]).replace("东浦日报", "西山日报");
    for other in [other_day, other_paper] {
        let folder = Folder::new().with("报/1.txt", page("1", &[QUAY])).with("报/4.txt", other);
        assert_eq!(joined(&folder).len(), 2);
    }
}

#[test]
fn of_several_stories_each_goes_on_with_its_own() {
    let school = "新校舍添了图书室\n\n　　本报讯（记者 林晓舟）城北小学的新校舍添了图书室，书架是木工班自己打的。学生们放学以后，（下转第4版）";
    let school_on =
        "新校舍添了图书室\n\n　　（上接第1版）可以在图书室里坐到天黑。木工班还答应再打二十把椅子。";
    let folder = Folder::new()
        .with("报/1.txt", page("1", &[QUAY, school]))
        .with("报/4.txt", page("4", &[school_on, QUAY_ON]));
    let rows = folder.run("articles 报 --join-pages").cells(["headline", "continued_in", "body"]);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0][2].contains("大灯") && !rows[0][2].contains("椅子"), "{rows:?}");
    assert!(rows[1][2].contains("椅子"), "{rows:?}");
}

#[test]
fn a_mark_on_one_page_alone_needs_the_headline_on_both() {
    let unmarked = QUAY_ON.replace("（上接第1版）", "");
    let other = unmarked.replace("东浦码头夜班也开工", "山里的路修通了");
    let pages = |first: &str, next: &str| {
        joined(&Folder::new().with("报/1.txt", page("1", &[first])).with("报/4.txt", page("4", &[next])))
            .len()
    };
    assert_eq!(pages(QUAY, &unmarked), 1);
    assert_eq!(pages(&QUAY.replace("（下转第4版）", "夜里也好。"), QUAY_ON), 1);
    assert_eq!(pages(QUAY, &other), 2);
    // It says that it goes on elsewhere.
    assert_eq!(pages(&QUAY.replace("第4版", "第3版"), QUAY_ON), 2);
}

#[test]
fn a_story_may_go_on_twice_and_within_one_file() {
    let second = QUAY_ON.replace("再添四盏大灯。", "再添四盏大灯，（下转第6版）");
    let third = "东浦码头夜班也开工\n\n　　（上接第4版）还要给吊机手买棉衣六十件。";
    let files = Folder::new()
        .with("报/1.txt", page("1", &[QUAY]))
        .with("报/4.txt", page("4", &[&second]))
        .with("报/6.txt", page("6", &[third]));
    assert_eq!(joined(&files), [["东浦码头夜班也开工", "报/4.txt:5-7; 报/6.txt:5-7"]]);
    let all = [page("1", &[QUAY, MARKET]), page("4", &[QUAY_ON, WILLOWS])].concat();
    let folder = Folder::new().with("报/all.txt", all);
    let rows = folder.run("articles 报 --join-pages").cells(["headline", "first_line", "last_line", "body"]);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0][3].ends_with("再添四盏大灯。"), "{rows:?}");
}
