//! Lets requests through at the pace that the service permits.

use crate::engine::learn::Learner;
use crate::engine::pace::{Limit, Pace, Slot, Waiter};
use crate::engine::retry::retry_after;
use crate::operation::OperationMeta;
use crate::transport::{HttpResponse, Transport, TransportError};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How requests are paced; see [`Builder::rate_limit`](super::Builder::rate_limit).
///
/// ```
/// use respond_io_wasm::client::{BucketKey, RateLimit};
///
/// let by_operation = RateLimit { key: BucketKey::Operation, max_wait_ms: Some(0), ..RateLimit::default() };
/// assert_eq!((by_operation.limit, by_operation.window_ms), (5, 1000));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RateLimit {
    /// How many requests of a bucket a window holds; 1 to 100,000.
    pub limit: u32,
    /// The window's length in milliseconds; at least 1.
    pub window_ms: u32,
    /// What is counted together.
    pub key: BucketKey,
    /// How many calls may wait in a bucket. One more is an [`Error::RateLimit`](crate::Error::RateLimit).
    pub max_queue: usize,
    /// How long a call may wait for its turn, in milliseconds; `None` for ever. A call that would wait longer is an
    /// [`Error::RateLimit`](crate::Error::RateLimit) at once.
    pub max_wait_ms: Option<u32>,
}

impl Default for RateLimit {
    /// 5 requests a second for each HTTP method, as the contract says.
    fn default() -> Self {
        Self { limit: 5, window_ms: 1000, key: BucketKey::Method, max_queue: 10_000, max_wait_ms: None }
    }
}

impl RateLimit {
    /// 5 requests a second for each operation, until it is learned that the service counts by method: what the client
    /// of the live surface does where it is told nothing.
    ///
    /// ```
    /// use respond_io_wasm::client::{BucketKey, RateLimit};
    ///
    /// let brief = RateLimit { max_wait_ms: Some(500), ..RateLimit::learning() };
    /// assert_eq!((brief.limit, brief.key), (5, BucketKey::Learned));
    /// ```
    pub fn learning() -> Self {
        Self { key: BucketKey::Learned, ..Self::default() }
    }
}

/// What is counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BucketKey {
    /// Requests of one HTTP method.
    #[default]
    Method,
    /// Requests of one operation.
    Operation,
    /// Requests of one operation, until a 429 that they do not explain: those of one HTTP method from then on.
    Learned,
}

/// Paces requests. Clients that are given clones of one limiter share its buckets.
///
/// ```no_run
/// use respond_io_wasm::Client;
/// use respond_io_wasm::client::{Limiter, RateLimit};
///
/// let limiter = Limiter::new(RateLimit::default());
/// let sales = Client::builder().api_token("one token").limiter(limiter.clone()).build()?;
/// let support = Client::builder().api_token("another of the same organization").limiter(limiter).build()?;
/// # Ok::<(), respond_io_wasm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Limiter {
    rate: RateLimit,
    buckets: Arc<Buckets>,
}

/// How many requests a window holds at most: each slot is remembered.
const MAX_LIMIT: u32 = 100_000;

type Bucket = Arc<Mutex<Pace>>;

/// What limiters share.
#[derive(Debug, Default)]
struct Buckets {
    paces: Mutex<BTreeMap<&'static str, Bucket>>,
    learner: Mutex<Learner>,
}

impl Buckets {
    fn get(&self, name: &'static str) -> Bucket {
        lock(&self.paces).entry(name).or_default().clone()
    }
}

/// How a call waits for its turn.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// Whether it was let through before.
    pub(super) is_again: bool,
    /// How long its request may take; 0 for ever.
    pub(super) timeout_ms: f64,
    /// How much is left of what the call may take in all.
    pub(super) left_ms: f64,
    /// The longest pause that is waited for.
    pub(super) max_pause_ms: f64,
}

/// Why a call got no turn.
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) wait_ms: f64,
}

impl Limiter {
    /// A limiter with buckets of its own.
    pub fn new(rate: RateLimit) -> Self {
        Self { rate, buckets: Arc::default() }
    }

    /// A limiter whose buckets are those of every limiter of this name in the program.
    pub(super) fn shared(rate: RateLimit, name: String) -> Self {
        static SHARED: Mutex<BTreeMap<String, Arc<Buckets>>> = Mutex::new(BTreeMap::new());
        let buckets = lock(&SHARED).entry(name).or_default().clone();
        Self { rate, buckets }
    }

    /// Waits for a call's turn; a call that is dropped leaves the queue.
    pub(super) async fn admit(
        &self,
        operation: &OperationMeta,
        transport: &Arc<dyn Transport>,
        patience: Patience,
    ) -> Result<Turn, Refusal> {
        let start = transport.monotonic();
        let mut turn = self.wait(operation, transport, patience, start).await?;
        if self.rate.key != BucketKey::Learned || turn.name == operation.bucket() {
            return Ok(turn);
        }
        let method = operation.bucket();
        {
            let mut learner = lock(&self.buckets.learner);
            if !learner.is_by_method() {
                let is_over = learner.note(method, &turn.limit, transport.monotonic());
                turn.learning = is_over.then(|| self.buckets.clone());
                return Ok(turn);
            }
        }
        // It has waited with its operation alone; now it waits with all of its method.
        drop(turn);
        self.wait(operation, transport, Patience { is_again: true, ..patience }, start).await
    }

    /// Waits in the bucket that an operation has now.
    async fn wait(
        &self,
        operation: &OperationMeta,
        transport: &Arc<dyn Transport>,
        patience: Patience,
        start: f64,
    ) -> Result<Turn, Refusal> {
        let Patience { is_again, timeout_ms, left_ms, max_pause_ms } = patience;
        let limit = self.limit();
        let most = self.rate.max_wait_ms.map_or(f64::INFINITY, f64::from).min(left_ms);
        let name = self.bucket(operation);
        let mut place = Place::enter(self.buckets.get(name), transport.monotonic(), is_again);
        let mut is_first_look = true;
        loop {
            let now = transport.monotonic();
            let (wait, opens_at, queued) = place.look(&limit, now);
            if wait <= 0.0 {
                return Ok(place.take(name, transport.clone(), limit, timeout_ms, now));
            }
            if is_first_look && !is_again && queued > self.rate.max_queue {
                return Err(Refusal { reason: "the queue is full".into(), wait_ms: opens_at - now });
            }
            let pause_ms = place.paused_until() - now;
            if pause_ms > max_pause_ms {
                let reason = "the service asks for a longer pause than max_retry_delay_ms".into();
                return Err(Refusal { reason, wait_ms: pause_ms });
            }
            if opens_at - start > most {
                let reason = format!("it would wait longer than {} ms for its turn", most.max(0.0).round());
                return Err(Refusal { reason, wait_ms: opens_at - now });
            }
            is_first_look = false;
            transport.sleep(wait.ceil()).await;
        }
    }

    fn limit(&self) -> Limit {
        Limit { limit: self.rate.limit.clamp(1, MAX_LIMIT), window_ms: f64::from(self.rate.window_ms.max(1)) }
    }

    /// The name of an operation's bucket.
    fn bucket(&self, operation: &OperationMeta) -> &'static str {
        match self.rate.key {
            BucketKey::Method => operation.bucket(),
            BucketKey::Operation => operation.id,
            BucketKey::Learned => lock(&self.buckets.learner).bucket(operation.id, operation.bucket()),
        }
    }
}

/// A place in the queue; dropping it leaves the queue.
struct Place {
    bucket: Bucket,
    waiter: Waiter,
}

impl Place {
    fn enter(bucket: Bucket, now: f64, is_again: bool) -> Self {
        let waiter = lock(&bucket).enter(now, is_again);
        Self { bucket, waiter }
    }

    /// The wait before the next look, the time of the turn, and how many wait.
    fn look(&mut self, limit: &Limit, now: f64) -> (f64, f64, usize) {
        let mut pace = lock(&self.bucket);
        let wait = pace.wait(&mut self.waiter, limit, now);
        (wait, self.waiter.opens_at, pace.queued())
    }

    fn paused_until(&self) -> f64 {
        lock(&self.bucket).paused_until()
    }

    fn take(self, name: &'static str, transport: Arc<dyn Transport>, limit: Limit, timeout_ms: f64, now: f64) -> Turn {
        let slot = lock(&self.bucket).take(&self.waiter, timeout_ms, now);
        let bucket = self.bucket.clone();
        Turn { name, bucket, transport, limit, slot, learning: None, sent_at: None, is_settled: false }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.bucket).leave(&self.waiter);
    }
}

/// The right to send one request, and the duty to tell what came of it. Dropping it untold abandons the request.
pub(super) struct Turn {
    name: &'static str,
    bucket: Bucket,
    transport: Arc<dyn Transport>,
    limit: Limit,
    slot: Slot,
    /// Where a 429 would show that the service counts by method: what is to learn it.
    learning: Option<Arc<Buckets>>,
    /// When the request was sent, if it was.
    sent_at: Option<f64>,
    is_settled: bool,
}

impl Turn {
    /// The request is sent now.
    pub(super) fn sent(&mut self) {
        self.sent_at = Some(self.transport.monotonic());
    }

    /// Tells what came of the request.
    pub(super) fn settle(mut self, result: &Result<HttpResponse, TransportError>) {
        self.is_settled = true;
        let now = self.transport.monotonic();
        let sent_at = self.sent_at.unwrap_or(now);
        let mut pace = lock(&self.bucket);
        match result {
            Ok(response) => self.answered(pace, response, sent_at, now),
            Err(TransportError::BodyLost { .. } | TransportError::TooLarge { .. }) => {
                pace.answered(&self.slot, now - sent_at, now);
            }
            Err(TransportError::NeverLeft(_)) => pace.unused(&self.slot),
            Err(TransportError::Connection(_) | TransportError::Timeout) => pace.lost(&self.slot, now),
        }
    }

    fn answered(&self, mut pace: MutexGuard<'_, Pace>, response: &HttpResponse, sent_at: f64, now: f64) {
        pace.answered(&self.slot, now - sent_at, now);
        let count = |name| response.header(name).and_then(|value| value.trim().parse().ok());
        pace.told(sent_at, count("x-ratelimit-limit"), count("x-ratelimit-remaining"), &self.limit, now);
        if response.status != 429 {
            return;
        }
        let wait_ms = response.header("retry-after").and_then(|header| retry_after(header, self.transport.now()));
        let is_news = pace.limited(sent_at, wait_ms, &self.limit, now);
        // The other buckets are locked one at a time.
        drop(pace);
        if is_news {
            self.learn(wait_ms, now);
        }
    }

    /// The 429 shows that the service counts by method, where the request was one too many by that count.
    fn learn(&self, wait_ms: Option<f64>, now: f64) {
        let Some(buckets) = &self.learning else { return };
        let methods = lock(&buckets.learner).merge();
        for method in methods {
            lock(&buckets.get(method)).limited(now, wait_ms, &self.limit, now);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        let mut pace = lock(&self.bucket);
        match self.sent_at {
            Some(_) => pace.abandoned(&self.slot, &self.limit, self.transport.monotonic()),
            None => pace.unused(&self.slot),
        }
    }
}

/// A panic of another call that held the lock leaves a pace that is still in order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
