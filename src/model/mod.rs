//! The contract's schemas as Rust types: a file a resource, one declaration a model.
//!
//! Models are read leniently and written faithfully: a field that the contract does not name, or a value of a kind
//! that it does not expect, is kept in `extra`; an enum value that it does not name becomes `Unknown`.
//!
//! ```
//! use respond_io_wasm::model::Contact;
//!
//! let text = r#"{"id":1,"firstName":"Aida","newField":true}"#;
//! let contact: Contact = serde_json::from_str(text).unwrap();
//! assert_eq!(contact.id, Some(1));
//! assert_eq!(contact.extra["newField"], true);
//! ```

mod channel;
mod contact;
mod conversation;
mod custom_field;
pub(crate) mod declare;
mod error_body;
mod identifier;
mod message;
mod page;
mod tag;

pub use channel::*;
pub use contact::*;
pub use conversation::*;
pub use custom_field::*;
pub use error_body::*;
pub use identifier::*;
pub use message::*;
pub use page::*;
pub use tag::*;

use declare::{model, open_enum};

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn read(text: &str) -> Contact {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in
            [r#"{}"#, r#"{"id":1,"new":{"a":[null]}}"#, r#"{"id":"x","tags":"y"}"#, r#"{"tags":["a"],"zone":1.5}"#]
        {
            assert_eq!(serde_json::to_string(&read(text)).unwrap(), text);
        }
    }

    #[test]
    fn a_field_that_is_set_stands_in_the_place_of_what_was_read() {
        let mut contact = read(r#"{"id":"x"}"#);
        assert_eq!((contact.id, &contact.extra["id"]), (None, &serde_json::json!("x")));
        contact.id = Some(5);
        assert_eq!(serde_json::to_string(&contact).unwrap(), r#"{"id":5}"#);
    }

    #[test]
    fn an_integer_may_be_written_with_a_fraction() {
        assert_eq!(read(r#"{"id":5.0,"created":1.7e9}"#).created, Some(1_700_000_000));
        assert_eq!(read(r#"{"id":5.5}"#).id, None);
    }

    #[test]
    fn an_unknown_value_of_an_enum_is_kept() {
        assert_eq!(ConversationStatus::from("snoozed").to_string(), "snoozed");
        assert_eq!(ConversationStatus::from("open"), ConversationStatus::Open);
    }
}
