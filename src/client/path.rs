//! Paths into a document.

use alloc::string::String;

/// The path with every index as `[]`, so that the elements of a list are alike: `items[3].id` as `items[].id`.
pub(super) fn without_indices(path: &str) -> String {
    let mut parts = path.split('[');
    let mut text = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
        text.push('[');
        text.push_str(if rest.starts_with(']') { rest } else { part });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_alike_and_names_are_not() {
        let table = [
            ("", ""),
            ("id", "id"),
            ("items[0].id", "items[].id"),
            ("items[12].tags[345]", "items[].tags[]"),
            ("[7][8]", "[][]"),
            ("line1[2].line2", "line1[].line2"),
            ("a[b1].c[2", "a[b1].c[2"),
            ("a[2b]", "a[2b]"),
        ];
        for (path, expected) in table {
            assert_eq!(without_indices(path), expected, "{path}");
        }
    }
}
