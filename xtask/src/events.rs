//! The interfaces of the events of webhooks, and of the models that they are made of.

use crate::models::{NOTICE, declaration, members};
use crate::typescript::{self, Direction};
use respond_io_wasm::webhook::{EVENTS, EventMeta};

/// Prints `events.ts`.
pub fn print() -> String {
    let mut models = Vec::new();
    for event in EVENTS {
        for field in event.model.fields {
            typescript::collect(&field.kind, Direction::Received, &mut models);
        }
    }
    let models: String = models.iter().map(|(model, way)| format!("\n{}", declaration(model, *way))).collect();
    let events: String = EVENTS.iter().map(interface).collect();
    let types: String = EVENTS.iter().map(|event| format!("  '{}',\n", event.event_type)).collect();
    let by_type: String =
        EVENTS.iter().map(|event| format!("  '{}': {};\n", event.event_type, event.model.name)).collect();
    format!(
        "{NOTICE}import type {{ JsonObject }} from './models.js';
{models}{events}
/** Every known event by its type. */
export interface EventsByType {{
{by_type}}}

/** The type of every known event. */
export const EVENT_TYPES: readonly (keyof EventsByType)[] = [
{types}];
"
    )
}

fn interface(event: &EventMeta) -> String {
    let EventMeta { event_type, model } = event;
    let doc = typescript::doc(&typescript::plain(model.doc), "");
    format!(
        "\n{doc}export interface {} {{\n  /** Which event it is. */\n  event_type: '{event_type}';\n{}}}\n",
        model.name,
        members(model, Direction::Received)
    )
}
