use super::{FieldValue, Problem, Workspace};
use respond_io_wasm::engine::identifier::is_uri;
use serde::{Deserialize, Serialize};

/// What the values of a custom field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A finite number.
    Number,
    /// A day of the calendar, as `2026-11-23`.
    Date,
    /// One of the field's options.
    List,
    /// `true` or `false`.
    Checkbox,
    /// An address that begins with `http://` or `https://`.
    Url,
}

/// A custom field of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The field's number.
    pub id: u64,
    /// Its name; no two fields share one.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The allowed values of a list.
    pub options: Vec<String>,
}

impl Field {
    /// Checks a value against the field's kind and options.
    pub fn check(&self, value: &str) -> Result<(), Problem> {
        if self.takes(value) {
            return Ok(());
        }
        Err(Problem::FieldValue { name: self.name.clone(), expected: self.expected() })
    }

    fn takes(&self, value: &str) -> bool {
        match self.kind {
            FieldKind::Text => true,
            FieldKind::Number => value.parse().is_ok_and(f64::is_finite),
            FieldKind::Date => is_date(value),
            FieldKind::List => self.options.iter().any(|option| option == value),
            FieldKind::Checkbox => matches!(value, "true" | "false"),
            FieldKind::Url => {
                (value.starts_with("http://") || value.starts_with("https://")) && is_uri(value.as_bytes())
            }
        }
    }

    fn expected(&self) -> String {
        match self.kind {
            FieldKind::Text => "any text".into(),
            FieldKind::Number => "a number".into(),
            FieldKind::Date => "a date such as 2026-11-23".into(),
            FieldKind::List => format!("one of {}", self.options.join(", ")),
            FieldKind::Checkbox => "true or false".into(),
            FieldKind::Url => "a web address such as https://example.com".into(),
        }
    }
}

/// A day of the Gregorian calendar, `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let is_digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    if !is_digits(year, 4) || !is_digits(month, 2) || !is_digits(day, 2) {
        return false;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    (1..=days_in(number(year), number(month))).contains(&number(day))
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

impl Workspace {
    /// The custom fields, in the order of their numbers.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.values()
    }

    /// Creates a custom field.
    pub fn create_field(&mut self, name: &str, kind: FieldKind, options: Vec<String>) -> Result<&Field, Problem> {
        match kind {
            FieldKind::List if options.is_empty() => {
                return Err(Problem::FieldOptions("field.options must not be empty for a list"));
            }
            FieldKind::List => {}
            _ if !options.is_empty() => return Err(Problem::FieldOptions("field.options goes with type list only")),
            _ => {}
        }
        if self.index.fields.contains_key(name) {
            return Err(Problem::FieldTaken);
        }
        let id = self.next.field;
        self.next.field += 1;
        self.index.fields.insert(name.into(), id);
        Ok(self.fields.entry(id).or_insert(Field { id, name: name.into(), kind, options }))
    }

    /// The values by the fields' numbers, each checked.
    pub(super) fn checked_values(&self, values: &[(String, String)]) -> Result<Vec<FieldValue>, Problem> {
        let checked = |(name, value): &(String, String)| {
            let id = self.index.fields.get(name).ok_or_else(|| Problem::NoField(name.clone()))?;
            self.fields[id].check(value)?;
            Ok(FieldValue { field: *id, value: value.clone() })
        };
        values.iter().map(checked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_checked_by_kind() {
        let table = [
            (FieldKind::Text, vec!["", "anything"], vec![]),
            (FieldKind::Number, vec!["0", "-1.5", "1e3"], vec!["", "one", "inf", "NaN", "1e999", "1 "]),
            (
                FieldKind::Date,
                vec!["2026-11-23", "2024-02-29", "2000-02-29"],
                vec![
                    "",
                    "2026-02-29",
                    "1900-02-29",
                    "2026-13-01",
                    "2026-00-10",
                    "2026-1-1",
                    "2026-11-31",
                    "+026-01-01",
                    "2026-11-23T00:00",
                ],
            ),
            (FieldKind::List, vec!["a", "b"], vec!["", "c", "A"]),
            (FieldKind::Checkbox, vec!["true", "false"], vec!["", "True", "1", "yes"]),
            (
                FieldKind::Url,
                vec!["https://example.com/a"],
                vec!["", "example.com", "ftp://a", "https://a b", "javascript:1"],
            ),
        ];
        for (kind, good, bad) in table {
            let field = Field { id: 1, name: "f".into(), kind, options: vec!["a".into(), "b".into()] };
            for value in good {
                assert_eq!(field.check(value), Ok(()), "{kind:?} {value:?}");
            }
            for value in bad {
                assert!(field.check(value).is_err(), "{kind:?} {value:?}");
            }
        }
    }

    #[test]
    fn options_go_with_lists() {
        let mut workspace = Workspace::default();
        assert!(workspace.create_field("a", FieldKind::List, vec![]).is_err());
        assert!(workspace.create_field("a", FieldKind::Text, vec!["x".into()]).is_err());
        assert!(workspace.create_field("a", FieldKind::List, vec!["x".into()]).is_ok());
        assert_eq!(workspace.create_field("a", FieldKind::Text, vec![]), Err(Problem::FieldTaken));
    }
}
