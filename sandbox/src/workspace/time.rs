//! Times that are written as texts: days, times of day, moments, and the zones that they are meant in.

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Zones without daylight saving time, by how many minutes they are ahead of UTC.
const ZONES: [(&str, i64); 28] = [
    ("UTC", 0),
    ("Etc/UTC", 0),
    ("GMT", 0),
    ("Africa/Abidjan", 0),
    ("Africa/Lagos", 60),
    ("Africa/Johannesburg", 120),
    ("Africa/Nairobi", 180),
    ("Europe/Istanbul", 180),
    ("Europe/Moscow", 180),
    ("Asia/Riyadh", 180),
    ("Asia/Dubai", 240),
    ("Asia/Karachi", 300),
    ("Asia/Kolkata", 330),
    ("Asia/Dhaka", 360),
    ("Asia/Bangkok", 420),
    ("Asia/Ho_Chi_Minh", 420),
    ("Asia/Jakarta", 420),
    ("Asia/Hong_Kong", 480),
    ("Asia/Kuala_Lumpur", 480),
    ("Asia/Manila", 480),
    ("Asia/Shanghai", 480),
    ("Asia/Singapore", 480),
    ("Asia/Taipei", 480),
    ("Australia/Perth", 480),
    ("Asia/Seoul", 540),
    ("Asia/Tokyo", 540),
    ("America/Sao_Paulo", -180),
    ("America/Mexico_City", -360),
];

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

    fn shifted(self, by_ms: i64) -> Self {
        Self { from: self.from + by_ms, to: self.to + by_ms }
    }
}

/// By how many milliseconds a zone is ahead of UTC, by its name or as `+08:00`; none where that is not known, or not the
/// same all year.
pub fn offset_of(zone: &str) -> Option<i64> {
    let named = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(zone)).map(|(_, minutes)| minutes * MINUTE_MS);
    named.or_else(|| written_offset(zone))
}

/// The time that a text says, in a zone that is so far ahead of UTC: a day such as `2026-11-23`, which lasts from midnight
/// to midnight, a moment such as `2026-11-23T09:30:00Z`, or Unix seconds.
pub fn span_of(text: &str, offset_ms: i64) -> Option<Span> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(Span::new(seconds.checked_mul(SECOND_MS)?, SECOND_MS))
            .filter(|span| span.from.abs() < i64::MAX / 2);
    }
    let (day, rest) = text.split_at_checked(10)?;
    let midnight = day_number(day)? * DAY_MS;
    if rest.is_empty() {
        return Some(Span::new(midnight, DAY_MS).shifted(-offset_ms));
    }
    let rest = rest.strip_prefix(['T', ' '])?;
    let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(zone);
    let offset_ms = if zone.is_empty() { offset_ms } else { written_offset(zone)? };
    let (whole, _) = time.split_once('.').unwrap_or((time, ""));
    let length = if whole.len() == 5 { MINUTE_MS } else { SECOND_MS };
    Some(Span::new(midnight + time_of_day(whole)?, length).shifted(-offset_ms))
}

/// Whether a text is a day of the Gregorian calendar, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    day_number(text).is_some()
}

/// Whether a text is a time of day, `HH:MM` or `HH:MM:SS`.
pub fn is_time_of_day(text: &str) -> bool {
    time_of_day(text).is_some()
}

fn written_offset(text: &str) -> Option<i64> {
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
fn day_number(text: &str) -> Option<i64> {
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
            assert_eq!(span_of(text, offset_ms).map(|span| (span.from, span.to)), expected, "{text}");
        }
    }

    #[test]
    fn zones() {
        let table = [
            ("UTC", Some(0)),
            ("Asia/Kuala_Lumpur", Some(480)),
            ("asia/kolkata", Some(330)),
            ("-03:30", Some(-210)),
            ("Europe/Berlin", None),
            ("", None),
        ];
        for (zone, minutes) in table {
            assert_eq!(offset_of(zone), minutes.map(|minutes| minutes * MINUTE_MS), "{zone}");
        }
    }
}
