//! How a sandbox is set up.

use crate::rate::RateLimit;
use crate::refusal::{CONTACT_NEW, Refusal};
use crate::surface::Surface;
use crate::webhooks::HookOptions;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The token that is accepted unless others are named.
pub const DEFAULT_TOKEN: &str = "sandbox";

/// How a sandbox is set up; everything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// The bearer tokens that are accepted; left out, [`DEFAULT_TOKEN`].
    pub tokens: Option<Vec<String>>,
    /// The request limit of each HTTP method; left out, 5 in 1000 ms.
    pub rate_limit: Option<RateSetting>,
    /// The contacts to begin with; left out, none.
    pub seed: Option<SeedOptions>,
    /// Where the clock stands still, in Unix milliseconds; left out, it runs.
    pub freeze_at: Option<i64>,
    /// The number that the dice of faults, and the keys and event ids of webhooks, begin with; left out, 1.
    pub random_seed: Option<u64>,
    /// The webhooks to begin with; left out, none.
    pub webhooks: Option<Vec<HookOptions>>,
    /// The surface below `/v2`; left out, the contract's. Below `/contract/v2` and `/live/v2` each is at any rate.
    pub surface: Option<Surface>,
    /// Whether WhatsApp takes nothing but templates more than 24 hours after a contact's last message over it; left out,
    /// it takes everything at any time.
    pub messaging_window: Option<bool>,
    /// What the live surface alone has; left out, nothing.
    pub live: Option<LiveOptions>,
}

/// How the live surface behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LiveOptions {
    /// For how many milliseconds whatever names a new contact is refused with a 449; left out, 0.
    pub contact_new_ms: Option<u32>,
    /// The HTTP status of that refusal, 400 to 499, whose body has the code 449 in any case; left out, 449.
    pub contact_new_status: Option<u16>,
}

impl LiveOptions {
    /// The status that refuses a contact which is new.
    pub(crate) fn status_of_new(self) -> Result<u16, Refusal> {
        match self.contact_new_status.unwrap_or(CONTACT_NEW) {
            status @ 400..=499 => Ok(status),
            _ => Err(Refusal::bad_request("live.contactNewStatus must be from 400 to 499")),
        }
    }
}

/// Contacts to make up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedOptions {
    /// How many.
    pub count: u32,
    /// The number that they follow from; left out, 1.
    #[serde(default = "first_seed")]
    pub seed: u64,
}

fn first_seed() -> u64 {
    1
}

/// A request limit, or none: written as an object, or as `false`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateSetting {
    /// No limit.
    Off,
    /// This limit.
    On(RateLimit),
}

impl RateSetting {
    pub(crate) fn limit(self) -> Result<Option<RateLimit>, Refusal> {
        match self {
            Self::Off => Ok(None),
            Self::On(limit) if limit.limit == 0 || limit.window_ms == 0 => {
                Err(Refusal::bad_request("rateLimit.limit and rateLimit.windowMs must be at least 1"))
            }
            Self::On(limit) => Ok(Some(limit)),
        }
    }
}

impl Serialize for RateSetting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_bool(false),
            Self::On(limit) => limit.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for RateSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Switch(bool),
            Limit(RateLimit),
        }
        match Written::deserialize(deserializer) {
            Ok(Written::Switch(false)) => Ok(Self::Off),
            Ok(Written::Limit(limit)) => Ok(Self::On(limit)),
            _ => Err(D::Error::custom("rateLimit must be false or an object of limit and windowMs")),
        }
    }
}

pub(crate) fn checked_tokens(tokens: Vec<String>) -> Result<Vec<String>, Refusal> {
    if tokens.is_empty() || tokens.iter().any(String::is_empty) {
        return Err(Refusal::bad_request("tokens must hold at least one token, none of them empty"));
    }
    Ok(tokens)
}
