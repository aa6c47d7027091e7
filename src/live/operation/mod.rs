//! The operations of the vendor's clients: a file a resource, one declaration an operation.

mod comments;
mod contacts;
mod conversations;
mod messaging;
mod space;

pub use comments::*;
pub use contacts::*;
pub use conversations::*;
pub use messaging::*;
pub use space::*;

use super::model::{Page, PageQuery};
use crate::operation::{Operation, OperationMeta, count, flatten, operations};

const RESOURCES: [&[&OperationMeta]; 5] =
    [contacts::OPERATIONS, messaging::OPERATIONS, comments::OPERATIONS, conversations::OPERATIONS, space::OPERATIONS];

/// Every operation, in the order of their declaration.
pub static OPERATIONS: &[&OperationMeta] = &flatten::<{ count(&RESOURCES) }>(&RESOURCES);

/// An operation that answers with pages of a list.
pub trait List: Operation<Response: Page> {
    /// Which page is asked for.
    fn query(&mut self) -> &mut PageQuery;
}

macro_rules! lists {
    ($($name:ident)*) => {
        $(
            impl List for $name {
                fn query(&mut self) -> &mut PageQuery {
                    &mut self.query
                }
            }
        )*
    };
}

lists!(ListContacts ListContactChannels ListMessages ListUsers ListCustomFields ListClosingNotes ListChannels ListTemplates);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::request;
    use alloc::string::String;

    /// What is sent for these arguments: method, target and body.
    fn sent(id: &str, arguments: &str) -> (&'static str, String, String) {
        let operation = OPERATIONS.iter().find(|operation| operation.id == id).unwrap();
        let request = request::build(operation, arguments.as_bytes()).unwrap_or_else(|fault| panic!("{id}: {fault}"));
        let body = String::from_utf8(request.body.unwrap_or_default().to_vec()).unwrap();
        (operation.method.as_str(), request.target, body)
    }

    #[test]
    fn requests() {
        let table = [
            ("getContact", r#"{"identifier":"id:1"}"#, "GET", "/contact/id:1", ""),
            (
                "createContact",
                r#"{"identifier":"email:a@b.c","contact":{"firstName":"A","lastName":null}}"#,
                "POST",
                "/contact/email:a@b.c",
                r#"{"firstName":"A","lastName":null}"#,
            ),
            (
                "updateContact",
                r#"{"identifier":"id:1","contact":{"custom_fields":[{"name":"a","value":1.5}]}}"#,
                "PUT",
                "/contact/id:1",
                r#"{"custom_fields":[{"name":"a","value":1.5}]}"#,
            ),
            ("deleteContact", r#"{"identifier":"id:1"}"#, "DELETE", "/contact/id:1", ""),
            (
                "createOrUpdateContact",
                r#"{"identifier":"phone:+601","contact":{"firstName":"A"}}"#,
                "POST",
                "/contact/create_or_update/phone:+601",
                r#"{"firstName":"A"}"#,
            ),
            (
                "mergeContacts",
                r#"{"contacts":{"contactIds":[1,2],"phone":null}}"#,
                "POST",
                "/contact/merge",
                r#"{"contactIds":[1,2],"phone":null}"#,
            ),
            (
                "listContacts",
                r#"{"filter":{"search":"","timezone":"UTC","filter":{"$and":[]}},"query":{"limit":5,"cursorId":0}}"#,
                "POST",
                "/contact/list?limit=5&cursorId=0",
                r#"{"search":"","timezone":"UTC","filter":{"$and":[]}}"#,
            ),
            ("addContactTags", r#"{"identifier":"id:1","tags":["a"]}"#, "POST", "/contact/id:1/tag", r#"["a"]"#),
            ("removeContactTags", r#"{"identifier":"id:1","tags":["a"]}"#, "DELETE", "/contact/id:1/tag", r#"["a"]"#),
            ("listContactChannels", r#"{"identifier":"id:1","query":{}}"#, "GET", "/contact/id:1/channels", ""),
            (
                "updateLifecycle",
                r#"{"identifier":"id:1","lifecycle":{"name":null}}"#,
                "POST",
                "/contact/id:1/lifecycle/update",
                r#"{"name":null}"#,
            ),
            (
                "sendMessage",
                r#"{"identifier":"id:1","message":{"channelId":null,"message":{"type":"text","text":"Hi"}}}"#,
                "POST",
                "/contact/id:1/message",
                r#"{"channelId":null,"message":{"type":"text","text":"Hi"}}"#,
            ),
            (
                "getMessage",
                r#"{"identifier":"id:1","messageId":1783996922700277}"#,
                "GET",
                "/contact/id:1/message/1783996922700277",
                "",
            ),
            (
                "listMessages",
                r#"{"identifier":"id:1","query":{"limit":9}}"#,
                "GET",
                "/contact/id:1/message/list?limit=9",
                "",
            ),
            (
                "createComment",
                r#"{"identifier":"id:1","comment":{"text":"{{@user.4}}"}}"#,
                "POST",
                "/contact/id:1/comment",
                r#"{"text":"{{@user.4}}"}"#,
            ),
            (
                "assignConversation",
                r#"{"identifier":"id:1","assignment":{"assignee":4}}"#,
                "POST",
                "/contact/id:1/conversation/assignee",
                r#"{"assignee":4}"#,
            ),
            (
                "updateConversationStatus",
                r#"{"identifier":"id:1","conversation":{"status":"close","category":"Done","summary":"S"}}"#,
                "POST",
                "/contact/id:1/conversation/status",
                r#"{"status":"close","category":"Done","summary":"S"}"#,
            ),
            ("listUsers", r#"{"query":{}}"#, "GET", "/space/user", ""),
            ("getUser", r#"{"id":3}"#, "GET", "/space/user/3", ""),
            (
                "createCustomField",
                r#"{"field":{"name":"P","slug":null,"dataType":"list","allowedValues":["a"]}}"#,
                "POST",
                "/space/custom_field",
                r#"{"name":"P","slug":null,"dataType":"list","allowedValues":["a"]}"#,
            ),
            ("listCustomFields", r#"{"query":{"cursorId":7}}"#, "GET", "/space/custom_field?cursorId=7", ""),
            ("getCustomField", r#"{"id":3}"#, "GET", "/space/custom_field/3", ""),
            ("listClosingNotes", r#"{"query":{}}"#, "GET", "/space/closing_notes", ""),
            ("listChannels", r#"{"query":{}}"#, "GET", "/space/channel", ""),
            ("listTemplates", r#"{"channelId":3,"query":{}}"#, "GET", "/space/channel/3/template", ""),
            (
                "createTag",
                r##"{"tag":{"name":"a","colorCode":"#FF5733"}}"##,
                "POST",
                "/space/tag",
                r##"{"name":"a","colorCode":"#FF5733"}"##,
            ),
            (
                "updateTag",
                r#"{"tag":{"currentName":"a","name":"b"}}"#,
                "PUT",
                "/space/tag",
                r#"{"currentName":"a","name":"b"}"#,
            ),
            ("deleteTag", r#"{"tag":{"name":"a"}}"#, "DELETE", "/space/tag", r#"{"name":"a"}"#),
        ];
        for (operation, (id, arguments, method, target, body)) in OPERATIONS.iter().zip(table) {
            assert_eq!(operation.id, id);
            assert_eq!(sent(id, arguments), (method, target.into(), body.into()), "{id}");
        }
        assert_eq!(OPERATIONS.len(), table.len());
    }

    #[test]
    fn what_is_sent_is_checked() {
        let send = |content: &str| {
            refused("sendMessage", &alloc::format!(r#"{{"identifier":"id:1","message":{{"message":{content}}}}}"#))
        };
        for (content, expected) in [
            (r#"{"type":"text","text":"Hi","messageTag":"ACCOUNT_UPDATE"}"#, None),
            (r#"{"type":"custom_payload","payload":{"a":[1]}}"#, None),
            (r#"{"type":"quick_reply","title":"?","replies":["a"]}"#, None),
            (r#"{"type":"email","text":"Hi","subject":"S","cc":["a@b.c"],"replyToMessageId":7}"#, None),
            (r#"{"type":"whatsapp_template","template":{"name":"a","languageCode":"en"}}"#, None),
            (r#"{"type":"text","text":"Hi","messageTag":"OTHER"}"#, Some("choice at message.message.messageTag")),
            (r#"{"type":"text","title":"Hi"}"#, Some("required at message.message.text")),
            (r#"{"type":"quick_reply","title":"?"}"#, Some("required at message.message.replies")),
            (
                r#"{"type":"whatsapp_template","template":{"name":"a"}}"#,
                Some("required at message.message.template.languageCode"),
            ),
        ] {
            assert_eq!(send(content).as_deref(), expected, "{content}");
        }
        let other = [
            (
                "createContact",
                r#"{"identifier":"email:a@b.c","contact":{"lastName":"B"}}"#,
                "required at contact.firstName",
            ),
            (
                "assignConversation",
                r#"{"identifier":"id:1","assignment":{"assignee":true}}"#,
                "kind at assignment.assignee",
            ),
            (
                "listContacts",
                r#"{"filter":{"timezone":"UTC","filter":{"$or":[{"category":"contactTag","field":null,"operator":"is","value":null}]}},"query":{}}"#,
                "choice at filter.filter.$or[0].operator",
            ),
            ("listUsers", r#"{"query":{"limit":101}}"#, "range at query.limit"),
        ];
        for (id, arguments, expected) in other {
            assert_eq!(refused(id, arguments).as_deref(), Some(expected), "{id}");
        }
    }

    /// Why the arguments are refused, and where.
    fn refused(id: &str, arguments: &str) -> Option<String> {
        let operation = OPERATIONS.iter().find(|operation| operation.id == id).unwrap();
        let fault = request::build(operation, arguments.as_bytes()).err()?;
        Some(alloc::format!("{} at {}", fault.rule.name(), fault.path))
    }
}
