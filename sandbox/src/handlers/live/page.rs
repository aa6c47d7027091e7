//! Pages of a list: a cursor is the key of the item that its page begins with.

use crate::handlers::{Context, nulls};
use respond_io_wasm::live::model::{PageQuery, Pagination};

/// The page size where the request names none.
const DEFAULT_LIMIT: u64 = 10;

/// Which page is asked for.
pub struct Wanted {
    /// The key of its first item; none for the first page.
    pub start: Option<u64>,
    limit: usize,
}

impl Wanted {
    /// A cursor that is zero or negative leads to the first page.
    pub fn of(query: &PageQuery) -> Self {
        let start = query.cursor_id.and_then(|cursor| u64::try_from(cursor).ok()).filter(|start| *start > 0);
        Self { start, limit: query.limit.unwrap_or(DEFAULT_LIMIT) as usize }
    }
}

/// A page of items with their keys, in which `after` are those from the start on, and `before` those before it, the
/// nearest first.
pub fn page<T>(
    wanted: &Wanted,
    before: impl Iterator<Item = (u64, T)>,
    mut after: impl Iterator<Item = (u64, T)>,
    context: &Context,
) -> (Vec<T>, Pagination) {
    let items = after.by_ref().take(wanted.limit).map(|(_, item)| item).collect();
    let next = after.next().map(|(key, _)| key);
    let previous = before.take(wanted.limit).last().map(|(key, _)| key);
    let address = |key| format!("{}?limit={}&cursorId={key}", context.address, wanted.limit);
    let pagination = Pagination {
        next: next.map(address),
        previous: previous.map(address),
        extra: nulls(&[("next", next.is_none()), ("previous", previous.is_none())]),
    };
    (items, pagination)
}

/// A page of items that are in the order of their keys.
pub fn page_of<T>(items: Vec<(u64, T)>, query: &PageQuery, context: &Context) -> (Vec<T>, Pagination) {
    let wanted = Wanted::of(query);
    let start = items.partition_point(|(key, _)| wanted.start.is_some_and(|start| *key < start));
    let mut before = items;
    let after = before.split_off(start);
    page(&wanted, before.into_iter().rev(), after.into_iter(), context)
}
