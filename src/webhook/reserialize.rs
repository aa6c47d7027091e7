//! `JSON.stringify(JSON.parse(text))` without JavaScript, byte for byte.

use super::body::text_of;
use super::piece::{Piece, split};
use crate::engine::json::Reader;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

/// What JavaScript makes of a document when it reads it and writes it again; `None` where it is no JSON in UTF-8, or is
/// nested too deeply.
pub(super) fn reserialize(bytes: &[u8]) -> Option<String> {
    let text = text_of(bytes)?;
    let node = node(&mut Reader::new(text.as_bytes()));
    let mut written = String::with_capacity(text.len());
    node.write(&mut written);
    Some(written)
}

/// A value whose strings and numbers are as JavaScript writes them.
enum Node {
    Scalar(String),
    Array(Vec<Node>),
    Object(Members),
}

/// The members of an object in JavaScript's order. A name that comes again keeps its place and takes the new value.
#[derive(Default)]
struct Members {
    places: BTreeMap<String, Place>,
    nodes: BTreeMap<Place, (String, Node)>,
}

/// Where a member stands: names that are array indices come first, by their number, then all others as they came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Index(u32),
    Name(usize),
}

impl Members {
    fn insert(&mut self, name: String, node: Node) {
        let next = self.places.len();
        let place = *self.places.entry(name.clone()).or_insert_with_key(|name| Place::of(name, next));
        self.nodes.insert(place, (name, node));
    }
}

impl Place {
    /// The place of a name in quotes, the `next` one among the names.
    fn of(name: &str, next: usize) -> Self {
        let digits = name.trim_matches('"');
        match digits.parse::<u32>() {
            Ok(index) if index != u32::MAX && index.to_string() == digits => Self::Index(index),
            _ => Self::Name(next),
        }
    }
}

impl Node {
    fn write(&self, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::Array(nodes) => write_items(text, "[]", nodes, |text, node| node.write(text)),
            Self::Object(members) => write_items(text, "{}", members.nodes.values(), |text, (name, node)| {
                text.push_str(name);
                text.push(':');
                node.write(text);
            }),
        }
    }
}

fn write_items<T>(
    text: &mut String,
    brackets: &str,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    let (open, close) = brackets.split_at(1);
    text.push_str(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push_str(close);
}

fn node(reader: &mut Reader) -> Node {
    match reader.peek() {
        b'{' => Node::Object(members(reader)),
        b'[' => Node::Array(nodes(reader)),
        b'"' => Node::Scalar(string(reader)),
        b't' | b'f' | b'n' => Node::Scalar(as_text(reader.skip(0)).into()),
        _ => Node::Scalar(number(as_text(reader.skip(0)))),
    }
}

fn members(reader: &mut Reader) -> Members {
    let mut members = Members::default();
    reader.expect(b'{');
    let mut more = !reader.meets(b'}');
    while more {
        let name = string(reader);
        reader.expect(b':');
        members.insert(name, node(reader));
        more = reader.more(b'}');
    }
    members
}

fn nodes(reader: &mut Reader) -> Vec<Node> {
    let mut nodes = Vec::new();
    reader.expect(b'[');
    let mut more = !reader.meets(b']');
    while more {
        nodes.push(node(reader));
        more = reader.more(b']');
    }
    nodes
}

/// A string with its quotes, escaped as far as it has to be.
fn string(reader: &mut Reader) -> String {
    let mut rest = as_text(reader.string());
    let mut text = String::from('"');
    while let Some((piece, tail)) = split(rest) {
        write_piece(&mut text, piece);
        rest = tail;
    }
    text.push('"');
    text
}

fn write_piece(text: &mut String, piece: Piece) {
    let escaped = match piece {
        Piece::Char('"') => "\\\"",
        Piece::Char('\\') => "\\\\",
        Piece::Char('\u{8}') => "\\b",
        Piece::Char('\u{c}') => "\\f",
        Piece::Char('\n') => "\\n",
        Piece::Char('\r') => "\\r",
        Piece::Char('\t') => "\\t",
        Piece::Char(control @ '\0'..' ') => return write_unit(text, control as u16),
        Piece::Char(character) => return text.push(character),
        Piece::Half(unit) => return write_unit(text, unit),
    };
    text.push_str(escaped);
}

fn write_unit(text: &mut String, unit: u16) {
    // Writing to a string never fails.
    let _ = write!(text, "\\u{unit:04x}");
}

/// A number as JavaScript writes it: the shortest digits that read as the same number, plain from 1e-7 up to 1e21.
fn number(text: &str) -> String {
    let value: f64 = text.parse().unwrap_or(f64::NAN);
    if !value.is_finite() {
        return "null".into();
    }
    let shortest = format!("{:e}", value.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", placed(&mantissa.replace('.', ""), exponent.parse().unwrap_or(0)))
}

/// The digits with their point where it belongs, `exponent` places behind the first one.
fn placed(digits: &str, exponent: i32) -> String {
    let behind = exponent + 1 - digits.len() as i32;
    match exponent {
        -6..=-1 => format!("0.{}{digits}", "0".repeat(-(exponent + 1) as usize)),
        0..=20 if behind >= 0 => format!("{digits}{}", "0".repeat(behind as usize)),
        0..=20 => {
            let (whole, fraction) = digits.split_at(exponent as usize + 1);
            format!("{whole}.{fraction}")
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{first}{point}{rest}e{exponent:+}")
        }
    }
}

/// What was cut out of a text.
fn as_text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_becomes_what_javascript_makes_of_it() {
        let cases: Vec<(String, Option<String>)> =
            serde_json::from_str(include_str!("../../tests/edge/reserialized.json")).unwrap();
        for (text, expected) in &cases {
            assert_eq!(reserialize(text.as_bytes()).as_ref(), expected.as_ref(), "{text}");
        }
        assert!(cases.len() > 350);
    }

    #[test]
    fn what_no_javascript_would_read_becomes_nothing() {
        let deep = |levels| ["[".repeat(levels), "]".repeat(levels)].concat();
        assert_eq!(reserialize(deep(100).as_bytes()), Some(deep(100)));
        assert_eq!(reserialize(deep(101).as_bytes()), None);
        assert_eq!(reserialize(b"\"\xff\""), None);
    }
}
