//! Webhooks: what the service tells of what happens in the workspace.
//!
//! ```
//! use respond_io_wasm::webhook::Event;
//!
//! let event: Event = serde_json::from_str(
//!     r#"{"event_type":"message.received","event_id":"e1","contact":{"id":1},"message":{"messageId":5}}"#,
//! )
//! .unwrap();
//! let Event::MessageReceived(event) = event else { panic!("another event") };
//! assert_eq!(event.contact.and_then(|contact| contact.id), Some(1));
//! ```

mod declare;
mod event;

pub use event::*;
