//! What every workspace begins with: users, channels, closing notes, templates.

use super::{Channel, ClosingNote, Team, Template, TemplatePart, User};

/// When the channels were connected: the beginning of 2024.
pub fn connected() -> i64 {
    1_704_067_200_000
}

/// Four channels.
pub fn channels() -> Vec<Channel> {
    let channel =
        |id, name: &str, source: &str| Channel { id, name: name.into(), source: source.into(), created: connected() };
    vec![
        channel(1, "WhatsApp", "whatsapp"),
        channel(2, "Email", "email"),
        channel(3, "Telegram", "telegram"),
        channel(4, "SMS", "sms"),
    ]
}

/// Five users, two of them in a team.
pub fn users() -> Vec<User> {
    let user = |id, first_name: &str, last_name: &str, name: &str, role: &str| User {
        id,
        first_name: first_name.into(),
        last_name: last_name.into(),
        email: format!("{name}@example.com"),
        role: role.into(),
        team: None,
        restrictions: Vec::new(),
    };
    let support = Some(Team { id: 1, name: "Support".into() });
    vec![
        user(1, "Nurul", "Ismail", "lead", "owner"),
        user(2, "Lucía", "Muñoz", "manager", "manager"),
        User { team: support.clone(), ..user(3, "Amir", "Osman", "agent", "agent") },
        user(4, "Ada", "Wilson-Clarke", "ai", "agent"),
        User {
            team: support,
            restrictions: vec!["restrict_data_export".into()],
            ..user(5, "Mei", "Tan", "mei", "agent")
        },
    ]
}

/// Four closing notes.
pub fn closing_notes() -> Vec<ClosingNote> {
    let note =
        |category: &str, description: &str| ClosingNote { category: category.into(), description: description.into() };
    vec![
        note("Resolved", "The question was answered"),
        note("Sale", "The contact has bought something"),
        note("No answer", "The contact did not write again"),
        note("Spam", "Nobody to talk to"),
    ]
}

/// Three templates of the channel 1, WhatsApp.
pub fn templates() -> Vec<Template> {
    let part =
        |kind: &str, text: &str| TemplatePart { kind: kind.into(), text: Some(text.into()), buttons: Vec::new() };
    let template = |id, name: &str, language: &str, category: &str, parts| Template {
        id,
        name: name.into(),
        channel: 1,
        language: language.into(),
        category: category.into(),
        parts,
    };
    let buttons = TemplatePart { kind: "buttons".into(), text: None, buttons: vec!["Yes".into(), "No".into()] };
    vec![
        template(1, "welcome", "en", "MARKETING", vec![part("body", "Hello {{1}}, how can we help?")]),
        template(
            2,
            "order_update",
            "en",
            "UTILITY",
            vec![
                part("header", "Order {{1}}"),
                part("body", "Your order {{1}} arrives on {{2}}."),
                part("footer", "Thank you"),
                buttons,
            ],
        ),
        template(3, "bienvenida", "es", "MARKETING", vec![part("body", "¡Hola {{1}}!")]),
    ]
}
