//! The macro that turns the declarations of events into their models, the enum of all of them and its table.

/// Declares the events of webhooks.
///
/// ```text
/// events! {
///     /// What happened.
///     "event.type" TypeName {
///         /// What the field is.
///         rust_name "wireName": Type,
///     }
/// }
/// ```
///
/// Each becomes a model with `event_id`, `contact` and the fields that are named, and a variant of `Event`. `EVENTS`
/// lists them.
macro_rules! events {
    ($(
        $(#[doc = $doc:literal])*
        $wire:literal $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident $field_wire:literal: $type:ty
            ),* $(,)?
        }
    )*) => {
        $(
            model! {
                $(#[doc = $doc])*
                #[derive(Default)]
                pub struct $name {
                    /// What tells this event from all others; a repeated delivery has the same.
                    event_id "event_id": Option<::alloc::string::String>,
                    /// The contact that it is about.
                    contact "contact": Option<$crate::live::model::Contact>,
                    $(
                        $(#[doc = $field_doc])*
                        $field $field_wire: $type,
                    )*
                }
            }
        )*

        /// What happened in the workspace.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                $(#[doc = $doc])*
                $name(::alloc::boxed::Box<$name>),
            )*
            /// An event of a type that is not known here yet, as it came.
            Unknown(::serde_json::Map<::alloc::string::String, ::serde_json::Value>),
            /// A delivery without an `event_type`, such as the dashboard's test, as it came.
            Test(::serde_json::Map<::alloc::string::String, ::serde_json::Value>),
        }

        impl Event {
            /// The type of the event; empty for a test delivery.
            pub fn event_type(&self) -> &str {
                match self {
                    $(Self::$name(_) => $wire,)*
                    Self::Unknown(fields) => text_of(fields, "event_type").unwrap_or_default(),
                    Self::Test(_) => "",
                }
            }

            /// What tells this event from all others, where it has it.
            pub fn event_id(&self) -> Option<&str> {
                match self {
                    $(Self::$name(event) => event.event_id.as_deref(),)*
                    Self::Unknown(fields) | Self::Test(fields) => text_of(fields, "event_id"),
                }
            }
        }

        impl From<::serde_json::Map<::alloc::string::String, ::serde_json::Value>> for Event {
            fn from(fields: ::serde_json::Map<::alloc::string::String, ::serde_json::Value>) -> Self {
                match text_of(&fields, "event_type") {
                    None => Self::Test(fields),
                    $(Some($wire) => Self::$name(known(fields)),)*
                    Some(_) => Self::Unknown(fields),
                }
            }
        }

        impl ::serde::Serialize for Event {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(event) => Typed { event_type: $wire, event: &**event }.serialize(serializer),)*
                    Self::Unknown(fields) | Self::Test(fields) => fields.serialize(serializer),
                }
            }
        }

        /// Every event, in the order of their declaration.
        pub static EVENTS: &[EventMeta] = &[$(
            EventMeta {
                event_type: $wire,
                model: match <$name as $crate::schema::Wire>::KIND {
                    $crate::schema::Kind::Object(model) => model,
                    _ => unreachable!(),
                },
            },
        )*];
    };
}

pub(crate) use events;
