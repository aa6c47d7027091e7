use super::time;
use crate::handlers::seconds;
use crate::workspace::{self, Reach, Workspace};
use respond_io_wasm::live::model::Channel;
use serde_json::Map;

/// A channel of the workspace, as messages name it.
pub fn channel(workspace: &Workspace, id: u64) -> Option<Channel> {
    Some(Channel { created_at: None, ..space_channel(workspace.channel(id)?) })
}

/// A channel of the workspace, with when it was connected.
pub fn space_channel(channel: &workspace::Channel) -> Channel {
    Channel {
        id: Some(channel.id),
        name: Some(channel.name.clone()),
        source: Some(source_of(channel).into()),
        created_at: Some(seconds(channel.created)),
        ..Channel::default()
    }
}

/// A channel that reaches a contact, with when it last did.
pub fn contact_channel(workspace: &Workspace, contact: &workspace::Contact, reach: &Reach) -> Option<Channel> {
    let channel = workspace.channel(reach.channel)?;
    let last = workspace.message(contact, reach.last_message).ok();
    Some(Channel {
        last_message_time: last.map(|message| time(message.at)),
        last_incoming_message_time: contact.last_received(channel.id).map(|message| time(message.at)),
        meta: Some(Map::new()),
        ..space_channel(channel)
    })
}

/// What the service calls the kind of a channel.
fn source_of(channel: &workspace::Channel) -> &str {
    match channel.source.as_str() {
        "email" => "other_email",
        "sms" => "twilio",
        other => other,
    }
}
