use super::model;
use alloc::string::String;

model! {
    /// The body of an answer other than 2xx.
    #[derive(Default)]
    pub struct ErrorBody {
        /// What was wrong, in the service's words.
        message "message": Option<String>,
        /// The HTTP status again.
        status "status": Option<i64>,
    }
}
