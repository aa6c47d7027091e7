//! The limiter through the Rust client, against the sandbox: its clock moves when somebody sleeps, so that nothing waits.
#![cfg(not(target_arch = "wasm32"))]

use futures_util::future::join_all;
use pollster::block_on;
use respond_io_sandbox::{Options, RateSetting, Sandbox};
use respond_io_wasm::client::{BucketKey, Limiter, RateLimit};
use respond_io_wasm::engine::Outcome;
use respond_io_wasm::model::ContactCreate;
use respond_io_wasm::transport::Transport;
use respond_io_wasm::{Client, Error};

fn sandbox() -> Sandbox {
    Sandbox::new(Options::default()).unwrap()
}

/// One that neither limits nor says anything of a limit, which the client would heed.
fn unlimited() -> Sandbox {
    Sandbox::new(Options { rate_limit: Some(RateSetting::Off), ..Options::default() }).unwrap()
}

fn client(sandbox: &Sandbox, rate: Option<RateLimit>) -> Client {
    Client::builder().api_token("sandbox").transport(sandbox.clone()).rate_limit(rate).max_retries(0).build().unwrap()
}

fn statuses(sandbox: &Sandbox) -> Vec<Option<u16>> {
    sandbox.service().journal(0).iter().map(|entry| entry.status).collect()
}

#[test]
fn a_client_stays_under_the_limit_by_default() {
    let sandbox = sandbox();
    let client = Client::builder().api_token("sandbox").transport(sandbox.clone()).max_retries(0).build().unwrap();
    let start = sandbox.now();
    for _ in 0..12 {
        block_on(client.contacts().create(ContactCreate::default()).into_future()).unwrap();
    }
    assert!(sandbox.now() - start >= 2000.0);
    assert_eq!(statuses(&sandbox), vec![Some(200); 12]);
}

#[test]
fn without_a_limiter_the_service_refuses() {
    let sandbox = sandbox();
    let client = client(&sandbox, None);
    let results: Vec<_> =
        (0..6).map(|_| block_on(client.contacts().create(ContactCreate::default()).into_future())).collect();
    assert!(matches!(&results[5], Err(Error::RateLimit(details)) if details.status_code == Some(429)));
}

#[test]
fn methods_and_operations_are_counted_apart_and_clients_of_one_limiter_together() {
    let is_paced = |key, first_is_create: bool| {
        let sandbox = unlimited();
        let limiter = Limiter::new(RateLimit { limit: 1, key, ..RateLimit::default() });
        let make = || {
            let builder = Client::builder().api_token("sandbox").transport(sandbox.clone());
            builder.limiter(limiter.clone()).build().unwrap()
        };
        let start = sandbox.now();
        if first_is_create {
            block_on(make().contacts().create(ContactCreate::default()).into_future()).unwrap();
        } else {
            block_on(make().custom_fields().list().into_future()).unwrap();
        }
        let created = make().tags().create(respond_io_wasm::model::Tag { name: "vip".into(), ..Default::default() });
        block_on(created.into_future()).unwrap();
        sandbox.now() - start >= 1000.0
    };
    assert!(is_paced(BucketKey::Method, true));
    assert!(!is_paced(BucketKey::Method, false));
    assert!(!is_paced(BucketKey::Operation, true));
}

#[test]
fn a_call_that_would_wait_too_long_is_refused_at_once() {
    let sandbox = sandbox();
    let client = client(&sandbox, Some(RateLimit { max_wait_ms: Some(0), ..RateLimit::default() }));
    let create = || block_on(client.contacts().create(ContactCreate::default()).into_future());
    assert!((0..5).all(|_| create().is_ok()));
    let Err(Error::RateLimit(details)) = create() else { panic!("it was not refused") };
    assert_eq!((details.status_code, details.attempts, details.outcome), (None, 0, Outcome::NotSent));
    assert!(details.retry_after.is_some_and(|seconds| seconds > 0.9 && seconds <= 1.1));
    assert_eq!(statuses(&sandbox).len(), 5);
}

#[test]
fn the_total_time_bounds_the_wait_and_the_queue_has_an_end() {
    let sandbox = unlimited();
    let client = client(&sandbox, Some(RateLimit { limit: 1, max_queue: 0, ..RateLimit::default() }));
    block_on(client.contacts().create(ContactCreate::default()).into_future()).unwrap();
    let full = block_on(client.contacts().create(ContactCreate::default()).into_future()).unwrap_err();
    assert!(full.to_string().contains("the queue is full"), "{full}");

    let client = self::client(&sandbox, Some(RateLimit { limit: 1, ..RateLimit::default() }));
    block_on(client.custom_fields().list().into_future()).unwrap();
    let late = block_on(client.custom_fields().list().total_timeout_ms(500).into_future()).unwrap_err();
    assert!(late.to_string().contains("longer than 500 ms"), "{late}");
}

#[test]
fn a_dropped_call_leaves_the_queue_and_gives_its_slot_back() {
    let sandbox = sandbox();
    let client = client(&sandbox, Some(RateLimit { limit: 2, ..RateLimit::default() }));
    for _ in 0..10 {
        drop(client.contacts().create(ContactCreate::default()).into_future());
    }
    let calls = (0..4).map(|_| client.contacts().create(ContactCreate::default()).into_future());
    assert!(block_on(join_all(calls)).iter().all(Result::is_ok));
}

#[test]
fn a_429_pauses_the_bucket_and_everything_succeeds() {
    let sandbox = sandbox();
    let other = client(&sandbox, None);
    let client = Client::builder().api_token("sandbox").transport(sandbox.clone()).build().unwrap();
    for _ in 0..5 {
        let _ = block_on(other.custom_fields().list().into_future());
    }
    for _ in 0..10 {
        block_on(client.custom_fields().list().into_future()).unwrap();
    }
    let refused = statuses(&sandbox).iter().filter(|status| **status == Some(429)).count();
    assert_eq!(refused, 1);
}

#[test]
fn a_limit_beyond_all_bounds_is_taken_for_the_greatest() {
    let sandbox = sandbox();
    let client = client(&sandbox, Some(RateLimit { limit: u32::MAX, ..RateLimit::default() }));
    // The sandbox says what its own limit is, and from the fifth on that nothing is left.
    for _ in 0..5 {
        block_on(client.contacts().create(ContactCreate::default()).into_future()).unwrap();
    }
    assert_eq!(statuses(&sandbox), vec![Some(200); 5]);
}
