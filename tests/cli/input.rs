//! What is read: paths, encodings, compression, formats.

use std::io::Write;

use super::{Folder, PAGE, Ran};

/// The text of every line that was read, beside the file it is from.
fn lines(ran: &Ran) -> Vec<[String; 2]> {
    ran.cells(["file", "text"])
}

fn texts(ran: &Ran) -> String {
    lines(ran).into_iter().map(|[_, text]| text + "\n").collect()
}

fn files(ran: &Ran) -> Vec<String> {
    let mut files: Vec<String> = ran.cells(["file"]).into_iter().map(|[file]| file).collect();
    files.dedup();
    files
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths() {
    let folder = Folder::new()
        .with("报/b/2.txt", PAGE)
        .with("报/a.md", PAGE)
        .with("报/b/1.text", PAGE)
        .with("报/c.TXT", PAGE)
        .with("报/.hidden.txt", PAGE)
        .with("报/.git/x.txt", PAGE)
        .with("报/table.csv", PAGE)
        .with("报/scan.doc", "PK");
    let ran = folder.run("pages 报");
    assert_eq!(files(&ran), ["报/a.md", "报/b/1.text", "报/b/2.txt", "报/c.TXT"]);
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        ran.err,
        "zjgr: 2 file(s) of folders passed over, whose endings name no text (-v names them)\n"
    );
    let told = folder.run("pages 报 -v").err;
    for name in ["报/scan.doc", "报/table.csv"] {
        assert!(told.contains(&format!("zjgr: {name}: passed over, its ending names no text\n")), "{told}");
    }
}

/// A page as RapidOCR and Tesseract write it.
const RAPID: &str = r#"[[[[10,20],[190,20],[190,40],[10,40]],"本报讯昨天开会",0.8]]"#;
const ALTO: &str = r#"<alto><Layout><Page><TextLine HPOS="1" VPOS="2" WIDTH="80" HEIGHT="20"><String HPOS="1" VPOS="2" WIDTH="80" HEIGHT="20" CONTENT="本报讯昨天开会"/></TextLine></Page></Layout></alto>"#;
const TESSERACT: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t300\t200\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t40\t20\t90.0\t春耕\n";

#[test]
fn of_the_forms_of_a_page_the_richest_is_read() {
    let folder = Folder::new()
        .with("报/1.alto.xml", ALTO)
        .with("报/1.json", RAPID)
        .with("报/1.txt", PAGE)
        .with("报/1.tsv", TESSERACT)
        .with("报/2.md", PAGE)
        .with("报/2.txt", PAGE)
        .with("报/3.rapidocr.json", RAPID)
        .with("报/3.txt.gz", PAGE)
        .with("报/4.tsv", TESSERACT)
        .with("报/4.xml", "<TEI><text>开会</text></TEI>")
        .with("报/meta.json", "{\"title\": \"报\"}")
        .with("报/5/1.txt", PAGE);
    let ran = folder.run("pages 报");
    assert_eq!(files(&ran), ["报/1.alto.xml", "报/2.md", "报/3.rapidocr.json", "报/4.tsv", "报/5/1.txt"]);
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        ran.err,
        "zjgr: 1 file(s) of folders passed over, whose endings name no text (-v names them)\n\
         zjgr: 6 file(s) passed over that are other forms of pages that are read (-v names them, --all-forms reads them)\n"
    );
    let told = folder.run("pages 报 -v").err;
    assert!(
        told.contains("zjgr: 报/1.txt: passed over, it is another form of the page 报/1.alto.xml\n"),
        "{told}"
    );
    let all = folder.run("pages 报 --all-forms");
    assert_eq!(files(&all).len(), 10, "all but the markup that no reader knows: {}", all.err);
}

#[test]
fn an_issue_is_read_in_the_order_that_mets_gives_its_pages() {
    let mets = r#"<mets xmlns:xlink="x"><dmdSec><title>北江日报</title><dateIssued>1998-03-05</dateIssued></dmdSec><fileSec>
        <file ID="A1"><FLocat xlink:href="alto/x.xml"/></file><file ID="A2"><FLocat xlink:href="./alto/a.xml"/></file>
        <file ID="T1"><FLocat xlink:href="text/first.txt"/></file><file ID="I1"><FLocat xlink:href="img/1.jpg"/></file></fileSec>
        <structMap TYPE="PHYSICAL"><div><div ORDER="2"><fptr FILEID="A2"/></div><div ORDER="1"><fptr FILEID="I1"/><fptr FILEID="T1"/><fptr FILEID="A1"/></div></div></structMap></mets>"#;
    let folder = Folder::new()
        .with("报/mets.xml", mets)
        .with("报/alto/x.xml", ALTO)
        .with("报/alto/a.xml", ALTO)
        .with("报/text/first.txt", PAGE)
        .with("报/text/other.txt", PAGE);
    let ran = folder.run("pages 报");
    assert_eq!(files(&ran), ["报/alto/x.xml", "报/alto/a.xml", "报/text/other.txt"], "{}", ran.err);
    assert_eq!(ran.cells(["newspaper", "date"])[0], ["北江日报", "1998-03-05"]);
    assert!(ran.err.starts_with("zjgr: 1 file(s) passed over that are other forms"), "{}", ran.err);
    assert_eq!(files(&folder.run("pages 报/mets.xml")), ["报/alto/x.xml", "报/alto/a.xml"]);
    let broken = Folder::new().with("报/mets.xml", "<mets><fileSec>").with("报/1.txt", PAGE);
    let ran = broken.run("pages 报");
    assert_eq!((ran.status, files(&ran)), (Some(3), vec!["报/1.txt".to_owned()]));
    assert!(ran.err.contains("报/mets.xml: cut short"), "{}", ran.err);
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is_called() {
    let folder = Folder::new().with("page.ocr", PAGE).with(".page", PAGE);
    assert_eq!(files(&folder.run("pages page.ocr .page")), ["page.ocr", ".page"]);
}

#[test]
fn a_pipe_needs_no_path() {
    let folder = Folder::new();
    for line in ["layout", "layout -"] {
        let ran = Ran::from(folder.zjgr(line).write_stdin(PAGE).output().unwrap());
        assert_eq!(texts(&ran), PAGE);
        assert_eq!(files(&ran), ["-"]);
    }
}

#[test]
fn the_table_of_an_earlier_run_is_no_input() {
    let folder = Folder::new().with("page.txt", PAGE);
    for _ in 0..2 {
        assert_eq!(folder.run("pages . -o pages.jsonl").status, Some(0));
        assert_eq!(folder.read("pages.jsonl").lines().count(), 1);
    }
}

#[test]
fn tables_of_earlier_runs_are_known_whatever_they_are_called() {
    for command in [
        "layout",
        "pages",
        "articles",
        "concordance 技能 --input-format page",
        "stats",
        "stats --by month",
        "stats --by newspaper --wide",
        "stats --lengths",
        "slogans --all",
        "slogans --by year --wide",
        "slogans --slogan 技能大赛 --mentions",
        "slogans --discover",
        "extract-numbers",
        "extract-numbers --sum",
        "collocates 技能",
        "keyness --target path=a --reference path=b",
        "trends --term 技能",
        "trends --term 技能 --wide",
        "terms --min-count 1",
        "names",
        "names --count",
        "names --count --by month",
        "names --pairs article",
        "reprints --min-chars 12",
        "trends --rising --max-p 1 --min-articles 1",
        "pages --columns date,file",
        "articles --columns chars,headline",
    ] {
        for (format, name) in [("csv", "table.txt"), ("tsv", "table.md"), ("jsonl", "table.jsonl")] {
            let folder = Folder::new().with("a/page.txt", PAGE).with("b/page.txt", PAGE);
            let ran = folder.run(&format!("{command} a b --format {format} -o {name}"));
            assert_eq!(ran.status, Some(0), "{command}: {}", ran.err);
            if folder.read(name).is_empty() {
                continue;
            }
            let again = folder.run("pages . -q");
            assert_eq!(files(&again), ["./a/page.txt", "./b/page.txt"], "{command} --format {format}");
            let told = folder.run("pages .").err;
            let said = format!("zjgr: ./{name}: a table that zjgr wrote, no text; passed over\n");
            assert_eq!(told, said, "{command} --format {format}");
        }
    }
}

#[test]
fn a_report_is_no_page() {
    let folder = Folder::new().with("page.txt", PAGE);
    assert_eq!(folder.run("report . -o report.html").status, Some(0));
    let again = folder.run("pages .");
    assert_eq!(files(&again), ["./page.txt"]);
    assert_eq!(again.err, "zjgr: ./report.html: a table that zjgr wrote, no text; passed over\n");
}

#[test]
fn a_table_of_an_earlier_run_is_input_where_its_columns_are_named() {
    let folder = Folder::new().with("page.txt", PAGE);
    assert_eq!(folder.run("articles . -o articles.jsonl").status, Some(0));
    for line in ["articles . --fields text=body", "articles articles.jsonl --fields text=body"] {
        let body =
            |ran: &Ran| ran.cells(["file", "body"]).into_iter().find(|[file, _]| file.ends_with(".jsonl"));
        let ran = folder.run(line);
        assert_eq!(ran.status, Some(0), "{line}: {}", ran.err);
        assert!(body(&ran).unwrap()[1].contains("全市职工技能大赛在体育馆开赛"), "{line}: {}", ran.out);
    }
    #[cfg(feature = "parquet")]
    {
        folder.run("articles page.txt -o articles.parquet");
        let ran = folder.run("articles articles.parquet --fields text=body --input-format parquet");
        assert!(ran.out.contains("全市职工技能大赛在体育馆开赛"), "{}", ran.out);
    }
}

#[test]
fn names_that_are_no_text_stay_apart_from_those_that_look_like_them() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new().with("pages/\\xFF.txt", PAGE);
    for name in [&b"\xFF.txt"[..], b"\xFE.txt"] {
        let name = std::ffi::OsStr::from_bytes(name);
        std::fs::write(folder.path().join("pages").join(name), PAGE).unwrap();
    }
    let ran = folder.run("pages pages");
    assert_eq!((ran.err.as_str(), files(&ran).len()), ("", 3), "{}", ran.out);
}

#[test]
fn a_file_is_read_once_by_whatever_names() {
    let folder = Folder::new().with("pages/page.txt", PAGE);
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("page.txt", at("pages/link.txt")).unwrap();
    std::fs::hard_link(at("pages/page.txt"), at("pages/twin.txt")).unwrap();
    let ran = folder.run("pages pages/page.txt pages ./pages/page.txt");
    assert_eq!(files(&ran), ["pages/page.txt"]);
    assert_eq!(ran.err, "zjgr: 4 file(s) passed over that are read under another name (-v names them)\n");
    let told = folder.run("pages pages -v").err;
    assert!(
        told.contains("zjgr: pages/page.txt: passed over, it is the same file as pages/link.txt\n"),
        "{told}"
    );
}

#[test]
fn markup_and_containers_are_no_pages() {
    let cases: [(&str, &[u8], &str); 3] = [
        ("page.xml", "<?xml version=\"1.0\"?><TEI><text/></TEI>".as_bytes(), "XML"),
        ("page.json", "[{\"title\": \"工会\"}]".as_bytes(), "JSON without records that have `text`"),
        ("scan.txt", b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
    ];
    for (name, bytes, format) in cases {
        let folder = Folder::new().with(name, bytes).with("good.txt", PAGE);
        let ran = folder.run(&format!("layout {name} good.txt"));
        assert_eq!((ran.status, texts(&ran).as_str()), (Some(3), PAGE), "{name}");
        assert!(
            ran.err.starts_with(&format!("zjgr: {name}: {format}, not a page of text; left out; ")),
            "{}",
            ran.err
        );
        let packed = Folder::new().with("packed.gz", gzip_bytes(bytes));
        assert!(packed.run("layout packed.gz").err.contains("not a page of text"), "{name}");
    }
    let folder = Folder::new().with("page.xml", "<p>工会</p>\n");
    assert!(
        texts(&folder.run("layout page.xml --input-format page")).contains("工会"),
        "as it was asked for"
    );
}

#[test]
fn names_that_are_no_text_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    for byte in [0xfe, 0xff] {
        let name = [b'a', byte, b'.', b't', b'x', b't'];
        std::fs::write(folder.path().join(std::ffi::OsStr::from_bytes(&name)), PAGE).unwrap();
    }
    assert_eq!(files(&folder.run("pages .")), ["./a\\xFE.txt", "./a\\xFF.txt"]);
}

#[test]
fn no_name_and_no_text_steers_a_terminal() {
    let name = "\u{1b}[2J\u{202e}.txt";
    let folder = Folder::new().with(name, [0_u8, 1, 2, 3].repeat(9));
    let err = folder.run("pages .").err;
    assert!(!err.contains(['\u{1b}', '\u{202e}']) && err.contains("\\u{1b}[2J\\u{202e}.txt"), "{err}");
}

#[test]
fn a_link_in_a_circle_ends_nothing() {
    let folder = Folder::new().with("pages/page.txt", PAGE);
    std::os::unix::fs::symlink(folder.path().join("pages"), folder.path().join("pages/again")).unwrap();
    let ran = folder.run("pages pages");
    assert_eq!(files(&ran), ["pages/page.txt"]);
    assert_eq!(ran.status, Some(3));
    assert!(ran.err.contains("pages/again: a link back to pages"), "{}", ran.err);
}

#[test]
fn encodings_are_found_out() {
    let utf16: Vec<u8> = format!("\u{feff}{PAGE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new()
        .with("1.txt", PAGE)
        .with("2.txt", format!("\u{feff}{PAGE}"))
        .with("3.txt", encoding_rs::GB18030.encode(PAGE).0)
        .with("4.txt", encoding_rs::BIG5.encode("碼頭工會昨日召開會員大會，通過章程。\n").0)
        .with("5.txt", utf16);
    let ran = folder.run("layout . -v");
    let expected = PAGE.lines().collect::<Vec<_>>();
    let read = lines(&ran);
    for file in ["./1.txt", "./2.txt", "./3.txt", "./5.txt"] {
        let of_file: Vec<&str> =
            read.iter().filter(|[f, _]| f == file).map(|[_, text]| text.as_str()).collect();
        assert_eq!(of_file, expected, "{file}");
    }
    insta::assert_snapshot!(ran.err, @"
    zjgr: made by: layout, PATH .
    zjgr: ./1.txt: utf-8, page
    zjgr: ./2.txt: utf-8, page
    zjgr: ./3.txt: gb18030, page
    zjgr: ./4.txt: big5, page
    zjgr: ./5.txt: utf-16le, page
    zjgr: 5 page(s) read, 0 left out
    ");
}

#[test]
fn an_encoding_that_is_named_is_taken() {
    let folder = Folder::new().with("short.txt", [0xb9, 0xa4]);
    assert_eq!(texts(&folder.run("layout short.txt --encoding gbk")), "工\n");
    assert_eq!(texts(&folder.run("layout short.txt --encoding big5")), "馱\n");
    let ran = folder.run("layout short.txt --encoding utf-8");
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert_eq!(ran.err, "zjgr: short.txt: not text in utf-8; left out; name its encoding with --encoding\n");
}

#[test]
fn damaged_characters_are_shown_and_told_with_v() {
    let mut bytes = PAGE.repeat(2).into_bytes();
    bytes[1] = b'?';
    let folder = Folder::new().with("page.txt", bytes);
    let ran = folder.run("layout page.txt -v");
    assert_eq!(ran.status, Some(0));
    assert!(texts(&ran).contains('\u{fffd}'));
    assert!(ran.err.contains("damaged character(s), read as \u{fffd}"), "{}", ran.err);
}

#[test]
fn compressed_files_are_known_by_their_content() {
    let folder = Folder::new()
        .with("1.txt.gz", [gzip(PAGE), gzip("末尾\n")].concat())
        .with("2.txt.zst", [zstd(PAGE), zstd("末尾\n")].concat())
        .with("3.txt", gzip(PAGE));
    let ran = folder.run("layout 1.txt.gz 2.txt.zst 3.txt");
    assert_eq!(texts(&ran), format!("{PAGE}末尾\n{PAGE}末尾\n{PAGE}"));
    assert_eq!(files(&folder.run("pages .")), ["./1.txt.gz", "./2.txt.zst", "./3.txt"]);
}

#[test]
fn zeros_behind_a_compressed_file_are_no_text() {
    let padding = [0; 700];
    let folder = Folder::new().with("1.gz", [&gzip(PAGE), &padding[..], &gzip("末尾\n"), &padding].concat());
    let ran = folder.run("layout 1.gz");
    assert_eq!((texts(&ran), ran.err.as_str()), (format!("{PAGE}末尾\n"), ""));
    let folder = Folder::new().with("1.gz", [&gzip(PAGE), &b"rest"[..]].concat());
    assert_eq!(folder.run("layout 1.gz").status, Some(1));
}

#[test]
fn a_value_that_nothing_matches_is_told() {
    let folder = Folder::new().with("page.txt", format!("{PAGE}投入120万元。\n"));
    let ran = folder.run("extract-numbers page.txt --unit 万元");
    assert_eq!(ran.cells(["text", "value"]), [["120万元", "1200000"]]);
    assert_eq!(ran.err, "zjgr: --unit 万元: taken as 元; values are written out, 万 is part of them\n");
    let none = "zjgr: the table has no row: nothing that was read is what was asked for\n";
    for line in
        ["extract-numbers page.txt --unit 吨", "concordance 没有 page.txt", "articles page.txt --match 没有"]
    {
        let ran = folder.run(line);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), none), "{line}");
    }
    let ran = folder.run("pages page.txt --newspaper 甲报");
    assert!(ran.err.contains("no page is of the newspaper 甲报"), "{}", ran.err);
    for (line, said) in [
        ("stats page.txt --pos 名字", "tags are Latin letters"),
        ("stats page.txt --pos n，v", "tags are Latin letters"),
        ("collocates 工会 page.txt --pos 名字", "tags are Latin letters"),
        ("keyness --target 2021 page.txt", "write date=2021"),
        ("keyness --target gone page.txt", "there is no file or folder gone"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.status, Some(2), "{line}: {}", ran.err);
        assert!(ran.err.contains(said), "{line}: {}", ran.err);
    }
    let ran = folder.run("pages page.txt paegs/");
    assert!(ran.status == Some(3) && ran.err.contains("paegs/: No such file"), "{}", ran.err);
}

#[test]
fn a_field_that_no_record_has_is_told() {
    let record = "{\"text\":\"开会。\",\"day\":\"2021-02-25\",\"author\":\"白杉\"}\n";
    let folder = Folder::new()
        .with("r.jsonl", record)
        .with("p.txt", PAGE)
        .with("r.csv", "text,day\n开会。,2021-02-25\n");
    for (line, missing) in [
        ("articles r.jsonl --fields date=day,headline=titel", vec!["titel"]),
        ("articles r.jsonl --keep auther", vec!["auther"]),
        ("stats r.jsonl --fields date=dya --keep author,topic", vec!["dya", "topic"]),
        ("articles r.csv --fields date=day,page=p", vec!["p"]),
        ("articles p.txt --keep author", vec!["author"]),
        ("articles r.jsonl p.txt --keep author", vec![]),
        ("articles r.jsonl --fields date=day --keep author", vec![]),
        ("articles r.csv --fields date=day", vec![]),
    ] {
        let ran = folder.run(line);
        let told: Vec<&str> =
            ran.err.lines().filter(|told| told.contains("no record has anything in the field")).collect();
        assert_eq!(told.len(), missing.len(), "{line}: {}", ran.err);
        for field in missing {
            assert!(ran.err.contains(&format!("`{field}`")), "{line}: {}", ran.err);
        }
    }
}

#[test]
fn a_table_in_a_text_is_told() {
    let table = |row: &str| format!("date,text\n{}", row.repeat(9));
    let says = "most of its lines are rows of a table";
    for (name, text, is_told) in [
        ("a.txt", table("2021-02-25,\"昨天,职工开会。\"\n"), true),
        ("b.txt", "单位,人数,金额\n".repeat(9), true),
        ("c.txt", "单位\t人数\t金额\n".repeat(9), true),
        ("d.txt", "昨天,职工大赛开赛,来自六县的选手参加。\n".repeat(9), false),
        ("e.txt", "昨天，职工大赛开赛，来自六县的选手参加。\n".repeat(9), false),
        ("f.txt", format!("造纸厂,机械厂\n{}", "昨天开赛,来自六县的职工都参加了比赛。\n".repeat(9)), false),
    ] {
        let ran = Folder::new().with(name, &text).run(&format!("articles {name}"));
        assert_eq!(ran.err.contains(says), is_told, "{text}: {}", ran.err);
    }
}

#[test]
fn the_date_of_a_record_is_read_to_its_end() {
    let record = |date: &str| format!("{{\"text\":\"好\",\"date\":\"{date}\"}}\n");
    let good = ["2021-02-25", "2021-02-25T10:00:00", "2021-02-25 10:00:00", "2021-02-25T16:00:00Z"];
    let bad = ["2021-02-255", "2021-02-25x", "2021-02-30"];
    let folder =
        Folder::new().with("r.jsonl", good.iter().chain(&bad).map(|date| record(date)).collect::<String>());
    let ran = folder.run("articles r.jsonl");
    assert_eq!(ran.cells(["date"]), [["2021-02-25"]; 4]);
    assert_eq!(ran.err.lines().count(), 3, "{}", ran.err);
}

#[test]
fn bad_files_are_named_and_the_rest_goes_on() {
    let mut cut = gzip(&PAGE.repeat(100));
    cut.truncate(cut.len() - 9);
    let folder = Folder::new()
        .with("binary.txt", [0_u8, 1, 2, 3].repeat(9))
        .with("cut.txt.gz", cut)
        .with("latin.txt", b"caf\xe9 cr\xe8me")
        .with("page.txt", PAGE);
    let ran = folder.run("layout binary.txt cut.txt.gz gone.txt latin.txt page.txt");
    assert_eq!((ran.status, texts(&ran).as_str()), (Some(3), PAGE));
    insta::assert_snapshot!(ran.err, @"
    zjgr: gone.txt: No such file or directory (os error 2); check the path
    zjgr: binary.txt: binary data, not text; left out; give the text that the OCR program wrote
    zjgr: cut.txt.gz: cannot decompress: incomplete deflate stream; left out; is the file complete?
    zjgr: latin.txt: not text in utf-8, gb18030, big5 or utf-16; left out; name its encoding with --encoding
    ");
}

#[test]
fn where_there_is_nothing_to_do_it_says_so() {
    let folder = Folder::new().with("empty/readme.doc", "");
    let cases = [
        ("pages gone", "zjgr: gone: No such file or directory (os error 2); check the path\n"),
        (
            "pages empty",
            "zjgr: empty: no text in this folder (files are read that end in .txt .text .md .jsonl .ndjson .pdf .docx .xml .hocr .html .htm .xhtml .json .tsv .zip .tar .tgz .txz .tbz2, packed too; .json and .tsv where an OCR program wrote them)\n",
        ),
    ];
    for (line, said) in cases {
        assert_eq!(folder.run(line), Ran { status: Some(1), out: String::new(), err: said.into() });
    }
}

#[test]
fn lines_are_documents_of_their_own() {
    let folder = Folder::new().with("lines.txt", "第一\r\n\r\n第二\r第三");
    let ran = folder.run("layout lines.txt --input-format lines");
    assert_eq!(ran.cells(["line", "text"]), [["1", "第一"], ["3", "第二"], ["4", "第三"]]);
}

#[test]
fn records_say_what_they_are() {
    let folder = Folder::new().with(
        "records.jsonl",
        "\n{\"text\": \"第一段\\n第二段\", \"id\": 7, \"date\": \"2021-02-25\", \"newspaper\": \"东海日报\", \"headline\": \"题\"}\n{\"text\":\"无题\",\"date\":null}\n",
    );
    let ran = folder.run("articles records.jsonl");
    assert_eq!(
        ran.cells(["date", "newspaper", "headline", "first_line"]),
        [["2021-02-25", "东海日报", "题", "2"], ["", "", "", "3"]]
    );
}

#[test]
fn records_are_known_by_their_content() {
    let folder =
        Folder::new().with("dump.txt", "{\"text\": \"第一段\"}\n").with("page.txt", "{花边}\n第一段\n");
    assert_eq!(texts(&folder.run("layout dump.txt")), "第一段\n");
    assert_eq!(texts(&folder.run("layout page.txt")), "{花边}\n第一段\n");
}

#[test]
fn a_bad_record_is_named_with_its_line() {
    let bad = [
        "{\"text\": 1}",
        "[\"text\"]",
        "{\"text\": \"好\"",
        "{\"id\": \"x\"}",
        "{\"text\":\"x\",\"date\":\"2月\"}",
    ];
    let folder = Folder::new().with("r.jsonl", format!("{{\"text\":\"好\"}}\n{}\n", bad.join("\n")));
    let ran = folder.run("layout r.jsonl");
    assert_eq!((ran.status, texts(&ran).as_str()), (Some(3), "好\n"));
    insta::assert_snapshot!(ran.err, @r#"
    zjgr: r.jsonl:2: no record: invalid type: integer `1`, expected a string or a list of strings (at column 11)
    zjgr: r.jsonl:3: no record: not a JSON object
    zjgr: r.jsonl:4: no record: EOF while parsing an object (at column 14)
    zjgr: r.jsonl:5: no field `text` with the text in it; there are: id; --fields text=NAME names another
    zjgr: r.jsonl:6: no record: the date "2月" is not written like 2021-02-25, 2021/2/25, 20210225 or 2021年2月25日
    "#);
}

#[test]
fn a_file_full_of_bad_records_is_not_told_of_without_end() {
    let folder = Folder::new().with("r.jsonl", "{\"text\":\"好\"}\n".to_owned() + &"[]\n".repeat(100));
    assert_eq!(folder.run("layout r.jsonl").err.lines().count(), 11);
    assert_eq!(
        folder.run("layout r.jsonl -v").err.lines().filter(|line| line.contains("no record")).count(),
        100
    );
    assert_eq!(folder.run("layout r.jsonl -q").err, "");
}

#[test]
fn which_articles_count() {
    let record = |date: &str, paper: &str, text: &str| {
        format!("{{\"text\":\"{text}\",\"date\":\"{date}\",\"newspaper\":\"{paper}\"}}\n")
    };
    let folder = Folder::new().with(
        "r.jsonl",
        record("2020-12-31", "甲报", "技能大赛开赛")
            + &record("2021-02-25", "甲报", "春耕备耕")
            + &record("2021-02-28", "乙报", "技能大赛闭幕")
            + "{\"text\":\"没有日期\"}\n",
    );
    let dates = |flags: &str| -> Vec<String> {
        let ran = folder.run(&format!("articles r.jsonl {flags}"));
        ran.cells(["date"]).into_iter().map(|[date]| date).collect()
    };
    assert_eq!(dates(""), ["2020-12-31", "2021-02-25", "2021-02-28", ""]);
    assert_eq!(dates("--since 2021 -q"), ["2021-02-25", "2021-02-28"]);
    assert_eq!(dates("--until 2021-02-25"), ["2020-12-31", "2021-02-25"]);
    assert_eq!(dates("--until 2020"), ["2020-12-31"]);
    assert_eq!(dates("--since 2021-02 --until 2021-02"), ["2021-02-25", "2021-02-28"]);
    assert_eq!(dates("--newspaper 乙报"), ["2021-02-28"]);
    assert_eq!(dates("--newspaper 乙报 --newspaper 甲报").len(), 3);
    assert_eq!(dates("--match 技能.赛"), ["2020-12-31", "2021-02-28"]);
    let ran = folder.run("articles r.jsonl --since 2021");
    assert_eq!(ran.err, "zjgr: 1 page(s) without a date, passed over by --since and --until\n");
    assert_eq!(ran.status, Some(0));
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    let folder = Folder::new().with("page.txt", PAGE);
    for line in [
        "pages page.txt --since 25.2.2021",
        "pages page.txt --match (",
        "pages page.txt --threads 0",
        "pages page.txt --input-format xml",
        "pages page.txt --excel --format jsonl",
        "nothing",
        "",
    ] {
        assert_eq!(folder.run(line).status, Some(2), "{line}");
    }
}

fn gzip(text: &str) -> Vec<u8> {
    gzip_bytes(text.as_bytes())
}

fn gzip_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(text: &str) -> Vec<u8> {
    zstd::encode_all(text.as_bytes(), 1).unwrap()
}

#[test]
fn verbose_names_the_files_of_a_folder_that_are_passed_over() {
    let folder = Folder::new().with("in/a.txt", PAGE).with("in/b.csv", "a,b").with("in/c.rar", "PK");
    let ran = folder.run("pages in -v");
    for name in ["b.csv", "c.rar"] {
        assert!(ran.err.contains(&format!("{name}: passed over")), "{}", ran.err);
    }
    let counted = "zjgr: 2 file(s) of folders passed over, whose endings name no text (-v names them)\n";
    assert_eq!(folder.run("pages in").err, counted);
}

#[test]
fn a_record_with_a_masthead_and_short_articles_is_a_page() {
    let news = [
        "技能大赛开赛\n本报讯 记者王小川报道 昨天，全市职工技能大赛在体育馆开赛，来自六个县的128名选手参加。",
        "补助发到手\n本报讯 昨天，县里把补助发到120名职工手里，大家说这笔钱来得正是时候。",
    ];
    let head = "东海日报\n2021年3月8日 星期一 第4版";
    let record = |text: &str| serde_json::json!({ "text": text }).to_string() + "\n";
    let read = |text: &str| {
        let ran = super::Corpus::of(&[("a.jsonl", &record(text))]).ran(&["articles", "a.jsonl"]);
        ran.cells(["newspaper", "date", "headline"])
    };
    let page = read(&format!("{head}\n{}\n{}\n", news[0], news[1]));
    let expected = ["技能大赛开赛", "补助发到手"]
        .map(|headline| ["东海日报", "2021-03-08", headline].map(str::to_owned));
    assert_eq!(page, expected);
    let wrapped = read(&format!("{head}\n\n{}\n\n{}\n\n", news[1], news[0]));
    assert_eq!(wrapped.len(), 2);
    // A text with a title, a day and paragraphs is one article.
    let text = format!("技能大赛开赛\n2021年3月8日\n{}\n{}\n", &news[0][19..], &news[1][16..]);
    assert_eq!(read(&text).len(), 1);
    assert_eq!(read(&format!("{}\n{}\n", news[0], news[1])).len(), 1, "no masthead");
}

#[test]
fn two_encodings_in_one_file_are_told() {
    let line = "技能大赛开赛，职工都说好，工会来了。\n";
    let bytes =
        [line.repeat(3).into_bytes(), encoding_rs::GB18030.encode(&line.repeat(3)).0.into_owned()].concat();
    let ran = Folder::new().with("a.txt", bytes).run("layout a.txt");
    assert!(
        ran.err.contains("not text in one encoding: some lines are utf-8, others are not"),
        "{}",
        ran.err
    );
}

#[test]
fn a_pattern_stands_for_what_matches() {
    let folder = Folder::new()
        .with("p/2021-1.txt", PAGE)
        .with("p/2021-2.txt", PAGE)
        .with("p/2022-1.txt", PAGE)
        .with("p/.2021-3.txt", PAGE)
        .with("p/[1].txt", PAGE);
    let files = |line: &str| folder.run(line).cells(["file"]).concat();
    assert_eq!(files("pages p/2021-*.txt"), ["p/2021-1.txt", "p/2021-2.txt"]);
    assert_eq!(files("pages p/202?-1.txt"), ["p/2021-1.txt", "p/2022-1.txt"]);
    assert_eq!(files("pages p/[1].txt"), ["p/[1].txt"], "a file that is called so");
    let ran = folder.run("pages p/1999-*.txt");
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("p/1999-*.txt"), "{}", ran.err);
    for year in ["2021", "2022"] {
        folder.run(&format!("stats p/{year}-1.txt --partial {year}.zjp"));
    }
    let merged = folder.run("merge stats 202*.zjp").out;
    assert_eq!(merged, folder.run("stats p/2021-1.txt p/2022-1.txt").out);
}
