//! The interfaces of the events of webhooks; their models are those of the live surface.

use crate::models::{NOTICE, members};
use crate::surface::{Surface, collect};
use crate::typescript::{self, Direction};
use respond_io_wasm::webhook::{EVENTS, EventMeta};

/// Prints `events.ts`.
pub fn print(live: &Surface) -> String {
    let mut models = Vec::new();
    live.received.iter().for_each(|kind| collect(kind, Direction::Received, &mut models));
    let mut names: Vec<String> = models.iter().map(|(model, way)| format!("  {},\n", live.name(model, *way))).collect();
    names.sort();
    let names = names.concat();
    let events: String = EVENTS.iter().map(|event| interface(live, event)).collect();
    let types: String = EVENTS.iter().map(|event| format!("  '{}',\n", event.event_type)).collect();
    let by_type: String =
        EVENTS.iter().map(|event| format!("  '{}': {};\n", event.event_type, event.model.name)).collect();
    format!(
        "{NOTICE}import type {{
{names}}} from './live/models.js';
import type {{ JsonObject }} from './models.js';

export type {{
{names}}};
{events}
/** Every known event by its type. */
export interface EventsByType {{
{by_type}}}

/** The type of every known event. */
export const EVENT_TYPES: readonly (keyof EventsByType)[] = [
{types}];
"
    )
}

fn interface(live: &Surface, event: &EventMeta) -> String {
    let EventMeta { event_type, model } = event;
    let doc = typescript::doc(&typescript::plain(model.doc), "");
    format!(
        "\n{doc}export interface {} {{\n  /** Which event it is. */\n  event_type: '{event_type}';\n{}}}\n",
        model.name,
        members(live, model, Direction::Received)
    )
}
