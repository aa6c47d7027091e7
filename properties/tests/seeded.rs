//! The properties, tried on seeded inputs: one half as it should be, the other half broken.

use respond_io_properties::generate::Generator;
use respond_io_properties::surfaces::operations;
use respond_io_properties::{decoder, headers, identifiers, reader, router};
use respond_io_wasm::engine::{Rule, identifier};
use respond_io_wasm::operation::{OperationMeta, Place};
use respond_io_wasm::schema::Kind;
use std::collections::HashMap;
use std::hash::Hash;

/// Says which input it was, where a property panics.
struct Told<'a>(&'a [u8]);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was: {}", self.0.escape_ascii());
        }
    }
}

/// Tries a property on so many inputs, every second one broken, and counts its results.
fn tried<S, R: Eq + Hash>(
    count: usize,
    make: impl Fn(&mut Generator) -> (S, Vec<u8>),
    property: impl Fn(S, &[u8]) -> R,
) -> HashMap<R, usize> {
    let mut generator = Generator::new(7);
    let mut results = HashMap::new();
    for index in 0..count {
        let (subject, mut input) = make(&mut generator);
        if index % 2 == 1 {
            input = generator.mutated(input);
        }
        let told = Told(&input);
        *results.entry(property(subject, told.0)).or_default() += 1;
    }
    println!("{count} inputs");
    results
}

/// An operation whose answer has a body, and the kind of it.
fn answered(generator: &mut Generator) -> (&'static OperationMeta, Kind) {
    loop {
        let operation = generator.operation();
        if let Some(kind) = operation.response {
            return (operation, kind);
        }
    }
}

#[test]
fn a_body_is_usable_where_it_is_json_within_the_bounds() {
    let make = |generator: &mut Generator| {
        let (operation, kind) = answered(generator);
        (operation, generator.received(&kind))
    };
    let results = tried(60_000, make, decoder::judge);
    println!("{results:?}");
    assert!(results[&None] > 10_000, "{results:?}");
    for rule in [Rule::Syntax, Rule::Truncated, Rule::Depth, Rule::UnsafeInteger, Rule::Encoding] {
        assert!(results[&Some(rule)] > 100, "{rule:?} {results:?}");
    }
    for rule in [Rule::Kind, Rule::Required] {
        assert!(results[&Some(rule)] > 100, "{rule:?} {results:?}");
    }
}

#[test]
fn what_is_recorded_of_a_body_is_all_of_it() {
    let make = |generator: &mut Generator| {
        let (operation, kind) = answered(generator);
        (operation, generator.received(&kind))
    };
    let results = tried(60_000, make, reader::judge);
    println!("{results:?}");
    assert!(results[&true] > 20_000, "{results:?}");
}

#[test]
fn a_body_that_nobody_declared_is_taken_as_it_is() {
    let results = tried(
        2_000,
        |generator| {
            let (_, kind) = answered(generator);
            ((), generator.received(&kind))
        },
        |(), body| decoder::decoder(body),
    );
    assert_eq!(results[&()], 2_000);
}

#[test]
fn generated_arguments_are_taken_and_never_change_the_path() {
    let make = |generator: &mut Generator| {
        let operation = generator.operation();
        (operation, generator.sent(&Kind::Object(operation.input)))
    };
    let results = tried(40_000, make, |operation, input| identifiers::arguments(operation, input).is_some());
    println!("{results:?}");
    assert!(results[&true] > 20_000 && results[&false] > 5_000, "{results:?}");
}

#[test]
fn no_identifier_changes_the_path() {
    let make = |generator: &mut Generator| {
        let addressing: Vec<_> = operations().filter(|operation| operation.path.contains("{identifier}")).collect();
        let operation = addressing[generator.below(addressing.len())];
        let identifier = generator.identifier();
        // The forms `{ email }` and `{ phone }` are given what follows the colon.
        let start = if generator.below(2) == 0 { 0 } else { identifier.find(':').map_or(0, |at| at + 1) };
        (operation, identifier[start..].to_string().into_bytes())
    };
    let property = |operation: &'static OperationMeta, input: &[u8]| match std::str::from_utf8(input) {
        Ok(text) => Some(identifiers::addressed(operation, text)),
        Err(_) => {
            assert_eq!(identifiers::arguments(operation, input), None);
            None
        }
    };
    let results = tried(20_000, make, property);
    println!("{results:?}");
    assert!([None, Some(0), Some(1), Some(2)].iter().all(|taken| results[taken] > 1_000), "{results:?}");
}

#[test]
fn every_byte_keeps_its_place_in_the_path() {
    for operation in operations().filter(|operation| operation.places.contains(&Place::Path)) {
        for character in (0..0x300).filter_map(char::from_u32).chain(['／', '\u{2024}', '\u{ff0e}', '\u{2028}', '😀'])
        {
            for text in [format!("email:a{character}@b"), format!("email:{character}{character}/..{character}@b")] {
                let _told = Told(text.as_bytes());
                let taken = identifiers::addressed(operation, &text);
                assert_eq!(
                    taken > 0,
                    operation.path.contains("{identifier}") && identifier::is_identifier(text.as_bytes())
                );
            }
        }
    }
}

#[test]
fn waits_are_sane() {
    let make = |generator: &mut Generator| {
        let now = [0.0, 784_111_777_000.0, 1_783_996_922_000.5][generator.below(3)];
        let header = generator.header();
        (now, header.split_once(": ").map(|(_, value)| value.into()).unwrap_or_default())
    };
    let property = |now, input: &[u8]| headers::wait(&String::from_utf8_lossy(input), now).map(|ms| ms > 0.0);
    let results = tried(40_000, make, property);
    println!("{results:?}");
    assert!(results[&None] > 5_000 && results[&Some(true)] > 5_000 && results[&Some(false)] > 1_000, "{results:?}");
}

#[test]
fn no_header_and_no_token_breaks_out_of_its_line() {
    let make = |generator: &mut Generator| ((), generator.header().into_bytes());
    let property = |(), input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let (name, value) = text.split_once(": ").unwrap_or(("x", &text));
        (headers::added(name, value), headers::token(value))
    };
    let results = tried(20_000, make, property);
    println!("{results:?}");
    for outcome in [(true, true), (true, false), (false, true), (false, false)] {
        assert!(results[&outcome] > 500, "{results:?}");
    }
}

#[test]
fn the_sandbox_answers_whatever_it_is_sent() {
    let results = tried(10_000, |generator| ((), generator.requests().into_bytes()), |(), input| router::router(input));
    let mut statuses: HashMap<u16, usize> = HashMap::new();
    for (answered, count) in results {
        for status in answered {
            *statuses.entry(status).or_default() += count;
        }
    }
    println!("{statuses:?}");
    for status in [200, 400, 401, 404, 405, 409, 415] {
        assert!(statuses[&status] > 10, "{status} {statuses:?}");
    }
}
