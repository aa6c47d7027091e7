//! The client of this surface: other resources over the contract's driver.

use crate::client::{Builder, resources};

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
        Builder::default()
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
