//! The bearer token, or what gives it.

use crate::engine::Fault;
use crate::error::option_fault;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;

/// The token, or what gives it for each try.
#[derive(Clone)]
pub(super) enum Token {
    Fixed(String),
    From(Arc<dyn Fn() -> String + Send + Sync>),
}

impl Token {
    /// Checks a token that is known already.
    pub(super) fn check(&self) -> Result<(), Fault> {
        match self {
            Self::Fixed(_) => self.authorization().map(drop),
            Self::From(_) => Ok(()),
        }
    }

    /// A number that tells tokens apart and does not hold them. A function has none: what it will give is not known, and
    /// where it lies another one may lie later.
    pub(super) fn fingerprint(&self) -> Option<u64> {
        let Self::Fixed(token) = self else { return None };
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        Some(hasher.finish())
    }

    /// The value of the header `authorization`.
    pub(super) fn authorization(&self) -> Result<String, Fault> {
        let token = match self {
            Self::Fixed(token) => Cow::Borrowed(token),
            Self::From(token) => Cow::Owned(token()),
        };
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(option_fault("apiToken", "one or more visible ASCII characters"));
        }
        Ok(format!("Bearer {token}"))
    }
}
