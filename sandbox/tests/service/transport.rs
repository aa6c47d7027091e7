//! The sandbox as the Rust client's transport.

use respond_io_sandbox::{FaultKind, FaultRule, Options, Sandbox};
use respond_io_wasm::operation::Method;
use respond_io_wasm::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The value of a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the sandbox made its caller wait"),
    }
}

fn request(timeout_ms: f64, max_response_bytes: usize) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url: "https://api.respond.io/v2/contact/list".into(),
        headers: vec![("authorization".into(), "Bearer sandbox".into())],
        body: None,
        timeout_ms,
        max_response_bytes,
        needs_body: true,
    }
}

fn faulty(kind: FaultKind, timeout_ms: f64) -> (Result<HttpResponse, TransportError>, f64) {
    let sandbox = Sandbox::new(Options::default()).unwrap();
    sandbox.service().add_fault(FaultRule::new(kind)).unwrap();
    let before = sandbox.now();
    let result = now(sandbox.send(request(timeout_ms, 1 << 20)));
    (result, sandbox.now() - before)
}

#[test]
fn requests_are_answered_at_once() {
    let sandbox = Sandbox::new(Options::default()).unwrap();
    sandbox.service().seed(3, 1, 0).unwrap();
    let response = now(sandbox.clone().send(request(0.0, 1 << 20))).unwrap();
    assert_eq!((response.status, response.header("x-ratelimit-remaining")), (200, Some("4")));
    assert_eq!(now(sandbox.send(request(0.0, 10))), Err(TransportError::TooLarge { status: 200 }));
}

#[test]
fn sleeping_moves_the_clock_and_frees_the_limit() {
    let sandbox = Sandbox::new(Options::default()).unwrap();
    let status = || now(sandbox.send(request(0.0, 1 << 20))).unwrap().status;
    assert_eq!([status(), status(), status(), status(), status(), status()], [200, 200, 200, 200, 200, 429]);
    let before = sandbox.now();
    now(sandbox.sleep(1000.0));
    now(sandbox.sleep(-5.0));
    assert_eq!((sandbox.now() - before, status()), (1000.0, 200));
}

#[test]
fn faults_take_the_time_that_they_would() {
    let connection =
        |result: &Result<HttpResponse, TransportError>| matches!(result, Err(TransportError::Connection(_)));
    for kind in [FaultKind::ResetBefore {}, FaultKind::ResetAfter {}] {
        let (result, passed) = faulty(kind, 1000.0);
        assert!(connection(&result) && passed == 0.0, "{result:?}");
    }
    let (result, passed) = faulty(FaultKind::Delay { ms: 300 }, 1000.0);
    assert!(result.is_ok() && passed == 300.0);
    assert_eq!(faulty(FaultKind::Delay { ms: 3000 }, 1000.0), (Err(TransportError::Timeout), 1000.0));
    assert!(faulty(FaultKind::Delay { ms: 3000 }, 0.0).0.is_ok());
    let stalled = |is_timeout| Err(TransportError::BodyLost { status: 200, is_timeout });
    assert_eq!(faulty(FaultKind::Stall {}, 1000.0), (stalled(true), 1000.0));
    assert_eq!(faulty(FaultKind::Stall {}, 0.0), (stalled(false), 0.0));
}

#[test]
fn a_stalled_body_that_nobody_needs_is_an_empty_one() {
    let sandbox = Sandbox::new(Options::default()).unwrap();
    let once = |kind| sandbox.service().add_fault(FaultRule { count: Some(1), ..FaultRule::new(kind) }).unwrap();
    once(FaultKind::Stall {});
    let before = sandbox.now();
    let response = now(sandbox.send(HttpRequest { needs_body: false, ..request(1000.0, 0) })).unwrap();
    assert_eq!((response.status, response.body.len(), sandbox.now() - before), (200, 0, 0.0));

    once(FaultKind::ResetAfter {});
    let lost = now(sandbox.send(HttpRequest { needs_body: false, ..request(1000.0, 0) }));
    assert!(matches!(lost, Err(TransportError::Connection(_))), "{lost:?}");
}

#[test]
fn randomness_is_repeatable() {
    let draw = |random_seed| {
        let sandbox = Sandbox::new(Options { random_seed, ..Options::default() }).unwrap();
        [sandbox.random(), sandbox.random()]
    };
    assert_eq!(draw(None), draw(Some(1)));
    assert_ne!(draw(Some(1)), draw(Some(2)));
    assert!(draw(None).iter().all(|value| (0.0..1.0).contains(value)));
}
