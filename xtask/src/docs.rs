//! The documents' tables of operations.

use crate::example;
use crate::surface::Surface;
use crate::typescript::{self, Direction};
use respond_io_wasm::operation::OperationMeta;
use std::io;

const START: &str = "<!-- operations: printed by xtask -->";
const END: &str = "<!-- /operations -->";

/// A document with its table printed anew.
pub fn with_table(surface: &Surface, document: &str) -> io::Result<String> {
    let missing = || io::Error::other("a document lacks the marks of the table of operations");
    let (before, rest) = document.split_once(START).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    Ok(format!("{before}{START}\n{}{END}{after}", table(surface)))
}

fn table(surface: &Surface) -> String {
    let mut text =
        String::from("| call | request | resolves to | repeated after a lost connection or 5xx |\n|---|---|---|---|\n");
    for operation in surface.operations {
        let description = &operation.description;
        let result = operation
            .response
            .as_ref()
            .map_or("nothing".into(), |kind| code(&typescript::of(surface, kind, Direction::Received)));
        let call = format!("{}.{}({})", description.resource, description.method, example::arguments(operation));
        let request = format!("{} {}", operation.method.as_str(), operation.path);
        text += &format!("| {} | {} | {result} | {} |\n", code(&call), code(&request), yes_or_no(operation.idempotent));
    }
    text
}

/// What can go wrong with an operation, in words.
pub fn errors(operation: &OperationMeta) -> String {
    let write = if operation.idempotent { "" } else { " It is not repeated where the service may have acted." };
    let has_arguments = !operation.input.fields.is_empty();
    let before = if has_arguments { "`ValidationError` before anything is sent; " } else { "" };
    format!("{before}a class for each status, `ConnectionError`, `TimeoutError`, `AbortError`, `DecodeError`.{write}")
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
