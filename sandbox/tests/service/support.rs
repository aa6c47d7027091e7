//! A service with a token, no limit and a frozen clock, spoken to as HTTP would.

use respond_io_sandbox::{Options, RateSetting, Request, Response, Service, Surface};
use respond_io_wasm::engine::check;
use respond_io_wasm::live;
use respond_io_wasm::operation::{OPERATIONS, OperationMeta};
use serde_json::Value;

pub const START: i64 = 1_783_996_922_000;

pub struct Api {
    pub service: Service,
    /// The surface that is spoken to.
    pub surface: Surface,
    /// The number of the last entry of the journal that was read.
    seen: u64,
}

impl Api {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    pub fn with(options: Options) -> Self {
        let options =
            Options { rate_limit: options.rate_limit.or(Some(RateSetting::Off)), freeze_at: Some(START), ..options };
        Self { service: Service::new(options, 0).unwrap(), surface: Surface::Contract, seen: 0 }
    }

    /// One that speaks to the live surface.
    pub fn live() -> Self {
        Self::live_with(Options::default())
    }

    pub fn live_with(options: Options) -> Self {
        Self { surface: Surface::Live, ..Self::with(options) }
    }

    pub fn seeded(count: u32) -> Self {
        let mut api = Self::new();
        api.service.seed(count, 1, 0).unwrap();
        api
    }

    pub fn send(&mut self, method: &str, path: &str, body: &str) -> Response {
        let headers = [
            ("Authorization".to_string(), "Bearer sandbox".to_string()),
            ("Content-Type".to_string(), "application/json".to_string()),
        ];
        let base = if self.surface == Surface::Live { "/live/v2" } else { "/v2" };
        let url = format!("https://api.respond.io{base}{path}");
        self.service.handle(&Request { method, url: &url, headers: &headers, body: body.as_bytes() }, 0)
    }

    /// The status and the body, which is checked: a success against its operation, anything else as an Error.
    pub fn call(&mut self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let response = self.send(method, path, body);
        let entry = self.service.journal(self.seen).pop().unwrap();
        self.seen = entry.seq;
        assert_eq!(entry.acted, response.status == 200, "{method} {path}");
        if response.status != 200 {
            let error: Value = serde_json::from_slice(&response.body).unwrap();
            let status = if self.surface == Surface::Live { "code" } else { "status" };
            assert_eq!(error[status], response.status);
            assert!(error["message"].is_string() && error.as_object().unwrap().len() == 2, "{error}");
            return (response.status, error);
        }
        let operation = self.operations().iter().find(|operation| Some(operation.id) == entry.operation).unwrap();
        let Some(kind) = operation.response else {
            assert!(response.body.is_empty(), "{method} {path}");
            return (200, Value::Null);
        };
        assert_eq!(check::received(&response.body, &kind), Ok(None), "{method} {path}");
        (200, serde_json::from_slice(&response.body).unwrap())
    }

    fn operations(&self) -> &'static [&'static OperationMeta] {
        if self.surface == Surface::Live { live::operation::OPERATIONS } else { OPERATIONS }
    }

    /// The body of a success.
    pub fn ok(&mut self, method: &str, path: &str, body: &str) -> Value {
        let (status, body) = self.call(method, path, body);
        assert_eq!(status, 200, "{method} {path}: {body}");
        body
    }

    /// The status and the message of a refusal.
    pub fn refused(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let (status, body) = self.call(method, path, body);
        (status, body["message"].as_str().unwrap_or_default().to_string())
    }

    pub fn status(&mut self, method: &str, path: &str, body: &str) -> u16 {
        self.call(method, path, body).0
    }
}
