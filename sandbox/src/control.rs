//! What can be done to a sandbox beside the API: methods for Rust, and the same as commands for those who speak JSON.

use crate::faults::FaultRule;
use crate::handlers::{key_of, messaging};
use crate::journal::Entry;
use crate::options::{RateSetting, checked_tokens};
use crate::rate::Limiter;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::snapshot::Snapshot;
use crate::webhooks::{Delivery, Disturbance, Hook, HookOptions};
use crate::workspace::Key;
use respond_io_wasm::engine::check;
use respond_io_wasm::engine::identifier::is_identifier;
use respond_io_wasm::model::{Identifier, Message, MessageContent};
use respond_io_wasm::schema::Wire;
use respond_io_wasm::webhook::Event;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The latest time that a clock can be set to: the end of JavaScript's dates.
const MAX_TIME_MS: i64 = 8_640_000_000_000_000;

/// A command, told apart by its field `command`: `{"command":"seed","count":100}`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "command", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// [`Service::seed`]; answers with how many contacts were made.
    #[serde(rename = "seed")]
    Seed {
        /// How many contacts.
        count: u32,
        /// The number that they follow from; left out, 1.
        seed: Option<u64>,
    },
    /// [`Service::snapshot`]; answers with the snapshot.
    #[serde(rename = "snapshot")]
    Snapshot {},
    /// [`Service::restore`].
    #[serde(rename = "restore")]
    Restore {
        /// The snapshot.
        snapshot: Box<Snapshot>,
    },
    /// [`Service::reset`].
    #[serde(rename = "reset")]
    Reset {},
    /// [`Service::receive`]; answers with the message.
    #[serde(rename = "receive")]
    Receive {
        /// The contact's identifier.
        contact: String,
        /// What the message says, as the contract's MessageContent.
        content: Value,
        /// The number of the channel.
        channel_id: Option<u64>,
    },
    /// [`Service::set_lifecycle`].
    #[serde(rename = "lifecycle")]
    Lifecycle {
        /// The contact's identifier.
        contact: String,
        /// The stage; null for none.
        #[serde(deserialize_with = "or_null")]
        stage: Option<String>,
    },
    /// [`Service::now`]; answers with the time.
    #[serde(rename = "clock.now")]
    ClockNow {},
    /// [`Service::freeze`]; answers with the time.
    #[serde(rename = "clock.freeze")]
    ClockFreeze {
        /// Where to stop, in Unix milliseconds; left out, where the clock is.
        at: Option<i64>,
    },
    /// [`Service::advance`]; answers with the time.
    #[serde(rename = "clock.advance")]
    ClockAdvance {
        /// How far, in milliseconds.
        ms: u64,
    },
    /// [`Service::resume`]; answers with the time.
    #[serde(rename = "clock.resume")]
    ClockResume {},
    /// [`Service::add_fault`]; answers with the fault's number.
    #[serde(rename = "fault.add")]
    FaultAdd {
        /// The fault.
        fault: FaultRule,
    },
    /// [`Service::clear_faults`]; answers with how many ended.
    #[serde(rename = "fault.clear")]
    FaultClear {
        /// The fault's number; left out, all.
        id: Option<u64>,
    },
    /// [`Service::journal`]; answers with the entries.
    #[serde(rename = "journal")]
    Journal {
        /// The number of the last entry that is known already; left out, 0.
        since: Option<u64>,
    },
    /// [`Service::clear_journal`].
    #[serde(rename = "journal.clear")]
    JournalClear {},
    /// [`Service::configure`].
    #[serde(rename = "configure")]
    Configure {
        /// The request limit, or false for none; left out, as it was.
        rate_limit: Option<RateSetting>,
        /// The tokens that are accepted; left out, as they were.
        tokens: Option<Vec<String>>,
    },
    /// [`Service::add_webhook`]; answers with its number and its key.
    #[serde(rename = "webhook.add")]
    WebhookAdd {
        /// The webhook.
        webhook: HookOptions,
    },
    /// [`Service::remove_webhook`].
    #[serde(rename = "webhook.remove")]
    WebhookRemove {
        /// The webhook's number.
        id: u64,
    },
    /// [`Service::webhooks`]; answers with the webhooks.
    #[serde(rename = "webhook.list")]
    WebhookList {},
    /// [`Service::enable_webhook`].
    #[serde(rename = "webhook.enable")]
    WebhookEnable {
        /// The webhook's number.
        id: u64,
    },
    /// [`Service::test_webhook`].
    #[serde(rename = "webhook.test")]
    WebhookTest {
        /// The webhook's number.
        id: u64,
    },
    /// [`Service::emit`]; answers with how many webhooks want the event.
    #[serde(rename = "webhook.emit")]
    WebhookEmit {
        /// The event.
        event: Map<String, Value>,
    },
    /// [`Service::deliveries`]; answers with the deliveries.
    #[serde(rename = "webhook.deliveries")]
    WebhookDeliveries {
        /// The number of the last delivery that is known already; left out, 0.
        since: Option<u64>,
    },
    /// [`Service::disturb`]; answers with the disturbance's number.
    #[serde(rename = "webhook.disturb")]
    WebhookDisturb {
        /// The disturbance.
        disturbance: Disturbance,
    },
    /// [`Service::calm`]; answers with how many ended.
    #[serde(rename = "webhook.calm")]
    WebhookCalm {
        /// The disturbance's number; left out, all.
        id: Option<u64>,
    },
}

/// Reads a value that must be there, but may be null.
fn or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

/// What a command answers; in JSON the value alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Nothing but that it is done; null in JSON.
    Done,
    /// How many, or which number.
    Number(u64),
    /// The time, in Unix milliseconds.
    Time(i64),
    /// The workspace.
    Snapshot(Box<Snapshot>),
    /// The message that came in.
    Message(Box<Message>),
    /// The exchanges.
    Journal(Vec<Entry>),
    /// The webhook that was added.
    Webhook {
        /// Its number.
        id: u64,
        /// What its deliveries are signed with.
        key: String,
    },
    /// The webhooks.
    Webhooks(Vec<Hook>),
    /// Their deliveries.
    Deliveries(Vec<Delivery>),
}

impl Service {
    /// Carries out a command.
    ///
    /// ```
    /// use respond_io_sandbox::{Command, Options, Outcome, Service};
    ///
    /// let mut service = Service::new(Options::default(), 0).unwrap();
    /// let command: Command = serde_json::from_str(r#"{"command":"seed","count":100}"#).unwrap();
    /// assert_eq!(service.control(command, 0), Ok(Outcome::Number(100)));
    /// ```
    pub fn control(&mut self, command: Command, real_ms: i64) -> Result<Outcome, Refusal> {
        match command {
            Command::Seed { count, seed } => self.seed(count, seed.unwrap_or(1), real_ms).map(Outcome::Number),
            Command::Snapshot {} => Ok(Outcome::Snapshot(Box::new(self.snapshot()))),
            Command::Restore { snapshot } => self.restore(*snapshot).map(|()| Outcome::Done),
            Command::Reset {} => self.reset(real_ms).map(|()| Outcome::Done),
            Command::Receive { contact, content, channel_id } => {
                let content = checked_content(&content)?;
                let message = self.receive(&contact.into(), content, channel_id, real_ms)?;
                Ok(Outcome::Message(Box::new(message)))
            }
            Command::Lifecycle { contact, stage } => {
                self.set_lifecycle(&contact.into(), stage, real_ms).map(|()| Outcome::Done)
            }
            Command::ClockNow {} => Ok(Outcome::Time(self.now(real_ms))),
            Command::ClockFreeze { at } => self.freeze(at, real_ms).map(Outcome::Time),
            Command::ClockAdvance { ms } => self.advance(ms, real_ms).map(Outcome::Time),
            Command::ClockResume {} => Ok(Outcome::Time(self.resume(real_ms))),
            Command::FaultAdd { fault } => self.add_fault(fault).map(Outcome::Number),
            Command::FaultClear { id } => Ok(Outcome::Number(self.clear_faults(id) as u64)),
            Command::Journal { since } => Ok(Outcome::Journal(self.journal(since.unwrap_or(0)))),
            Command::JournalClear {} => {
                self.clear_journal();
                Ok(Outcome::Done)
            }
            Command::Configure { rate_limit, tokens } => self.configure(rate_limit, tokens).map(|()| Outcome::Done),
            Command::WebhookAdd { webhook } => {
                let Hook { id, key, .. } = self.add_webhook(webhook)?;
                Ok(Outcome::Webhook { id: *id, key: key.clone() })
            }
            Command::WebhookRemove { id } => self.remove_webhook(id).map(|()| Outcome::Done),
            Command::WebhookList {} => Ok(Outcome::Webhooks(self.webhooks().to_vec())),
            Command::WebhookEnable { id } => self.enable_webhook(id).map(|()| Outcome::Done),
            Command::WebhookTest { id } => self.test_webhook(id, real_ms).map(|()| Outcome::Done),
            Command::WebhookEmit { event } => {
                self.emit(&Event::from(event), real_ms).map(|count| Outcome::Number(count as u64))
            }
            Command::WebhookDeliveries { since } => Ok(Outcome::Deliveries(self.deliveries(since.unwrap_or(0)))),
            Command::WebhookDisturb { disturbance } => self.disturb(disturbance).map(Outcome::Number),
            Command::WebhookCalm { id } => Ok(Outcome::Number(self.calm(id) as u64)),
        }
    }

    /// The workspace at this moment.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.workspace)
    }

    /// Puts the workspace back to a snapshot; clock, limits, faults, journal and webhooks stay as they
    /// are, and nobody is told.
    pub fn restore(&mut self, snapshot: Snapshot) -> Result<(), Refusal> {
        self.workspace = snapshot.restore().map_err(Refusal::bad_request)?;
        Ok(())
    }

    /// Takes a message from a contact and opens its conversation.
    ///
    /// Without a channel the message comes over the one that was used last, or else over the workspace's first.
    pub fn receive(
        &mut self,
        contact: &Identifier,
        content: MessageContent,
        channel_id: Option<u64>,
        real_ms: i64,
    ) -> Result<Message, Refusal> {
        let now = self.now(real_ms);
        let id = self.workspace.id_of(checked_key(contact)?)?;
        let content = messaging::content_of(content);
        let message = self.telling(now, |service| service.workspace.receive(id, channel_id, content, now))?;
        Ok(messaging::message_model(id, message, now))
    }

    /// Brings a contact to another lifecycle stage, or to none.
    pub fn set_lifecycle(&mut self, contact: &Identifier, stage: Option<String>, real_ms: i64) -> Result<(), Refusal> {
        let id = self.workspace.id_of(checked_key(contact)?)?;
        let now = self.now(real_ms);
        Ok(self.telling(now, |service| service.workspace.set_stage(id, stage))?)
    }

    /// The sandbox's time, in Unix milliseconds.
    pub fn now(&self, real_ms: i64) -> i64 {
        self.clock.now(real_ms)
    }

    /// Stops the clock at `at_ms`, or where it is; gives the time.
    pub fn freeze(&mut self, at_ms: Option<i64>, real_ms: i64) -> Result<i64, Refusal> {
        if at_ms.is_some_and(|at_ms| !(0..=MAX_TIME_MS).contains(&at_ms)) {
            return Err(Refusal::bad_request(format!("at must be from 0 to {MAX_TIME_MS}")));
        }
        self.clock.freeze(at_ms, real_ms);
        Ok(self.now(real_ms))
    }

    /// Moves the clock forward, frozen or not; gives the time.
    pub fn advance(&mut self, by_ms: u64, real_ms: i64) -> Result<i64, Refusal> {
        let by_ms = i64::try_from(by_ms).unwrap_or(i64::MAX);
        if self.now(real_ms).saturating_add(by_ms) > MAX_TIME_MS {
            return Err(Refusal::bad_request("ms would lead beyond the end of time"));
        }
        self.clock.advance(by_ms);
        Ok(self.now(real_ms))
    }

    /// Lets the clock run again, from where it stands; gives the time.
    pub fn resume(&mut self, real_ms: i64) -> i64 {
        self.clock.resume(real_ms);
        self.now(real_ms)
    }

    /// Puts a fault in force; gives its number.
    pub fn add_fault(&mut self, rule: FaultRule) -> Result<u64, Refusal> {
        self.faults.add(rule)
    }

    /// Ends the fault with this number, or all; gives how many ended.
    pub fn clear_faults(&mut self, id: Option<u64>) -> usize {
        self.faults.clear(id)
    }

    /// The exchanges with a number greater than `since`: the last ones, within [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY)
    /// and [`JOURNAL_BYTES`](crate::JOURNAL_BYTES).
    pub fn journal(&self, since: u64) -> Vec<Entry> {
        self.journal.since(since)
    }

    /// Forgets all exchanges; the numbers go on.
    pub fn clear_journal(&mut self) {
        self.journal.clear();
    }

    /// Sets the request limit, whose windows begin empty, or the tokens; what is left out stays as it is.
    pub fn configure(&mut self, rate_limit: Option<RateSetting>, tokens: Option<Vec<String>>) -> Result<(), Refusal> {
        let limit = rate_limit.map(RateSetting::limit).transpose()?;
        if let Some(tokens) = tokens {
            self.tokens = checked_tokens(tokens)?;
        }
        if let Some(limit) = limit {
            self.limiter = Limiter::new(limit);
        }
        Ok(())
    }
}

fn checked_key(contact: &Identifier) -> Result<Key<'_>, Refusal> {
    if is_identifier(contact.as_str().as_bytes()) {
        return Ok(key_of(contact));
    }
    Err(Refusal::bad_request("contact must be an identifier: id:1, email:a@b.c or phone:+60123456789"))
}

fn checked_content(content: &Value) -> Result<MessageContent, Refusal> {
    let text = content.to_string();
    let wrong = |reason: String| Refusal::bad_request(format!("content: {reason}"));
    check::sent(text.as_bytes(), &MessageContent::KIND).map_err(|fault| wrong(fault.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}
