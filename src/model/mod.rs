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
mod declare;
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
