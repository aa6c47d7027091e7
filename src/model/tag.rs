use super::model;
use alloc::string::String;

model! {
    /// A tag of the workspace.
    #[derive(Default)]
    pub struct Tag {
        /// The tag's number.
        id "id": Option<u64> as ID,
        /// The tag's name.
        name "name": String as NON_EMPTY,
    }
}

impl Tag {
    /// A tag named `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}
