//! Webhooks as methods of the service.

use super::{Delivery, Disturbance, Hook, HookOptions, event};
use crate::refusal::Refusal;
use crate::service::Service;
use respond_io_wasm::webhook::Event;

impl Service {
    /// Adds a webhook; at most [`MAX_HOOKS`](crate::MAX_HOOKS).
    ///
    /// What then happens through the API and the methods of the service waits for
    /// [`next_delivery`](Self::next_delivery); contacts that are made up and snapshots that are restored are not told.
    ///
    /// ```
    /// use respond_io_sandbox::{HookOptions, Options, Service};
    ///
    /// let mut service = Service::new(Options::default(), 0).unwrap();
    /// service.seed(1, 1, 0).unwrap();
    /// let hook = service.add_webhook(HookOptions::new("https://example.com/webhook")).unwrap().id;
    /// service.set_lifecycle(&"id:1".into(), None, 0).unwrap();
    /// let delivery = service.next_delivery(hook).unwrap();
    /// assert_eq!(delivery.event_type.as_deref(), Some("contact.lifecycle.updated"));
    /// service.delivered(delivery.seq, Ok(200));
    /// ```
    pub fn add_webhook(&mut self, options: HookOptions) -> Result<&Hook, Refusal> {
        self.webhooks.add(options)
    }

    /// Removes a webhook; what waits for it is given up.
    pub fn remove_webhook(&mut self, id: u64) -> Result<(), Refusal> {
        self.webhooks.remove(id)
    }

    /// Enables a webhook, as if it had never failed.
    pub fn enable_webhook(&mut self, id: u64) -> Result<(), Refusal> {
        self.webhooks.enable(id)
    }

    /// The webhooks, in the order in which they were added.
    pub fn webhooks(&self) -> &[Hook] {
        &self.webhooks.hooks
    }

    /// Sends the test delivery of the dashboard, which lacks an `event_type`, to a webhook, whatever it wants.
    pub fn test_webhook(&mut self, id: u64, real_ms: i64) -> Result<(), Refusal> {
        let now = self.now(real_ms);
        self.webhooks.test(id, now)
    }

    /// Sends any event, as it is, to the webhooks that want it; gives how many do.
    pub fn emit(&mut self, event: &Event, real_ms: i64) -> Result<usize, Refusal> {
        let now = self.now(real_ms);
        self.webhooks.publish(event, now)
    }

    /// The deliveries with a number greater than `since`: the last ones, within
    /// [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY) and [`JOURNAL_BYTES`](crate::JOURNAL_BYTES).
    pub fn deliveries(&self, since: u64) -> Vec<Delivery> {
        self.webhooks.deliveries.since(since)
    }

    /// Puts a disturbance of deliveries in force; gives its number.
    pub fn disturb(&mut self, disturbance: Disturbance) -> Result<u64, Refusal> {
        self.webhooks.disturbances.add(disturbance)
    }

    /// Ends the disturbance with this number, or all; gives how many ended.
    pub fn calm(&mut self, id: Option<u64>) -> usize {
        self.webhooks.disturbances.clear(id)
    }

    /// The numbers of the webhooks for which a delivery waits.
    pub fn awaited_webhooks(&self) -> Vec<u64> {
        self.webhooks.waiting().collect()
    }

    /// The next delivery to a webhook, for the caller to send.
    pub fn next_delivery(&mut self, hook: u64) -> Option<Delivery> {
        self.webhooks.take(hook)
    }

    /// Takes the status that answered a delivery, or why there was no answer. After
    /// [`MAX_FAILURES`](crate::MAX_FAILURES) in a row other than 200 the webhook is disabled, and what waits for it is
    /// given up.
    pub fn delivered(&mut self, seq: u64, answer: Result<u16, String>) {
        self.webhooks.answered(seq, answer);
    }

    /// Does something to the workspace, and tells the webhooks what happened.
    pub(crate) fn telling<T>(&mut self, now: i64, act: impl FnOnce(&mut Self) -> T) -> T {
        self.workspace.changes = self.webhooks.are_heard().then(Vec::new);
        let result = act(self);
        for change in self.workspace.changes.take().unwrap_or_default() {
            let event_id = self.webhooks.next_event_id();
            if let Some(event) = event::of(change, &self.workspace, event_id) {
                self.webhooks.publish(&event, now).expect("events of the workspace have a form in JSON");
            }
        }
        result
    }
}
