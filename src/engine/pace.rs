//! The pace of one bucket of the limiter. `js/pace.ts` is the same rule for the npm package; both pass
//! `tests/pace/cases.json`.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

/// How many requests a window holds, as the server counts them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// How many requests.
    pub limit: u32,
    /// The window's length in milliseconds.
    pub window_ms: f64,
}

/// A call that waits for its turn.
#[derive(Debug)]
pub struct Waiter {
    id: u64,
    is_first: bool,
    /// When its turn is expected, at the earliest.
    pub opens_at: f64,
}

/// A request that was let through.
#[derive(Debug, PartialEq, Eq)]
pub struct Slot(u64);

/// How many round trips are remembered.
const SAMPLES: usize = 100;
/// How many round trips are needed before anything is concluded from them.
const ENOUGH_SAMPLES: usize = 10;
/// How many windows full of round trips are needed before anything is concluded from them.
const ENOUGH_WINDOWS: usize = 2;
/// A round trip is trusted to vary at its lower end by as much as this many of the shortest do.
const SHORT_SAMPLES: usize = 25;
/// After so long a silence connections are closed, and the next round trips are longer than those that follow them.
const SILENCE_MS: f64 = 4000.0;
/// How much two readings of a clock that ticks in milliseconds may be off.
const TICK_MS: f64 = 1.0;
/// A waiter that waits longer than this asks half way.
const PATIENCE_MS: f64 = 250.0;
/// It asks after so long for each waiter: all of them together ask 2,000 times a second, however many they are.
const NAP_MS: f64 = 0.5;
/// It asks no sooner than this where round trips take longer than a window, so that slots wait for answers alone.
const POLL_MS: f64 = 10.0;
/// A waiter that is later than this has been forgotten by its runtime; those behind it need not wait for it.
const LATE_MS: f64 = 1000.0;
/// How often what is forgotten is looked for.
const SWEEP_MS: f64 = 100.0;
/// For how long a request that may take for ever holds its slot.
const FORGOTTEN_MS: f64 = 300_000.0;
/// After how many windows without a 429 more requests are tried.
const WINDOWS_TO_RECOVER: f64 = 10.0;
/// So many times of answers are kept although they hold no slot, to explain headers that come late.
const OLD_ANSWERS: usize = 256;

/// The pace of one bucket: at most so many requests in any window as the server sees them. It knows no clock: it is told
/// the time, in milliseconds.
///
/// The server counts arrivals, which nobody sees here. A request has arrived when its answer comes, so that its slot is
/// surely free one window later. It is free earlier by the time that its answer and the next request travel, which is a
/// round trip; so a lower bound of round trips is subtracted, and requests that rely on it are sent one by one, since the
/// network may have become faster.
///
/// ```
/// use respond_io_wasm::engine::pace::{Limit, Pace};
///
/// let limit = Limit { limit: 1, window_ms: 1000.0 };
/// let mut pace = Pace::default();
/// let mut first = pace.enter(0.0, false);
/// assert_eq!(pace.wait(&mut first, &limit, 0.0), 0.0);
/// let slot = pace.take(&first, 30_000.0, 0.0);
/// pace.answered(&slot, 80.0, 80.0);
///
/// let mut second = pace.enter(80.0, false);
/// assert!(pace.wait(&mut second, &limit, 80.0) > 0.0);
/// assert_eq!(second.opens_at, 1081.0);
/// ```
#[derive(Debug)]
pub struct Pace {
    returned: Queue,
    newcomers: Queue,
    last_id: u64,
    swept_at: f64,
    /// When each request on its way is given up at the latest.
    in_flight: BTreeMap<u64, f64>,
    sent_at: f64,
    /// When answers came, in order.
    answered: Vec<f64>,
    trips: RoundTrips,
    paused_until: f64,
    /// When the last 429 that was news came.
    limited_at: f64,
    /// What the server says its limit is.
    announced: Option<u32>,
    /// By how much the limit is lowered, since others seem to share it.
    penalty: u32,
    recovers_at: f64,
}

impl Default for Pace {
    /// A pace that has seen no request.
    fn default() -> Self {
        Self {
            returned: Queue::default(),
            newcomers: Queue::default(),
            last_id: 0,
            swept_at: f64::NEG_INFINITY,
            in_flight: BTreeMap::new(),
            sent_at: f64::NEG_INFINITY,
            answered: Vec::new(),
            trips: RoundTrips::default(),
            paused_until: f64::NEG_INFINITY,
            limited_at: f64::NEG_INFINITY,
            announced: None,
            penalty: 0,
            recovers_at: 0.0,
        }
    }
}

impl Pace {
    /// How many calls wait.
    pub fn queued(&self) -> usize {
        self.returned.0.len() + self.newcomers.0.len()
    }

    /// How many requests have no answer yet.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Until when nothing is sent.
    pub fn paused_until(&self) -> f64 {
        self.paused_until
    }

    /// How many requests a window holds by what is known now.
    pub fn effective(&self, limit: &Limit) -> u32 {
        self.announced.unwrap_or(limit.limit).saturating_sub(self.penalty).max(1)
    }

    /// Joins the queue: at its end or, for a call that was let through before, behind others of that kind at its head.
    pub fn enter(&mut self, now: f64, is_first: bool) -> Waiter {
        let id = self.next_id();
        self.queue(is_first).add(id, now);
        Waiter { id, is_first, opens_at: now }
    }

    /// Leaves the queue.
    pub fn leave(&mut self, waiter: &Waiter) {
        self.queue(waiter.is_first).remove(waiter.id);
    }

    /// Asks for a slot: 0 where the waiter may send now, with a slot by [`take`](Self::take); else the milliseconds after
    /// which to ask again, which may be before [`Waiter::opens_at`]. One that asks more than a second late goes to the
    /// end of the queue where others have asked meanwhile.
    pub fn wait(&mut self, waiter: &mut Waiter, limit: &Limit, now: f64) -> f64 {
        self.sweep(limit, now);
        let place = self.queue(waiter.is_first).position(waiter.id).unwrap_or_else(|| {
            waiter.id = self.next_id();
            self.queue(waiter.is_first).add(waiter.id, now)
        });
        let before = if waiter.is_first { 0 } else { self.returned.0.len() };
        let position = place + before;
        waiter.opens_at = self.opening(position, limit, now).max(now);
        let mut wait = waiter.opens_at - now;
        // Those before it may leave, or be forgotten, of which nobody may tell it.
        let is_next = position <= self.effective(limit) as usize;
        let nap = if is_next { LATE_MS } else { PATIENCE_MS.max(NAP_MS * self.queued() as f64) };
        if wait > PATIENCE_MS {
            wait = (wait / 2.0).min(nap);
        }
        self.queue(waiter.is_first).0[place].due = now + wait;
        wait
    }

    /// Takes the slot that a [`wait`](Self::wait) of 0 promised. The request is given up after `timeout_ms`, 0 for never.
    pub fn take(&mut self, waiter: &Waiter, timeout_ms: f64, now: f64) -> Slot {
        self.leave(waiter);
        if now > self.sent_at + SILENCE_MS {
            self.trips = RoundTrips::default();
        }
        self.sent_at = now;
        let id = self.next_id();
        self.in_flight.insert(id, now + if timeout_ms > 0.0 { timeout_ms } else { FORGOTTEN_MS });
        Slot(id)
    }

    /// An answer came, `trip_ms` after its request was sent.
    pub fn answered(&mut self, slot: &Slot, trip_ms: f64, now: f64) {
        self.trips.add(trip_ms);
        if self.in_flight.remove(&slot.0).is_some() {
            self.hold(now);
        }
    }

    /// No answer will come; the request arrived before now or never.
    pub fn lost(&mut self, slot: &Slot, now: f64) {
        if self.in_flight.remove(&slot.0).is_some() {
            // No answer travelled, for which the bound could be subtracted.
            self.hold(now + self.trips.bound(0));
        }
    }

    /// Nobody waits for the answer any more, but the request may still be on its way.
    pub fn abandoned(&mut self, slot: &Slot, limit: &Limit, now: f64) {
        let longest = if self.trips.longest > 0.0 { self.trips.longest } else { limit.window_ms };
        if let Some(loss_at) = self.in_flight.get_mut(&slot.0) {
            *loss_at = loss_at.min(now + longest);
        }
    }

    /// The request never left, so that its slot is free at once.
    pub fn unused(&mut self, slot: &Slot) {
        self.in_flight.remove(&slot.0);
    }

    /// The server answered 429: everyone waits as long as it asks, or a window, and the limit is lowered for a while,
    /// since others seem to share it. Gives whether this is news: what was sent before the last 429 was known is not.
    pub fn limited(&mut self, sent_at: f64, wait_ms: Option<f64>, limit: &Limit, now: f64) -> bool {
        self.paused_until = self.paused_until.max(now + wait_ms.unwrap_or(limit.window_ms));
        self.trips = RoundTrips::default();
        if sent_at <= self.limited_at {
            return false;
        }
        self.limited_at = now;
        self.announced = self.announced.map(|announced| announced.min(limit.limit));
        let size = self.effective(limit);
        self.penalty += (size - 1).min(size.div_ceil(8));
        self.recovers_at = now + WINDOWS_TO_RECOVER * limit.window_ms;
        true
    }

    /// What the headers of an answer say of the limit, each where it is there. Gives whether others use it as well.
    pub fn told(
        &mut self,
        sent_at: f64,
        announced: Option<u32>,
        remaining: Option<u32>,
        limit: &Limit,
        now: f64,
    ) -> bool {
        if let Some(announced @ 1..) = announced {
            // One more for each answer, so that a header that means something else is found out; none after a 429.
            let has_failed = self.limited_at > f64::NEG_INFINITY;
            let most = if has_failed { limit.limit } else { self.announced.unwrap_or(limit.limit).saturating_add(1) };
            self.announced = Some(announced.min(most));
        }
        if remaining != Some(0) {
            return false;
        }
        let explained = self.in_flight() + self.answered.len() - self.count_until(sent_at - limit.window_ms);
        let unexplained = (self.effective(limit) as usize).saturating_sub(explained);
        for _ in 0..unexplained {
            self.hold(now);
        }
        unexplained > 0
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn queue(&mut self, is_first: bool) -> &mut Queue {
        if is_first { &mut self.returned } else { &mut self.newcomers }
    }

    /// A slot is held by a request that arrived at this time at the latest.
    fn hold(&mut self, time: f64) {
        let at = self.count_until(time);
        self.answered.insert(at, time);
    }

    /// When the waiter at this position may send: exactly where it is known, else no later than that.
    fn opening(&self, position: usize, limit: &Limit, now: f64) -> f64 {
        let size = self.effective(limit) as usize;
        let hold = limit.window_ms + TICK_MS;
        // Nearly even; whatever timers are late by must not add up.
        let even = (0.8 * limit.window_ms / size as f64 - 2.0 * TICK_MS).max(0.0);
        let bound = self.trips.bound(size);
        // Where the network has become faster, its first answer comes before a third request relies on the bound.
        let gap = if self.penalty > 0 { even } else { even.min(bound / 3.0) };
        let spaced = now.max(self.sent_at + gap) + gap * position as f64;
        let early = self.turn(position, size, (hold - bound).max(POLL_MS), limit, now).max(spaced);
        if self.penalty > 0 { early } else { early.min(self.turn(position, size, hold, limit, now)) }
    }

    /// When this position gets a slot, at the earliest, where each is held for so long after its answer.
    fn turn(&self, position: usize, size: usize, hold: f64, limit: &Limit, now: f64) -> f64 {
        let first = self.count_until(now - hold);
        let held = self.answered.len() - first;
        let taken = held + self.in_flight();
        // Slots are freed in order, and again a window later at the earliest.
        let freed = position as i64 - (size as i64 - taken as i64);
        let beyond = freed + 1 - taken as i64;
        let rounds = if beyond > 0 { (beyond as usize).div_ceil(size) } else { 0 };
        let index = freed - (rounds * size) as i64;
        let opening = match usize::try_from(index) {
            Err(_) => now,
            Ok(index) => hold + if index < held { self.answered[first + index] } else { now },
        };
        opening.max(self.paused_until) + rounds as f64 * limit.window_ms
    }

    /// What time alone changes.
    fn sweep(&mut self, limit: &Limit, now: f64) {
        if now < self.swept_at + SWEEP_MS {
            return;
        }
        // Whoever was late already when others asked before; all are late where the runtime itself was.
        let late = self.swept_at - LATE_MS;
        self.returned.remove_late(late);
        self.newcomers.remove_late(late);
        self.swept_at = now;
        // A runtime may end a request without a word: a Worker's, for one.
        let overdue: Vec<(u64, f64)> =
            self.in_flight.iter().filter(|(_, loss_at)| **loss_at <= now).map(|(id, at)| (*id, *at)).collect();
        for (id, loss_at) in overdue {
            self.lost(&Slot(id), loss_at);
        }
        while self.penalty > 0 && self.recovers_at <= now {
            self.penalty -= self.penalty.div_ceil(4);
            self.recovers_at += WINDOWS_TO_RECOVER * limit.window_ms;
        }
        let old = self.count_until(now - limit.window_ms - TICK_MS);
        self.answered.drain(..old.saturating_sub(OLD_ANSWERS));
    }

    /// How many answers came no later than that.
    fn count_until(&self, time: f64) -> usize {
        self.answered.partition_point(|answer| *answer <= time)
    }
}

/// Those who wait, first come first served.
#[derive(Debug, Default)]
struct Queue(VecDeque<Place>);

#[derive(Debug)]
struct Place {
    /// Greater than that of everyone before.
    id: u64,
    /// When the waiter means to ask again.
    due: f64,
}

impl Queue {
    /// Gives the position.
    fn add(&mut self, id: u64, due: f64) -> usize {
        self.0.push_back(Place { id, due });
        self.0.len() - 1
    }

    fn remove(&mut self, id: u64) {
        if let Some(position) = self.position(id) {
            self.0.remove(position);
        }
    }

    fn remove_late(&mut self, time: f64) {
        self.0.retain(|place| place.due >= time);
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.0.binary_search_by_key(&id, |place| place.id).ok()
    }
}

/// The last round trips.
#[derive(Debug, Default)]
struct RoundTrips {
    last: Vec<f64>,
    count: usize,
    lower_bound: f64,
    /// The longest, 0 where there is none.
    longest: f64,
}

impl RoundTrips {
    fn add(&mut self, trip: f64) {
        let at = self.count % SAMPLES;
        match self.last.get_mut(at) {
            Some(last) => *last = trip,
            None => self.last.push(trip),
        }
        self.count += 1;
        let mut sorted = self.last.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        self.longest = sorted[sorted.len() - 1];
        // Below the shortest by as much as the short ones vary.
        self.lower_bound = (2.0 * sorted[0] - sorted[sorted.len().min(SHORT_SAMPLES) - 1] - TICK_MS).max(0.0);
    }

    /// What one takes at the least, 0 before some windows of this size are known.
    fn bound(&self, size: usize) -> f64 {
        if self.count < ENOUGH_SAMPLES.max(ENOUGH_WINDOWS * size) { 0.0 } else { self.lower_bound }
    }
}
