//! What can be done to a sandbox beside the API: methods for Rust, and the same as commands for those who speak JSON.

use crate::faults::FaultRule;
use crate::handlers::{key_of, messaging};
use crate::journal::Entry;
use crate::options::{RateSetting, checked_tokens};
use crate::rate::Limiter;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::snapshot::Snapshot;
use respond_io_wasm::engine::check;
use respond_io_wasm::engine::identifier::is_identifier;
use respond_io_wasm::model::{Identifier, Message, MessageContent};
use respond_io_wasm::schema::Wire;
use serde::{Deserialize, Serialize};

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
        content: serde_json::Value,
        /// The number of the channel.
        channel_id: Option<u64>,
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
        }
    }

    /// The workspace at this moment.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.workspace)
    }

    /// Puts the workspace back to a snapshot; clock, limits, faults and journal stay as they are.
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
        if !is_identifier(contact.as_str().as_bytes()) {
            return Err(Refusal::bad_request("contact must be an identifier: id:1, email:a@b.c or phone:+60123456789"));
        }
        let now = self.now(real_ms);
        let id = self.workspace.id_of(key_of(contact))?;
        let message = self.workspace.receive(id, channel_id, messaging::content_of(content), now)?;
        Ok(messaging::message_model(id, message, now))
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

fn checked_content(content: &serde_json::Value) -> Result<MessageContent, Refusal> {
    let text = content.to_string();
    let wrong = |reason: String| Refusal::bad_request(format!("content: {reason}"));
    check::sent(text.as_bytes(), &MessageContent::KIND).map_err(|fault| wrong(fault.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}
