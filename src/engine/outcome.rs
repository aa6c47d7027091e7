//! What is known of a write: whether the service has acted.

use super::retry::Failure;
use core::fmt;

/// What is known of a call that failed: whether the service has acted.
///
/// The order is that of precedence: over all tries of a call the greatest counts, since a later refusal takes nothing
/// back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// Nothing left this machine.
    #[default]
    NotSent = 0,
    /// The service refused: it did not act.
    Rejected = 1,
    /// Nobody here knows.
    Unknown = 2,
    /// The service acted, but its answer could not be read.
    Applied = 3,
}

impl Outcome {
    /// Every outcome, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::NotSent, Self::Rejected, Self::Unknown, Self::Applied];

    /// What one failed try says.
    ///
    /// ```
    /// use respond_io_wasm::engine::Outcome;
    /// use respond_io_wasm::engine::retry::Failure;
    ///
    /// assert_eq!(Outcome::of(Failure::Status(429)), Outcome::Rejected);
    /// assert_eq!(Outcome::of(Failure::Status(502)).max(Outcome::Rejected), Outcome::Unknown);
    /// ```
    pub fn of(failure: Failure) -> Self {
        match failure {
            Failure::NeverLeft => Self::NotSent,
            Failure::Lost | Failure::Status(408 | 500..=599) => Self::Unknown,
            Failure::BodyLost => Self::Applied,
            Failure::Status(_) => Self::Rejected,
        }
    }

    /// The name, the same in Rust, TypeScript and the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Applied => "applied",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_try() {
        for (failure, outcome) in [
            (Failure::NeverLeft, Outcome::NotSent),
            (Failure::Lost, Outcome::Unknown),
            (Failure::BodyLost, Outcome::Applied),
            (Failure::Status(302), Outcome::Rejected),
            (Failure::Status(400), Outcome::Rejected),
            (Failure::Status(404), Outcome::Rejected),
            (Failure::Status(408), Outcome::Unknown),
            (Failure::Status(429), Outcome::Rejected),
            (Failure::Status(500), Outcome::Unknown),
            (Failure::Status(599), Outcome::Unknown),
            (Failure::Status(600), Outcome::Rejected),
        ] {
            assert_eq!(Outcome::of(failure), outcome, "{failure:?}");
        }
    }

    #[test]
    fn the_order_is_that_of_precedence() {
        assert!(Outcome::ALL.is_sorted());
        for (code, outcome) in Outcome::ALL.into_iter().enumerate() {
            assert_eq!(outcome as usize, code);
        }
    }
}
