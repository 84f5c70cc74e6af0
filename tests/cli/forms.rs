//! Files of OCR programs that say where each word stands.

use super::Folder;

/// A page as RapidOCR writes it: one headline over two columns.
fn page() -> String {
    let mut lines = vec![line(30, 20, 40, "春耕备耕全面展开")];
    let columns = [
        ["　　本报讯　　", "全县春耕备耕工作", "全面展开，各乡镇", "已备足种子和化肥"],
        ["还检修农机两千台", "县农业局说，今年", "粮食播种面积稳定", "在四十万亩以上。"],
    ];
    for (at, column) in columns.iter().enumerate() {
        for (row, text) in column.iter().enumerate() {
            let (text, indent) = (text.trim(), 20 * text.chars().take_while(|c| *c == '　').count());
            lines.push(line(200 * at + indent, 90 + 28 * row, 20, text));
        }
    }
    format!("[{}]", lines.join(",\n"))
}

fn line(x: usize, y: usize, size: usize, text: &str) -> String {
    let (right, bottom) = (x + size * text.chars().count(), y + size);
    format!("[[[{x}.0,{y}.0],[{right}.0,{y}.0],[{right}.0,{bottom}.0],[{x}.0,{bottom}.0]],\"{text}\",0.99]")
}

#[test]
fn what_an_ocr_program_says_of_places_tells_headline_and_columns() {
    let folder = Folder::new().with("page.json", page());
    let ran = folder.run("articles page.json");
    assert_eq!(ran.err, "");
    let body = "本报讯\n全县春耕备耕工作全面展开，各乡镇已备足种子和化肥还检修农机两千台县农业局说，今年粮食播种面积稳定在四十万亩以上。";
    let [[headline, text]] = &ran.cells(["headline", "body"])[..] else { panic!("{}", ran.out) };
    assert_eq!(headline, "春耕备耕全面展开");
    assert_eq!(text.replace(['\n', ' '], ""), body.replace('\n', ""));
}

#[test]
fn the_form_can_be_forced_and_what_is_not_of_it_is_an_error() {
    let folder = Folder::new().with("page.json", page()).with("page.txt", "本报讯\n");
    assert_eq!(folder.run("layout page.json --input-format ocr-json").status, Some(0));
    let ran = folder.run("layout page.txt --input-format alto");
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.starts_with("zjgr: page.txt"), "{}", ran.err);
}

#[test]
fn a_broken_file_is_named_and_the_rest_is_read() {
    let folder = Folder::new().with("a.json", page().get(..390).unwrap_or_default()).with("b.json", page());
    let ran = folder.run("articles a.json b.json");
    assert_eq!(ran.status, Some(3));
    assert!(ran.err.contains("a.json:"), "{}", ran.err);
    assert_eq!(ran.cells(["file"]), [["b.json"]]);
}

#[test]
fn boxes_say_where_on_the_picture_a_row_stands() {
    let folder = Folder::new()
        .with("page.json", page())
        .with("page.txt", "工会\n\n　　本报讯 工会开会，花费4万元。\n");
    let ran = folder.run("extract-numbers page.json page.txt --class all --boxes");
    let header = ran.out.lines().next().unwrap_or_default();
    assert!(header.ends_with(",again,sheet,box,ocr_confidence"), "{header}");
    let rows = ran.cells(["file", "text", "sheet", "box", "ocr_confidence"]);
    assert_eq!(
        rows,
        [["page.json", "四十万亩以上", "1", "200,174,160,20", "0.99"], ["page.txt", "4万元", "", "", ""],]
    );
    let ran = folder.run("articles page.json --boxes --columns headline");
    assert_eq!(ran.cells(["headline", "sheet", "box"]), [["春耕备耕全面展开", "1", "0,20,360,174"]]);
    assert_eq!(folder.run("layout page.json --boxes").cells(["box"])[0], ["30,20,320,40"]);
    assert!(!folder.run("articles page.json").out.contains("ocr_confidence"));
    let ran = folder.run("stats page.json --boxes");
    assert_eq!(
        (ran.status, ran.err.contains("no row of this table stands at one place")),
        (Some(2), true),
        "{}",
        ran.err
    );
}

/// What a program really wrote, see `tests/forms/README.md`.
fn real(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name)).unwrap()
}

#[test]
fn the_three_forms_of_tesseract_say_the_same() {
    let names = ["page.alto.xml", "page.hocr", "page.tsv"];
    let ran = names.map(|name| Folder::new().with(name, real(name)).run(&format!("layout {name} --boxes")));
    let columns = ["line", "role", "article", "joins", "text", "sheet", "box", "ocr_confidence"];
    let [alto, hocr, table] = ran.map(|ran| ran.cells(columns));
    assert!(alto.len() > 15, "{alto:?}");
    assert_eq!(alto, hocr);
    assert_eq!(alto, table);
}

#[test]
fn welded_lines_of_words_are_cut_where_columns_begin() {
    let folder = Folder::new().with("page.tsv", real("page.tsv"));
    let rows = folder.run("articles page.tsv").cells(["headline", "body"]);
    let headlines: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(headlines, ["春耕备耕全面展开", "新码头下月开工"]);
    // It is two columns, whose lines Tesseract writes as one each.
    let body = rows[1][1].replace([' ', '\n'], "");
    assert!(
        body.starts_with("本报讯城南新码头工程下月正式开工，建成以后可以同时停靠六艘千吨货轮，"),
        "{body}"
    );
    assert!(
        body.ends_with(
            "工程总投资三亿元，预计明年年底完工，届时往返两岸的班船将增加一倍，市民过江更加方便。"
        ),
        "{body}"
    );
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_whose_font_is_not_embedded_is_read() {
    let folder = Folder::new().with("page.pdf", real("reportlab.pdf"));
    let rows = folder.run("articles page.pdf").cells(["headline", "body"]);
    let body = "本报讯立春刚过，全县春耕备耕工作已经全面展开，各乡镇已备足种子和化肥，检修农机两千多台。\
                县农业局说，今年全县粮食播种面积稳定在四十万亩以上。";
    let [[headline, text]] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((headline.as_str(), text.replace([' ', '\n'], "").as_str()), ("春耕备耕全面展开", body));
}

/// An issue in METS and ALTO, of which nothing but the METS file tells where articles begin.
fn issue(mets: &str) -> Folder {
    let folder = ["alto/0001.xml", "alto/0002.xml"].iter().fold(Folder::new(), |folder, name| {
        folder.with(&format!("issue/{name}"), real(&format!("issue/{name}")))
    });
    folder.with("issue/mets.xml", mets)
}

fn mets() -> String {
    String::from_utf8(real("issue/mets.xml")).unwrap()
}

#[test]
fn the_articles_that_a_mets_file_tells_are_taken_as_told() {
    let folder = issue(&mets());
    for command in ["articles issue", "articles issue/mets.xml"] {
        let ran =
            folder.run(&format!("{command} --format jsonl --columns file,date,headline,body,captions -q"));
        let rows: Vec<serde_json::Value> =
            ran.out.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
        let told: Vec<(&str, String)> = rows
            .iter()
            .map(|row| {
                let body = row["body"].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
                (row["headline"].as_str().unwrap_or_default(), body.collect())
            })
            .collect();
        assert_eq!(
            told,
            [
                ("码头添了新吊机", "本报讯东浦码头昨天添了三台新吊机，一次能吊四十吨，工人们夜里也开工。"),
                (
                    "菜场的棚拆了",
                    "城南菜场的旧棚昨天拆完，新棚下周搭好，摊位还是一百二十个，摊主们先在空地上做生意。"
                ),
                ("", "码头工会给夜班工人备了热饭，还添了两间休息室。"),
                ("河堤种下新柳", "河堤上昨天种下新柳三百棵，学生们也来帮忙浇水。"),
            ]
            .map(|(headline, body)| (headline, body.to_owned())),
            "{command}"
        );
        assert_eq!(rows[0]["captions"], serde_json::json!(["吊机正在装船"]));
        assert_eq!(rows[0]["date"], "1998-03-05");
    }
    let roles = folder.run("layout issue -q").cells(["role", "article", "text"]);
    assert!(
        roles.iter().any(|row| row[0] == "other" && row[1] == "0" && row[2] == "河东街门面两间"),
        "{roles:?}"
    );
}

#[test]
fn a_story_on_two_pages_of_an_issue_is_one_with_join_pages() {
    let rows =
        issue(&mets()).run("articles issue -q --join-pages").cells(["headline", "continued_in", "body"]);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0][1].starts_with("issue/alto/0002.xml:"), "{rows:?}");
    assert!(rows[0][2].ends_with("还添了两间休息室。"), "{rows:?}");
}

#[test]
fn blocks_that_are_not_there_and_files_that_are_told_nothing_of_change_nothing() {
    let plain = |mets: String| issue(&mets).run("articles issue -q").out;
    let no_article = |kind: &str, mets: String| mets.replace(&format!("TYPE=\"{kind}\""), "TYPE=\"PART\"");
    let without = no_article("ADVERTISEMENT", no_article("ARTICLE", mets()));
    assert_ne!(plain(mets()), plain(without.clone()));
    assert_eq!(plain(mets().replace("BEGIN=\"P", "BEGIN=\"Q")), plain(without));
    // The end of a stretch may be missing.
    assert_eq!(
        issue(&mets().replace(" END=\"P1_TB7\"", " END=\"\"")).run("articles issue -q").status,
        Some(0)
    );
}
