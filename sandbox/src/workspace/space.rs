use super::{Problem, Workspace};
use serde::{Deserialize, Serialize};

/// A user of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// The user's number.
    pub id: u64,
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
    /// The email; no two users share one.
    pub email: String,
    /// `agent`, `manager` or `owner`.
    pub role: String,
    /// The team that the user belongs to.
    pub team: Option<Team>,
    /// What the user may not do.
    pub restrictions: Vec<String>,
}

/// A team of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The team's number.
    pub id: u64,
    /// The team's name.
    pub name: String,
}

/// A note that conversations are closed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingNote {
    /// Its name; no two notes share one.
    pub category: String,
    /// What it means.
    pub description: String,
}

/// A WhatsApp template of a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The template's number.
    pub id: u64,
    /// The template's name.
    pub name: String,
    /// The number of the channel.
    pub channel: u64,
    /// The code of its language.
    pub language: String,
    /// What it is for: `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub category: String,
    /// Its parts.
    pub parts: Vec<TemplatePart>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatePart {
    /// `header`, `body`, `footer` or `buttons`.
    pub kind: String,
    /// Its text, with `{{1}}` where a parameter goes.
    pub text: Option<String>,
    /// What its buttons say.
    pub buttons: Vec<String>,
}

impl Workspace {
    /// The user with this number.
    pub fn user(&self, id: u64) -> Result<&User, Problem> {
        self.users.get(&id).ok_or(Problem::NoUser)
    }

    /// The user with this email, in any case.
    pub fn user_named(&self, email: &str) -> Result<&User, Problem> {
        let is_named = |user: &&User| user.email.eq_ignore_ascii_case(email);
        self.users.values().find(is_named).ok_or(Problem::NoUser)
    }
}
