//! The table of operations and rules that the driver reads.

use crate::models::NOTICE;
use crate::surface::Surface;
use respond_io_wasm::engine::json::MAX_DEPTH;
use respond_io_wasm::engine::request::MAX_ARGUMENTS;
use respond_io_wasm::engine::{Outcome, Rule};
use respond_io_wasm::operation::OperationMeta;

/// Prints `operations.ts` of the contract, with what every surface shares.
pub fn print(contract: &Surface) -> String {
    let rules: String =
        Rule::ALL.iter().map(|rule| format!("  {}: ['{}', {:?}],\n", *rule as u32, rule.name(), rule.text())).collect();
    let outcomes = Outcome::ALL.map(|outcome| format!("'{outcome}'")).join(", ");
    let names: String = Rule::ALL.iter().map(|rule| format!("  | '{}'\n", rule.name())).collect();
    format!(
        "{NOTICE}
/** How an operation travels: its id, its HTTP method, whether its body is decoded, whether it is
 * idempotent, and how to find out what a call that does not know has done. */
export type OperationRow = readonly [
  id: string,
  method: string,
  decoded: boolean,
  idempotent: boolean,
  advice: string,
];

{}

/** The name of a rule that a document breaks. */
export type Rule =
{};

/** By the engine's code: a rule's name and what is said of a value that breaks it; `{{}}` stands for the detail. */
export const RULES: Readonly<Record<number, readonly [Rule, string]>> = {{
{rules}}};

/** The last code that makes a response unusable; those above are mismatches of kind and form. */
export const LAST_FATAL = {};

/** The code of a document that is not UTF-8, which is seen by who decodes it. */
export const ENCODING = {};

/** What is known of a call that failed: whether the service has acted. By the engine's code. */
export const OUTCOMES = [{outcomes}] as const;

/** How many bytes the arguments of a call may have as JSON. */
export const MAX_ARGUMENTS = {MAX_ARGUMENTS};

/** How deep arrays and objects may be nested. */
export const MAX_DEPTH = {MAX_DEPTH};
",
        table(contract),
        names.trim_end(),
        Rule::LAST_FATAL,
        Rule::Encoding as u32,
    )
}

/// Prints `operations.ts` of another surface.
pub fn print_beside(surface: &Surface) -> String {
    format!("{NOTICE}import type {{ OperationRow }} from '../operations.js';\n\n{}", table(surface))
}

fn table(surface: &Surface) -> String {
    let rows: String = surface.operations.iter().map(|operation| row(operation)).collect();
    format!(
        "/** Every operation; its index is its number in the engine. */
export const OPERATIONS: readonly OperationRow[] = [
{rows}];
"
    )
}

fn row(operation: &OperationMeta) -> String {
    let OperationMeta { id, idempotent, advice, .. } = operation;
    let (method, decoded) = (operation.method.as_str(), operation.response.is_some());
    format!("  ['{id}', '{method}', {decoded}, {idempotent}, {advice:?}],\n")
}
