//! The contacts of every page, one page in memory at a time.

use super::{Client, Contacts};
use crate::engine::{Fault, Rule};
use crate::error::Error;
use crate::model::{Contact, ContactListQuery, ContactPage};
use crate::operation::{ListContacts, Operation};
use alloc::string::ToString;
use alloc::vec::Vec;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};

/// How many contacts a page holds where the caller does not say.
const PAGE: u64 = 100;

impl Contacts {
    /// Every contact from the query's page on, 100 a page unless the query says otherwise.
    ///
    /// Each page is fetched when the one before was read to its end. After an error the stream ends; a cursor that
    /// comes again, or more contacts without a cursor, is an [`Error::Decode`] that says so.
    ///
    /// ```no_run
    /// # async fn run(client: respond_io_wasm::Client) -> Result<(), respond_io_wasm::Error> {
    /// use futures_util::TryStreamExt;
    /// use respond_io_wasm::model::ContactListQuery;
    ///
    /// let mut contacts = client.contacts().stream(ContactListQuery::default());
    /// while let Some(contact) = contacts.try_next().await? {
    ///     println!("{:?}", contact.first_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(&self, query: ContactListQuery) -> BoxStream<'static, Result<Contact, Error>> {
        let pages = stream::try_unfold(Some(Pages::new(self.client().clone(), query)), Pages::next);
        pages.map_ok(|contacts| stream::iter(contacts.into_iter().map(Ok))).try_flatten().boxed()
    }
}

/// Where the next page starts.
struct Pages {
    client: Client,
    query: ContactListQuery,
    cursors: Cursors,
}

impl Pages {
    fn new(client: Client, query: ContactListQuery) -> Self {
        let cursors = Cursors::from(query.cursor_id);
        let query = ContactListQuery { limit: query.limit.or(Some(PAGE)), ..query };
        Self { client, query, cursors }
    }

    /// The contacts of the next page and, unless it is the last, the state after it.
    async fn next(pages: Option<Self>) -> Result<Option<(Vec<Contact>, Option<Self>)>, Error> {
        let Some(mut pages) = pages else { return Ok(None) };
        let response = pages.client.contacts().list(pages.query.clone()).with_response().await?;
        let wrong = |path: &str, rule, detail: &str| {
            let fault = Fault { rule, path: path.to_string(), detail: detail.to_string() };
            Error::decode(ListContacts::META, response.status, response.attempts, fault)
        };
        let cursor = next_cursor(&response.data).map_err(|()| wrong(CURSOR, Rule::Required, ""))?;
        let items = items(response.data).map_err(|()| wrong("items", Rule::Kind, "an array of contacts"))?;
        let Some(cursor) = cursor else { return Ok(Some((items, None))) };
        if !pages.cursors.is_new(cursor) {
            return Err(wrong(CURSOR, Rule::Kind, "a new cursor, but came a second time"));
        }
        pages.query.cursor_id = Some(cursor);
        Ok(Some((items, Some(pages))))
    }
}

const CURSOR: &str = "pagination.cursorId";

/// The contacts of a page, none where it does not speak of them; an error where it says something else in their place.
fn items(page: ContactPage) -> Result<Vec<Contact>, ()> {
    match page.items {
        None if page.extra.contains_key("items") => Err(()),
        items => Ok(items.unwrap_or_default()),
    }
}

/// The cursor of the page after this one, `None` after the last; an error where there is more but no cursor.
fn next_cursor(page: &ContactPage) -> Result<Option<i64>, ()> {
    let Some(pagination) = &page.pagination else { return Ok(None) };
    match (pagination.has_more, pagination.cursor_id) {
        (Some(true), None) => Err(()),
        (Some(false), _) => Ok(None),
        (_, cursor) => Ok(cursor),
    }
}

/// Finds a cursor that comes again, in constant memory: Brent's algorithm, which compares each cursor with one
/// checkpoint that moves on at each power of two.
pub(crate) struct Cursors {
    checkpoint: Option<i64>,
    seen: u64,
    moves_at: u64,
    last: Option<i64>,
}

impl Cursors {
    /// None came yet but that of the first page.
    pub(crate) fn from(start: Option<i64>) -> Self {
        Self { checkpoint: start, seen: 0, moves_at: 1, last: start }
    }

    /// Whether this cursor, the next, is not known to have come.
    pub(crate) fn is_new(&mut self, cursor: i64) -> bool {
        if self.checkpoint == Some(cursor) || self.last == Some(cursor) {
            return false;
        }
        self.last = Some(cursor);
        self.seen += 1;
        if self.seen == self.moves_at {
            self.checkpoint = Some(cursor);
            self.moves_at *= 2;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many cursors pass when they run `tail` long and then in a circle of `length`.
    fn passed(tail: i64, length: i64) -> i64 {
        let mut cursors = Cursors::from(None);
        let cursor = |step: i64| if step < tail { step } else { tail + (step - tail) % length };
        (0..10_000).position(|step| !cursors.is_new(cursor(step))).expect("the circle is found") as i64
    }

    #[test]
    fn every_circle_is_found_soon() {
        for tail in 0..40 {
            for length in 1..40 {
                assert!(passed(tail, length) <= 3 * (tail + length) + 2, "{tail} {length}");
            }
        }
    }

    #[test]
    fn a_cursor_that_comes_at_once_again_does_not_pass_twice() {
        assert_eq!(passed(5, 1), 6);
    }

    #[test]
    fn new_cursors_pass() {
        let mut cursors = Cursors::from(Some(7));
        assert!((8..5000).all(|cursor| cursors.is_new(cursor)));
        assert!(!Cursors::from(Some(7)).is_new(7));
    }

    #[test]
    fn next_cursors() {
        let page = |text: &str| serde_json::from_str(text).unwrap();
        let table = [
            ("{}", Ok(None)),
            (r#"{"pagination":{"cursorId":null,"hasMore":false}}"#, Ok(None)),
            (r#"{"pagination":{"cursorId":5,"hasMore":false}}"#, Ok(None)),
            (r#"{"pagination":{"cursorId":5,"hasMore":true}}"#, Ok(Some(5))),
            (r#"{"pagination":{"cursorId":5}}"#, Ok(Some(5))),
            (r#"{"pagination":{"cursorId":null,"hasMore":true}}"#, Err(())),
            (r#"{"pagination":{"cursorId":"x","hasMore":true}}"#, Err(())),
        ];
        for (text, expected) in table {
            assert_eq!(next_cursor(&page(text)), expected, "{text}");
        }
    }
}
