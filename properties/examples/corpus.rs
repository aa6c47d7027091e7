//! Writes what the fuzz targets begin with: 200 valid inputs a target, into the folder that is named.

use respond_io_properties::generate::Generator;
use respond_io_properties::surfaces::operations;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const COUNT: usize = 200;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "fuzz/corpus".into()));
    let mut generator = Generator::new(1);
    let all: Vec<_> = operations().collect();
    for index in 0..COUNT {
        let operation = all[index % all.len()];
        let body = operation.response.map(|kind| generator.received(&kind)).unwrap_or_default();
        write(&folder, "decoder", index, &body)?;
        write(&folder, "reader", index, &body)?;
        write(&folder, "headers", index, generator.header().as_bytes())?;
        write(&folder, "identifiers", index, generator.identifier().as_bytes())?;
        write(&folder, "router", index, generator.requests().as_bytes())?;
    }
    Ok(())
}

fn write(folder: &Path, target: &str, index: usize, input: &[u8]) -> io::Result<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{index}")), input)
}
