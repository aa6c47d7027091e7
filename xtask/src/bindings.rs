//! The TypeScript of the class that the feature `bindings` exports.

use crate::models::{BASICS, NOTICE, interfaces};
use crate::surface::Surface;
use crate::typescript::{self, Direction};
use respond_io_wasm::operation::OperationMeta;

const OPTIONS: &str = "
/** How a client is made. */
export interface RespondIOOptions {
  /** The token of the Developer API. */
  apiToken: string;
  /** Where the service is; `https://api.respond.io/v2` where it is left out. */
  baseUrl?: string;
  /** How long a try may take, in milliseconds; 30,000 where it is left out, 0 for no bound. */
  timeout?: number;
  /** How many more tries follow a failed one; 2 where it is left out. */
  maxRetries?: number;
}
";

/// Prints `types.d.ts`.
pub fn print(contract: &Surface) -> String {
    let methods: String = contract.operations.iter().map(|operation| method(contract, operation)).collect();
    format!(
        "{NOTICE}{BASICS}{}{OPTIONS}
/** The Rust client, exported as it is: an async method an operation. */
export class RespondIO {{
  /** Makes a client; nothing is sent yet. */
  constructor(options: RespondIOOptions);
  /** Frees the client's memory in the module. */
  free(): void;
{methods}}}
",
        interfaces(contract)
    )
}

fn method(contract: &Surface, operation: &OperationMeta) -> String {
    let fields = operation.input.fields.iter();
    let parameters: Vec<String> = fields
        .map(|field| format!("{}: {}", field.name, typescript::of(contract, &field.kind, Direction::Sent)))
        .collect();
    let result =
        operation.response.as_ref().map_or("void".into(), |kind| typescript::of(contract, kind, Direction::Received));
    let call = format!("Calls `{} {}`.", operation.method.as_str(), operation.path);
    let doc = typescript::doc(&format!("{}\n\n{call}", typescript::plain(operation.description.doc)), "  ");
    format!("{doc}  {}({}): Promise<{result}>;\n", operation.id, parameters.join(", "))
}
