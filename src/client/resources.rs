//! The resources: groups of operations. Their methods come from the declarations in [`operation`](crate::operation).

use super::Client;

/// Declares the resources of a client, which has its driver as `driver()`.
macro_rules! resources {
    ($owner:ident: $($(#[doc = $doc:literal])* $resource:ident $method:ident),* $(,)?) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug)]
            pub struct $resource {
                client: $crate::Client,
            }

            impl $resource {
                pub(crate) fn client(&self) -> &$crate::Client {
                    &self.client
                }
            }
        )*

        impl $owner {
            $(
                $(#[doc = $doc])*
                pub fn $method(&self) -> $resource {
                    $resource { client: self.driver().clone() }
                }
            )*
        }
    };
}

#[cfg(feature = "live")]
pub(crate) use resources;

resources! {
    Client:
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
