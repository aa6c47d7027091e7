//! From an operation's arguments to a request.

use super::check;
use super::identifier::{push_encoded, push_segment, split};
use super::json::{Number, Reader, unescape};
use super::rule::{Fault, Rule};
use crate::operation::{OperationMeta, Place};
use crate::schema::Kind;
use alloc::string::String;
use alloc::vec::Vec;

/// A request, but for base URL and headers.
#[derive(Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The path and the query below the base URL, percent-encoded: `/contact/list?limit=5`.
    pub target: String,
    /// The JSON body, where there is one.
    pub body: Option<&'a [u8]>,
}

/// How many bytes the arguments of a call may have as JSON.
pub const MAX_ARGUMENTS: usize = 1 << 20;

/// Builds the request of an operation from its arguments, one JSON object.
///
/// The arguments are checked strictly first; a fault names the path within them.
///
/// ```
/// use respond_io_wasm::engine::request;
/// use respond_io_wasm::operation::{GetContact, Operation};
///
/// let request = request::build(GetContact::META, br#"{"identifier":"email:a/b@c.d"}"#).unwrap();
/// assert_eq!(request.target, "/contact/email:a%2Fb@c.d");
/// assert_eq!(request.body, None);
///
/// let fault = request::build(GetContact::META, br#"{"identifier":"id:0"}"#).unwrap_err();
/// assert_eq!(fault.path, "identifier");
/// ```
pub fn build<'a>(operation: &OperationMeta, arguments: &'a [u8]) -> Result<Request<'a>, Fault> {
    if arguments.len() > MAX_ARGUMENTS {
        let detail = check::number(MAX_ARGUMENTS as i64);
        return Err(Fault { detail, ..Fault::of_document(Rule::TooLarge) });
    }
    check::sent(arguments, &Kind::Object(operation.input))?;
    assemble(operation, arguments).ok_or(Fault::of_document(Rule::Syntax))
}

fn assemble<'a>(operation: &OperationMeta, arguments: &'a [u8]) -> Option<Request<'a>> {
    let mut target = String::new();
    let mut template = operation.path.as_bytes();
    while let [first, rest @ ..] = template {
        template = rest;
        if *first != b'{' {
            check::push_ascii(&mut target, *first);
            continue;
        }
        let (name, after) = split(rest, b'}')?;
        push_segment(&mut target, &path_text(member(arguments, name)?)?);
        template = after;
    }
    let mut body = None;
    for (field, place) in operation.input.fields.iter().zip(operation.places) {
        match place {
            Place::Path => {}
            Place::Query => push_query(&mut target, member(arguments, field.name.as_bytes())?),
            Place::Body => body = member(arguments, field.name.as_bytes()),
        }
    }
    Some(Request { target, body })
}

/// The bytes of the object's member `name`.
fn member<'a>(object: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut found = None;
    members(object, |key, value| {
        if key == name {
            found = Some(value);
        }
    });
    found
}

/// Calls back for each member of an object that was checked.
fn members<'a>(object: &'a [u8], mut each: impl FnMut(&[u8], &'a [u8])) {
    let mut reader = Reader::new(object);
    reader.expect(b'{');
    let mut more = !reader.meets(b'}');
    while more {
        let name = check::key(reader.string());
        reader.expect(b':');
        each(&name, reader.skip(0));
        more = reader.more(b'}');
    }
}

/// The text of a path argument: a string, an identifier object or a number.
fn path_text(value: &[u8]) -> Option<Vec<u8>> {
    match value {
        [b'"', inner @ .., b'"'] => unescape(inner),
        [b'{', ..] => check::identifier_text(value),
        digits => match Reader::new(digits).number() {
            Number::Integer(number) => Some(check::number(number).into_bytes()),
            _ => None,
        },
    }
}

/// Appends each member of the query object as a parameter.
fn push_query(target: &mut String, query: &[u8]) {
    let mut separator = b'?';
    members(query, |name, value| {
        let Some(value) = path_text(value) else { return };
        check::push_ascii(target, separator);
        separator = b'&';
        push_encoded(target, name, true);
        check::push_ascii(target, b'=');
        push_encoded(target, &value, true);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::*;

    fn target(operation: &OperationMeta, arguments: &str) -> String {
        build(operation, arguments.as_bytes()).unwrap().target
    }

    #[test]
    fn targets() {
        assert_eq!(target(CreateContact::META, r#"{"contact":{}}"#), "/contact");
        assert_eq!(target(ListContacts::META, r#"{"query":{}}"#), "/contact/list");
        assert_eq!(
            target(ListContacts::META, r#"{"query":{"limit":5,"cursorId":-2}}"#),
            "/contact/list?limit=5&cursorId=-2"
        );
        assert_eq!(target(GetContact::META, r#"{"identifier":{"id":7}}"#), "/contact/id:7");
        assert_eq!(target(GetContact::META, r#"{"identifier":{"phone":"+601"}}"#), "/contact/phone:+601");
        assert_eq!(
            target(GetContact::META, r#"{"identifier":"email:a/../../tag@b"}"#),
            "/contact/email:a%2F..%2F..%2Ftag@b"
        );
        assert_eq!(
            target(GetMessage::META, r#"{"identifier":"id:1","messageId":1783996922700277}"#),
            "/contact/id:1/message/1783996922700277"
        );
        assert_eq!(target(DeleteTag::META, r#"{"tagId":3}"#), "/tag/3");
        assert_eq!(target(DeleteTag::META, r#"{"tag\u0049d":30.0e-1}"#), "/tag/3");
        assert_eq!(target(ListContacts::META, r#"{"query":{"l\u0069mit":5}}"#), "/contact/list?limit=5");
    }

    #[test]
    fn arguments_are_bounded() {
        let text = "x".repeat(MAX_ARGUMENTS);
        let fault = build(CreateTag::META, alloc::format!(r#"{{"tag":{{"name":"{text}"}}}}"#).as_bytes()).unwrap_err();
        assert_eq!(alloc::format!("{fault}"), "the document is larger than 1048576 bytes");
    }

    #[test]
    fn bodies_are_passed_on_as_they_were_written() {
        let arguments = br#"{"identifier":"id:1","tags":["vip", "\u00e9"]}"#;
        let request = build(AddContactTags::META, arguments).unwrap();
        assert_eq!(request.body, Some(&br#"["vip", "\u00e9"]"#[..]));
    }

    #[test]
    fn every_operation_needs_its_arguments() {
        for operation in OPERATIONS {
            let built = build(operation, b"{}");
            match operation.input.fields.first() {
                None => assert!(built.is_ok()),
                Some(field) => {
                    let fault = built.unwrap_err();
                    assert_eq!((fault.rule, fault.path.as_str()), (Rule::Required, field.name));
                }
            }
        }
    }
}
