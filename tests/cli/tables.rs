//! Tables whose rows are documents.

use super::{Folder, Ran};

const CSV: &str =
    "id,date,title,content\n7,2023/3/17,招聘会,\"工会开会，\n\"\"下午\"\"继续。\"\n8,,,再开会。\n";
const FIELDS: &str = "--fields text=content,headline=title";

fn said(ran: &Ran) -> Vec<[String; 5]> {
    ran.cells(["id", "date", "headline", "first_line", "body"])
}

/// What the rows of [`CSV`] say.
fn expected() -> Vec<[&'static str; 5]> {
    vec![["7", "2023-03-17", "招聘会", "2", "工会开会，\n\"下午\"继续。"], ["8", "", "", "4", "再开会。"]]
}

#[test]
fn the_rows_of_a_table_are_documents() {
    let semicolons = CSV.replace(',', ";");
    let gbk = encoding_rs::GB18030.encode(CSV).0.into_owned();
    let utf16: Vec<u8> = format!("\u{feff}{CSV}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("a.csv", CSV.as_bytes().to_vec()),
        ("b.csv", format!("\u{feff}{CSV}").into_bytes()),
        ("c.csv", semicolons.into_bytes()),
        ("d.csv", gbk),
        ("e.csv", utf16),
        ("f.csv.zst", zstd::encode_all(CSV.as_bytes(), 1).unwrap()),
    ] {
        let ran = Folder::new().with(name, bytes).run(&format!("articles {name} {FIELDS}"));
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{name}");
        assert_eq!(said(&ran), expected(), "{name}");
    }
    let ran = Ran::from(
        Folder::new()
            .zjgr(&format!("articles - --input-format csv {FIELDS}"))
            .write_stdin(CSV)
            .output()
            .unwrap(),
    );
    assert_eq!(said(&ran), expected());
}

#[test]
fn a_table_of_what_was_found_is_told_where_it_is_read_as_text() {
    let folder = Folder::new().with("p.txt", "今天，工会拨款600元，慰问3名职工。\n");
    for table in ["figures.csv", "figures.jsonl", "articles.csv"] {
        let command = if table == "articles.csv" { "articles" } else { "extract-numbers" };
        folder.run(&format!("{command} p.txt -o {table}"));
        let fields = if command == "articles" { "--fields text=body" } else { "" };
        let ran = folder.run(&format!("stats {table} {fields}"));
        let is_told = ran.err.contains("a table that zjgr wrote of what it found");
        assert_eq!((ran.status, is_told), (Some(0), command != "articles"), "{table}: {}", ran.err);
    }
}

#[test]
fn a_table_without_a_header_is_read_by_numbers() {
    let folder = Folder::new().with("a.tsv", "2023-03-17\t说\"好\"\n2023-03-18\t再开会。\n");
    let ran = folder.run("articles a.tsv --fields text=2,date=1");
    assert_eq!(
        ran.cells(["date", "first_line", "body"]),
        [["2023-03-17", "1", "说\"好\""], ["2023-03-18", "2", "再开会。"]]
    );
}

#[test]
fn a_table_without_the_text_says_which_columns_it_has() {
    let ran = Folder::new().with("a.csv", CSV).run("articles a.csv");
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.starts_with(
            "zjgr: a.csv: no column `text` with the text in it; there are: id, date, title, content;"
        ),
        "{}",
        ran.err
    );
    let bad = CSV.replace("2023/3/17", "三月");
    let ran = Folder::new().with("a.csv", bad).run(&format!("articles a.csv {FIELDS}"));
    assert_eq!(ran.status, Some(3));
    assert!(ran.err.starts_with("zjgr: a.csv:2: no record: the date \"三月\""), "{}", ran.err);
    assert_eq!(ran.cells(["id"]), [["8"]]);
}

#[test]
fn the_items_of_a_json_array_are_documents() {
    let json = "[\n{\"id\": 7, \"date\": \"2023-03-17\", \"title\": \"招聘会\", \"content\": \"工会开会，\\n\\\"下午\\\"继续。\", \"n\": {\"a\": [1]}},\n\n{\"id\": 8, \"content\": \"再开会。\"}\n]\n";
    let folder = Folder::new().with("a.json", json).with("cut.json", &json[..json.len() - 20]);
    let ran = folder.run(&format!("articles a.json {FIELDS}"));
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert_eq!(said(&ran), expected());
    let ran = folder.run(&format!("articles cut.json {FIELDS}"));
    assert_eq!((ran.status, ran.cells(["id"])), (Some(3), vec![["7".to_owned()]]), "{}", ran.err);
    assert!(ran.err.contains("cut.json: cut short"), "{}", ran.err);
}

/// Tables that zjgr wrote are tables like any other.
#[cfg(feature = "xlsx")]
#[test]
fn the_rows_of_a_workbook_are_documents() {
    let folder = Folder::new().with("a.csv", CSV);
    let ran = folder.run(&format!("articles a.csv {FIELDS} -o a.xlsx"));
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let ran = folder.run("articles a.xlsx --fields text=body");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let rows = [["7", "2023-03-17", "招聘会", "工会开会，\n\"下午\"继续。"], ["8", "", "", "再开会。"]];
    assert_eq!(ran.cells(["id", "date", "headline", "body"]), rows);
    let ran = folder.run("articles a.xlsx");
    assert!(ran.err.contains("no column `text`") && ran.err.contains("headline"), "{}", ran.err);
    cut_anywhere("a.xlsx", &std::fs::read(folder.path().join("a.xlsx")).unwrap());
}

#[cfg(feature = "parquet")]
#[test]
fn the_rows_of_a_parquet_file_are_documents() {
    let bytes = parquet();
    let folder = Folder::new().with("a.parquet", &bytes).with("a.gz", {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
        writer.finish().unwrap()
    });
    for name in ["a.parquet", "a.gz"] {
        let ran = folder.run(&format!("articles {name} --fields text=content"));
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
        let rows = [["2023-03-17", "1", "工会开会。"], ["", "2", "再开会。"]];
        assert_eq!(ran.cells(["date", "first_line", "body"]), rows);
    }
    let ran = folder.run("articles a.parquet");
    assert!(ran.err.contains("no column `text`") && ran.err.contains("date, score, content"), "{}", ran.err);
    cut_anywhere("a.parquet", &bytes);
}

/// Two rows, the second without a day.
#[cfg(feature = "parquet")]
fn parquet() -> Vec<u8> {
    use parquet::column::writer::ColumnWriter;
    use parquet::data_type::ByteArray;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    let schema = "message records { optional int32 date (DATE); optional double score; optional binary content (UTF8); }";
    let schema = std::sync::Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    while let Some(mut column) = group.next_column().unwrap() {
        let written = match column.untyped() {
            ColumnWriter::Int32ColumnWriter(column) => column.write_batch(&[19_433], Some(&[1, 0]), None),
            ColumnWriter::DoubleColumnWriter(column) => column.write_batch(&[0.5, 0.25], Some(&[1, 1]), None),
            ColumnWriter::ByteArrayColumnWriter(column) => {
                let texts = ["工会开会。", "再开会。"].map(|text| ByteArray::from(text.as_bytes().to_vec()));
                column.write_batch(&texts, Some(&[1, 1]), None)
            }
            _ => unreachable!("the schema has no other type"),
        };
        written.unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

/// No file that is cut short, nor one with a wrong byte, is a fault.
fn cut_anywhere(name: &str, bytes: &[u8]) {
    for at in (0..bytes.len()).step_by(bytes.len() / 12 + 1) {
        let mut wrong = bytes.to_vec();
        wrong[at] ^= 0x55;
        for bytes in [&bytes[..at], &wrong] {
            let folder = Folder::new().with(name, bytes);
            let ran = folder.run(&format!("articles {name} --fields text=content"));
            assert!(matches!(ran.status, Some(0..=3)) && !ran.err.contains("a fault of zjgr"), "{}", ran.err);
        }
    }
}

#[cfg(feature = "archives")]
#[test]
fn a_word_file_gives_its_paragraphs_headings_and_tables() {
    use std::io::Write;
    let run = |text: &str| {
        format!(
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let heading = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>春耕备耕</w:t></w:r><w:r><w:t>全面展开</w:t></w:r></w:p>";
    let row = |cells: [&str; 2]| {
        format!("<w:tr>{}</w:tr>", cells.map(|cell| format!("<w:tc>{}</w:tc>", run(cell))).concat())
    };
    let body = [
        heading.to_owned(),
        run(
            "本报讯 全县春耕备耕工作已经全面展开，<w:del><w:r><w:t>删去</w:t></w:r></w:del>各乡镇备足了种子。",
        ),
        format!("<w:tbl>{}{}</w:tbl>", row(["乡镇", "亩数"]), row(["城关", "四百"])),
        run("县农业局说，今年播种面积稳定在四十万亩以上。"),
    ];
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", body.concat());
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", xml.as_str())] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let folder = Folder::new().with("in/a.docx", &bytes).with("in/a.txt", "本报讯\n");
    let ran = folder.run("layout in");
    assert_eq!(
        ran.cells(["role", "text"]),
        [
            ["headline", "春耕备耕全面展开"],
            ["body", "本报讯 全县春耕备耕工作已经全面展开，各乡镇备足了种子。"],
            ["body", "| 乡镇 | 亩数 |"],
            ["body", "| 城关 | 四百 |"],
            ["body", "县农业局说，今年播种面积稳定在四十万亩以上。"],
        ]
    );
}
