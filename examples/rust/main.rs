//! Holds the conversation of `conversation.rs` and prints what it tells.
//!
//! `cargo run --example rust`

mod conversation;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    pollster::block_on(conversation::hold(|line| println!("{line}")))
}
