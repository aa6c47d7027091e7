//! The client of this surface: other resources over the contract's driver.

use super::model::Page;
use super::operation::List;
use crate::Error;
use crate::client::{Builder, Cursors, Surface, resources};
use alloc::vec::Vec;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};

/// How many items a page holds where the caller does not say.
const PAGE: u64 = 100;

/// Speaks to the service as accounts meet it today. A clone shares everything with the original.
///
/// ```no_run
/// # async fn run() -> Result<(), respond_io_wasm::Error> {
/// use respond_io_wasm::live::Client;
/// use respond_io_wasm::live::model::{Condition, ContactFilter, Lifecycle, PageQuery};
///
/// let client = Client::builder().api_token("your token").build()?;
/// client.contacts().update_lifecycle("id:1", Lifecycle::to("Customer")).await?;
///
/// let customers = ContactFilter::all([Condition::lifecycle().is_equal_to("Customer")]);
/// let page = client.contacts().list(customers, PageQuery::default()).await?;
/// println!("{}", page.items.unwrap_or_default().len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    driver: crate::Client,
}

impl Client {
    /// Starts the making of a client.
    pub fn builder() -> Builder<Self> {
        Builder::new(Surface::Live)
    }

    /// The driver, which calls operations that are given as structs or as JSON.
    ///
    /// ```no_run
    /// # async fn run(client: respond_io_wasm::live::Client) -> Result<(), respond_io_wasm::Error> {
    /// use respond_io_wasm::live::operation::GetUser;
    ///
    /// let user = client.driver().call(GetUser { id: 3 }).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn driver(&self) -> &crate::Client {
        &self.driver
    }

    /// Every item of a list from the query's page on, 100 a page unless the query says otherwise.
    ///
    /// Each page is fetched when the one before was read to its end. The list ends where the service names no next page,
    /// a zero or negative cursor, or one that came before. After an error the stream ends.
    ///
    /// ```no_run
    /// # async fn run(client: respond_io_wasm::live::Client) -> Result<(), respond_io_wasm::Error> {
    /// use futures_util::TryStreamExt;
    /// use respond_io_wasm::live::model::PageQuery;
    /// use respond_io_wasm::live::operation::ListUsers;
    ///
    /// let mut users = client.stream(ListUsers { query: PageQuery::default() });
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{:?}", user.email);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream<L>(&self, mut list: L) -> BoxStream<'static, Result<ItemOf<L>, Error>>
    where
        L: List + Clone + Send + 'static,
        L::Response: Send + 'static,
        ItemOf<L>: Send + 'static,
    {
        list.query().limit.get_or_insert(PAGE);
        let cursors = Cursors::from(list.query().cursor_id);
        let pages = stream::try_unfold(Some((self.driver.clone(), list, cursors)), next_page);
        pages.map_ok(|items| stream::iter(items.into_iter().map(Ok))).try_flatten().boxed()
    }
}

/// What a list is of.
type ItemOf<L> = <<L as crate::operation::Operation>::Response as Page>::Item;

/// The driver, the list with the query of its next page, and the cursors that have come; `None` after the last page.
type Rest<L> = Option<(crate::Client, L, Cursors)>;

async fn next_page<L>(rest: Rest<L>) -> Result<Option<(Vec<ItemOf<L>>, Rest<L>)>, Error>
where
    L: List + Clone,
    L::Response: Send + 'static,
{
    let Some((driver, mut list, mut cursors)) = rest else { return Ok(None) };
    let (items, pagination) = driver.call(list.clone()).await?.into_parts();
    let cursor = pagination.next_cursor().filter(|cursor| cursors.is_new(*cursor));
    let rest = cursor.map(|cursor| {
        list.query().cursor_id = Some(cursor);
        (driver, list, cursors)
    });
    Ok(Some((items, rest)))
}

impl From<crate::Client> for Client {
    /// A client that shares everything with that one.
    fn from(driver: crate::Client) -> Self {
        Self { driver }
    }
}

resources! {
    Client:
    /// Contacts, their tags, channels and lifecycle.
    Contacts contacts,
    /// Messages.
    Messaging messaging,
    /// Internal comments.
    Comments comments,
    /// Conversations.
    Conversations conversations,
    /// The workspace: its users, custom fields, closing notes, channels, templates and tags.
    Space space,
}
