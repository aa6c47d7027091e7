//! Prints everything that follows from the declarations of models and operations.
//!
//! - `cargo run -p xtask -- generate` writes the TypeScript of the npm package, the types of the exported class and the
//!   README's table of operations.
//! - `cargo run -p xtask -- check` fails where a checked-in file differs from what `generate` would write.
//! - `cargo run -p xtask -- describe` prints models and operations as JSON, for the contract tests.

mod bindings;
mod describe;
mod docs;
mod events;
mod example;
mod models;
mod once;
mod operations;
mod resources;
mod routes;
mod typescript;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    let outcome = match env::args().nth(1).as_deref() {
        Some("generate") => generate(),
        Some("check") => check(),
        Some("describe") => {
            println!("{:#}", describe::json());
            Ok(())
        }
        _ => Err(io::Error::other("usage: xtask generate | check | describe")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Files that are built, and so not checked in.
fn built() -> Vec<(PathBuf, String)> {
    vec![
        (path("js/generated/events.ts"), events::print()),
        (path("js/generated/models.ts"), models::print()),
        (path("js/generated/once.ts"), once::print()),
        (path("js/generated/operations.ts"), operations::print()),
        (path("js/generated/resources.ts"), resources::print()),
        (path("js/generated/routes.ts"), routes::print()),
    ]
}

/// Files that are checked in because somebody reads or builds them without this program.
fn checked_in() -> io::Result<Vec<(PathBuf, String)>> {
    let readme = path("README.md");
    let text = docs::with_table(&fs::read_to_string(&readme)?)?;
    Ok(vec![(path("src/bindings/types.d.ts"), bindings::print()), (readme, text)])
}

fn generate() -> io::Result<()> {
    for (path, text) in built().into_iter().chain(checked_in()?) {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        fs::write(&path, text)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

fn check() -> io::Result<()> {
    for (path, text) in checked_in()? {
        if fs::read_to_string(&path)? != text {
            return Err(io::Error::other(format!("{} is stale: run `cargo run -p xtask -- generate`", path.display())));
        }
    }
    println!("the checked-in files follow from the declarations");
    Ok(())
}

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(relative)
}
