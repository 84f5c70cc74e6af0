//! Which encoding short pages are taken for, and what is read in damaged ones.

use proptest::prelude::*;

use super::*;

/// Simplified texts, short and long.
const SIMPLIFIED: [&str; 5] = [
    "工人日报",
    "本报讯 记者王小川报道 昨天，全市职工技能大赛在体育馆开赛。",
    "第三车间的姑娘们把织机擦得锃亮，等着新纱进厂。\n来自六个县的128名选手参加了12个工种的比赛，比去年多出近三成。",
    "春耕备耕\r\n\r\n农机站连夜检修拖拉机26台，保证不误农时。\r\n",
    "郴州、亳州、衢州、泸州、儋州五地供销社签订协议",
];

/// Traditional texts.
const TRADITIONAL: [&str; 4] = [
    "聯合晚報",
    "本報訊 記者陳大文報導 昨天，全市職工技能大賽在體育館開賽。",
    "第三車間的姑娘們把織機擦得雪亮，等著新紗進廠。來自六個縣的128名選手參加了12個工種的比賽。",
    "碼頭工會昨日召開會員大會，通過章程，並選出理事十一人。",
];

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        other => other.codec().encode(text).0.into_owned(),
    }
}

fn read(bytes: &[u8]) -> Result<(Encoding, u32, String)> {
    let mut text = String::from("left over");
    let decoded = decode(bytes, None, &mut text)?;
    Ok((decoded.encoding, decoded.damaged, text))
}

#[test]
fn every_encoding_is_known_without_being_told() {
    let unicode = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be];
    let simplified = SIMPLIFIED.iter().map(|text| (text, Encoding::Gb18030));
    let traditional = TRADITIONAL.iter().map(|text| (text, Encoding::Big5));
    for (text, own) in simplified.chain(traditional) {
        for encoding in unicode.into_iter().chain([own]) {
            let (found, damaged, back) = read(&encoded(text, encoding)).unwrap();
            assert_eq!((found, damaged, back.as_str()), (encoding, 0, *text));
        }
    }
}

#[test]
fn traditional_characters_in_gbk_are_no_big5() {
    for text in &TRADITIONAL[1..] {
        let (found, _, back) = read(&encoded(text, Encoding::Gb18030)).unwrap();
        assert_eq!((found, back.as_str()), (Encoding::Gb18030, *text));
    }
}

#[test]
fn a_byte_order_mark_decides_and_is_no_text() {
    for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
        let (found, _, back) = read(&encoded("\u{feff}A1", encoding)).unwrap();
        assert_eq!((found, back.as_str()), (encoding, "A1"));
    }
}

#[test]
fn one_stray_byte_spoils_one_character() {
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let mut bytes = encoded(&SIMPLIFIED[2].repeat(2), encoding);
        bytes.insert(bytes.len() / 2, 0xff);
        let (found, damaged, back) = read(&bytes).unwrap();
        assert_eq!((found, damaged), (encoding, 1), "{back}");
        assert!(back.starts_with("第三车间的姑娘们"));
    }
}

#[test]
fn a_character_cut_in_two_at_the_end_is_forgiven() {
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let bytes = encoded(SIMPLIFIED[0], encoding);
        let (found, damaged, back) = read(&bytes[..bytes.len() - 1]).unwrap();
        assert_eq!((found, damaged, back.as_str()), (encoding, 1, "工人日\u{fffd}"));
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let zip = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00\x21\x00\xdf\xa4\xd2\x6c".as_slice();
    let numbers: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for bytes in [zip, &numbers, b"%PDF-1.7\n1 0 obj << /Type /Catalog >>"] {
        assert!(matches!(read(bytes).unwrap_err().kind, ErrorKind::Binary), "{bytes:?}");
    }
    for bytes in [b"caf\xe9 cr\xe8me br\xfbl\xe9e".as_slice(), b"\xff", b"\x80\x80\x80"] {
        assert!(matches!(read(bytes).unwrap_err().kind, ErrorKind::Encoding { .. }), "{bytes:?}");
    }
}

#[test]
fn a_wrong_encoding_is_refused_when_asked_for() {
    let bytes = encoded(SIMPLIFIED[2], Encoding::Gb18030);
    let error = decode(&bytes, Some(Encoding::Utf8), &mut String::new()).unwrap_err();
    assert_eq!(error.to_string(), "not text in utf-8");
}

#[test]
fn ascii_and_nothing_are_utf8() {
    for text in ["", "a", "1998\r\n"] {
        assert_eq!(read(text.as_bytes()).unwrap(), (Encoding::Utf8, 0, text.to_owned()));
    }
}

proptest! {
    /// Named, an encoding gives back whatever was written in it.
    #[test]
    fn round_trip(text in "[ -~\n一-龥，。“”]{0,200}") {
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be] {
            let mut back = String::new();
            let decoded = decode(&encoded(&text, encoding), Some(encoding), &mut back).unwrap();
            prop_assert_eq!(decoded.damaged, 0);
            prop_assert_eq!(&back, &text);
        }
    }

    /// No bytes make it panic.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be] {
            let _ = decode(&bytes, Some(encoding), &mut String::new());
        }
    }
}
