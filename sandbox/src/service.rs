//! The service: one function from a request and the time to a response.

use crate::arguments;
use crate::clock::Clock;
use crate::faults::{FaultKind, Faults, Hit, garbled, truncated};
use crate::handlers::Context;
use crate::journal::{Entry, Journal, redacted};
use crate::options::{DEFAULT_TOKEN, Options, RateSetting, checked_tokens};
use crate::random::Random;
use crate::rate::{Limiter, RateLimit};
use crate::refusal::Refusal;
use crate::router::{self, Router};
use crate::rules::Rules;
use crate::webhooks::Webhooks;
use crate::workspace::Workspace;

/// A request as it arrives.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The URL, or its path and query, percent-encoded.
    pub url: &'a str,
    /// Names, in any case, and values of the headers.
    pub headers: &'a [(String, String)],
    /// The body, empty where there is none.
    pub body: &'a [u8],
}

impl Request<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The URL without its query; where it is a path alone, the header says of which host.
    fn address(&self) -> String {
        let (path, _) = router::path_and_query(self.url);
        match (router::origin(self.url), self.header("host")) {
            ("", Some(host)) => format!("http://{host}{path}"),
            (origin, _) => format!("{origin}{path}"),
        }
    }
}

/// A response as it is to be sent, and what is to go wrong with it on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status; 0 where the connection is to be reset before there is one.
    pub status: u16,
    /// Names, in lower case, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body; where the fault is a stall, what comes before it.
    pub body: Vec<u8>,
    /// How long to wait before it is sent, in milliseconds.
    pub delay_ms: u64,
    /// The name of the fault that hit the request. `reset_before`, `reset_after` and `stall` are for whoever sends the
    /// response to carry out; the others are carried out already.
    pub fault: Option<&'static str>,
}

/// An in-memory respond.io.
#[derive(Debug)]
pub struct Service {
    options: Options,
    pub(crate) tokens: Vec<String>,
    pub(crate) workspace: Workspace,
    pub(crate) clock: Clock,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal<Entry>,
    pub(crate) webhooks: Webhooks,
    random: Random,
    router: Router,
    rules: Rules,
}

/// What becomes of one request while it is answered.
#[derive(Default)]
struct Exchange {
    operation: Option<&'static str>,
    hit: Hit,
    acted: bool,
}

impl Service {
    /// A service with these options.
    ///
    /// `real_ms` is the caller's time, in Unix milliseconds, here and in every other method that takes it; a frozen
    /// clock disregards it.
    pub fn new(options: Options, real_ms: i64) -> Result<Self, Refusal> {
        let limit = options.rate_limit.unwrap_or(RateSetting::On(RateLimit::default())).limit()?;
        let tokens = options.tokens.clone().unwrap_or_else(|| vec![DEFAULT_TOKEN.into()]);
        let seed = options.random_seed.unwrap_or(1);
        let mut service = Self {
            tokens: checked_tokens(tokens)?,
            workspace: Workspace::default(),
            clock: Clock::default(),
            limiter: Limiter::new(limit),
            faults: Faults::default(),
            journal: Journal::default(),
            webhooks: Webhooks::new(seed),
            random: Random::new(seed),
            router: Router::new(options.surface.unwrap_or_default()),
            rules: Rules::of(&options)?,
            options,
        };
        if let Some(at_ms) = service.options.freeze_at {
            service.freeze(Some(at_ms), real_ms)?;
        }
        if let Some(seed) = service.options.seed {
            service.seed(seed.count, seed.seed, real_ms)?;
        }
        for webhook in service.options.webhooks.clone().unwrap_or_default() {
            service.add_webhook(webhook)?;
        }
        Ok(service)
    }

    /// Puts everything back to what it was after [`Service::new`], the contacts and webhooks that the options ask for
    /// included.
    pub fn reset(&mut self, real_ms: i64) -> Result<(), Refusal> {
        *self = Self::new(self.options.clone(), real_ms)?;
        Ok(())
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &Request, real_ms: i64) -> Response {
        let now = self.clock.now(real_ms);
        let mut exchange = Exchange::default();
        let answer = self.answer(request, now, &mut exchange);
        let response = self.respond(request, answer, now, &exchange.hit);
        self.journal.push(Entry {
            seq: 0,
            time: now,
            method: request.method.into(),
            url: router::target(request.url).into(),
            operation: exchange.operation,
            request_headers: redacted(request.headers),
            request_body: String::from_utf8_lossy(request.body).into(),
            status: (response.status > 0).then_some(response.status),
            response_body: String::from_utf8_lossy(&response.body).into(),
            acted: exchange.acted,
            fault: response.fault,
            delay_ms: response.delay_ms,
        });
        response
    }

    fn answer(&mut self, request: &Request, now: i64, exchange: &mut Exchange) -> Result<Vec<u8>, Refusal> {
        let route = self.router.route(request.method, request.url)?;
        exchange.operation = Some(route.operation.id);
        self.authorize(request.header("authorization"))?;
        self.limiter.admit(route.operation.bucket(), now)?;
        exchange.hit = self.faults.hit(route.operation, &mut self.random);
        refuse_before_acting(&exchange.hit)?;
        let arguments = arguments::assemble(&route, request.header("content-type"), request.body)?;
        let handler = route.surface.handler(route.operation);
        let (address, rules) = (request.address(), self.rules);
        let body = self.telling(now, |service| {
            let workspace = &mut service.workspace;
            handler.run(&mut Context { workspace, now, rules, address: &address, arguments: &arguments })
        })?;
        exchange.acted = true;
        Ok(body)
    }

    fn authorize(&self, authorization: Option<&str>) -> Result<(), Refusal> {
        let token = authorization.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        if token.is_some_and(|token| self.tokens.iter().any(|accepted| accepted == token)) {
            return Ok(());
        }
        let message = if authorization.is_none() { "a bearer token is required" } else { "the token is not valid" };
        Err(Refusal::new(401, message).with_header("www-authenticate", "Bearer"))
    }

    fn respond(&mut self, request: &Request, answer: Result<Vec<u8>, Refusal>, now: i64, hit: &Hit) -> Response {
        let (delay_ms, fault) = (hit.delay_ms, hit.name());
        if let Some(FaultKind::ResetBefore {}) = hit.kind {
            return Response { status: 0, headers: Vec::new(), body: Vec::new(), delay_ms, fault };
        }
        let mut headers = self.limiter.headers(request.method, now);
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err(refusal) => {
                let body = self.router.surface(request.url).error_body(&refusal);
                headers.extend(refusal.headers);
                (refusal.status, body)
            }
        };
        if !body.is_empty() {
            headers.push(("content-type".into(), "application/json".into()));
        }
        let body = match hit.kind {
            Some(FaultKind::Truncate {} | FaultKind::Stall {}) => truncated(body),
            Some(FaultKind::Garble {}) => garbled(body, &mut self.random),
            _ => body,
        };
        Response { status, headers, body, delay_ms, fault }
    }
}

/// The refusal of a request that a fault keeps from being acted upon.
fn refuse_before_acting(hit: &Hit) -> Result<(), Refusal> {
    match &hit.kind {
        Some(FaultKind::Status { status, retry_after, message }) => {
            let message = message.as_deref().unwrap_or("a fault that was asked for");
            let refusal = Refusal::new(*status, message);
            Err(match retry_after {
                Some(seconds) => refusal.with_header("retry-after", seconds.to_string()),
                None => refusal,
            })
        }
        Some(FaultKind::ResetBefore {}) => Err(Refusal::new(502, "the connection is reset")),
        _ => Ok(()),
    }
}
