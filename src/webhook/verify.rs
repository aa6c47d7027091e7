//! Signatures, and what the signed body says.

use super::body;
use super::error::{Reason, WebhookError};
use super::event::Event;
use super::reserialize::reserialize;
use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Verifies deliveries of one webhook or several, and reads them.
///
/// There is no time in a delivery, so that a recorded one stays right for ever: see [`ReplayGuard`](super::ReplayGuard).
///
/// ```
/// use respond_io_wasm::webhook::{Event, Reason, Verifier};
///
/// # fn main() -> Result<(), respond_io_wasm::webhook::WebhookError> {
/// let verifier = Verifier::new(["whsec_0123456789abcdef"])?;
/// let body = br#"{"event_type":"message.sent","event_id":"e2","contact":{"id":1}}"#;
/// let event = verifier.verify(body, Some("NZRXhnMvHIhF/h71jpqRp3bcVzPu9ALtjhqwNA2EQd0="))?;
/// assert!(matches!(event, Event::MessageSent(_)));
/// assert!(event.is_echo());
///
/// let refused = verifier.verify(b"{}", None).unwrap_err();
/// assert_eq!((refused.reason(), refused.status()), (Reason::SignatureMissing, 401));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Verifier {
    keys: Vec<Hmac<Sha256>>,
    accept_reserialized: bool,
}

impl Verifier {
    /// Takes the signing keys of the webhooks. Fails with [`Reason::Keys`] where there is none, or an empty one, with
    /// which everybody could sign.
    pub fn new<Key: AsRef<str>>(keys: impl IntoIterator<Item = Key>) -> Result<Self, WebhookError> {
        let keys: Option<Vec<_>> = keys.into_iter().map(|key| keyed(key.as_ref())).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Self { keys, accept_reserialized: false }),
            _ => Err(Reason::Keys.into()),
        }
    }

    /// Whether a signature is also right that was made of `JSON.stringify(JSON.parse(body))` instead of the body: some
    /// senders do that. False unless told.
    pub fn accept_reserialized(mut self, accept: bool) -> Self {
        self.accept_reserialized = accept;
        self
    }

    /// Verifies a request's raw body by the value of its header `X-Webhook-Signature`, in constant time, and reads it.
    /// Whoever reads the body bounds its length; 1 MiB is ample.
    pub fn verify(&self, body: &[u8], signature: Option<&str>) -> Result<Event, WebhookError> {
        let signature = decode(signature.ok_or(Reason::SignatureMissing)?)?;
        if !self.is_signed(body, &signature) && !self.is_reserialized(body, &signature) {
            return Err(Reason::SignatureMismatch.into());
        }
        body::read(body).ok_or(Reason::Body.into())
    }

    fn is_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        self.keys.iter().any(|key| key.clone().chain_update(bytes).verify_slice(signature).is_ok())
    }

    fn is_reserialized(&self, body: &[u8], signature: &[u8]) -> bool {
        self.accept_reserialized && reserialize(body).is_some_and(|text| self.is_signed(text.as_bytes(), signature))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("keys", &self.keys.len())
            .field("accept_reserialized", &self.accept_reserialized)
            .finish()
    }
}

fn keyed(key: &str) -> Option<Hmac<Sha256>> {
    if key.is_empty() {
        return None;
    }
    Hmac::new_from_slice(key.as_bytes()).ok()
}

/// The bytes of a signature; the white space around it is none of a header's value.
fn decode(text: &str) -> Result<[u8; 32], Reason> {
    let bytes = STANDARD.decode(text.trim_matches([' ', '\t'])).map_err(|_| Reason::SignatureMalformed)?;
    bytes.try_into().map_err(|_| Reason::SignatureMalformed)
}
