use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a message says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// A text.
    Text {
        /// The text.
        text: String,
        /// Why it is sent although the contact was silent for long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// An email.
    Email {
        /// The text.
        text: String,
        /// The subject.
        subject: Option<String>,
        /// Who gets a copy.
        cc: Vec<String>,
        /// Who gets a blind copy.
        bcc: Vec<String>,
        /// The number of the message that it answers.
        reply_to: Option<u64>,
        /// Its files.
        files: Vec<File>,
    },
    /// An object that the channel understands.
    Payload {
        /// The object.
        payload: Map<String, Value>,
    },
    /// A file by its address.
    Attachment {
        /// `image`, `video`, `audio` or `file`.
        kind: String,
        /// The address.
        url: String,
    },
    /// A text with buttons to answer by.
    QuickReply {
        /// The text.
        text: String,
        /// The buttons.
        replies: Vec<Reply>,
    },
    /// A WhatsApp template.
    Template {
        /// Its name, language and components.
        template: Map<String, Value>,
    },
}

impl Content {
    /// A text without a tag.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), tag: None }
    }
}

/// A file of an email.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// `image`, `video`, `audio` or `file`.
    pub kind: String,
    /// The address.
    pub url: String,
    /// The file's name.
    pub name: String,
}

/// A button to answer by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// What the button says.
    pub title: String,
    /// What comes back when it is pressed.
    pub payload: Option<String>,
}
