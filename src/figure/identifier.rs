//! Numbers that only identify, and numbers that only tell a place in an order.

use rust_decimal::Decimal;

use super::chars::Kind;
use super::lexicon::{Cue, Sort};
use super::numeral::Numeral;
use super::scan::{Draft, Text, UnitText};
use super::{Class, Value};
use crate::page::Role;

/// What a digit beside Latin letters is.
pub(super) enum Token {
    /// An identifier.
    Found(Draft),
    /// Part of a word; go on behind this cell.
    Skip(usize),
}

impl Text<'_> {
    fn glued(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| !cell.gap)
    }

    /// A digit behind Latin letters: CN33-0018, G15高速, ISBN 978-…, C919.
    pub(super) fn token(&self, at: usize) -> Option<Token> {
        if self.kind(at) != Kind::Digit {
            return None;
        }
        let mut start = at;
        while start > self.floor && at - start < 12 {
            let letter = self.kind(start - 1) == Kind::Letter;
            let dash = self.ch(start - 1) == '-'
                && start >= 2
                && self.kind(start - 2) == Kind::Letter
                && start == at;
            let glued = self.glued(start) || (start == at && self.is_standard(start));
            if !(letter || dash) || !glued {
                break;
            }
            start -= 1;
        }
        if start == at {
            return None;
        }
        let mut end = at;
        while end - at < 40 {
            let cell = self.kind(end);
            let joint =
                matches!(self.ch(end), '-' | '—' | '/' | '.') && matches!(self.kind(end + 1), Kind::Digit);
            let letter = cell == Kind::Letter && end > at;
            if !(cell == Kind::Digit || joint || letter)
                || (end > at && self.cells.get(end).is_some_and(|c| c.gap))
            {
                break;
            }
            end += 1;
        }
        let word: String = self
            .cells
            .get(start..at)
            .unwrap_or_default()
            .iter()
            .map(|cell| cell.ch.to_ascii_uppercase())
            .collect();
        let standard = matches!(word.as_str(), "CN" | "ISBN" | "ISSN" | "NO" | "NO." | "QQ");
        let road = [
            "高速", "国道", "省道", "次", "列车", "航班", "公路", "沿江", "线", "复线", "高铁", "动车",
            "航线", "路段",
        ];
        let numbered = word.len() <= 2 && road.iter().any(|behind| self.is(end, behind));
        let plate = word.len() == 1
            && end - at >= 4
            && start > self.floor
            && "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".contains(self.ch(start - 1));
        // A1, B2: pages of a paper that names its parts by letters.
        let page = word.len() == 1 && end - at <= 2 && self.kind(end - 1) == Kind::Digit;
        let labelled = matches!(self.role, Role::Masthead | Role::Other)
            && (start == 0 || self.cells.get(start).is_some_and(|cell| cell.gap));
        let page = page && (self.is(end, "版") || labelled);
        if page {
            let end = end + usize::from(self.is(end, "版"));
            return Some(Token::Found(Draft::new(start..end, Class::Identifier)));
        }
        let train = usize::from(numbered && self.is(end, "次"));
        let end = end + train;
        if standard || numbered || plate {
            return Some(Token::Found(Draft::new(start - usize::from(plate)..end, Class::Identifier)));
        }
        if ["RMB", "USD", "US", "HK", "NT"].iter().any(|currency| word == *currency) {
            return None;
        }
        // A Latin word that a dash joins to the number (COVID-19), or letters alone: part of a name.
        Some(Token::Skip(end.max(at + 1)))
    }

    /// True where the letters before `at` are a standard's: ISBN 978 may have a blank between.
    fn is_standard(&self, at: usize) -> bool {
        ["ISBN", "ISSN", "CN"].iter().any(|word| {
            at.checked_sub(word.len()).is_some_and(|start| start >= self.floor && self.is(start, word))
        })
    }

    /// Arabic digits and dashes from `at`: where they end, how many digits, whether a dash is among them.
    fn run(&self, at: usize) -> (usize, usize, bool) {
        let (mut end, mut digits, mut dashed, mut dashes) = (at, 0, false, 0);
        while let Some(cell) = self.cells.get(end) {
            // 0571-8806 5678: a telephone number in groups of four.
            let group = cell.gap && dashed && self.ch(at) == '0' && digits == 8;
            if end > at && cell.gap && !group {
                break;
            }
            match cell.kind {
                Kind::Digit => digits += 1,
                _ if matches!(cell.ch, '-' | '—' | '~')
                    && self.kind(end + 1) == Kind::Digit
                    && self.glued(end + 1)
                    && digits > 0 =>
                {
                    // No number has more groups, and a long row of them is not read again and again.
                    dashes += 1;
                    if dashes > 5 {
                        break;
                    }
                    dashed = true;
                }
                _ => break,
            }
            end += 1;
        }
        (end, digits, dashed)
    }

    /// Where the words in front of `at` end, colons and the like left out.
    fn cue_end(&self, at: usize) -> usize {
        let mut end = at;
        while end > self.floor && at - end < 2 && matches!(self.ch(end - 1), ':' | '为' | '是' | '(' | '“')
        {
            end -= 1;
        }
        end
    }

    /// Phone numbers, postal codes, and whatever its own words announce.
    pub(super) fn announced(&self, at: usize, last: Option<&Draft>) -> Option<Draft> {
        if let Some(found) = self.bracketed(at) {
            return Some(found);
        }
        if self.kind(at) != Kind::Digit {
            // 电话：五五五三一
            let spelled = self.numeral(at).filter(|numeral| numeral.digits >= 3 && !numeral.pair);
            let cue = self.lexicon.cue_before(Cue::Identifier, self.cells, self.floor, self.cue_end(at));
            if let (Some(numeral), Some(_)) = (spelled, cue) {
                let number = usize::from(self.ch(numeral.end) == '号');
                return Some(Draft::new(at..numeral.end + number, Class::Identifier));
            }
            return self.numbered(at);
        }
        let (end, digits, dashed) = self.run(at);
        let found = Some(Draft::new(at..end, Class::Identifier));
        let unit = matches!(
            self.ch(end),
            '年' | '月' | '日' | '时' | ':' | '.' | '%' | '万' | '亿' | '余' | '多' | ','
        ) || self.lexicon.unit_at(self.cells, end).is_some();
        let cue =
            self.lexicon.cue_before(Cue::Identifier, self.cells, self.floor, self.cue_end(at)).is_some();
        let announced = cue && (!unit || digits >= 7) && (digits >= 3 || dashed);
        let first = self.ch(at);
        let area = first == '0' && dashed && (8..=16).contains(&digits);
        let mobile = !dashed && digits == 11 && first == '1' && matches!(self.ch(at + 1), '3'..='9') && !unit;
        let toll_free = dashed && digits == 10 && (self.is(at, "400-") || self.is(at, "800-"));
        let listed = last.is_some_and(|last| {
            last.class == Class::Identifier
                && last.cells.end + 1 == at
                && matches!(self.ch(at - 1), '、' | '/' | ',')
        });
        let extension = last.is_some_and(|last| {
            last.class == Class::Identifier && last.cells.end + 1 == at && self.ch(at - 1) == '转'
        });
        let also = (listed && digits >= 5 && !unit) || extension;
        if announced || area || mobile || toll_free || also {
            return found;
        }
        let dialled =
            self.lexicon.cue_at(Cue::Dialled, self.cells, at) == Some(end) && (!unit || self.ch(end) == '打');
        if dialled && !dashed {
            let before = ["打", "拨", "给", "线", "话"]
                .iter()
                .any(|word| self.ch_before(at) == word.chars().next().unwrap_or('\0'));
            let behind = [
                "热线", "电话", "急救", "平台", "报警", "服务", "专线", "指挥", "中心", "接警", "民警", "打",
                "举报", "投诉", "调度",
            ]
            .iter()
            .any(|word| self.is(end, word));
            if before || behind || digits >= 5 {
                return found;
            }
        }
        self.numbered(at)
    }

    /// 〔2021〕3号, (2021)浙0102民初1234号.
    fn bracketed(&self, at: usize) -> Option<Draft> {
        let open = at.checked_sub(1).filter(|&k| k >= self.floor)?;
        if !matches!(self.ch(open), '〔' | '[' | '(' | '【' | '〈') || self.kind(at) != Kind::Digit {
            return None;
        }
        let (year_end, digits, dashed) = self.run(at);
        // (02)5550-1688
        if (2..=4).contains(&digits) && self.ch(at) == '0' && self.ch(year_end) == ')' {
            let (end, digits, _) = self.run(year_end + 1);
            return (digits >= 6).then(|| Draft::new(open..end, Class::Identifier));
        }
        if digits != 4 || dashed || !matches!(self.ch(year_end), '〕' | ']' | ')' | '】' | '〉') {
            return None;
        }
        let mut end = year_end + 1;
        let limit = end + 20;
        let mut number = false;
        while end < limit {
            let cell = self.cells.get(end)?;
            match cell.kind {
                Kind::Digit => number = true,
                Kind::Han if cell.ch == '号' => {
                    return number.then(|| Draft::new(open..end + 1, Class::Identifier));
                }
                Kind::Han => {}
                _ => return None,
            }
            end += 1;
        }
        None
    }

    /// 总第12266号, 107号, 23路, 501室, 00001版.
    fn numbered(&self, at: usize) -> Option<Draft> {
        let numeral = self.numeral(at)?;
        if numeral.more || numeral.decimal || numeral.pair || numeral.bare {
            return None;
        }
        let end = numeral.end;
        let value = numeral.value.map(|value| value.low);
        let masthead = self.role == Role::Masthead;
        if self.ch_before(at) == '第' {
            let total = at >= self.floor + 2 && self.ch(at - 2) == '总';
            let issue = matches!(self.ch(end), '期' | '号');
            let large = value.is_some_and(|value| value >= Decimal::from(500));
            if issue
                && (total
                    || masthead
                    || (large && self.ch(end) == '期')
                    || self.ch(end) == '号' && numeral.digits >= 3)
            {
                return Some(Draft::new(at - 1 - usize::from(total)..end + 1, Class::Identifier));
            }
            return None;
        }
        let arabic = numeral.arabic;
        let next = self.ch(end);
        // 8至12号窗口
        if arabic
            && matches!(next, '至' | '-' | '—' | '~')
            && self.ch_before(at) != '月'
            && self.kind(end + 1) == Kind::Digit
        {
            let right = self.numeral(end + 1)?;
            if self.ch(right.end) == '号' && right.arabic && !right.decimal {
                return Some(Draft::new(at..right.end + 1, Class::Identifier));
            }
        }
        match next {
            '号' if !self.dated_day(at, &numeral) => {
                let total = self.ch_before(at) == '总';
                let line = usize::from(self.ch(end + 1) == '线');
                let spelled = numeral.digits >= 3;
                if !(arabic || self.in_address(at) || line == 1 || spelled) {
                    return None;
                }
                Some(Draft::new(at - usize::from(total)..end + 1 + line, Class::Identifier))
            }
            '路' if arabic && numeral.digits <= 3 && !matches!(self.ch(end + 1), '人' | '大' | '纵') => {
                Some(Draft::new(at..end + 1, Class::Identifier))
            }
            // 104国道
            '国' | '省' | '县' if arabic && self.ch(end + 1) == '道' => {
                Some(Draft::new(at..end + 2, Class::Identifier))
            }
            '室' if arabic => Some(Draft::new(at..end + 1, Class::Identifier)),
            '版' if numeral.leading_zero => Some(Draft::new(at..end + 1, Class::Identifier)),
            '弄' if arabic && self.in_address(at) => Some(Draft::new(at..end + 1, Class::Identifier)),
            '次' if arabic && self.is(end, "次列车") => Some(Draft::new(at..end + 1, Class::Identifier)),
            _ => None,
        }
    }

    fn in_address(&self, at: usize) -> bool {
        self.lexicon.cue_before(Cue::Address, self.cells, self.floor, at).is_some()
    }

    /// True where N号 is a day: behind 月, or behind 本月, 这个月 and the like.
    fn dated_day(&self, at: usize, numeral: &Numeral) -> bool {
        let day = numeral.value.is_some_and(|value| value.low <= Decimal::from(31)) && !numeral.leading_zero;
        day && self.ch_before(at) == '月'
    }

    /// 第二批, 第一, 右三, 八届, 一级.
    pub(super) fn ordinal(&self, at: usize, last: Option<&Draft>) -> Option<Draft> {
        let numeral = self.numeral(at)?;
        let value = numeral.value.map(|value| Value::Number(value.low));
        let before = self.ch_before(at);
        let mut draft = Draft::new(at..numeral.end, Class::Ordinal);
        draft.value = value;
        if before == '第' && !numeral.decimal {
            draft.cells.start = at - 1;
            if numeral.pair {
                draft.value_max = numeral.value.map(|value| value.high);
            }
            self.ordinal_unit(&mut draft, numeral.end);
            self.ordinal_range(&mut draft, numeral.end);
            if self.is(numeral.end, "方") {
                return None;
            }
            return Some(draft);
        }
        if matches!(before, '右' | '左') && numeral.digits == 1 {
            let closes =
                matches!(self.kind(numeral.end), Kind::Bracket | Kind::Clause | Kind::Pause | Kind::Stop)
                    || numeral.end >= self.cells.len()
                    || matches!(self.ch(numeral.end), '为' | '和' | '起' | '与' | '是');
            if closes {
                draft.cells.start = at - 1;
                return Some(draft);
            }
        }
        if numeral.more || numeral.decimal || numeral.pair || numeral.few {
            return None;
        }
        let (end, _) = self.lexicon.ordinal_at(self.cells, numeral.end)?;
        let small = numeral.digits > 0 && numeral.digits <= 2;
        let behind = self.ch(end);
        let single = end == numeral.end + 1;
        let listed = last.is_some_and(|last| {
            last.class == Class::Ordinal
                && (last.cells.end == at
                    || last.cells.end + 1 == at && matches!(self.ch(at - 1), '、' | '至' | '和'))
        });
        let placed = match self.ch(numeral.end) {
            '届' => !self.lasting(at),
            '次' => last.is_some_and(|last| last.class == Class::Ordinal && last.cells.end == at && self.ch(at - 1) == '届') || last.is_some_and(|last| last.class == Class::Ordinal && self.ch(last.cells.end - 1) == '届' && at - last.cells.end <= 6) && self.is(end, "会议") || self.is(end, "党代会") || self.is(end, "全会") || self.is(end, "代表大会"),
            // 2013级: the year of a class
            '级' if numeral.digits == 4 && numeral.arabic => true,
            '级' => small && !self.windy(at, end) && !(numeral.starts_arabic && self.is(end, "以上")),
            '等' => matches!(behind, '奖' | '功' | '品' | '舱' | '座' | '兵' | '公' | '残') && !numeral.starts_arabic || self.is(end, "奖"),
            '期' => {
                let stage = single && small && !numeral.starts_arabic && self.ch(at) != '两';
                stage && !self.lasting(at) && !"培学讲班刊杂".contains(behind)
            }
            '版' => single && !self.pages(at),
            '年' => self.is(numeral.end, "年级"),
            '楼' => single && numeral.digits <= 2 && numeral.digits > 0 && !self.is(end, "楼"),
            '章' => !numeral.starts_arabic && !"共分有全".contains(before) && numeral.digits != 1,
            '阶' => false,
            _ => listed && last.is_some_and(|last| matches!(&last.unit, UnitText::Cells(unit) if self.ch(unit.start) == self.ch(numeral.end))),
        };
        if !placed || numeral.leading_zero || numeral.bare {
            return None;
        }
        self.ordinal_unit(&mut draft, numeral.end);
        Some(draft)
    }

    fn ordinal_unit(&self, draft: &mut Draft, at: usize) {
        // Whatever classifies can be put in order: 第一炉.
        let classifier = || {
            let unit = self.lexicon.unit_at(self.cells, at)?;
            (self.ch(draft.cells.start) == '第' && self.sort(unit.1) == Some(Sort::Count)).then_some(unit)
        };
        if let Some((end, id)) = self.lexicon.ordinal_at(self.cells, at).or_else(classifier) {
            if self.cells.get(at).is_some_and(|cell| cell.gap)
                || (end == at + 1
                    && self.lexicon.cue_at(Cue::NotUnit, self.cells, at).is_some_and(|word| word > end))
            {
                return;
            }
            draft.cells.end = end;
            draft.unit = UnitText::Cells(at..end);
            draft.canonical = Some(id);
            draft.sort = Some(Sort::Count);
        }
    }

    /// 第9—12版, 第三至五名.
    fn ordinal_range(&self, draft: &mut Draft, at: usize) {
        if !matches!(self.ch(at), '至' | '到' | '-' | '—' | '~') {
            return;
        }
        let right = at + 1 + usize::from(self.ch(at + 1) == '第');
        if !self.kind(right).is_numeric() {
            return;
        }
        let Some(numeral) = self.numeral(right) else { return };
        let first = match draft.value {
            Some(Value::Number(first)) => first,
            _ => return,
        };
        let Some(high) =
            numeral.value.map(|value| value.low).filter(|&high| high > first && !numeral.decimal)
        else {
            return;
        };
        let end = draft.cells.end;
        draft.cells.end = numeral.end;
        self.ordinal_unit(draft, numeral.end);
        if draft.cells.end == numeral.end {
            draft.cells.end = end;
        } else {
            draft.value_max = Some(high);
        }
    }

    /// 第二棉纺厂, 第三中学: the number is part of an institution's name.
    pub(super) fn is_institution(&self, at: usize) -> bool {
        let Some(numeral) = self.numeral(at) else { return false };
        if self.lexicon.ordinal_at(self.cells, numeral.end).is_some() && !self.is(numeral.end, "人民") {
            return false;
        }
        let suffixes = [
            "厂",
            "医院",
            "中学",
            "小学",
            "幼儿园",
            "公司",
            "研究所",
            "设计院",
            "大学",
            "学院",
            "监狱",
            "看守所",
            "工程局",
            "附属",
            "师范",
            "女中",
        ];
        let mut from = numeral.end;
        // 第一、第二棉纺厂
        if self.ch(from) == '、' && self.ch(from + 1) == '第' && self.kind(from + 2).is_chinese() {
            from += 3;
        }
        (from..from + 8)
            .take_while(|&k| self.kind(k) == Kind::Han && self.ch(k) != '的')
            .any(|k| suffixes.iter().any(|suffix| self.is(k, suffix)))
    }

    fn lasting(&self, at: usize) -> bool {
        self.lexicon.cue_before(Cue::Lasting, self.cells, self.floor, at).is_some()
    }

    /// Degrees of wind and earthquakes are measures: 东南风3~4级, 5.2级地震.
    fn windy(&self, at: usize, end: usize) -> bool {
        let before = (1..=4).any(|back| at >= self.floor + back && matches!(self.ch(at - back), '风' | '震'));
        before || ["大风", "地震", "阵风", "风", "左右", "台风", "强风"].iter().any(|word| self.is(end, word))
    }

    /// 今日8版, 共四版: how many pages, not which.
    fn pages(&self, at: usize) -> bool {
        ["今日", "今天", "本期", "共", "每期", "对开", "出", "四开", "增出", "扩为", "增至", "计", "今"]
            .iter()
            .any(|word| {
                at.checked_sub(word.chars().count())
                    .is_some_and(|start| start >= self.floor && self.is(start, word))
            })
    }
}
