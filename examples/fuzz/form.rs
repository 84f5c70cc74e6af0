//! The files of other programs that a text can stand in.

use crate::input::Chance;

/// What a file is called, and how it is made of a text.
pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) ending: &'static str,
    pub(crate) made: Made,
}

pub(crate) enum Made {
    /// Of the text alone.
    Plain,
    /// Line by line.
    Around(Shape),
    Text(fn(&mut Chance, &str) -> String),
    /// Of bytes that are no text.
    Binary(fn(&str) -> Vec<u8>),
}

/// What stands around lines, and around each, where `TEXT` is the line and `TOP` its place.
pub(crate) struct Shape {
    head: &'static str,
    line: &'static str,
    foot: &'static str,
}

const fn shape(head: &'static str, line: &'static str, foot: &'static str) -> Made {
    Made::Around(Shape { head, line, foot })
}

pub(crate) const FORMS: &[Form] = &[
    Form { name: "text", ending: "txt", made: Made::Plain },
    Form { name: "markdown", ending: "md", made: Made::Plain },
    Form { name: "records", ending: "jsonl", made: Made::Text(records) },
    Form {
        name: "alto",
        ending: "xml",
        made: shape(
            "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page WIDTH=\"1000\" HEIGHT=\"9000\"><PrintSpace><TextBlock>",
            "<TextLine><String CONTENT=\"TEXT\" HPOS=\"60\" VPOS=\"TOP\" WIDTH=\"800\" HEIGHT=\"30\" WC=\"0.9\"/></TextLine>",
            "</TextBlock></PrintSpace></Page></Layout></alto>",
        ),
    },
    Form {
        name: "page-xml",
        ending: "xml",
        made: shape(
            "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\"><Page imageWidth=\"1000\" imageHeight=\"9000\"><TextRegion>",
            "<TextLine><Coords points=\"60,TOP 860,TOP 860,TOP 60,TOP\"/><TextEquiv conf=\"0.9\"><Unicode>TEXT</Unicode></TextEquiv></TextLine>",
            "</TextRegion></Page></PcGts>",
        ),
    },
    Form {
        name: "hocr",
        ending: "hocr",
        made: shape(
            "<html><head><meta name='ocr-system' content='t'/></head><body><div class='ocr_page' title='bbox 0 0 1000 9000'>",
            "<span class='ocr_line' title='bbox 60 TOP 860 TOP'><span class='ocrx_word' title='bbox 60 TOP 860 TOP; x_wconf 90'>TEXT</span></span>\n",
            "</div></body></html>",
        ),
    },
    Form {
        name: "tesseract-tsv",
        ending: "tsv",
        made: shape(
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t1000\t9000\t-1\t\n",
            "5\t1\t1\t1\tTOP\t1\t60\tTOP\t800\t30\t90\tTEXT\n",
            "",
        ),
    },
    Form {
        name: "rapidocr",
        ending: "json",
        made: shape(
            "[",
            "[[[60,TOP],[860,TOP],[860,TOP],[60,TOP]],\"TEXT\",0.9],",
            "[[[60,1],[860,1],[860,30],[60,30]],\"尾\",0.9]]",
        ),
    },
    Form {
        name: "paddleocr",
        ending: "json",
        made: shape(
            "{\"res\":{\"rec_texts\":[\"首\"],\"rec_scores\":[0.9],\"rec_boxes\":[[60,1,860,30]]},\"rec_texts\":[",
            "\"TEXT\",",
            "\"尾\"],\"rec_scores\":[0.9],\"rec_boxes\":[[60,1,860,30],[60,41,860,70]]}",
        ),
    },
    Form {
        name: "umi-ocr",
        ending: "json",
        made: shape(
            "{\"code\":100,\"data\":[",
            "{\"text\":\"TEXT\",\"score\":0.9,\"box\":[[60,TOP],[860,TOP],[860,TOP],[60,TOP]]},",
            "{\"text\":\"尾\",\"score\":0.9,\"box\":[[60,1],[860,1],[860,30],[60,30]]}]}",
        ),
    },
    Form {
        name: "mineru",
        ending: "json",
        made: shape(
            "[",
            "{\"type\":\"text\",\"text\":\"TEXT\",\"bbox\":[60,TOP,860,TOP],\"page_idx\":0},",
            "{\"type\":\"text\",\"text\":\"尾\",\"page_idx\":0}]",
        ),
    },
    Form {
        name: "words-result",
        ending: "json",
        made: shape(
            "{\"words_result_num\":2,\"words_result\":[",
            "{\"words\":\"TEXT\",\"location\":{\"left\":60,\"top\":TOP,\"width\":800,\"height\":30}},",
            "{\"words\":\"尾\"}]}",
        ),
    },
    Form {
        name: "json",
        ending: "json",
        made: shape("[", "{\"text\":\"TEXT\",\"date\":\"2021-02-25\",\"page\":TOP},", "{\"text\":\"尾\"}]"),
    },
    Form {
        name: "html",
        ending: "html",
        made: shape("<html><body><h1>题</h1><div id='content'>", "<p>TEXT</p>\n", "</div></body></html>"),
    },
    Form {
        name: "epaper",
        ending: "txt",
        made: shape("标题：开工\n日期：2021-02-25\n来源：东海日报\n上一篇 下一篇\n\n", "TEXT\n", ""),
    },
    Form { name: "csv", ending: "csv", made: shape("id,text,date\n", "TOP,\"TEXT\",2021-02-25\n", "") },
    Form { name: "semicolons", ending: "csv", made: shape("id;text\n", "TOP;TEXT\n", "") },
    Form { name: "own table", ending: "csv", made: shape("file,line,text\n", "a.txt,TOP,TEXT\n", "") },
    Form {
        name: "mets",
        ending: "xml",
        made: shape(
            "<mets:mets xmlns:mets=\"m\" xmlns:xlink=\"x\"><mets:dmdSec><mods:titleInfo><mods:title>北江日报</mods:title></mods:titleInfo>\
             <mods:dateIssued>1998-03-05</mods:dateIssued></mets:dmdSec><mets:fileSec>\
             <mets:file ID=\"A1\"><mets:FLocat xlink:href=\"file://./1.txt\"/></mets:file></mets:fileSec>\
             <mets:structMap TYPE=\"PHYSICAL\"><mets:div TYPE=\"issue\">",
            "<mets:div ORDER=\"TOP\" LABEL=\"TEXT\"><mets:fptr FILEID=\"A1\"/></mets:div>",
            "</mets:div></mets:structMap></mets:mets>",
        ),
    },
    #[cfg(feature = "archives")]
    Form { name: "docx", ending: "docx", made: Made::Binary(docx) },
    #[cfg(feature = "xlsx")]
    Form { name: "xlsx", ending: "xlsx", made: Made::Binary(xlsx) },
    #[cfg(feature = "parquet")]
    Form { name: "parquet", ending: "parquet", made: Made::Binary(parquet) },
    #[cfg(feature = "pdf")]
    Form { name: "pdf", ending: "pdf", made: Made::Binary(pdf) },
];

impl Shape {
    /// How far apart lines stand.
    const PITCH: usize = 40;

    /// The file; `is_tidy` where the signs of markup in the text are no markup.
    pub(crate) fn around(&self, text: &str, is_tidy: bool) -> String {
        let line = |(number, line): (usize, &str)| {
            let top = (number * Self::PITCH).to_string();
            self.line
                .replace("TOP", &top)
                .replace("TEXT", &if is_tidy { tidy(line) } else { line.to_owned() })
        };
        let lines: String = text.lines().enumerate().map(line).collect();
        [self.head, &lines, self.foot].concat()
    }
}

fn tidy(line: &str) -> String {
    let is_markup = |c: char| ['<', '>', '&', '"', '\\'].contains(&c) || c.is_control();
    line.chars().filter(|c| !is_markup(*c)).collect()
}

/// A page that text can stand in.
pub(crate) fn page(text: &str) -> Vec<u8> {
    format!("2021年2月25日 星期四 第4版\n{text}\n").into_bytes()
}

/// A record with `text`, and others that are damaged or hold little.
fn records(chance: &mut Chance, text: &str) -> String {
    let date = *chance.of(&["2021-02-25", "2021/2/30", "", "20210225x", "二月"]);
    let quoted = serde_json::to_string(text).unwrap();
    format!("{{\"text\":{quoted},\"date\":\"{date}\",\"id\":7}}\n{{\"text\":\"开会。\"}}\n{{\n")
}

/// A word processor's file: a heading and paragraphs.
#[cfg(feature = "archives")]
fn docx(text: &str) -> Vec<u8> {
    use std::io::Write;
    let heading = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>题</w:t></w:r></w:p>";
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", tidy(line));
    let paragraphs: String = text.lines().map(paragraph).collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{heading}{paragraphs}</w:body></w:document>");
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(document.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// A workbook: a row a line.
#[cfg(feature = "xlsx")]
fn xlsx(text: &str) -> Vec<u8> {
    const MOST: usize = 9_000;
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["id", "date", "text"]).unwrap();
    for (row, line) in (1..).zip(text.lines()) {
        let line: String = line.chars().take(MOST).collect();
        sheet.write_row(row, 0, ["7", "2021-02-25", &line]).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A Parquet file: a row a line.
#[cfg(feature = "parquet")]
fn parquet(text: &str) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message page { required binary id (UTF8); required binary text (UTF8); }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema.into(), Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let ids: Vec<ByteArray> = (0..text.lines().count()).map(|id| id.to_string().as_str().into()).collect();
    let lines: Vec<ByteArray> = text.lines().map(ByteArray::from).collect();
    for cells in [ids, lines] {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

/// A PDF with a text layer: a line below the other, in a font whose codes are those of Unicode.
#[cfg(feature = "pdf")]
fn pdf(text: &str) -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let codes: std::collections::BTreeSet<u16> = text.encode_utf16().collect();
    let pairs: String = codes.iter().map(|code| format!("<{code:04X}> <{code:04X}>\n")).collect();
    let table = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /I def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{pairs}endbfchar\nendcmap end end",
        codes.len()
    );
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let map = document.add_object(Stream::new(dictionary! {}, table.into_bytes()));
    let kept = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "S",
        "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 },
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "S", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![kept.into()], "ToUnicode" => map,
    });
    let shown = |(row, line): (usize, &str)| {
        let codes: String = line.encode_utf16().map(|code| format!("{code:04X}")).collect();
        format!("BT /F 12 Tf 1 0 0 1 60 {} Tm <{codes}> Tj ET\n", 800 - 14 * row as i64)
    };
    let content: String = text.lines().enumerate().map(shown).collect();
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(kids));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
