use core::fmt;

/// Why a delivery was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// There is no signing key, or one of them is empty: nothing can be verified.
    Keys,
    /// The header `X-Webhook-Signature` is missing.
    SignatureMissing,
    /// The signature is no base64 of 32 bytes.
    SignatureMalformed,
    /// The signature is not that of the body with any of the keys.
    SignatureMismatch,
    /// The body is no JSON object in UTF-8, or is nested deeper than 100, or holds a number beyond those of an `f64`.
    Body,
}

/// A delivery that was refused. It holds neither a key nor anything of the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookError {
    reason: Reason,
}

impl WebhookError {
    /// Why it was refused.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The HTTP status to answer with: 401 for its signature, 400 for its body, 500 where no key is there.
    pub fn status(&self) -> u16 {
        match self.reason {
            Reason::Keys => 500,
            Reason::SignatureMissing | Reason::SignatureMalformed | Reason::SignatureMismatch => 401,
            Reason::Body => 400,
        }
    }
}

impl From<Reason> for WebhookError {
    fn from(reason: Reason) -> Self {
        Self { reason }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.reason {
            Reason::Keys => "there must be a webhook's signing key or several, none of them empty",
            Reason::SignatureMissing => "the header X-Webhook-Signature is missing",
            Reason::SignatureMalformed => "the header X-Webhook-Signature must be 32 bytes in base64, with its padding",
            Reason::SignatureMismatch => {
                "the signature is not that of the body; one of the keys must be that of this very webhook"
            }
            Reason::Body => "the body must be a JSON object in UTF-8, at most 100 levels deep",
        })
    }
}

impl core::error::Error for WebhookError {}
