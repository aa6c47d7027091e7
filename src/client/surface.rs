//! What sets the clients of the two surfaces apart.

use super::RateLimit;

/// The contract, or the service as accounts meet it today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Contract,
    #[cfg(feature = "live")]
    Live,
}

impl Surface {
    /// How requests are paced where the builder is told nothing.
    pub(super) fn rate_limit(self) -> RateLimit {
        match self {
            Self::Contract => RateLimit::default(),
            #[cfg(feature = "live")]
            Self::Live => RateLimit::learning(),
        }
    }
}
