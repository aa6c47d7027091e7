//! The sandbox's time: the caller's, or frozen; either can be moved forward.

/// How the sandbox's time follows from the caller's, both in Unix milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    frozen_at: Option<i64>,
    ahead_ms: i64,
}

impl Clock {
    /// The sandbox's time when the caller's is `real_ms`.
    pub fn now(&self, real_ms: i64) -> i64 {
        self.frozen_at.unwrap_or(real_ms.saturating_add(self.ahead_ms))
    }

    /// Stops the clock at `at_ms`, or where it is.
    pub fn freeze(&mut self, at_ms: Option<i64>, real_ms: i64) {
        self.frozen_at = Some(at_ms.unwrap_or(self.now(real_ms)));
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, by_ms: i64) {
        match &mut self.frozen_at {
            Some(at_ms) => *at_ms = at_ms.saturating_add(by_ms),
            None => self.ahead_ms = self.ahead_ms.saturating_add(by_ms),
        }
    }

    /// Lets the clock run again, from where it stands.
    pub fn resume(&mut self, real_ms: i64) {
        if let Some(at_ms) = self.frozen_at.take() {
            self.ahead_ms = at_ms.saturating_sub(real_ms);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_freezes_advances_and_resumes_without_a_jump() {
        let mut clock = Clock::default();
        assert_eq!(clock.now(1000), 1000);
        clock.advance(50);
        assert_eq!(clock.now(1000), 1050);
        clock.freeze(None, 2000);
        assert_eq!(clock.now(9000), 2050);
        clock.advance(10);
        assert_eq!(clock.now(9000), 2060);
        clock.resume(9000);
        assert_eq!((clock.now(9000), clock.now(9001)), (2060, 2061));
        clock.freeze(Some(7), 9000);
        assert_eq!(clock.now(9999), 7);
    }
}
