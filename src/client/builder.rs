use super::surface::Surface;
use super::token::Token;
use super::{
    Client, Limiter, Mismatch, MismatchHook, Options, RateLimit, ResponseValidation, Shared, base_url, header,
};
use crate::engine::Fault;
use crate::error::{Error, option_fault};
use crate::transport::Transport;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

/// How a client's requests are paced.
#[derive(Clone)]
enum Pacing {
    By(RateLimit),
    With(Limiter),
    NotAtAll,
}

/// Makes a [`Client`], or another client over the same driver.
///
/// ```no_run
/// use respond_io_wasm::Client;
///
/// let client = Client::builder().api_token("your token").timeout_ms(10_000).max_retries(4).build()?;
/// # Ok::<(), respond_io_wasm::Error>(())
/// ```
#[derive(Clone)]
pub struct Builder<C = Client> {
    surface: Surface,
    transport: Option<Arc<dyn Transport>>,
    has_own_transport: bool,
    base_url: String,
    token: Option<Token>,
    options: Options,
    pacing: Pacing,
    validation: ResponseValidation,
    on_mismatch: Option<MismatchHook>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> Builder<C> {
    /// A builder with what is usual on a surface.
    pub(crate) fn new(surface: Surface) -> Self {
        Self {
            surface,
            transport: default_transport(),
            has_own_transport: false,
            base_url: base_url::DEFAULT.into(),
            token: None,
            options: Options {
                timeout_ms: 30_000,
                total_timeout_ms: 0,
                max_retries: 2,
                max_retry_delay_ms: 60_000,
                retry_unsafe: false,
                headers: Vec::new(),
            },
            pacing: Pacing::By(surface.rate_limit()),
            validation: ResponseValidation::default(),
            on_mismatch: default_hook(),
            client: PhantomData,
        }
    }

    /// The token of the Developer API: visible ASCII characters.
    pub fn api_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Token::Fixed(token.into()));
        self
    }

    /// What gives the token; it is asked before each try, so that tokens can be rotated.
    ///
    /// A token that cannot be sent is an [`Error::Validation`] before the first try, when nothing was sent yet, and an
    /// [`Error::Connection`] before a later one.
    pub fn api_token_from(mut self, token: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.token = Some(Token::From(Arc::new(token)));
        self
    }

    /// Where the service is; `https://api.respond.io/v2` where it is left out.
    ///
    /// It is https, or http on a loopback address, without credentials, query and fragment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long one try may take, in milliseconds; 30,000 where it is left out, 0 for no bound.
    pub fn timeout_ms(mut self, ms: u32) -> Self {
        self.options.timeout_ms = ms;
        self
    }

    /// How many more tries may follow a failed one; 2 where it is left out.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = retries;
        self
    }

    /// How long a call may take in all, its waits and tries included, in milliseconds; no bound where it is left out.
    pub fn total_timeout_ms(mut self, ms: u32) -> Self {
        self.options.total_timeout_ms = ms;
        self
    }

    /// The longest wait between two tries, in milliseconds; 60,000 where it is left out. Where the service asks for a
    /// longer one by `Retry-After`, the call fails at once.
    pub fn max_retry_delay_ms(mut self, ms: u32) -> Self {
        self.options.max_retry_delay_ms = ms;
        self
    }

    /// Repeats operations that are not idempotent after a lost connection or a 5xx too: a message may then be sent
    /// twice.
    pub fn retry_unsafe(mut self, retry_unsafe: bool) -> Self {
        self.options.retry_unsafe = retry_unsafe;
        self
    }

    /// A header for every request, beside those that the client sets itself.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        header::set(&mut self.options.headers, name, value);
        self
    }

    /// How requests are paced: at most so many in any window as the service counts them; `None` for not at all. Where it
    /// is left out, 5 a second for each HTTP method, or [`RateLimit::learning`] for a client of the live surface.
    ///
    /// Over `fetch`, clients of one base URL and token share the count. With a transport of its own, or with a function
    /// that gives its tokens, a client counts by itself, and its clones with it.
    pub fn rate_limit(mut self, rate: impl Into<Option<RateLimit>>) -> Self {
        self.pacing = rate.into().map_or(Pacing::NotAtAll, Pacing::By);
        self
    }

    /// A limiter that this client shares with others, such as those of other tokens of the same organization.
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.pacing = Pacing::With(limiter);
        self
    }

    /// What becomes of an answer of unexpected kinds; [`ResponseValidation::Warn`] where it is left out.
    pub fn response_validation(mut self, validation: ResponseValidation) -> Self {
        self.validation = validation;
        self
    }

    /// Takes each answer of unexpected kinds, while the validation is [`ResponseValidation::Warn`].
    ///
    /// Where it is left out, wasm32 warns on the console, once for each operation and path.
    pub fn on_mismatch(mut self, hook: impl Fn(&Mismatch) + Send + Sync + 'static) -> Self {
        self.on_mismatch = Some(Arc::new(hook));
        self
    }

    /// What carries the requests; `fetch` on wasm32 where it is left out. A host has no default.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self.has_own_transport = true;
        self
    }

    /// Makes the client. Nothing is sent and no timer is started.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] for an option that is missing or wrong; its `path` names the option.
    pub fn build(self) -> Result<C, Error> {
        let (base_url, token, transport) = self.checked().map_err(Error::option)?;
        let limiter = match (self.pacing, token.fingerprint()) {
            (Pacing::By(rate), Some(token)) if !self.has_own_transport => {
                Some(Limiter::shared(rate, format!("{base_url} {token:x}")))
            }
            (Pacing::By(rate), _) => Some(Limiter::new(rate)),
            (Pacing::With(limiter), _) => Some(limiter),
            (Pacing::NotAtAll, _) => None,
        };
        let shared = Arc::new(Shared {
            surface: self.surface,
            transport,
            base_url,
            token,
            options: self.options,
            limiter,
            validation: self.validation,
            on_mismatch: self.on_mismatch,
        });
        Ok(Client { shared }.into())
    }

    fn checked(&self) -> Result<(String, Token, Arc<dyn Transport>), Fault> {
        let token = self.token.clone().ok_or_else(|| option_fault("apiToken", "given"))?;
        token.check()?;
        header::check(&self.options.headers)?;
        let base_url = base_url::check(&self.base_url)?;
        let transport = self.transport.clone();
        let transport = transport
            .ok_or_else(|| option_fault("transport", "given where there is no fetch: the sandbox, for example"))?;
        Ok((base_url, token, transport))
    }
}

impl<C> fmt::Debug for Builder<C> {
    /// Leaves token and headers out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

#[cfg(target_arch = "wasm32")]
fn default_transport() -> Option<Arc<dyn Transport>> {
    Some(Arc::new(super::fetch::Fetch))
}

#[cfg(not(target_arch = "wasm32"))]
fn default_transport() -> Option<Arc<dyn Transport>> {
    None
}

#[cfg(target_arch = "wasm32")]
fn default_hook() -> Option<MismatchHook> {
    Some(super::console::warn_once())
}

#[cfg(not(target_arch = "wasm32"))]
fn default_hook() -> Option<MismatchHook> {
    None
}
