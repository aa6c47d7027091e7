use super::time::{Span, span_of};
use super::zone::Zone;
use super::{Attribute, Contact, FieldKind, Workspace, email_key, phone_key};
use std::borrow::Cow;

/// Which contacts are meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// What names, emails or phone numbers hold, in lower case; empty for any.
    pub search: String,
    /// All of these.
    pub all: Vec<Condition>,
    /// One of these at least, where there are any.
    pub any: Vec<Condition>,
    /// The zone in which days are meant.
    pub zone: Zone,
}

/// A condition on contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What it looks at.
    pub subject: Subject,
    /// What it asks.
    pub test: Test,
}

/// What a condition looks at. A contact has one value for most, and several tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The contact's number.
    Id,
    /// A field of the profile.
    Attribute(Attribute),
    /// Whether the conversation is open, as `open` or `close`.
    Status,
    /// Who looks after it, by email and by number.
    Assignee,
    /// When it was created, in Unix seconds.
    Created,
    /// A custom field, by its number.
    Custom(u64, FieldKind),
    /// The names of its tags.
    Tags,
    /// The lifecycle stage.
    Stage,
}

/// What a condition asks of the values.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One is this.
    Equals(String),
    /// None is this.
    Differs(String),
    /// There is one.
    Exists,
    /// There is none.
    IsMissing,
    /// One is a number beyond this.
    Greater(f64),
    /// One is a number below this.
    Less(f64),
    /// One is a number from the first to the second.
    Between(f64, f64),
    /// One is a time after this has ended.
    After(Span),
    /// One is a time before this has begun.
    Before(Span),
    /// One is a time from the beginning of the first to the end of the second.
    Within(Span, Span),
    /// One of these is among them.
    AnyOf(Vec<String>),
    /// All of these are among them.
    AllOf(Vec<String>),
    /// None of these is among them.
    NoneOf(Vec<String>),
}

impl Workspace {
    /// Whether a contact is meant.
    pub fn fits(&self, filter: &Filter, contact: &Contact) -> bool {
        let holds = |condition: &Condition| {
            let values = self.values_of(contact, condition.subject);
            condition.test.holds(&values, condition.subject, &filter.zone)
        };
        is_found(&filter.search, contact)
            && filter.all.iter().all(holds)
            && (filter.any.is_empty() || filter.any.iter().any(holds))
    }

    fn values_of<'a>(&'a self, contact: &'a Contact, subject: Subject) -> Vec<Cow<'a, str>> {
        let one = |value: Option<&'a str>| value.map(Cow::from).into_iter().collect();
        match subject {
            Subject::Id => vec![contact.id.to_string().into()],
            Subject::Attribute(attribute) => one(contact.profile.get(attribute)),
            Subject::Status => vec![if contact.is_open() { "open" } else { "close" }.into()],
            Subject::Assignee => {
                let Some(email) = contact.assignee_email() else {
                    return Vec::new();
                };
                let number = self.user_named(email).ok().map(|user| user.id.to_string().into());
                [email.into()].into_iter().chain(number).collect()
            }
            Subject::Created => vec![contact.created.div_euclid(1000).to_string().into()],
            Subject::Custom(field, _) => {
                let value = contact.values.iter().find(|value| value.field == field);
                one(value.map(|value| value.value.as_str()).filter(|value| !value.is_empty()))
            }
            Subject::Tags => {
                contact.tags.iter().filter_map(|id| Some(self.tags.get(id)?.name.as_str().into())).collect()
            }
            Subject::Stage => one(contact.stage.as_deref()),
        }
    }
}

impl Test {
    fn holds(&self, values: &[Cow<str>], subject: Subject, zone: &Zone) -> bool {
        let has = |wanted: &String| values.iter().any(|value| subject.same(value, wanted));
        let number = |fits: &dyn Fn(f64) -> bool| values.iter().any(|value| value.parse().is_ok_and(fits));
        let time = |fits: &dyn Fn(Span) -> bool| values.iter().any(|value| span_of(value, zone).is_some_and(fits));
        match self {
            Self::Equals(wanted) => has(wanted),
            Self::Differs(wanted) => !has(wanted),
            Self::Exists => !values.is_empty(),
            Self::IsMissing => values.is_empty(),
            Self::Greater(least) => number(&|value| value > *least),
            Self::Less(most) => number(&|value| value < *most),
            Self::Between(from, to) => number(&|value| (*from..=*to).contains(&value)),
            Self::After(span) => time(&|value| value.from > span.to),
            Self::Before(span) => time(&|value| value.to < span.from),
            Self::Within(from, to) => time(&|value| value.from >= from.from && value.to <= to.to),
            Self::AnyOf(wanted) => wanted.iter().any(has),
            Self::AllOf(wanted) => wanted.iter().all(has),
            Self::NoneOf(wanted) => !wanted.iter().any(has),
        }
    }
}

impl Subject {
    /// Whether two texts are the same value.
    fn same(self, a: &str, b: &str) -> bool {
        match self {
            Self::Attribute(Attribute::Email) | Self::Assignee => email_key(a) == email_key(b),
            Self::Attribute(Attribute::Phone) => phone_key(a) == phone_key(b),
            Self::Custom(_, FieldKind::Number) => {
                matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
            }
            _ => a == b,
        }
    }
}

fn is_found(search: &str, contact: &Contact) -> bool {
    let profile = &contact.profile;
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let name = format!("{} {}", part(&profile.first_name), part(&profile.last_name));
    let holds = |text: String| text.to_lowercase().contains(search);
    search.is_empty() || [name, part(&profile.email), part(&profile.phone)].into_iter().any(holds)
}
