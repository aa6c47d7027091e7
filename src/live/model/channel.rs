use super::{TextOrNumber, model, open_enum};
use alloc::string::String;
use serde_json::{Map, Value};

open_enum! {
    /// Where a channel leads.
    pub enum ChannelSource {
        /// Facebook Messenger.
        Facebook "facebook",
        /// Instagram.
        Instagram "instagram",
        /// LINE.
        Line "line",
        /// Telegram.
        Telegram "telegram",
        /// Viber.
        Viber "viber",
        /// Twitter.
        Twitter "twitter",
        /// WeChat.
        Wechat "wechat",
        /// A channel of the workspace's own.
        CustomChannel "custom_channel",
        /// Gmail.
        Gmail "gmail",
        /// Any other email.
        OtherEmail "other_email",
        /// Twilio.
        Twilio "twilio",
        /// MessageBird.
        MessageBird "message_bird",
        /// Nexmo.
        Nexmo "nexmo",
        /// WhatsApp by 360dialog.
        Whatsapp360dialog "360dialog_whatsapp",
        /// WhatsApp by Twilio.
        TwilioWhatsapp "twilio_whatsapp",
        /// WhatsApp by MessageBird.
        MessageBirdWhatsapp "message_bird_whatsapp",
        /// WhatsApp.
        Whatsapp "whatsapp",
        /// WhatsApp by Nexmo.
        NexmoWhatsapp "nexmo_whatsapp",
        /// WhatsApp's cloud API.
        WhatsappCloud "whatsapp_cloud",
    }
}

model! {
    /// A channel over which messages come and go.
    #[derive(Default)]
    pub struct Channel {
        /// The channel's number.
        id "id": Option<u64> | always,
        /// The channel's name.
        name "name": Option<String> | always,
        /// Where it leads.
        source "source": Option<ChannelSource> | always,
        /// When it was connected, in Unix time.
        created_at "created_at": Option<i64>,
        /// What else the channel says of itself.
        meta "meta": Option<Map<String, Value>>,
        /// When the last message went over it, in Unix time.
        last_message_time "lastMessageTime": Option<TextOrNumber>,
        /// When the last message of the contact came over it, in Unix time.
        last_incoming_message_time "lastIncomingMessageTime": Option<TextOrNumber>,
    }
}
