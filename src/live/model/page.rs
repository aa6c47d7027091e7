use super::model;
use alloc::string::String;
use alloc::vec::Vec;

model! {
    /// Which page of a list to fetch.
    #[derive(Default)]
    pub struct PageQuery {
        /// How many items the page holds, 1 to 100; the service takes 10 where it is left out.
        limit "limit": Option<u64> as LIMIT,
        /// Where the page starts: the `cursorId` within the `next` of the page before.
        cursor_id "cursorId": Option<i64>,
    }
}

model! {
    /// Where the pages beside this one are.
    #[derive(Default)]
    pub struct Pagination {
        /// The address of the next page, with its `cursorId`; null or empty after the last.
        next "next": Option<String>,
        /// The address of the page before.
        previous "previous": Option<String>,
    }
}

impl Pagination {
    /// Where the next page starts; `None` after the last, and where the cursor is zero or negative, as the service was
    /// seen to say after the last.
    ///
    /// ```
    /// use respond_io_wasm::live::model::Pagination;
    ///
    /// let next = |text: &str| Pagination { next: Some(text.into()), ..Pagination::default() }.next_cursor();
    /// assert_eq!(next("https://api.respond.io/v2/contact/list?limit=10&cursorId=25"), Some(25));
    /// assert_eq!(next("https://api.respond.io/v2/contact/list?cursorId=-1"), None);
    /// ```
    pub fn next_cursor(&self) -> Option<i64> {
        let (_, query) = self.next.as_ref()?.split_once('?')?;
        let value = query.split('&').find_map(|parameter| parameter.strip_prefix("cursorId="))?;
        value.parse().ok().filter(|cursor| *cursor > 0)
    }
}

/// A page of a list.
pub trait Page {
    /// What the list is of.
    type Item;

    /// The items, and where the pages beside this one are.
    fn into_parts(self) -> (Vec<Self::Item>, Pagination);
}

/// Declares the page of a list: `ItemPage` of `Item`.
macro_rules! page {
    ($(#[doc = $doc:literal])* $name:ident of $item:ty) => {
        $crate::model::declare::model! {
            $(#[doc = $doc])*
            #[derive(Default)]
            pub struct $name {
                /// The items.
                items "items": Option<::alloc::vec::Vec<$item>> | always,
                /// Where the pages beside this one are.
                pagination "pagination": Option<$crate::live::model::Pagination> | always,
            }
        }

        impl $crate::live::model::Page for $name {
            type Item = $item;

            fn into_parts(self) -> (::alloc::vec::Vec<$item>, $crate::live::model::Pagination) {
                (self.items.unwrap_or_default(), self.pagination.unwrap_or_default())
            }
        }
    };
}

pub(crate) use page;
