//! The resources: groups of operations. Their methods come from the declarations in [`operation`](crate::operation).

use super::Client;

macro_rules! resources {
    ($($(#[doc = $doc:literal])* $resource:ident $method:ident),* $(,)?) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug)]
            pub struct $resource {
                client: Client,
            }

            impl $resource {
                pub(crate) fn client(&self) -> &Client {
                    &self.client
                }
            }
        )*

        impl Client {
            $(
                $(#[doc = $doc])*
                pub fn $method(&self) -> $resource {
                    $resource { client: self.clone() }
                }
            )*
        }
    };
}

resources! {
    /// Contacts, their tags and channels.
    Contacts contacts,
    /// Messages.
    Messaging messaging,
    /// Conversations.
    Conversations conversations,
    /// Internal comments.
    Comments comments,
    /// The workspace's tags.
    Tags tags,
    /// The workspace's custom fields.
    CustomFields custom_fields,
}
