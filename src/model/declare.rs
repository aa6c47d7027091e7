//! The macros that turn one declaration of a model into its Rust type, its serde impls and its schema table.

/// Declares an object: a struct, how it is read and written, and its schema table.
///
/// ```text
/// model! {
///     /// What it is.
///     pub struct Name {
///         /// What the field is.
///         rust_name "wireName": Type as KIND | mark,
///     }
///     sent requires "wireName";
/// }
/// ```
///
/// - A field of type `Option<_>` may be left out; any other is required in both directions.
/// - `as KIND` names a constant of [`schema`](crate::schema) that is narrower than the type.
/// - `| null` says that the contract lets the field be null.
/// - `| always` says that the service always sends a field that is read as an `Option` all the same.
/// - `sent requires` and `sent by` say what more is asked where the object is sent.
macro_rules! model {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($($derive:ident),*)])?
        pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident $wire:literal: $type:ty $(as $kind:ident)? $(| $mark:ident)?
            ),* $(,)?
        }
        $(sent requires $($must:literal),+;)?
        $(sent by $tag:literal {
            $($value:literal => [$($required:literal),*] $(or [$($optional:literal),*])?),* $(,)?
        })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq $(, $($derive),*)?)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                pub $field: $type,
            )*
            /// Every field that the contract does not name, and every value of a kind that it does not expect. A
            /// declared field that is set is written instead of the value here under its name.
            pub extra: ::serde_json::Map<::alloc::string::String, ::serde_json::Value>,
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap;
                use $crate::schema::Wire;
                let mut object = serializer.serialize_map(None)?;
                $(
                    if !self.$field.is_absent() {
                        object.serialize_entry($wire, &self.$field)?;
                    }
                )*
                for (name, value) in &self.extra {
                    let is_written = false $(|| name == $wire && !self.$field.is_absent())*;
                    if !is_written {
                        object.serialize_entry(name, value)?;
                    }
                }
                object.end()
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut object = ::serde_json::Map::deserialize(deserializer)?;
                $(
                    let $field = $crate::schema::take(&mut object, $wire)
                        .map_err(<D::Error as ::serde::de::Error>::missing_field)?;
                )*
                Ok(Self { $($field,)* extra: object })
            }
        }

        impl $crate::schema::Wire for $name {
            const KIND: $crate::schema::Kind = {
                static MODEL: $crate::schema::Model = $crate::schema::Model {
                    #[cfg(feature = "names")]
                    name: stringify!($name),
                    fields: $crate::schema::bounded(&[$(
                        $crate::schema::Field {
                            name: $wire,
                            kind: model!(@kind $type $(, $kind)?),
                            required: model!(@required $type $(, $mark)?),
                            nullable: model!(@null $($mark)?),
                            #[cfg(feature = "describe")]
                            doc: concat!($($field_doc, "\n"),*),
                        },
                    )*]),
                    sent: model!(@sent $(requires $($must)+)? $(by $tag $($value [$($required)*] [$($($optional)*)?])*)?),
                    #[cfg(feature = "describe")]
                    doc: concat!($($doc, "\n"),*),
                };
                $crate::schema::Kind::Object(&MODEL)
            };
        }
    };
    (@kind $type:ty) => { <$type as $crate::schema::Wire>::KIND };
    (@kind $type:ty, $kind:ident) => { $crate::schema::$kind };
    (@required $type:ty, always) => { true };
    (@required $type:ty $(, null)?) => { <$type as $crate::schema::Wire>::REQUIRED };
    (@null $(always)?) => { false };
    (@null null) => { true };
    (@sent) => { $crate::schema::Sent::AsDeclared };
    (@sent requires $($must:literal)+) => { $crate::schema::Sent::Requires(&[$($must),+]) };
    (@sent by $tag:literal $($value:literal [$($required:literal)*] [$($optional:literal)*])*) => {
        $crate::schema::Sent::By {
            tag: $tag,
            forms: &[$(
                $crate::schema::Form {
                    value: $value,
                    required: &[$($required),*],
                    optional: &[$($optional),*],
                },
            )*],
        }
    };
}

/// Declares a set of strings that may grow: an enum with a variant for each value of the contract and one for any other.
///
/// A value that the contract does not name is read into `Unknown`, and refused where it is sent.
macro_rules! open_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $(
                $(#[doc = $variant_doc:literal])*
                $variant:ident $wire:literal
            ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $variant_doc])*
                $variant,
            )*
            /// A value that the contract does not name. It is read, and refused where it is sent.
            Unknown(::alloc::string::String),
        }

        impl $name {
            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown(other.into()),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = ::alloc::string::String::deserialize(deserializer)?;
                Ok(Self::from(value.as_str()))
            }
        }

        impl $crate::schema::Wire for $name {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Choice(&[$($wire),*]);
        }
    };
}

pub(crate) use {model, open_enum};
