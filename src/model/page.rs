use super::{Contact, model};
use alloc::vec::Vec;

model! {
    /// Which page of a list to fetch.
    #[derive(Default)]
    pub struct ContactListQuery {
        /// Where the page starts: the `cursorId` of the page before.
        cursor_id "cursorId": Option<i64>,
        /// How many contacts the page holds, 1 to 100; the service takes 10 where it is left out.
        limit "limit": Option<u64> as LIMIT,
    }
}

model! {
    /// A page of contacts.
    #[derive(Default)]
    pub struct ContactPage {
        /// The contacts.
        items "items": Option<Vec<Contact>>,
        /// Where the next page starts.
        pagination "pagination": Option<Pagination>,
    }
}

model! {
    /// Where the next page of a list starts.
    #[derive(Default)]
    pub struct Pagination {
        /// Where the next page starts, or null after the last.
        cursor_id "cursorId": Option<i64> | null,
        /// Whether there is a next page.
        has_more "hasMore": Option<bool>,
    }
}
