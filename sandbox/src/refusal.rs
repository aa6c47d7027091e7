//! An answer other than 200, and which problem of the workspace gives which.

use crate::workspace::Problem;
use std::fmt;

/// The code of a contact that was only just created.
pub(crate) const CONTACT_NEW: u16 = 449;

/// Why a request or a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The code in the body of the live surface.
    pub code: u16,
    /// What was wrong.
    pub message: String,
    /// Names, in lower case, and values of the headers that go with it.
    pub headers: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal with this status.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, code: status, message: message.into(), headers: Vec::new() }
    }

    /// The contact was only just created.
    pub fn contact_new(status: u16) -> Self {
        Self { code: CONTACT_NEW, ..Self::new(status, "the contact was only just created: try again in some seconds") }
    }

    /// The request is wrong in itself.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// The same with a header.
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::new(status_of(&problem), problem.to_string())
    }
}

fn status_of(problem: &Problem) -> u16 {
    match problem {
        Problem::NoContact
        | Problem::NoMessage
        | Problem::NoTag
        | Problem::NoChannel
        | Problem::NoFieldNumber
        | Problem::NoUser
        | Problem::NoClosingNote => 404,
        Problem::EmailTaken | Problem::PhoneTaken | Problem::TagTaken | Problem::FieldTaken => 409,
        Problem::NoField(_)
        | Problem::FieldValue { .. }
        | Problem::EmailForm
        | Problem::PhoneForm
        | Problem::FieldOptions(_)
        | Problem::MergeWithItself
        | Problem::WindowClosed
        | Problem::Filter(_)
        | Problem::NoChannelUsed => 400,
    }
}
