//! From the filter of a request to the one of the workspace.

use crate::workspace::time::{Span, span_of};
use crate::workspace::zone::Zone;
use crate::workspace::{Attribute, Condition, Filter, Problem, Subject, Test, Workspace};
use respond_io_wasm::live::model::{
    ContactFilter, FilterCategory, FilterCondition, FilterOperator, FilterRange, FilterValue,
};

/// The fields that every contact has; all others are custom fields.
const FIELDS: [(&str, Subject); 11] = [
    ("id", Subject::Id),
    ("firstName", Subject::Attribute(Attribute::FirstName)),
    ("lastName", Subject::Attribute(Attribute::LastName)),
    ("email", Subject::Attribute(Attribute::Email)),
    ("phone", Subject::Attribute(Attribute::Phone)),
    ("language", Subject::Attribute(Attribute::Language)),
    ("profilePic", Subject::Attribute(Attribute::ProfilePic)),
    ("countryCode", Subject::Attribute(Attribute::CountryCode)),
    ("status", Subject::Status),
    ("assignee", Subject::Assignee),
    ("created_at", Subject::Created),
];

/// The workspace's filter; a field that it does not have is refused, and so is a value that does not go with its operator.
pub fn filter_of(request: ContactFilter, workspace: &Workspace) -> Result<Filter, Problem> {
    let reader = Reader { workspace, zone: Zone::named(&request.timezone), timezone: request.timezone };
    Ok(Filter {
        search: request.search.unwrap_or_default().to_lowercase(),
        all: reader.conditions(request.filter.and)?,
        any: reader.conditions(request.filter.or)?,
        zone: reader.zone.unwrap_or_default(),
    })
}

struct Reader<'a> {
    workspace: &'a Workspace,
    timezone: String,
    /// The zone, where it is known.
    zone: Option<Zone>,
}

impl Reader<'_> {
    fn conditions(&self, conditions: Option<Vec<FilterCondition>>) -> Result<Vec<Condition>, Problem> {
        conditions.unwrap_or_default().into_iter().map(|condition| self.condition(condition)).collect()
    }

    fn condition(&self, condition: FilterCondition) -> Result<Condition, Problem> {
        let FilterCondition { category, field, operator, value, .. } = condition;
        let subject = self.subject(&category, field.0.as_deref())?;
        let test = self.test(&operator, value.0)?;
        let is_measure = matches!(
            test,
            Test::Greater(_) | Test::Less(_) | Test::Between(..) | Test::After(_) | Test::Before(_) | Test::Within(..)
        );
        if is_measure && matches!(subject, Subject::Tags | Subject::Stage) {
            return Err(wrong(format!("the operator {operator} does not go with {category}")));
        }
        Ok(Condition { subject, test })
    }

    fn subject(&self, category: &FilterCategory, field: Option<&str>) -> Result<Subject, Problem> {
        let name = match category {
            FilterCategory::ContactTag => return Ok(Subject::Tags),
            FilterCategory::Lifecycle => return Ok(Subject::Stage),
            _ => field.ok_or_else(|| wrong("a condition on a contactField must name the field"))?,
        };
        match FIELDS.iter().find(|(known, _)| *known == name) {
            Some((_, subject)) => Ok(*subject),
            None => self.workspace.field_named(name).map(|field| Subject::Custom(field.id, field.kind)),
        }
    }

    fn test(&self, operator: &FilterOperator, value: Option<FilterValue>) -> Result<Test, Problem> {
        use FilterOperator as Is;
        use FilterValue::{List, Range, Text};
        let number = |text: &str| number(operator, text);
        let time = |text: &str| self.time(operator, text);
        Ok(match (operator, value) {
            (Is::IsEqualTo, Some(Text(text))) => Test::Equals(text),
            (Is::IsNotEqualTo, Some(Text(text))) => Test::Differs(text),
            (Is::Exists, None) => Test::Exists,
            (Is::DoesNotExist, None) => Test::IsMissing,
            (Is::IsGreaterThan, Some(Text(text))) => Test::Greater(number(&text)?),
            (Is::IsLessThan, Some(Text(text))) => Test::Less(number(&text)?),
            (Is::IsBetween, Some(Range(FilterRange { from, to, .. }))) => Test::Between(number(&from)?, number(&to)?),
            (Is::IsTimestampAfter, Some(Text(text))) => Test::After(time(&text)?),
            (Is::IsTimestampBefore, Some(Text(text))) => Test::Before(time(&text)?),
            (Is::IsTimestampBetween, Some(Range(FilterRange { from, to, .. }))) => {
                Test::Within(time(&from)?, time(&to)?)
            }
            (Is::HasAnyOf, Some(List(texts))) => Test::AnyOf(texts),
            (Is::HasAllOf, Some(List(texts))) => Test::AllOf(texts),
            (Is::HasNoneOf, Some(List(texts))) => Test::NoneOf(texts),
            _ => return Err(wrong(format!("the operator {operator} takes {}", shape_of(operator)))),
        })
    }

    fn time(&self, operator: &FilterOperator, text: &str) -> Result<Span, Problem> {
        let zone = self.zone.as_ref().ok_or_else(|| {
            let known = "one such as UTC, Europe/Berlin or +08:00";
            wrong(format!("the timezone {:?} is not known; {operator} needs {known}", self.timezone))
        })?;
        let expected = "a day such as 2026-11-23, a time such as 2026-11-23T09:30:00Z, or Unix seconds";
        span_of(text, zone).ok_or_else(|| wrong(format!("the operator {operator} takes {expected}")))
    }
}

fn number(operator: &FilterOperator, text: &str) -> Result<f64, Problem> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| wrong(format!("the operator {operator} takes a number, written as a string")))
}

fn shape_of(operator: &FilterOperator) -> &'static str {
    use FilterOperator as Is;
    match operator {
        Is::Exists | Is::DoesNotExist => "null",
        Is::IsBetween | Is::IsTimestampBetween => "an object with from and to",
        Is::HasAnyOf | Is::HasAllOf | Is::HasNoneOf => "a list of strings",
        _ => "a string",
    }
}

fn wrong(reason: impl Into<String>) -> Problem {
    Problem::Filter(reason.into())
}
