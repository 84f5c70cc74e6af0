//! Inputs: pages, mutated, put into the files of other programs, encoded, packed and damaged at random.

use std::io::Write;

/// What pages are made of, and what has been trouble elsewhere.
pub(crate) const PIECES: &[&str] = &[
    "本报讯（记者 王小川 通讯员 李一）",
    "第4版",
    "2021年2月25日 星期四",
    "农历正月十四",
    "■",
    "●",
    "【",
    "】",
    "“",
    "”",
    "（",
    "）",
    "#",
    "**",
    "|",
    "---",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\t",
    "    ",
    "\u{3000}\u{3000}",
    "\u{feff}",
    "\u{200d}",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{0}",
    "\u{301}",
    "👨‍👩‍👧",
    "⼯⼈",
    "１２３",
    "一万亿",
    "百分之三点五",
    "99999999999999999999999999999",
    "1,234.5亿元",
    "三分之〇",
    "近5成",
    "2月30日",
    "十四五",
    "图为",
    "摄",
    "（转第3版）",
    "上接第1版",
    "责任编辑",
    "{\"text\":\"",
    "\"}",
    "<p>",
    "</p>",
    ",",
    ",,,,",
    "=HYPERLINK(1)",
    "从3%提高到5%",
    "同比增长",
    "至",
    "～",
    "℃",
    "No.",
    "http://a.cn",
    "a@b.cn",
    "共同富裕",
    "浙工惠",
];

/// Numbers without a pattern (Steele, Lea & Flood 2014: SplitMix).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub(crate) fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(60)).min(length)
    }
}

/// A page, mutated a few times.
pub(crate) fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = chance.of(seeds).clone();
    for _ in 0..=chance.below(12) {
        let range = chance.range(bytes.len());
        let at = range.start;
        match chance.below(8) {
            0 => drop(bytes.drain(range)),
            1 => bytes = [&bytes[..range.end], &bytes[range.start..]].concat(),
            2 => drop(bytes.splice(at..at, chance.of(PIECES).bytes())),
            3 => drop(bytes.splice(range, chance.of(PIECES).bytes())),
            4 => drop(bytes.splice(at..at, chance.of(PIECES).repeat(1 + chance.below(200)).into_bytes())),
            5 => {
                let other = chance.of(seeds);
                drop(bytes.splice(at..at, other[chance.range(other.len())].to_vec()));
            }
            6 if at < bytes.len() => bytes[at] = chance.next() as u8,
            _ => bytes.truncate(bytes.len() - chance.below(bytes.len() / 8 + 1)),
        }
    }
    bytes
}

/// A file of another program: what stands around its lines, and around each, where `TEXT` is the line and `TOP` its place.
struct Form {
    head: &'static str,
    line: &'static str,
    foot: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        head: "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page WIDTH=\"1000\" HEIGHT=\"9000\"><PrintSpace><TextBlock>",
        line: "<TextLine><String CONTENT=\"TEXT\" HPOS=\"60\" VPOS=\"TOP\" WIDTH=\"800\" HEIGHT=\"30\" WC=\"0.9\"/></TextLine>",
        foot: "</TextBlock></PrintSpace></Page></Layout></alto>",
    },
    Form {
        head: "<html><head><meta name='ocr-system' content='t'/></head><body><div class='ocr_page' title='bbox 0 0 1000 9000'>",
        line: "<span class='ocr_line' title='bbox 60 TOP 860 TOP'><span class='ocrx_word' title='bbox 60 TOP 860 TOP; x_wconf 90'>TEXT</span></span>\n",
        foot: "</div></body></html>",
    },
    Form {
        head: "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\"><Page imageWidth=\"1000\" imageHeight=\"9000\"><TextRegion>",
        line: "<TextLine><Coords points=\"60,TOP 860,TOP 860,TOP 60,TOP\"/><TextEquiv conf=\"0.9\"><Unicode>TEXT</Unicode></TextEquiv></TextLine>",
        foot: "</TextRegion></Page></PcGts>",
    },
    Form {
        head: "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t1000\t9000\t-1\t\n",
        line: "5\t1\t1\t1\tTOP\t1\t60\tTOP\t800\t30\t90\tTEXT\n",
        foot: "",
    },
    Form {
        head: "[",
        line: "[[[60,TOP],[860,TOP],[860,TOP],[60,TOP]],\"TEXT\",0.9],",
        foot: "[[[60,1],[860,1],[860,30],[60,30]],\"尾\",0.9]]",
    },
    Form {
        head: "<html><body><h1>题</h1><div id='content'>",
        line: "<p>TEXT</p>\n",
        foot: "</div></body></html>",
    },
    Form {
        head: "标题：开工\n日期：2021-02-25\n来源：东海日报\n\n", line: "TEXT\n", foot: ""
    },
    Form { head: "file,line,text\n", line: "a.txt,TOP,TEXT\n", foot: "" },
];

impl Form {
    /// How far apart lines stand.
    const PITCH: usize = 40;

    fn around(&self, text: &str) -> String {
        let line = |(number, line): (usize, &str)| {
            let top = (number * Self::PITCH).to_string();
            self.line.replace("TOP", &top).replace("TEXT", line)
        };
        let lines: String = text.lines().enumerate().map(line).collect();
        [self.head, &lines, self.foot].concat()
    }
}

/// A record with `text`, and others that are damaged or hold little.
fn records(chance: &mut Chance, text: &str) -> String {
    let date = *chance.of(&["2021-02-25", "2021/2/30", "", "20210225x", "二月"]);
    let quoted = serde_json::to_string(text).unwrap();
    format!("{{\"text\":{quoted},\"date\":\"{date}\",\"id\":7}}\n{{\"text\":\"开会。\"}}\n{{\n")
}

/// The bytes in some form and encoding, packed, and sometimes damaged.
pub(crate) fn dressed(chance: &mut Chance, bytes: Vec<u8>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    let mut bytes = match chance.below(8) {
        0 => {
            text = chance.of(FORMS).around(&text);
            text.clone().into_bytes()
        }
        1 => {
            text = records(chance, &text);
            text.clone().into_bytes()
        }
        _ => bytes,
    };
    bytes = match chance.below(12) {
        0 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        1 => encoding_rs::BIG5.encode(&text).0.into_owned(),
        2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        3 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => bytes,
    };
    match chance.below(24) {
        0 => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&bytes).unwrap();
            bytes = packed.finish().unwrap();
        }
        1 => bytes = zstd::encode_all(&*bytes, 1).unwrap(),
        #[cfg(feature = "archives")]
        2 => bytes = zipped(&bytes),
        #[cfg(feature = "archives")]
        3 => bytes = tarred(&bytes),
        #[cfg(feature = "archives")]
        4 => {
            let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            packed.write_all(&tarred(&bytes)).unwrap();
            bytes = packed.finish().unwrap();
        }
        _ => return bytes,
    }
    if chance.below(3) == 0 {
        let at = chance.below(bytes.len());
        bytes[at] = chance.next() as u8;
    }
    bytes
}

/// An archive with `bytes` in it, twice.
#[cfg(feature = "archives")]
fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.xml"] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same as a tape.
#[cfg(feature = "archives")]
fn tarred(bytes: &[u8]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for name in ["a.txt", "b.jsonl"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        writer.append_data(&mut header, name, bytes).unwrap();
    }
    writer.into_inner().unwrap()
}
