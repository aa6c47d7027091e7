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

/// A button to answer by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// What the button says.
    pub title: String,
    /// What comes back when it is pressed.
    pub payload: Option<String>,
}
