use super::{model, open_enum};
use crate::schema::{Either, Kind, OrNull, Wire};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

open_enum! {
    /// What a condition looks at.
    pub enum FilterCategory {
        /// A field of the contact.
        ContactField "contactField",
        /// The contact's tags.
        ContactTag "contactTag",
        /// The lifecycle stage.
        Lifecycle "lifecycle",
    }
}

open_enum! {
    /// How a condition compares.
    pub enum FilterOperator {
        /// The same.
        IsEqualTo "isEqualTo",
        /// Another one.
        IsNotEqualTo "isNotEqualTo",
        /// A later time.
        IsTimestampAfter "isTimestampAfter",
        /// An earlier time.
        IsTimestampBefore "isTimestampBefore",
        /// A time between two.
        IsTimestampBetween "isTimestampBetween",
        /// There is a value.
        Exists "exists",
        /// There is none.
        DoesNotExist "doesNotExist",
        /// A greater number.
        IsGreaterThan "isGreaterThan",
        /// A lesser number.
        IsLessThan "isLessThan",
        /// A number between two.
        IsBetween "isBetween",
        /// One of these at least.
        HasAnyOf "hasAnyOf",
        /// All of these.
        HasAllOf "hasAllOf",
        /// None of these.
        HasNoneOf "hasNoneOf",
    }
}

model! {
    /// From one value to another.
    #[derive(Default)]
    pub struct FilterRange {
        /// The least value.
        from "from": String,
        /// The greatest value.
        to "to": String,
    }
}

/// What a condition compares with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FilterValue {
    /// One value.
    Text(String),
    /// Several values.
    List(Vec<String>),
    /// From one value to another.
    Range(FilterRange),
}

impl Wire for FilterValue {
    const KIND: Kind = Kind::Either(&Either {
        name: "a string, a list of strings, or an object with from and to",
        kinds: &[String::KIND, <Vec<String>>::KIND, FilterRange::KIND],
    });
}

model! {
    /// A condition on contacts.
    pub struct FilterCondition {
        /// What it looks at.
        category "category": FilterCategory,
        /// The field's name; null for tags and the lifecycle stage.
        field "field": OrNull<String> | null,
        /// How it compares.
        operator "operator": FilterOperator,
        /// What it compares with; null where the operator needs nothing.
        value "value": OrNull<FilterValue> | null,
    }
}

model! {
    /// Conditions on contacts: all of `$and`, one at least of `$or`.
    #[derive(Default)]
    pub struct Filter {
        /// All of these.
        and "$and": Option<Vec<FilterCondition>>,
        /// One of these at least.
        or "$or": Option<Vec<FilterCondition>>,
    }
}

model! {
    /// Which contacts to list.
    #[derive(Default)]
    pub struct ContactFilter {
        /// What names, emails or phones must hold.
        search "search": Option<String>,
        /// The time zone in which times are meant, such as `Asia/Kuala_Lumpur`.
        timezone "timezone": String,
        /// The conditions.
        filter "filter": Filter,
    }
}

impl ContactFilter {
    /// Every contact of which all these conditions hold, their times in UTC.
    ///
    /// ```
    /// use respond_io_wasm::live::model::{Condition, ContactFilter};
    ///
    /// let adults = ContactFilter::all([Condition::field("age").is_greater_than("17")]);
    /// assert_eq!(adults.timezone, "UTC");
    /// ```
    pub fn all(conditions: impl IntoIterator<Item = FilterCondition>) -> Self {
        let filter = Filter { and: Some(conditions.into_iter().collect()), ..Filter::default() };
        Self { timezone: "UTC".into(), filter, ..Self::default() }
    }

    /// Every contact of which one at least of these conditions holds, its times in UTC.
    pub fn any(conditions: impl IntoIterator<Item = FilterCondition>) -> Self {
        let filter = Filter { or: Some(conditions.into_iter().collect()), ..Filter::default() };
        Self { timezone: "UTC".into(), filter, ..Self::default() }
    }
}

/// A condition without its operator: the operator's method takes the values that go with it.
///
/// ```
/// use respond_io_wasm::live::model::Condition;
///
/// let condition = Condition::tags().has_any_of(["vip"]);
/// assert_eq!(
///     serde_json::to_string(&condition).unwrap(),
///     r#"{"category":"contactTag","field":null,"operator":"hasAnyOf","value":["vip"]}"#
/// );
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Condition {
    category: FilterCategory,
    field: Option<String>,
}

/// The methods of a [`Condition`], by the kind of value that their operators take.
macro_rules! operators {
    ($($(#[doc = $doc:literal])* $method:ident $operator:ident($kind:ident);)*) => {
        impl Condition {
            $(operators!(@method $kind, $(#[doc = $doc])* $method $operator);)*
        }
    };
    (@method text, $(#[$doc:meta])* $method:ident $operator:ident) => {
        $(#[$doc])*
        pub fn $method(self, value: impl Into<String>) -> FilterCondition {
            self.with(FilterOperator::$operator, Some(FilterValue::Text(value.into())))
        }
    };
    (@method list, $(#[$doc:meta])* $method:ident $operator:ident) => {
        $(#[$doc])*
        pub fn $method<T: Into<String>>(self, values: impl IntoIterator<Item = T>) -> FilterCondition {
            let values = values.into_iter().map(Into::into).collect();
            self.with(FilterOperator::$operator, Some(FilterValue::List(values)))
        }
    };
    (@method range, $(#[$doc:meta])* $method:ident $operator:ident) => {
        $(#[$doc])*
        pub fn $method(self, from: impl Into<String>, to: impl Into<String>) -> FilterCondition {
            let range = FilterRange { from: from.into(), to: to.into(), ..FilterRange::default() };
            self.with(FilterOperator::$operator, Some(FilterValue::Range(range)))
        }
    };
    (@method nothing, $(#[$doc:meta])* $method:ident $operator:ident) => {
        $(#[$doc])*
        pub fn $method(self) -> FilterCondition {
            self.with(FilterOperator::$operator, None)
        }
    };
}

operators! {
    /// The same.
    is_equal_to IsEqualTo(text);
    /// Another one.
    is_not_equal_to IsNotEqualTo(text);
    /// A later time.
    is_timestamp_after IsTimestampAfter(text);
    /// An earlier time.
    is_timestamp_before IsTimestampBefore(text);
    /// A time between two.
    is_timestamp_between IsTimestampBetween(range);
    /// There is a value.
    exists Exists(nothing);
    /// There is none.
    does_not_exist DoesNotExist(nothing);
    /// A greater number.
    is_greater_than IsGreaterThan(text);
    /// A lesser number.
    is_less_than IsLessThan(text);
    /// A number between two.
    is_between IsBetween(range);
    /// One of these at least.
    has_any_of HasAnyOf(list);
    /// All of these.
    has_all_of HasAllOf(list);
    /// None of these.
    has_none_of HasNoneOf(list);
}

impl Condition {
    /// On a field of the contact.
    pub fn field(name: impl Into<String>) -> Self {
        Self { category: FilterCategory::ContactField, field: Some(name.into()) }
    }

    /// On the contact's tags.
    pub fn tags() -> Self {
        Self { category: FilterCategory::ContactTag, field: None }
    }

    /// On the lifecycle stage.
    pub fn lifecycle() -> Self {
        Self { category: FilterCategory::Lifecycle, field: None }
    }

    fn with(self, operator: FilterOperator, value: Option<FilterValue>) -> FilterCondition {
        let Self { category, field } = self;
        FilterCondition { category, field: OrNull(field), operator, value: OrNull(value), extra: Default::default() }
    }
}
