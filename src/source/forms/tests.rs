//! One battery over all forms: the same small page in each of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;

const ALTO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page WIDTH="300" HEIGHT="200"><PrintSpace>
<TextBlock><TextLine HPOS="10" VPOS="20" WIDTH="80" HEIGHT="20">
<String HPOS="10" VPOS="20" WIDTH="40" HEIGHT="20" WC="0.9" CONTENT="春耕"/><SP/>
<String HPOS="50" VPOS="20" WIDTH="40" HEIGHT="20" WC="0.7" CONTENT="A&amp;B"/></TextLine>
<TextLine HPOS="10" VPOS="50" WIDTH="60" HEIGHT="20">
<String HPOS="10" VPOS="50" WIDTH="60" HEIGHT="20" CONTENT="全县动"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"#;

const PAGE_XML: &str = r#"<?xml version="1.0"?><!-- <alto> -->
<pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><pc:Page>
<pc:TextRegion id="r1"><pc:Coords points="0,0 300,0 300,200 0,200"/>
<pc:TextLine id="l1"><pc:Coords points="10,20 90,20 90,40 10,40"/>
<pc:Word id="w1"><pc:Coords points="10,20 50,20 50,40 10,40"/><pc:TextEquiv><pc:Unicode>春耕</pc:Unicode></pc:TextEquiv></pc:Word>
<pc:TextEquiv conf="0.8"><pc:Unicode>春耕A&amp;B</pc:Unicode></pc:TextEquiv></pc:TextLine>
<pc:TextLine id="l2"><pc:Coords points="10,50 70,50 70,70 10,70"/>
<pc:TextEquiv><pc:Unicode>全县动</pc:Unicode></pc:TextEquiv></pc:TextLine>
<pc:TextEquiv><pc:Unicode>的地区里也有</pc:Unicode></pc:TextEquiv></pc:TextRegion></pc:Page></pc:PcGts>"#;

const HOCR: &str = r#"<!DOCTYPE html><html><head><meta name='ocr-capabilities' content='ocr_page ocr_line'></head><body>
<div class='ocr_page' title='image "a; b.jpg"; bbox 0 0 300 200'><p class='ocr_par'>
<span class='ocr_line' title="bbox 10 20 90 40; baseline 0 -1"><span class='ocrx_word' title='bbox 10 20 50 40; x_wconf 90'>春耕</span>
<span class='ocrx_word' title='bbox 50 20 90 40; x_wconf 70'><strong>A&amp;B</strong></span></span><br>
<span class="ocr_line" title="bbox 10 50 70 70">全县动</span></p></div></body></html>"#;

const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
1\t1\t0\t0\t0\t0\t0\t0\t300\t200\t-1\t\n\
4\t1\t1\t1\t1\t0\t10\t20\t80\t20\t-1\t\n\
5\t1\t1\t1\t1\t1\t10\t20\t40\t20\t90.0\t春耕\n\
5\t1\t1\t1\t1\t2\t50\t20\t40\t20\t70.0\tA&B\n\
5\t1\t1\t1\t2\t1\t10\t50\t60\t20\t95\t全县动\n";

const RAPID: &str = r#"[[[[10,20],[90,20],[90,40],[10,40]],"春耕A&B",0.8],
[[[10,50],[70,50],[70,70],[10,70]],"全县动",0.95]]"#;
const PADDLE: &str = r#"[[[[10,20],[90,20],[90,40],[10,40]],["春耕A&B",0.8]],
[[[10,50],[70,50],[70,70],[10,70]],["全县动",0.95]]]"#;
const PADDLE_3: &str = r#"{"res": {"rec_texts": ["春耕A&B", "全县动"], "rec_scores": [0.8, 0.95],
"rec_boxes": [[10,20,90,40],[10,50,70,70]]}}"#;
const UMI: &str = r#"{"code": 100, "data": [
{"text": "春耕A&B", "score": 0.8, "box": [[10,20],[90,20],[90,40],[10,40]]},
{"text": "全县动", "score": 0.95, "box": [[10,50],[70,50],[70,70],[10,70]]}]}"#;
const CLOUD: &str = r#"{"words_result_num": 2, "words_result": [
{"words": "春耕A&B", "location": {"left": 10, "top": 20, "width": 80, "height": 20}},
{"words": "全县动", "location": {"left": 10, "top": 50, "width": 60, "height": 20}}]}"#;
const MIDDLE: &str = r#"{"pdf_info": [{"page_idx": 0, "para_blocks": [{"type": "text", "bbox": [10,20,90,70], "lines": [
{"bbox": [10,20,90,40], "spans": [{"type": "text", "content": "春耕"}, {"type": "text", "content": "A&B"}]},
{"bbox": [10,50,70,70], "spans": [{"type": "text", "content": "全县动"}]}]}]}]}"#;
const CONTENT_LIST: &str = r#"[{"type": "text", "text": "春耕A&B", "bbox": [10,20,90,40], "page_idx": 0},
{"type": "text", "text": "全县动", "bbox": [10,50,70,70], "page_idx": 0}]"#;

const ALL: [(&str, &str); 11] = [
    ("alto", ALTO),
    ("page-xml", PAGE_XML),
    ("hocr", HOCR),
    ("tesseract-tsv", TABLE),
    ("ocr-json", RAPID),
    ("ocr-json", PADDLE),
    ("ocr-json", PADDLE_3),
    ("ocr-json", UMI),
    ("ocr-json", CLOUD),
    ("ocr-json", MIDDLE),
    ("ocr-json", CONTENT_LIST),
];

fn sheets(file: &str) -> Vec<Sheet> {
    match detect(file).unwrap().read(file).unwrap() {
        Read::Sheets(sheets) => sheets,
        Read::Text(text, ..) => panic!("no places: {text}"),
    }
}

#[test]
fn each_form_is_known_by_how_it_begins() {
    for (name, file) in ALL {
        let form = detect(file).unwrap_or_else(|| panic!("{name} is not known: {file}"));
        assert_eq!(form.format().name(), name, "{file}");
        assert!(detect(&format!("\u{feff}\n{file}")).is_some(), "{name} behind a byte order mark");
    }
    for text in [
        "本报讯 今天",
        "<p>本报讯</p>",
        "[图片] 本报讯",
        "{\"text\": \"本报讯\"}",
        "",
        "level\t1",
        "[1] 注释",
    ] {
        assert!(detect(text).is_none(), "{text}");
    }
}

#[test]
fn each_form_says_the_same_of_the_same_page() {
    for (name, file) in ALL {
        let sheets = sheets(file);
        assert_eq!(sheets.len(), 1, "{name}");
        assert_eq!(sheets[0].number, 1, "{name}");
        let mut lines: Vec<(u32, String, [f32; 4])> = Vec::new();
        for piece in &sheets[0].pieces {
            let area = piece.area;
            match lines.last_mut().filter(|line| line.0 == piece.line) {
                Some(line) => line.1.push_str(&piece.text),
                None => {
                    lines.push((
                        piece.line,
                        piece.text.clone(),
                        [area.x, area.y, area.right(), area.bottom()],
                    ));
                }
            }
        }
        let texts: Vec<&str> = lines.iter().map(|line| line.1.as_str()).collect();
        assert_eq!(texts, ["春耕A&B", "全县动"], "{name}");
        assert_eq!(lines[1].2, [10.0, 50.0, 70.0, 70.0], "{name}");
    }
}

#[test]
fn a_file_that_is_cut_short_is_an_error_or_less_text_and_never_a_panic() {
    for (name, file) in ALL {
        let form = detect(file).unwrap();
        for end in (0..file.len()).filter(|&end| file.is_char_boundary(end)) {
            let _ = form.read(&file[..end]);
        }
        let half = file.len() / 2 + (0..3).find(|more| file.is_char_boundary(file.len() / 2 + more)).unwrap();
        let is_forgiving = matches!(name, "hocr");
        assert!(is_forgiving || form.read(&file[..half]).is_err(), "{name}");
    }
}

#[test]
fn the_reading_order_that_page_xml_gives_is_kept() {
    let region = |id: &str, y: u32, text: &str| {
        format!(
            "<TextRegion id='{id}'><TextLine><Coords points='0,{y} 90,{y} 90,{}'/><TextEquiv><Unicode>{text}\
             </Unicode></TextEquiv></TextLine></TextRegion>",
            y + 20
        )
    };
    let file = format!(
        "<PcGts><Page><ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='b'/>\
         <RegionRefIndexed index='1' regionRef='a'/></OrderedGroup></ReadingOrder>{}{}</Page></PcGts>",
        region("a", 0, "第二"),
        region("b", 50, "第一")
    );
    let sheets = sheets(&file);
    assert!(sheets[0].ordered);
    assert_eq!(
        sheets[0].pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(),
        ["第一", "第二"]
    );
}

#[test]
fn what_an_xml_file_declares_itself_is_not_looked_up() {
    let bomb = "<!DOCTYPE alto [<!ENTITY a \"字字\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
        <alto><Page><TextLine><String CONTENT=\"&b;&c;\" HPOS=\"0\" VPOS=\"0\" WIDTH=\"9\" HEIGHT=\"9\"/></TextLine></Page></alto>";
    let sheets = sheets(bomb);
    assert!(sheets[0].pieces.is_empty(), "{sheets:?}");
    let deep = format!("<alto>{}", "<a>".repeat(100_000));
    assert!(detect(&deep).unwrap().read(&deep).is_err());
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_a_form_panic(at in 0..ALL.len(), place in 0.0..1.0, bytes in "\\PC{0,8}|[<>\"'\\[\\]{},0-9eE.-]{0,8}") {
        let (_, file) = ALL[at];
        let mut place = (file.len() as f64 * place) as usize;
        while !file.is_char_boundary(place) {
            place -= 1;
        }
        let broken = format!("{}{bytes}{}", &file[..place], &file[place..]);
        for form in FORMS {
            let _ = form.read(&broken);
        }
        for form in PACKED {
            let _ = form.read(broken.as_bytes());
        }
    }
}

#[test]
fn a_web_page_is_its_article_without_navigation() {
    let page = "<!DOCTYPE html><html><head><title>春耕全面展开_北江日报</title><meta name=\"PubDate\" content=\"2021-03-05\">\
        <style>p{}</style></head><body><div><a href='1'>首页</a> <a href='2'>上一篇，下一篇，返回目录，查看全文版面图片</a></div>\
        <h1>春耕全面展开</h1><div id=c><p>　　本报讯（记者 甲）全县春耕备耕工作已经全面展开，<b>各乡镇</b>备足了种子。<p>小标题<br>\
        县农业局说，今年粮食播种面积稳定在四十万亩以上。</div><footer>版权所有，未经许可不得转载，违者必究其责任。</footer></body></html>";
    let Ok(Read::Text(text, format, meta)) = detect(page).unwrap().read(page) else { panic!("no text") };
    assert_eq!(format, Format::Plain);
    assert_eq!(meta.headline.as_deref(), Some("春耕全面展开"));
    assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let first = "本报讯（记者 甲）全县春耕备耕工作已经全面展开，各乡镇备足了种子。";
    assert_eq!(lines, [first, "小标题", "县农业局说，今年粮食播种面积稳定在四十万亩以上。"]);
}
