//! What can be wrong with a document, and how it is said.

use alloc::string::String;
use core::fmt;

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $name:ident $code:literal $wire:literal $text:literal),* $(,)?) => {
        /// What is wrong with a document.
        ///
        /// The codes up to [`Rule::LAST_FATAL`] make a response unusable; the others are mismatches of kind and form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u32)]
        pub enum Rule {
            $($(#[doc = $doc])* $name = $code,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Rule] = &[$(Rule::$name),*];

            /// The rule's name, the same in Rust, TypeScript and the documentation.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $wire),* }
            }

            /// What is said of a value that breaks the rule; `{}` stands for the detail.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

rules! {
    /// It is not JSON.
    Syntax 1 "syntax" "is not valid JSON",
    /// It ends before it is complete.
    Truncated 2 "truncated" "ends too early",
    /// It is nested too deeply.
    Depth 3 "depth" "is nested too deeply",
    /// An integer field holds a number that JavaScript would round.
    UnsafeInteger 4 "unsafe_integer" "is an integer beyond 2^53-1, which would be rounded",
    /// It is not UTF-8.
    Encoding 5 "encoding" "is not valid UTF-8",
    /// It is larger than the driver reads.
    TooLarge 6 "too_large" "is larger than {} bytes",
    /// A required field is missing.
    Required 10 "required" "is required",
    /// The value has another kind than the declared one.
    Kind 11 "kind" "must be {}",
    /// The object has a field that nobody declared.
    UnknownField 12 "unknown_field" "is not a known field; known are {}",
    /// The string is none of the permitted ones.
    Choice 13 "choice" "must be one of {}",
    /// The string is empty.
    Empty 14 "empty" "must not be empty",
    /// The string is not an email.
    Email 15 "email" "must be an email: one @ with something on both sides",
    /// The string is not a URI.
    Uri 16 "uri" "must be an absolute URI, such as https://example.com/a.png",
    /// The string is not a user's identifier.
    User 17 "user" "must be a user's identifier, such as email:agent@example.com",
    /// The integer is out of range.
    Range 18 "range" "must be an integer {}",
    /// The string is not a contact's identifier.
    Identifier 19 "identifier" "must be a contact's identifier: id:1, email:a@b.c or phone:+60123456789",
    /// The field does not go with the others.
    NotWith 20 "not_with" "does not go with '{}'",
    /// The field stands in the object twice.
    Duplicate 21 "duplicate" "stands in the object twice",
    /// The number is NaN or infinite.
    NotFinite 22 "not_finite" "must be a finite number",
    /// The value has no form in JSON: a BigInt, a function, a symbol.
    NotJson 23 "not_json" "has no form in JSON: {}",
    /// The value contains itself.
    Cycle 24 "cycle" "contains itself",
}

impl Rule {
    /// The last code that makes a response unusable.
    pub const LAST_FATAL: u32 = 9;

    /// Whether a response that breaks the rule is unusable, not just unexpected.
    pub fn is_fatal(self) -> bool {
        self as u32 <= Self::LAST_FATAL
    }
}

/// A rule that a document breaks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub rule: Rule,
    /// Where, as `contact.customFields[0].name`; empty for the document itself.
    pub path: String,
    /// What would be right, where the rule does not say it all.
    pub detail: String,
}

impl Fault {
    /// A fault of the whole document.
    pub fn of_document(rule: Rule) -> Self {
        Self { rule, path: String::new(), detail: String::new() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the document" } else { &self.path };
        write!(f, "{path} {}", self.rule.text().replace("{}", &self.detail))
    }
}
