//! The pace of one bucket of the limiter.
