//! Times that are written as texts: days, times of day and moments.

use super::zone::Zone;

pub(super) const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;

/// From one moment to another, in Unix milliseconds, both of them included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: i64,
    /// The last.
    pub to: i64,
}

impl Span {
    fn new(from: i64, length: i64) -> Self {
        Self { from, to: from + length - 1 }
    }
}

/// The time that a text says, in a zone: a day such as `2026-11-23`, which lasts from midnight to midnight, a moment such
/// as `2026-11-23T09:30:00Z`, or Unix seconds.
pub fn span_of(text: &str, zone: &Zone) -> Option<Span> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(Span::new(seconds.checked_mul(SECOND_MS)?, SECOND_MS))
            .filter(|span| span.from.abs() < i64::MAX / 2);
    }
    let (day, rest) = text.split_at_checked(10)?;
    let midnight = day_number(day)? * DAY_MS;
    if rest.is_empty() {
        return Some(Span { from: zone.moment(midnight), to: zone.moment(midnight + DAY_MS) - 1 });
    }
    let rest = rest.strip_prefix(['T', ' '])?;
    let end = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(end);
    let (whole, _) = time.split_once('.').unwrap_or((time, ""));
    let length = if whole.len() == 5 { MINUTE_MS } else { SECOND_MS };
    let local = midnight + time_of_day(whole)?;
    let from = if offset.is_empty() { zone.moment(local) } else { local - written_offset(offset)? };
    Some(Span::new(from, length))
}

/// Whether a text is a day of the Gregorian calendar, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    day_number(text).is_some()
}

/// Whether a text is a time of day, `HH:MM` or `HH:MM:SS`.
pub fn is_time_of_day(text: &str) -> bool {
    time_of_day(text).is_some()
}

pub(super) fn written_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let time = text.strip_prefix(['+', '-']).filter(|time| time.len() == 5)?;
    Some(sign * time_of_day(time)?)
}

/// The milliseconds since midnight.
fn time_of_day(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let number = |part: &str, bound: i64| digits(part, 2).filter(|&number| number < bound);
    Some(number(hour, 24)? * HOUR_MS + number(minute, 60)? * MINUTE_MS + number(second, 60)? * SECOND_MS)
}

/// The days since the beginning of 1970.
pub(super) fn day_number(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    if !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
    Some(years + (1..month).map(|month| days_in(year, month)).sum::<i64>() + day - 1)
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let are_digits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| are_digits)
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JANUARY_2026: i64 = 1_767_225_600_000;

    #[test]
    fn spans() {
        let table = [
            ("1970-01-01", 0, Some((0, DAY_MS - 1))),
            ("2026-11-23", 0, Some((1_795_392_000_000, 1_795_478_399_999))),
            ("2000-03-01", 0, Some((951_868_800_000, 951_955_199_999))),
            ("1970-01-02", 8 * HOUR_MS, Some((16 * HOUR_MS, 40 * HOUR_MS - 1))),
            ("1970-01-01T00:01", 0, Some((60_000, 119_999))),
            ("1970-01-01 00:00:05", 0, Some((5_000, 5_999))),
            ("1970-01-01T08:00:05.250", 8 * HOUR_MS, Some((5_000, 5_999))),
            ("1970-01-01T00:00:05Z", 8 * HOUR_MS, Some((5_000, 5_999))),
            ("1970-01-01T09:30:05+09:30", 0, Some((5_000, 5_999))),
            ("1970-01-01T00:00:00-01:00", 0, Some((HOUR_MS, HOUR_MS + 999))),
            ("5", 8 * HOUR_MS, Some((5_000, 5_999))),
            ("-5", 0, Some((-5_000, -4_001))),
            ("", 0, None),
            ("yesterday", 0, None),
            ("2026-02-29", 0, None),
            ("2026-01-01T", 0, None),
            ("2026-01-01T25:00", 0, None),
            ("2026-01-01X00:00", 0, None),
            ("2026-01-01T00:00+8", 0, None),
            ("99999999999999999999", 0, None),
            ("9223372036854775807", 0, None),
            ("2026-01-0é", 0, None),
        ];
        for (text, offset_ms, expected) in table {
            assert_eq!(span_of(text, &Zone::fixed(offset_ms)).map(|span| (span.from, span.to)), expected, "{text}");
        }
    }

    #[test]
    fn zones() {
        let table = [
            ("UTC", Some(0)),
            ("Asia/Kuala_Lumpur", Some(480)),
            ("asia/kolkata", Some(330)),
            ("-03:30", Some(-210)),
            ("Z", Some(0)),
            ("Europe/Berlin", Some(60)),
            ("America/New_York", Some(-300)),
            ("Australia/Lord_Howe", Some(660)),
            ("Asia/Nowhere", None),
            ("", None),
        ];
        for (name, minutes) in table {
            let winter = Zone::named(name).map(|zone| JANUARY_2026 - zone.moment(JANUARY_2026));
            assert_eq!(winter, minutes.map(|minutes| minutes * MINUTE_MS), "{name}");
        }
    }

    #[test]
    fn days_of_a_zone_with_daylight_saving_time() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let hours = |zone: &Zone, day: &str| {
            let span = span_of(day, zone).unwrap();
            (span.to + 1 - span.from) / HOUR_MS
        };
        for (day, expected) in [("2026-03-29", 23), ("2026-03-30", 24), ("2026-10-25", 25), ("2096-10-28", 25)] {
            assert_eq!(hours(&berlin, day), expected, "{day}");
        }
        let utc = |text: &str| span_of(text, &Zone::default()).unwrap().from;
        for (text, expected) in [
            ("2026-01-15T12:00", "2026-01-15T11:00"),
            ("2026-07-15T12:00", "2026-07-15T10:00"),
            ("2026-07-15T12:00Z", "2026-07-15T12:00"),
            ("2026-03-29T02:30", "2026-03-29T01:30"),
            ("2026-10-25T02:30", "2026-10-25T00:30"),
            ("2026-07-15", "2026-07-14T22:00"),
        ] {
            assert_eq!(span_of(text, &berlin).unwrap().from, utc(expected), "{text}");
        }
        // Beirut's clock skips midnight itself.
        let beirut = Zone::named("Asia/Beirut").unwrap();
        assert_eq!(
            (hours(&beirut, "2026-03-29"), span_of("2026-03-29", &beirut).unwrap().from),
            (23, utc("2026-03-28T22:00"))
        );
    }
}
