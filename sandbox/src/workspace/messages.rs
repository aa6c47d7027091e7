use super::{Closing, Contact, Content, Conversation, Key, Party, Problem, Reach, What, Workspace};
use serde::{Deserialize, Serialize};

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the contact to the workspace.
    Incoming,
    /// From the workspace to the contact.
    Outgoing,
}

/// A message of a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The message's number; no two of the workspace share one, and later ones are greater.
    pub id: u64,
    /// The number of the channel.
    pub channel: u64,
    /// Which way it goes.
    pub direction: Direction,
    /// What it says.
    pub content: Content,
    /// When it was sent, in Unix milliseconds.
    pub at: i64,
}

/// How far a message that goes out has come after so many milliseconds.
const STAGES: [(i64, &str); 4] = [(0, "queued"), (200, "sent"), (1000, "delivered"), (3000, "read")];

/// How long after a contact's last message WhatsApp takes more than templates, in milliseconds.
const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

impl Message {
    /// The stages that it has reached at the time `now`, each with when it did; a message that came in has none.
    pub fn stages(&self, now: i64) -> impl Iterator<Item = (&'static str, i64)> {
        let (at, is_outgoing) = (self.at, self.direction == Direction::Outgoing);
        let stages = STAGES.into_iter().map(move |(after, stage)| (stage, at + after));
        stages
            .enumerate()
            .filter(move |(index, (_, at))| is_outgoing && (*index == 0 || *at <= now))
            .map(|(_, stage)| stage)
    }

    /// Where the message stands at the time `now`; it follows from its age alone.
    pub fn status(&self, now: i64) -> &'static str {
        if self.direction == Direction::Incoming {
            return "delivered";
        }
        self.stages(now).last().map_or("queued", |(stage, _)| stage)
    }
}

impl Workspace {
    /// A message of a contact.
    pub fn message(&self, contact: &Contact, id: u64) -> Result<Message, Problem> {
        let found = contact.messages.binary_search_by_key(&id, |message| message.id);
        found.map(|at| contact.messages[at].clone()).map_err(|_| Problem::NoMessage)
    }

    /// Sends a message over a channel, or over the one that was used last.
    pub fn send(&mut self, contact: u64, channel: Option<u64>, content: Content, now: i64) -> Result<Message, Problem> {
        let used = self.contact_mut(contact)?.last_channel();
        let channel = channel.or(used).ok_or(Problem::NoChannelUsed)?;
        self.push_message(contact, channel, Direction::Outgoing, content, now)
    }

    /// Checks that a message may go to a contact now: WhatsApp takes nothing but templates more than 24 hours after the
    /// contact's last message over it.
    pub fn check_window(&self, contact: u64, channel: Option<u64>, content: &Content, now: i64) -> Result<(), Problem> {
        let contact = self.find(Key::Id(contact))?;
        let channel = channel.or(contact.last_channel()).and_then(|id| self.channel(id));
        let Some(channel) = channel.filter(|channel| channel.source == "whatsapp") else {
            return Ok(());
        };
        let is_open = contact.last_received(channel.id).is_some_and(|message| now - message.at <= WINDOW_MS);
        if is_open || matches!(content, Content::Template { .. }) { Ok(()) } else { Err(Problem::WindowClosed) }
    }

    /// Takes a message from a contact and opens the conversation; without a channel it comes over the one that was
    /// used last, or else over the workspace's first.
    pub fn receive(
        &mut self,
        contact: u64,
        channel: Option<u64>,
        content: Content,
        now: i64,
    ) -> Result<Message, Problem> {
        let used = self.contact_mut(contact)?.last_channel();
        let first = self.channels.keys().next().copied();
        let channel = channel.or(used).or(first).ok_or(Problem::NoChannel)?;
        self.check_channel(channel)?;
        self.set_open(contact, true, Party::Contact, now)?;
        self.push_message(contact, channel, Direction::Incoming, content, now)
    }

    fn push_message(
        &mut self,
        contact: u64,
        channel: u64,
        direction: Direction,
        content: Content,
        now: i64,
    ) -> Result<Message, Problem> {
        self.check_channel(channel)?;
        let id = self.next.message;
        let message = Message { id, channel, direction, content, at: now };
        let owner = self.contact_mut(contact)?;
        owner.reach_over(Reach { channel, last_message: id });
        owner.messages.push(message.clone());
        self.next.message += 1;
        self.record(contact, if direction == Direction::Incoming { What::Received(id) } else { What::Sent(id) });
        Ok(message)
    }

    fn check_channel(&self, id: u64) -> Result<(), Problem> {
        if self.channels.contains_key(&id) { Ok(()) } else { Err(Problem::NoChannel) }
    }

    /// Opens or closes a contact's conversation. What is open already stays as it is, and so does what is closed.
    pub fn set_open(&mut self, contact: u64, open: bool, by: Party, now: i64) -> Result<&Contact, Problem> {
        let first_message = self.next.message;
        let conversation = &mut self.contact_mut(contact)?.conversation;
        let is_new = conversation.is_none();
        let before = conversation.clone().unwrap_or_default();
        let was_open = before.open;
        if is_new || was_open != open {
            *conversation = Some(match open {
                true => Conversation {
                    open,
                    opened: Some(now),
                    opened_by: Some(by),
                    first_message,
                    closing: None,
                    ..before
                },
                false => Conversation { open, closed: Some(now), ..before },
            });
        }
        if was_open != open {
            self.record(contact, if open { What::Opened } else { What::Closed });
        }
        self.find(Key::Id(contact))
    }

    /// Closes a contact's conversation with a note; one that is closed already keeps its own.
    pub fn close(&mut self, contact: u64, closing: Closing, by: Party, now: i64) -> Result<(), Problem> {
        if let Some(category) = &closing.category
            && !self.closing_notes.iter().any(|note| note.category == *category)
        {
            return Err(Problem::NoClosingNote);
        }
        let was_closed =
            self.contact_mut(contact)?.conversation.as_ref().is_some_and(|conversation| !conversation.open);
        self.set_open(contact, false, by, now)?;
        let conversation = self.contact_mut(contact)?.conversation.as_mut().filter(|_| !was_closed);
        if let Some(conversation) = conversation {
            conversation.closing = Some(closing);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_follow_the_clock() {
        let content = Content::text("hi");
        let mut message = Message { id: 1, channel: 1, direction: Direction::Outgoing, content, at: 10_000 };
        let table = [
            (0, "queued"),
            (10_000, "queued"),
            (10_199, "queued"),
            (10_200, "sent"),
            (10_999, "sent"),
            (11_000, "delivered"),
            (12_999, "delivered"),
            (13_000, "read"),
        ];
        for (now, status) in table {
            assert_eq!(message.status(now), status, "{now}");
        }
        message.direction = Direction::Incoming;
        assert_eq!(message.status(10_000), "delivered");
    }
}
