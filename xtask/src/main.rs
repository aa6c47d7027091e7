//! Prints everything that follows from the declarations of models and operations.
//!
//! - `cargo run -p xtask -- generate` writes the TypeScript of the npm package, the types of the exported class and the
//!   tables of operations in the README and in `docs/live.md`.
//! - `cargo run -p xtask -- check` fails where a checked-in file differs from what `generate` would write.
//! - `cargo run -p xtask -- describe` prints models and operations as JSON, for tests; `describe live` those of the live
//!   surface.

mod bindings;
mod describe;
mod docs;
mod events;
mod example;
mod makers;
mod models;
mod once;
mod operations;
mod resources;
mod routes;
mod surface;
mod typescript;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};
use surface::Surface;

fn main() -> ExitCode {
    let outcome = match env::args().nth(1).as_deref() {
        Some("generate") => generate(),
        Some("check") => check(),
        Some("describe") => {
            let is_live = env::args().nth(2).as_deref() == Some("live");
            println!("{:#}", describe::json(&if is_live { surface::live() } else { surface::contract() }));
            Ok(())
        }
        _ => Err(io::Error::other("usage: xtask generate | check | describe [live]")),
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
    let (contract, live) = (surface::contract(), surface::live());
    let file = |surface: &Surface, name: &str| path(surface.folder).join(name);
    vec![
        (file(&contract, "makers.ts"), makers::print(&contract)),
        (file(&contract, "models.ts"), models::print(&contract)),
        (file(&contract, "operations.ts"), operations::print(&contract)),
        (file(&contract, "resources.ts"), resources::print(&contract)),
        (file(&live, "makers.ts"), makers::print(&live)),
        (file(&live, "models.ts"), models::print_beside(&live)),
        (file(&live, "operations.ts"), operations::print_beside(&live)),
        (file(&live, "resources.ts"), resources::print(&live)),
        (path("js/generated/events.ts"), events::print(&live)),
        (path("js/generated/once.ts"), once::print(&[&contract, &live])),
        (file(&contract, "routes.ts"), routes::print(&contract)),
        (file(&live, "routes.ts"), routes::print(&live)),
    ]
}

/// Files that are checked in because somebody reads or builds them without this program.
fn checked_in() -> io::Result<Vec<(PathBuf, String)>> {
    let (contract, live) = (surface::contract(), surface::live());
    let mut files = vec![(path("src/bindings/types.d.ts"), bindings::print(&contract))];
    for (surface, document) in [(contract, "README.md"), (live, "docs/live.md")] {
        let document = path(document);
        let text = docs::with_table(&surface, &fs::read_to_string(&document)?)?;
        files.push((document, text));
    }
    Ok(files)
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
