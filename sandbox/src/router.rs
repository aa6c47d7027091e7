//! From a method and a URL to an operation. Nothing is decoded here, so that no escape leads to another route.

use crate::arguments::decode;
use crate::refusal::Refusal;
use crate::surface::Surface;
use respond_io_wasm::operation::OperationMeta;

/// A surface, and where it begins in a URL's path.
#[derive(Clone, Copy, Debug)]
struct Mount {
    base: &'static str,
    surface: Surface,
}

/// Where the surfaces are.
#[derive(Debug)]
pub struct Router {
    mounts: [Mount; 3],
}

/// An operation with what its path and query say, still percent-encoded.
#[derive(Debug)]
pub struct Route<'a> {
    /// The surface that it belongs to.
    pub surface: Surface,
    /// The operation.
    pub operation: &'static OperationMeta,
    /// The path's parameters by name.
    pub parameters: Vec<(&'static str, &'a str)>,
    /// What follows the question mark.
    pub query: &'a str,
}

impl Router {
    /// Each surface below its own base path, and one of them below `/v2`, where the service has it.
    pub fn new(below_v2: Surface) -> Self {
        let mount = |base, surface| Mount { base, surface };
        Self {
            mounts: [
                mount("/v2/", below_v2),
                mount("/contract/v2/", Surface::Contract),
                mount("/live/v2/", Surface::Live),
            ],
        }
    }

    /// The surface that a URL leads to; any other leads to the one below `/v2`, which refuses it.
    pub fn surface(&self, url: &str) -> Surface {
        self.mount(path_and_query(url).0).surface
    }

    /// Finds the operation of a request; the URL may be absolute, or a path and a query.
    pub fn route<'a>(&self, method: &str, url: &'a str) -> Result<Route<'a>, Refusal> {
        let (path, query) = path_and_query(url);
        self.mount(path).route(method, path, query)
    }

    fn mount(&self, path: &str) -> &Mount {
        self.mounts.iter().find(|mount| path.starts_with(mount.base)).unwrap_or(&self.mounts[0])
    }
}

impl Mount {
    fn route<'a>(&self, method: &str, path: &'a str, query: &'a str) -> Result<Route<'a>, Refusal> {
        let Self { base, surface } = *self;
        let unknown = || Refusal::new(404, format!("there is no route {method} {path}; the API is below {base}"));
        let segments: Vec<&str> = path.strip_prefix(base).ok_or_else(unknown)?.split('/').collect();
        let template = template_of(surface.operations(), &segments).ok_or_else(unknown)?;
        let of_path = || surface.operations().iter().filter(|operation| operation.path == template);
        let Some(operation) = of_path().find(|operation| operation.method.as_str() == method) else {
            let allowed: Vec<&str> = of_path().map(|operation| operation.method.as_str()).collect();
            let message = format!("{method} is not permitted for {template}");
            return Err(Refusal::new(405, message).with_header("allow", allowed.join(", ")));
        };
        let parameters = parts(template)
            .zip(segments)
            .filter_map(|(part, segment)| Some((parameter_name(part)?, segment)))
            .collect();
        Ok(Route { surface, operation, parameters, query })
    }
}

/// The path with its query, without scheme, host and fragment, as it is written down.
pub fn target(url: &str) -> &str {
    let from_path = &url[origin(url).len()..];
    from_path.split_once('#').map_or(from_path, |(before, _)| before)
}

/// Scheme and host; empty where the URL has none.
pub fn origin(url: &str) -> &str {
    let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| !scheme.contains('/')) else {
        return "";
    };
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    &url[..scheme.len() + "://".len() + host]
}

/// The path, and what follows the question mark.
pub fn path_and_query(url: &str) -> (&str, &str) {
    let target = target(url);
    target.split_once('?').unwrap_or((target, ""))
}

/// The template that fits the segments; where several do, a literal segment goes before a parameter.
fn template_of(operations: &[&'static OperationMeta], segments: &[&str]) -> Option<&'static str> {
    let fitting = operations.iter().filter_map(|operation| Some((literals(operation.path, segments)?, operation.path)));
    fitting.max().map(|(_, path)| path)
}

/// For each segment whether the template fits it as a literal; `None` where it does not fit.
fn literals(template: &'static str, segments: &[&str]) -> Option<Vec<bool>> {
    if parts(template).count() != segments.len() {
        return None;
    }
    let fit = |(part, segment): (&'static str, &&str)| match parameter_name(part) {
        Some(_) => is_data(segment).then_some(false),
        None => (part == *segment).then_some(true),
    };
    parts(template).zip(segments).map(fit).collect()
}

fn parts(template: &'static str) -> impl Iterator<Item = &'static str> {
    template[1..].split('/')
}

fn parameter_name(part: &'static str) -> Option<&'static str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// A parameter is neither empty nor a dot segment, encoded or not.
fn is_data(segment: &str) -> bool {
    !matches!(decode(segment).as_deref(), Some("" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use respond_io_wasm::operation::OPERATIONS;

    fn found(method: &str, url: &str) -> Result<(&'static str, Vec<String>), (u16, String)> {
        match Router::new(Surface::Contract).route(method, url) {
            Ok(route) => {
                let parameters = route.parameters.iter().map(|(_, value)| value.to_string()).collect();
                Ok((route.operation.id, parameters))
            }
            Err(refusal) => {
                Err((refusal.status, refusal.headers.first().map(|(_, value)| value.clone()).unwrap_or_default()))
            }
        }
    }

    #[test]
    fn every_operation_has_its_route() {
        for operation in OPERATIONS {
            let path =
                operation.path.replace("{identifier}", "id:1").replace("{messageId}", "5").replace("{tagId}", "7");
            let (id, parameters) = found(operation.method.as_str(), &format!("https://any.host/v2{path}")).unwrap();
            assert_eq!(id, operation.id);
            assert_eq!(parameters.len(), operation.path.matches('{').count());
        }
    }

    #[test]
    fn urls_of_all_forms() {
        for url in
            ["/v2/contact/list", "http://h/v2/contact/list?limit=5#x", "HTTPS://h:1/v2/contact/list?next=a://b/c"]
        {
            assert_eq!(found("GET", url), Ok(("listContacts", vec![])), "{url}");
        }
        let router = Router::new(Surface::Contract);
        assert_eq!(router.route("GET", "/v2/contact/list?next=a://b/c").unwrap().query, "next=a://b/c");
        assert_eq!((origin("http://h?x=1#f"), target("http://h?x=1#f")), ("http://h", "?x=1"));
        assert_eq!((origin("/v2/a://b"), target("/v2/a://b")), ("", "/v2/a://b"));
    }

    #[test]
    fn each_surface_has_a_base_path_and_one_of_them_another() {
        let table = [
            ("POST", "contact/list", Surface::Live),
            ("GET", "space/user", Surface::Live),
            ("GET", "contact/list", Surface::Contract),
            ("POST", "contact", Surface::Contract),
        ];
        for (method, path, owner) in table {
            for below_v2 in [Surface::Contract, Surface::Live] {
                let router = Router::new(below_v2);
                for (base, surface) in
                    [("v2", below_v2), ("contract/v2", Surface::Contract), ("live/v2", Surface::Live)]
                {
                    let url = format!("http://h/{base}/{path}");
                    assert_eq!(router.surface(&url), surface);
                    assert_eq!(router.route(method, &url).is_ok(), surface == owner, "{method} {url}");
                }
            }
        }
    }

    #[test]
    fn unknown_routes() {
        let unknown = [
            "/",
            "/v2",
            "/v2/",
            "/contact/id:1",
            "/v1/contact/id:1",
            "/live/contact/id:1",
            "/live/v2",
            "/live/v2/v2/contact/id:1",
            "/Live/v2/contact/id:1",
            "/v2/contacts",
            "/v2/contact/",
            "/v2//contact",
            "/v2/contact/id:1/",
            "/v2/contact//tag",
            "/v2/contact/id:1/tags",
            "/v2/contact/id:1/message/",
            "/v2/Contact",
            "/v2/tag/1/2",
            "/v2/contact/create_or_update/",
            "http://h",
            "",
            "*",
            "v2/contact",
        ];
        for url in unknown {
            assert_eq!(found("GET", url), Err((404, String::new())), "{url}");
        }
    }

    #[test]
    fn wrong_methods_learn_the_right_ones() {
        let table = [
            ("PATCH", "/v2/contact/id:1", "GET, PUT, DELETE"),
            ("GET", "/v2/contact", "POST"),
            ("get", "/v2/contact/id:1", "GET, PUT, DELETE"),
            ("DELETE", "/v2/contact/list", "GET"),
            ("GET", "/v2/contact/merge", "POST"),
            ("POST", "/v2/tag/1", "PUT, DELETE"),
            ("OPTIONS", "/v2/custom_field", "GET, POST"),
            ("GET", "/live/v2/contact/list", "POST"),
            ("PATCH", "/live/v2/space/tag", "POST, PUT, DELETE"),
        ];
        for (method, url, allow) in table {
            assert_eq!(found(method, url), Err((405, allow.into())), "{method} {url}");
        }
    }

    #[test]
    fn no_escape_leads_to_another_route() {
        let stays = [
            "email:a%2Ftag@b",
            "email:a%252Ftag@b",
            "%6Cist",
            "list%00",
            "..%2Fcontact",
            "%2E%2E%2Ftag",
            "id:1;tag",
            "id:1%3Fx",
            "%",
            "%ff",
            "...",
            "\\..\\tag",
        ];
        for segment in stays {
            let got = found("GET", &format!("/v2/contact/{segment}"));
            assert_eq!(got, Ok(("getContact", vec![segment.to_string()])), "{segment}");
        }
        for dots in [".", "..", "%2e", "%2E%2e", ".%2e", "%2E."] {
            for url in [
                format!("/v2/contact/{dots}"),
                format!("/v2/contact/id:1/{dots}/tag"),
                format!("/v2/contact/{dots}/tag"),
                format!("/v2/{dots}/v2/tag/1"),
            ] {
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    assert_eq!(found(method, &url).map_err(|(status, _)| status), Err(404), "{method} {url}");
                }
            }
        }
    }
}
