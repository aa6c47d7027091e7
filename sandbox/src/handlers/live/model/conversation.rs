use super::time;
use crate::handlers::{nulls, seconds};
use crate::workspace::{self, Direction, Party};
use respond_io_wasm::live::model::{ConversationSummary, TextOrNumber};

/// What is known of a conversation that was just opened.
pub fn opened(contact: &workspace::Contact) -> ConversationSummary {
    let conversation = contact.conversation.clone().unwrap_or_default();
    ConversationSummary {
        opened_time: conversation.opened.map(time),
        opened_by_source: conversation.opened_by.map(|party| source(party).into()),
        ..ConversationSummary::default()
    }
}

/// What a conversation was that was just closed, by a user whom nobody knows.
pub fn closed(contact: &workspace::Contact) -> ConversationSummary {
    let conversation = contact.conversation.clone().unwrap_or_default();
    let closing = conversation.closing.unwrap_or_default();
    let start = contact.messages.partition_point(|message| message.id < conversation.first_message);
    let messages = &contact.messages[start..];
    let count = |direction| messages.iter().filter(|message| message.direction == direction).count() as u64;
    let answer = messages.iter().find(|message| message.direction == Direction::Outgoing);
    let since_opened = |at: i64| conversation.opened.map(|opened| TextOrNumber::Number(seconds(at - opened)));
    ConversationSummary {
        category: closing.category,
        summary: closing.summary,
        closed_time: conversation.closed.map(time),
        closed_by_source: Some(source(Party::User).into()),
        first_response_time: answer.and_then(|answer| since_opened(answer.at)),
        resolution_time: conversation.closed.and_then(since_opened),
        incoming_message_count: Some(count(Direction::Incoming)),
        outgoing_message_count: Some(count(Direction::Outgoing)),
        extra: nulls(&[("closedBy", true)]),
        ..opened(contact)
    }
}

fn source(party: Party) -> &'static str {
    match party {
        Party::Contact => "contact",
        Party::User => "user",
    }
}
