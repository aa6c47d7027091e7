//! Webhooks: what the service tells of what happens in the workspace, verified and told apart.
//!
//! [`Verifier`] makes an [`Event`] of a request's body and signature, and [`ReplayGuard`] remembers which were there.
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

mod body;
mod declare;
mod error;
mod event;
mod piece;
mod replay;
mod reserialize;
mod verify;

pub use error::*;
pub use event::*;
pub use replay::*;
pub use verify::*;
