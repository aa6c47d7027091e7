use super::model;
use alloc::string::String;

model! {
    /// A user of the workspace, as a contact's assignee or the author of a message.
    #[derive(Default)]
    pub struct User {
        /// The user's number.
        id "id": Option<u64>,
        /// The given name.
        first_name "firstName": Option<String>,
        /// The family name.
        last_name "lastName": Option<String>,
        /// The email.
        email "email": Option<String>,
    }
}
