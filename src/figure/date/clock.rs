//! Times of day, and dates in digits and signs alone: 8时30分, 17:55:23, 2015-06-12.

use super::{Dates, Number, Part, Point};
use crate::figure::chars::Kind;
use crate::figure::lexicon::Cue;

impl Dates<'_> {
    /// 2015-06-12, 2015.5.13, 2019/04/19 09:36, 8:30, 20240307.
    pub(super) fn numeric(&self, at: usize) -> Option<(usize, Point, Option<Part>)> {
        let (end, year, digits) = self.digits(at)?;
        if digits == 8 && !self.kind(end).is_numeric() {
            let (y, m, d) = (year / 10_000, year / 100 % 100, year % 100);
            let valid = (1900..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
            let bare =
                self.lexicon.unit_at(self.cells, end).is_none() && !matches!(self.ch(end), '万' | '亿' | '-');
            let point =
                Point { year: i32::try_from(y).ok(), month: Some(m), day: Some(d), ..Point::default() };
            return (valid && bare).then_some((end, point, None));
        }
        if digits == 4 && (1000..=2999).contains(&year) {
            let sign = self.ch(end);
            if matches!(sign, '-' | '/' | '.' | '—') {
                let (month_end, month, month_digits) = self.digits(end + 1)?;
                if (1..=12).contains(&month) && month_digits <= 2 {
                    let mut point =
                        Point { year: i32::try_from(year).ok(), month: Some(month), ..Point::default() };
                    if matches!(self.ch(month_end), '-' | '/' | '.' | '—')
                        && let Some((day_end, day, day_digits)) = self.digits(month_end + 1)
                        && (1..=31).contains(&day)
                        && day_digits <= 2
                    {
                        point.day = Some(day);
                        if let Some((end, time)) = self.clock(day_end) {
                            return Some((end, point.at(time), None));
                        }
                        return Some((day_end, point, None));
                    }
                    let range = self.ch(month_end) == '-'
                        && self.digits(month_end + 1).is_some_and(|(_, y, n)| n == 4 && y >= year);
                    let after_range = at >= 2 && self.before(at, 1) == '-' && month_digits == 2;
                    if month_digits == 2
                        && (sign == '-' || range || after_range)
                        && !self.kind(month_end).is_numeric()
                    {
                        return Some((month_end, point, None));
                    }
                }
            }
            return None;
        }
        self.clock(at).map(|(end, point)| (end, point, None))
    }

    /// 8:30, 17:55:23, 2:00pm.
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Point)> {
        let (end, hour, digits) = self.digits(at)?;
        if self.ch(end) != ':' || hour > 24 || digits > 2 {
            return None;
        }
        let (mut end, minute, minute_digits) = self.digits(end + 1)?;
        if minute > 59 || minute_digits != 2 {
            return None;
        }
        let mut point = Point { hour: Some(hour), minute: Some(minute), ..Point::default() };
        if self.ch(end) == ':'
            && let Some((second_end, second, 2)) = self.digits(end + 1)
            && second < 60
        {
            point.second = Some(second);
            end = second_end;
        }
        for word in ["pm", "am", "PM", "AM", "p.m.", "a.m."] {
            if self.is(end, word) {
                point.afternoon = word.starts_with(['p', 'P']);
                return Some((end + word.len(), point));
            }
        }
        if self.ch(end) == '时' {
            end += 1;
        }
        Some((end, point))
    }

    /// A time of day behind a date: 8:30, 8时30分, 八点半.
    pub(super) fn time(&self, at: usize) -> Option<(usize, Point)> {
        if let Some(found) = self.clock(at) {
            return Some(found);
        }
        let number = self.number(at)?;
        let mut point = Point { hour: Some(number.value), ..Point::default() };
        if number.value > 24 || number.pair {
            return None;
        }
        match self.ch(number.end) {
            '点' => {
                let end = self.past_hour(number.end + 1, &mut point);
                Some((end, point))
            }
            '时' => {
                let mut end = number.end + 1;
                if let Some(minute) = self.number(end)
                    && self.part(&minute, self.ch(minute.end), Part::Minute, false).is_some()
                {
                    point.minute = Some(minute.value);
                    end = minute.end + 1;
                }
                Some((end, point))
            }
            _ => None,
        }
    }

    /// What follows N点: 半, 整, 钟, 一刻, minutes.
    pub(super) fn past_hour(&self, at: usize, point: &mut Point) -> usize {
        if self.is(at, "半") {
            point.minute = Some(30);
            return at + 1;
        }
        if self.is(at, "整") || (self.is(at, "钟") && self.ch(at + 1) != '头') {
            point.minute = Some(0);
            return at + 1;
        }
        if let Some(number) = self.number(at) {
            if self.ch(number.end) == '刻' && number.value <= 3 {
                point.minute = Some(number.value * 15);
                return number.end + 1;
            }
            if number.value < 60 && self.ch(number.end) == '分' && self.ch(number.end + 1) != '钟' {
                point.minute = Some(number.value);
                let end = number.end + 1;
                if let Some(second) = self.number(end)
                    && self.ch(second.end) == '秒'
                    && second.value < 60
                {
                    point.second = Some(second.value);
                    return second.end + 1;
                }
                return end;
            }
            if number.value < 60 && number.digits == 2 && number.arabic {
                point.minute = Some(number.value);
                return number.end;
            }
        }
        at
    }

    /// True where N点 is a time of day and no list of points and no points of an index.
    pub(super) fn is_hour(&self, number: &Number, next: Part) -> bool {
        let after = number.end + 1;
        let behind =
            ["半", "整", "钟", "一刻", "三刻", "多钟", "左右", "许", "以前", "以后", "前", "后", "起"];
        if next == Part::Hour || behind.iter().any(|word| self.is(after, word)) {
            return true;
        }
        let minute = self.number(after).is_some_and(|m| {
            m.value < 60 && (self.ch(m.end) == '分' || (m.digits == 2 && m.arabic) || m.value >= 10)
        });
        let before = number.end - self.width(number);
        let hours = self.lexicon.cue_before(Cue::Hours, self.cells, self.floor, before).is_some();
        if minute || hours || self.connector(after).is_some() {
            return true;
        }
        let index = "涨跌升降报收得高低出下讲谈提说有了扣加这几".contains(self.before(before, 1));
        let listed =
            self.kind(after) == Kind::Han && !"也就才都来去出开准到至还便已我他她你".contains(self.ch(after));
        let told = matches!(self.ch(after), ':' | '：');
        let few = !number.arabic && number.value < 7 && self.before(before, 1) != '\0';
        !(index || listed || told || (few && !"到在从至早晚约".contains(self.before(before, 1))))
    }

    fn width(&self, number: &Number) -> usize {
        // The number's cells are numeric without exception, so walking back over them finds its start.
        let mut start = number.end;
        while start > self.floor && self.kind(start - 1).is_numeric() && number.end - start < 4 {
            start -= 1;
        }
        number.end - start
    }

    /// 21:15 behind 以 or in front of 战胜 is a score, behind 比例 a proportion.
    pub(super) fn is_score(&self, at: usize, end: usize) -> bool {
        let before = ["以", "比例", "之比", "比为", "比分", "比率", "分别以", "配比", "比"];
        let behind = [
            "战胜",
            "击败",
            "胜",
            "负",
            "领先",
            "落后",
            "逼平",
            "战平",
            "力克",
            "大胜",
            "险胜",
            "取胜",
            "告负",
            "轻取",
            "击退",
            "不敌",
            "淘汰",
            "的比分",
            "拿下",
        ];
        let said = before.iter().any(|word| {
            let length = word.chars().count();
            let start = at.checked_sub(length).filter(|&start| start >= self.floor);
            start.is_some_and(|start| self.is(start, word))
                || at.checked_sub(length + 1).is_some_and(|start| {
                    start >= self.floor
                        && self.is(start, word)
                        && matches!(self.ch(at - 1), '为' | '是' | '约' | '达')
                })
        });
        said || behind.iter().any(|word| self.is(end, word))
    }
}
