use super::{Contact, Content, Conversation, Key, Party, Problem, Reach, What, Workspace};
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

impl Message {
    /// Where the message stands at the time `now`; it follows from its age alone.
    pub fn status(&self, now: i64) -> &'static str {
        if self.direction == Direction::Incoming {
            return "delivered";
        }
        match now - self.at {
            ..200 => "queued",
            200..1000 => "sent",
            1000..3000 => "delivered",
            _ => "read",
        }
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
                true => Conversation { open, opened: Some(now), opened_by: Some(by), first_message, ..before },
                false => Conversation { open, closed: Some(now), ..before },
            });
        }
        if was_open != open {
            self.record(contact, if open { What::Opened } else { What::Closed });
        }
        self.find(Key::Id(contact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_follow_the_clock() {
        let content = Content::Text { text: "hi".into() };
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
