use super::time::{is_date, is_time_of_day};
use super::{FieldValue, Problem, Workspace};
use respond_io_wasm::engine::identifier::{is_email, is_uri};
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
    /// An email.
    Email,
    /// A time of day, as `09:30`.
    Time,
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
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
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
            FieldKind::Email => is_email(value.as_bytes()),
            FieldKind::Time => is_time_of_day(value),
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
            FieldKind::Email => "an email such as aida@example.com".into(),
            FieldKind::Time => "a time such as 09:30".into(),
        }
    }
}

impl Workspace {
    /// The custom fields, in the order of their numbers.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.values()
    }

    /// The custom field with this number.
    pub fn field(&self, id: u64) -> Result<&Field, Problem> {
        self.fields.get(&id).ok_or(Problem::NoFieldNumber)
    }

    /// Creates a custom field.
    pub fn create_field(&mut self, name: &str, kind: FieldKind, options: Vec<String>) -> Result<&mut Field, Problem> {
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
        Ok(self.fields.entry(id).or_insert(Field { id, name: name.into(), kind, options, description: None }))
    }

    /// The custom field with this name.
    pub fn field_named(&self, name: &str) -> Result<&Field, Problem> {
        let id = self.index.fields.get(name).ok_or_else(|| Problem::NoField(name.into()))?;
        Ok(&self.fields[id])
    }

    /// The values by the fields' numbers, each checked.
    pub(super) fn checked_values(&self, values: &[(String, String)]) -> Result<Vec<FieldValue>, Problem> {
        let checked = |(name, value): &(String, String)| {
            let field = self.field_named(name)?;
            field.check(value)?;
            Ok(FieldValue { field: field.id, value: value.clone() })
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
            (FieldKind::Email, vec!["a@b.c"], vec!["", "a", "a@"]),
            (FieldKind::Time, vec!["00:00", "23:59", "09:30:15"], vec!["", "9:30", "24:00", "12:60", "12:00:60", "12"]),
        ];
        for (kind, good, bad) in table {
            let options = vec!["a".into(), "b".into()];
            let field = Field { id: 1, name: "f".into(), kind, options, description: None };
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
