//! The pieces of a JSON string, down to the halves of surrogate pairs that JavaScript's strings may hold.

/// What a character or an escape of a JSON string stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// A character.
    Char(char),
    /// Half of a surrogate pair, by itself.
    Half(u16),
}

/// The first piece of a text that lies in a valid JSON document, and what follows it; `None` at the end.
pub(super) fn split(text: &str) -> Option<(Piece, &str)> {
    let mut rest = text.chars();
    let piece = match rest.next()? {
        '\\' => return escape(rest.as_str()),
        character => Piece::Char(character),
    };
    Some((piece, rest.as_str()))
}

/// The same for what follows a backslash.
fn escape(text: &str) -> Option<(Piece, &str)> {
    let mut rest = text.chars();
    let character = match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return surrogates(rest.as_str()),
        other => other,
    };
    Some((Piece::Char(character), rest.as_str()))
}

/// The same for the digits of one UTF-16 unit, together with those of the next one where the two are a pair.
fn surrogates(text: &str) -> Option<(Piece, &str)> {
    let (high, rest) = unit(text)?;
    let low = rest.strip_prefix("\\u").and_then(unit);
    let units = [high, low.map_or(0, |(low, _)| low)];
    match (char::from_u32(high.into()), char::decode_utf16(units).next(), low) {
        (Some(character), ..) => Some((Piece::Char(character), rest)),
        (None, Some(Ok(character)), Some((_, rest))) => Some((Piece::Char(character), rest)),
        _ => Some((Piece::Half(high), rest)),
    }
}

fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}
