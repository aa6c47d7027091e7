//! What a response is: a value, an error, and what is known of a write.

use super::check;
use super::document::Document;
use super::record::Record;
use super::rule::{Fault, Rule};
use crate::operation::OperationMeta;

/// The kind of an error that a status stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusKind {
    /// 400: the request was malformed.
    BadRequest,
    /// 401: the token was missing or wrong.
    Authentication,
    /// 403: the token may not do this.
    Permission,
    /// 404: there is no such resource.
    NotFound,
    /// 409: it is in conflict with what is there.
    Conflict,
    /// 429: too many requests.
    RateLimit,
    /// 5xx: the service failed.
    Server,
    /// Any other status, redirects included: they are not followed.
    Other,
}

/// The kind of error that `status` stands for; `None` for 2xx.
pub fn status_kind(status: u16) -> Option<StatusKind> {
    Some(match status {
        200..=299 => return None,
        400 => StatusKind::BadRequest,
        401 => StatusKind::Authentication,
        403 => StatusKind::Permission,
        404 => StatusKind::NotFound,
        409 => StatusKind::Conflict,
        429 => StatusKind::RateLimit,
        500..=599 => StatusKind::Server,
        _ => StatusKind::Other,
    })
}

/// Checks the body of a 2xx; gives the first value of an unexpected kind, if there is one.
///
/// An operation without a response schema takes any body, without reading it.
///
/// ```
/// use respond_io_wasm::engine::{Rule, response};
/// use respond_io_wasm::operation::{GetContact, Operation};
///
/// assert_eq!(response::check(GetContact::META, br#"{"id":1,"new":[]}"#), Ok(None));
///
/// let mismatch = response::check(GetContact::META, br#"{"id":"1"}"#).unwrap().unwrap();
/// assert_eq!((mismatch.rule, mismatch.path.as_str()), (Rule::Kind, "id"));
///
/// let fault = response::check(GetContact::META, br#"{"id":9007199254740993}"#).unwrap_err();
/// assert_eq!(fault.rule, Rule::UnsafeInteger);
/// ```
pub fn check(operation: &OperationMeta, body: &[u8]) -> Result<Option<Fault>, Fault> {
    let Some(kind) = &operation.response else {
        return Ok(None);
    };
    check::received(body, kind)
}

/// Checks the body of a 2xx as [`check`](fn@check) does, and records what the crate is compiled to record of it.
pub fn read<'a>(operation: &OperationMeta, body: Document<'a>) -> (Result<Option<Fault>, Fault>, Record<'a>) {
    match &operation.response {
        Some(kind) => check::recorded(body, kind),
        None => (Ok(None), Record::idle()),
    }
}

/// Checks the body of a 2xx as [`check`](fn@check) does, and that it is UTF-8.
pub fn check_text<'a>(operation: &OperationMeta, body: &'a [u8]) -> Result<(&'a str, Option<Fault>), Fault> {
    let text = core::str::from_utf8(body).map_err(|_| Fault::of_document(Rule::Encoding))?;
    let mismatch = check(operation, body)?;
    Ok((text.strip_prefix('\u{feff}').unwrap_or(text), mismatch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        let table = [
            (200, None),
            (204, None),
            (302, Some(StatusKind::Other)),
            (400, Some(StatusKind::BadRequest)),
            (401, Some(StatusKind::Authentication)),
            (402, Some(StatusKind::Other)),
            (403, Some(StatusKind::Permission)),
            (404, Some(StatusKind::NotFound)),
            (405, Some(StatusKind::Other)),
            (409, Some(StatusKind::Conflict)),
            (429, Some(StatusKind::RateLimit)),
            (500, Some(StatusKind::Server)),
            (599, Some(StatusKind::Server)),
            (0, Some(StatusKind::Other)),
        ];
        for (status, kind) in table {
            assert_eq!(status_kind(status), kind, "{status}");
        }
    }
}
