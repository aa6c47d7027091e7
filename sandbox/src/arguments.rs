//! From a request to an operation's arguments: one JSON object, checked by the engine as if it were to be sent.

use crate::refusal::Refusal;
use crate::router::Route;
use respond_io_wasm::engine::{check, json};
use respond_io_wasm::operation::Place;
use respond_io_wasm::schema::Kind;

/// Assembles the arguments of a route's operation and checks them against its declaration.
pub fn assemble(route: &Route, content_type: Option<&str>, body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let operation = route.operation;
    let body = body_text(content_type, body)?;
    let mut members = Vec::new();
    for (field, place) in operation.input.fields.iter().zip(operation.places) {
        let value = match place {
            Place::Path => path_value(route, field.name, &field.kind)?,
            Place::Query => query_object(route.query, &field.kind)?,
            Place::Body => body.ok_or_else(|| Refusal::bad_request("the request has no body"))?.into(),
        };
        members.push(format!("{}:{value}", quoted(field.name)));
    }
    if body.is_some() && !operation.places.contains(&Place::Body) {
        return Err(Refusal::bad_request(format!("{} takes no body", operation.id)));
    }
    if !route.query.is_empty() && !operation.places.contains(&Place::Query) {
        return Err(Refusal::bad_request(format!("{} takes no query", operation.id)));
    }
    let arguments = format!("{{{}}}", members.join(",")).into_bytes();
    check::sent(&arguments, &Kind::Object(operation.input)).map_err(|fault| Refusal::bad_request(fault.to_string()))?;
    Ok(arguments)
}

/// The body as a JSON text that is complete in itself, so that it can stand within another.
fn body_text<'a>(content_type: Option<&str>, body: &'a [u8]) -> Result<Option<&'a str>, Refusal> {
    if body.is_empty() {
        return Ok(None);
    }
    if !content_type.is_some_and(is_json) {
        return Err(Refusal::new(415, "the body's content-type must be application/json"));
    }
    let text = std::str::from_utf8(body).map_err(|_| Refusal::bad_request("the body is not valid UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    json::check(text.as_bytes()).map_err(|rule| Refusal::bad_request(format!("the body {}", rule.text())))?;
    Ok(Some(text))
}

fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split_once(';').map_or(content_type, |(media_type, _)| media_type);
    media_type.trim().eq_ignore_ascii_case("application/json")
}

fn path_value(route: &Route, name: &str, kind: &Kind) -> Result<String, Refusal> {
    let (_, segment) = route
        .parameters
        .iter()
        .find(|(parameter, _)| *parameter == name)
        .expect("the template names every path argument");
    let text = decode(segment).ok_or_else(|| Refusal::bad_request(format!("{name} is not percent-encoded UTF-8")))?;
    Ok(value_of(kind, &text))
}

fn query_object(query: &str, kind: &Kind) -> Result<String, Refusal> {
    let Kind::Object(model) = kind else {
        unreachable!("a query argument is an object");
    };
    let mut members = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| decode(&text.replace('+', " "));
        let (Some(name), Some(value)) = (decoded(name), decoded(value)) else {
            return Err(Refusal::bad_request("the query is not percent-encoded UTF-8"));
        };
        let field = model.fields.iter().find(|field| field.name == name);
        let value = field.map_or_else(|| quoted(&value), |field| value_of(&field.kind, &value));
        members.push(format!("{}:{value}", quoted(&name)));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

/// The text as a JSON value: a number where one is declared and the text is one, else a string.
fn value_of(kind: &Kind, text: &str) -> String {
    let is_integer = text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    match kind {
        Kind::Integer(_) if is_integer => text.into(),
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Resolves percent-encoding, once; `None` where an escape is broken or the result is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, tail) = rest.split_at_checked(2)?;
        let digit = |byte: u8| (byte as char).to_digit(16);
        bytes.push((digit(digits[0])? * 16 + digit(digits[1])?) as u8);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router::Router;
    use crate::surface::Surface;

    const JSON: Option<&str> = Some("application/json; charset=utf-8");

    fn arguments(method: &str, url: &str, content_type: Option<&str>, body: &str) -> Result<String, (u16, String)> {
        assemble(&Router::new(Surface::Contract).route(method, url).unwrap(), content_type, body.as_bytes())
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .map_err(|refusal| (refusal.status, refusal.message))
    }

    #[test]
    fn arguments_are_one_object() {
        let table = [
            ("GET", "/v2/contact/email:a%2Fb@c", "", r#"{"identifier":"email:a/b@c"}"#),
            ("GET", "/v2/contact/email:a%252Fb@c", "", r#"{"identifier":"email:a%2Fb@c"}"#),
            ("GET", "/v2/contact/phone:+601", "", r#"{"identifier":"phone:+601"}"#),
            (
                "GET",
                "/v2/contact/id:1/message/1783996922700277",
                "",
                r#"{"identifier":"id:1","messageId":1783996922700277}"#,
            ),
            ("GET", "/v2/contact/list", "", r#"{"query":{}}"#),
            ("GET", "/v2/contact/list?limit=5&cursorId=-2", "", r#"{"query":{"limit":5,"cursorId":-2}}"#),
            ("GET", "/v2/custom_field", "", "{}"),
            ("DELETE", "/v2/contact/id:1/tag", "[\"a\"]", r#"{"identifier":"id:1","tags":["a"]}"#),
            ("PUT", "/v2/tag/3", "\u{feff}{\"name\":\"x\"}", r#"{"tagId":3,"tag":{"name":"x"}}"#),
        ];
        for (method, url, body, expected) in table {
            assert_eq!(arguments(method, url, JSON, body).as_deref(), Ok(expected), "{method} {url}");
        }
    }

    #[test]
    fn faults_name_their_path() {
        let table = [
            ("GET", "/v2/contact/list?limit=0", "", "query.limit must be an integer from 1 to 100"),
            ("GET", "/v2/contact/list?limit=101", "", "query.limit must be an integer from 1 to 100"),
            ("GET", "/v2/contact/list?limit=ten", "", "query.limit must be an integer"),
            ("GET", "/v2/contact/list?limit=05", "", "query.limit must be an integer"),
            ("GET", "/v2/contact/list?limit", "", "query.limit must be an integer"),
            ("GET", "/v2/contact/list?limit=1&limit=2", "", "query.limit stands in the object twice"),
            ("GET", "/v2/contact/list?page=2", "", "query.page is not a known field"),
            ("GET", "/v2/contact/list?limit=%ff", "", "the query is not percent-encoded UTF-8"),
            ("GET", "/v2/contact/id:1?x=1", "", "getContact takes no query"),
            ("GET", "/v2/contact/id:1", "{}", "getContact takes no body"),
            ("GET", "/v2/contact/%", "", "identifier is not percent-encoded UTF-8"),
            ("GET", "/v2/contact/1", "", "identifier must be a contact's identifier"),
            ("DELETE", "/v2/tag/x", "", "tagId must be an integer"),
            ("DELETE", "/v2/tag/0", "", "tagId must be an integer from 1 to 9007199254740991"),
            ("POST", "/v2/contact", "", "the request has no body"),
            ("POST", "/v2/contact", "[]", "contact must be an object"),
            ("POST", "/v2/contact", r#"{"email":"x"}"#, "contact.email must be an email"),
            ("POST", "/v2/contact", r#"{"email":null}"#, "contact.email must be a string"),
            ("POST", "/v2/contact", r#"{"customFields":[{"name":"a"}]}"#, "contact.customFields[0].value is required"),
            ("POST", "/v2/tag", r#"{"name":""}"#, "tag.name must not be empty"),
            ("PUT", "/v2/tag/1", r#"{"name":"a"},"tagId":2"#, "the body is not valid JSON"),
            ("POST", "/v2/tag", r#"{"name":"a""#, "the body ends too early"),
            (
                "POST",
                "/v2/contact/id:1/conversation",
                r#"{"status":"open","closingNoteId":1}"#,
                "conversation.closingNoteId does not go with",
            ),
        ];
        for (method, url, body, message) in table {
            let (status, refused) = arguments(method, url, JSON, body).unwrap_err();
            assert!(status == 400 && refused.starts_with(message), "{method} {url} {body}: {refused}");
        }
        let deep = "[".repeat(101) + &"]".repeat(101);
        let (status, refused) = arguments("POST", "/v2/tag", JSON, &deep).unwrap_err();
        assert!(status == 400 && refused.starts_with("the body is nested"), "{refused}");
    }

    #[test]
    fn content_types() {
        for good in ["application/json", "Application/JSON ; charset=utf-8"] {
            assert!(arguments("POST", "/v2/tag", Some(good), r#"{"name":"a"}"#).is_ok(), "{good}");
        }
        for bad in [None, Some(""), Some("text/plain"), Some("application/jsonp"), Some("text/plain; application/json")]
        {
            assert_eq!(arguments("POST", "/v2/tag", bad, "{").unwrap_err().0, 415, "{bad:?}");
        }
    }

    #[test]
    fn escapes_are_resolved_once() {
        assert_eq!(decode("a%2520b%C3%BC").as_deref(), Some("a%20bü"));
        for broken in ["%", "%2", "%zz", "%ff", "%+1"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
