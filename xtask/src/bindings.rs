//! The TypeScript of the class that the feature `bindings` exports.

use crate::models::{NOTICE, interfaces};
use crate::typescript::{self, Direction};
use respond_io_wasm::operation::{OPERATIONS, OperationMeta};

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
pub fn print() -> String {
    let methods: String = OPERATIONS.iter().map(|operation| method(operation)).collect();
    format!(
        "{NOTICE}{}{OPTIONS}
/** The Rust client, exported as it is: an async method an operation. */
export class RespondIO {{
  /** Makes a client; nothing is sent yet. */
  constructor(options: RespondIOOptions);
  /** Frees the client's memory in the module. */
  free(): void;
{methods}}}
",
        interfaces()
    )
}

fn method(operation: &OperationMeta) -> String {
    let fields = operation.input.fields.iter();
    let parameters: Vec<String> =
        fields.map(|field| format!("{}: {}", field.name, typescript::of(&field.kind, Direction::Sent))).collect();
    let result = operation.response.as_ref().map_or("void".into(), |kind| typescript::of(kind, Direction::Received));
    let call = format!("Calls `{} {}`.", operation.method.as_str(), operation.path);
    let doc = typescript::doc(&format!("{}\n\n{call}", typescript::plain(operation.description.doc)), "  ");
    format!("{doc}  {}({}): Promise<{result}>;\n", operation.id, parameters.join(", "))
}
