//! The sandbox as a transport of the Rust client: a plain `cargo test` runs against it, with no network and no waiting.

use crate::options::Options;
use crate::random::Random;
use crate::refusal::Refusal;
use crate::service::{Request, Response, Service};
use respond_io_wasm::transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where the clock of a [`Sandbox`] stands at first, in Unix milliseconds.
pub const START_MS: i64 = 1_783_996_922_000;

/// A handle to an in-memory respond.io; its clones share it.
///
/// Its clock stands still and moves only when somebody sleeps or [`Service::advance`] says so: a test that waits out a
/// `Retry-After` takes no time.
///
/// ```
/// use respond_io_sandbox::{Options, Sandbox};
/// use respond_io_wasm::transport::Transport;
///
/// let sandbox = Sandbox::new(Options::default()).unwrap();
/// let before = sandbox.now();
/// drop(sandbox.sleep(1500.0));
/// assert_eq!(sandbox.now() - before, 1500.0);
/// ```
#[derive(Clone, Debug)]
pub struct Sandbox {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    service: Service,
    random: Random,
}

/// The service of a [`Sandbox`], for as long as nobody else uses it.
pub struct ServiceGuard<'a>(MutexGuard<'a, Shared>);

impl std::ops::Deref for ServiceGuard<'_> {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.0.service
    }
}

impl std::ops::DerefMut for ServiceGuard<'_> {
    fn deref_mut(&mut self) -> &mut Service {
        &mut self.0.service
    }
}

impl Sandbox {
    /// A sandbox with these options; its clock stands at [`START_MS`] unless they say where.
    pub fn new(options: Options) -> Result<Self, Refusal> {
        let random = Random::new(options.random_seed.unwrap_or(1));
        let options = Options { freeze_at: options.freeze_at.or(Some(START_MS)), ..options };
        let service = Service::new(options, START_MS)?;
        Ok(Self { shared: Arc::new(Mutex::new(Shared { service, random })) })
    }

    /// The service itself, for what a test wants beside the API: contacts, messages, faults, the journal.
    ///
    /// The caller's time that its methods ask for is disregarded while the clock stands still.
    pub fn service(&self) -> ServiceGuard<'_> {
        ServiceGuard(self.lock())
    }

    /// A panic of another test that held the lock leaves a workspace that is still in order.
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn exchange(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut shared = self.lock();
        let service = &mut shared.service;
        let arrived = Request {
            method: request.method.as_str(),
            url: &request.url,
            headers: &request.headers,
            body: request.body.as_deref().unwrap_or_default(),
        };
        let response = service.handle(&arrived, START_MS);
        let is_bounded = request.timeout_ms > 0.0;
        if is_bounded && response.delay_ms as f64 >= request.timeout_ms {
            pass(service, request.timeout_ms);
            return Err(TransportError::Timeout);
        }
        pass(service, response.delay_ms as f64);
        let is_success = (200..=299).contains(&response.status);
        if is_success && !request.needs_body && !is_reset(&response) {
            return Ok(HttpResponse { status: response.status, headers: response.headers, body: Vec::new() });
        }
        if response.fault == Some("stall") && is_bounded {
            pass(service, request.timeout_ms - response.delay_ms as f64);
            return Err(stalled(response.status, true));
        }
        let max_bytes = if is_success { request.max_response_bytes } else { usize::MAX };
        delivered(response, max_bytes)
    }
}

/// Whether not even the headers come.
fn is_reset(response: &Response) -> bool {
    matches!(response.fault, Some("reset_before" | "reset_after"))
}

fn delivered(response: Response, max_bytes: usize) -> Result<HttpResponse, TransportError> {
    match response.fault {
        Some("reset_before" | "reset_after") => Err(TransportError::Connection("the connection was reset".into())),
        // Without a time limit nobody would ever come back from the wait.
        Some("stall") => Err(stalled(response.status, false)),
        _ if response.body.len() > max_bytes => Err(TransportError::TooLarge { status: response.status }),
        _ => Ok(HttpResponse { status: response.status, headers: response.headers, body: response.body }),
    }
}

/// What a body that stalls is to the client: only that of a 2xx says that the service acted.
fn stalled(status: u16, is_timeout: bool) -> TransportError {
    match status {
        200..=299 => TransportError::BodyLost { status, is_timeout },
        _ if is_timeout => TransportError::Timeout,
        _ => TransportError::Connection("the body stalled, and the request has no time limit".into()),
    }
}

/// Lets time pass. A clock at the end of time stays there.
fn pass(service: &mut Service, ms: f64) {
    service.clock.advance(ms.ceil() as i64);
}

impl Transport for Sandbox {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(ready(self.exchange(&request)))
    }

    /// Moves the clock forward and returns at once.
    fn sleep(&self, ms: f64) -> BoxFuture<'_, ()> {
        pass(&mut self.lock().service, ms.max(0.0));
        Box::pin(ready(()))
    }

    fn now(&self) -> f64 {
        self.lock().service.now(START_MS) as f64
    }

    /// The next of a repeatable sequence, which is not the one of the faults.
    fn random(&self) -> f64 {
        self.lock().random.unit()
    }
}
