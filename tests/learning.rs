//! The limiter of the live client, against services that count in one way or the other: the table that the npm package
//! passes as well. Its clock moves when somebody sleeps, so that nothing waits.
#![cfg(not(target_arch = "wasm32"))]

use futures_util::future::join_all;
use pollster::block_on;
use respond_io_wasm::client::{BucketKey, Limiter, RateLimit};
use respond_io_wasm::live::Client;
use respond_io_wasm::live::operation::OPERATIONS;
use respond_io_wasm::transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::future::{poll_fn, ready};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Poll;

const LIMIT: usize = 3;
const WINDOW_MS: f64 = 300.0;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    name: String,
    key: Option<Key>,
    service_counts: Key,
    #[serde(default)]
    others: usize,
    rounds: Vec<Round>,
    counts_by: Key,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Key {
    Method,
    Operation,
}

#[derive(Deserialize)]
struct Round {
    calls: BTreeMap<String, usize>,
    refusals: usize,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("behaviour/learning.json")).unwrap()
}

#[test]
fn every_case() {
    for case in cases() {
        let service = Service::new(Some(case.service_counts));
        let client = client(&service, case.key);
        for _ in 0..case.others {
            service.lock().arrive("GET".into());
        }
        for (index, round) in case.rounds.iter().enumerate() {
            let before = service.lock().refusals;
            call(&client, &round.calls);
            assert_eq!(service.lock().refusals - before, round.refusals, "{}, round {index}", case.name);
        }
        assert_eq!(counts_by(&client, &service), case.counts_by, "{}", case.name);
    }
}

#[test]
fn a_client_that_is_told_nothing_counts_by_operation_at_first() {
    let service = Service::new(None);
    let builder = Client::builder().api_token("token").base_url("https://example.test/v2");
    let client = builder.transport(service.clone()).build().unwrap();
    call(&client, &[("getUser".into(), 5), ("getCustomField".into(), 5)].into());
    let elapsed = service.lock().now;
    call(&client, &[("getUser".into(), 1)].into());
    assert!(elapsed == 0.0 && service.lock().now >= 900.0);
}

#[test]
fn clients_of_one_limiter_learn_from_each_other() {
    let service = Service::new(Some(Key::Method));
    let limiter = Limiter::new(rate(BucketKey::Learned));
    let [first, second] = [(); 2].map(|()| {
        let builder = Client::builder().api_token("token").base_url("https://example.test/v2");
        builder.transport(service.clone()).limiter(limiter.clone()).build().unwrap()
    });
    call(&first, &[("getUser".into(), 1), ("getCustomField".into(), 3)].into());
    assert_eq!(counts_by(&second, &service), Key::Method);
}

#[test]
fn whoever_waits_for_an_operation_when_it_is_learned_waits_for_the_method_as_well() {
    let service = Service::new(Some(Key::Method));
    let client = client(&service, None);
    call(&client, &[("getUser".into(), 9), ("getCustomField".into(), 9)].into());
    assert_eq!(service.lock().refusals, 1);
}

fn rate(key: BucketKey) -> RateLimit {
    RateLimit { limit: LIMIT as u32, window_ms: WINDOW_MS as u32, key, ..RateLimit::default() }
}

fn client(service: &Service, key: Option<Key>) -> Client {
    let key = match key {
        None => RateLimit::learning().key,
        Some(Key::Method) => BucketKey::Method,
        Some(Key::Operation) => BucketKey::Operation,
    };
    let builder = Client::builder().api_token("token").base_url("https://example.test/v2");
    builder.transport(service.clone()).rate_limit(rate(key)).build().unwrap()
}

/// Calls operations so many times each, all at once.
fn call(client: &Client, calls: &BTreeMap<String, usize>) {
    let futures = calls.iter().rev().flat_map(|(id, count)| {
        let operation = OPERATIONS.iter().find(|operation| operation.id == id).unwrap();
        let arguments = if id == "deleteContact" { json!({ "identifier": "id:1" }) } else { json!({ "id": 1 }) };
        (0..*count).map(move |_| client.driver().call_json(operation, &arguments).into_future())
    });
    for result in block_on(join_all(futures)) {
        result.unwrap();
    }
}

/// What a client counts together, by how long it takes for more of a method than a window holds, once every pause and
/// every lowered limit is over and nobody refuses.
fn counts_by(client: &Client, service: &Service) -> Key {
    service.lock().counts = None;
    service.lock().now += 100.0 * WINDOW_MS;
    let start = service.lock().now;
    call(client, &[("getUser".into(), LIMIT), ("getCustomField".into(), LIMIT)].into());
    if service.lock().now - start >= WINDOW_MS { Key::Method } else { Key::Operation }
}

/// A service that permits so many requests of a name in any window.
#[derive(Clone)]
struct Service(Arc<Mutex<State>>);

struct State {
    /// What it counts together; nothing refuses where it is left out.
    counts: Option<Key>,
    now: f64,
    arrivals: HashMap<String, Vec<f64>>,
    refusals: usize,
}

impl Service {
    fn new(counts: Option<Key>) -> Self {
        Self(Arc::new(Mutex::new(State { counts, now: 0.0, arrivals: HashMap::new(), refusals: 0 })))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl State {
    /// Counts a request; gives whether it is permitted.
    fn arrive(&mut self, name: String) -> bool {
        let times = self.arrivals.entry(name).or_default();
        times.retain(|time| *time > self.now - WINDOW_MS);
        times.push(self.now);
        times.len() <= LIMIT
    }

    fn answer(&mut self, request: &HttpRequest) -> HttpResponse {
        let method = request.method.as_str();
        let is_permitted = match self.counts {
            None => true,
            Some(Key::Method) => self.arrive(method.into()),
            Some(Key::Operation) => self.arrive(format!("{method} {}", request.url)),
        };
        if is_permitted {
            return HttpResponse { status: 200, headers: Vec::new(), body: br#"{"id":1}"#.to_vec() };
        }
        self.refusals += 1;
        HttpResponse { status: 429, headers: vec![("retry-after".into(), "1".into())], body: Vec::new() }
    }
}

impl Transport for Service {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(ready(Ok(self.lock().answer(&request))))
    }

    /// Others have their turn before the time has passed.
    fn sleep(&self, ms: f64) -> BoxFuture<'_, ()> {
        let end = self.lock().now + ms;
        Box::pin(async move {
            yield_now().await;
            let mut state = self.lock();
            state.now = state.now.max(end);
        })
    }

    fn now(&self) -> f64 {
        self.lock().now
    }

    fn random(&self) -> f64 {
        0.5
    }
}

async fn yield_now() {
    let mut has_yielded = false;
    let wait = poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut has_yielded, true) { Poll::Ready(()) } else { Poll::Pending }
    });
    wait.await;
}
