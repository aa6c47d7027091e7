//! What sets the clients of the two surfaces apart.

use super::RateLimit;
use serde_json::Value;

/// The contract, or the service as accounts meet it today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Contract,
    #[cfg(feature = "live")]
    Live,
}

impl Surface {
    /// How requests are paced where the builder is told nothing.
    pub(super) fn rate_limit(self) -> RateLimit {
        match self {
            Self::Contract => RateLimit::default(),
            #[cfg(feature = "live")]
            Self::Live => RateLimit::learning(),
        }
    }

    /// Whether an answer says that the contact was only just created: by its status, or on live accounts by its body
    /// beside another 4xx.
    pub(super) fn is_new(self, status: u16, body: Option<&Value>) -> bool {
        let is_told_by_body = || {
            let code = body.and_then(|body| body.get("code"));
            (400..500).contains(&status) && code.is_some_and(is_449)
        };
        status == 449 || self != Self::Contract && is_told_by_body()
    }
}

/// A code is a number or, on some accounts, a text.
fn is_449(code: &Value) -> bool {
    code.as_f64() == Some(449.0) || code.as_str() == Some("449")
}

#[cfg(all(test, feature = "live"))]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_new_contact_is_told_of_by_the_status_or_by_the_code() {
        let table = [
            (449, json!({}), true, true),
            (449, json!({ "code": 400 }), true, true),
            (400, json!({ "code": 449 }), true, false),
            (404, json!({ "code": "449" }), true, false),
            (499, json!({ "code": 449.0 }), true, false),
            (400, json!({ "code": 400 }), false, false),
            (400, json!({ "code": [449] }), false, false),
            (400, json!("449"), false, false),
            (399, json!({ "code": 449 }), false, false),
            (500, json!({ "code": 449 }), false, false),
        ];
        for (status, body, on_live, by_contract) in table {
            assert_eq!(Surface::Live.is_new(status, Some(&body)), on_live, "{status} {body}");
            assert_eq!(Surface::Contract.is_new(status, Some(&body)), by_contract, "{status} {body}");
        }
        assert!(!Surface::Live.is_new(400, None));
    }
}
