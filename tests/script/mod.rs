//! A transport that answers from a script and writes down what it was asked.

use respond_io_wasm::transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// The time on the script's clock, which stands: Sun, 06 Nov 1994 08:49:30 GMT.
pub const NOW: f64 = 784_111_770_000.0;

/// An answer of the script.
pub type Answer = Result<HttpResponse, TransportError>;

/// A 2xx or another status with a body.
pub fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Ok(HttpResponse { status, headers, body: body.into() })
}

/// What becomes of one request.
pub enum Step {
    /// This, whatever was asked.
    Whole(Answer),
    /// The headers of this come, then the connection is lost.
    BodyLost(HttpResponse),
}

impl From<Answer> for Step {
    fn from(answer: Answer) -> Self {
        Self::Whole(answer)
    }
}

impl Step {
    fn answer(self, request: &HttpRequest) -> Answer {
        match self {
            Self::Whole(answer) => answer,
            Self::BodyLost(HttpResponse { status: status @ 200..=299, .. }) if request.needs_body => {
                Err(TransportError::BodyLost { status, is_timeout: false })
            }
            Self::BodyLost(response) => Ok(HttpResponse { body: Vec::new(), ..response }),
        }
    }
}

/// Answers one after the other. Its random number is always 0.5, and it does not wait.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<Record>>);

#[derive(Default)]
struct Record {
    steps: VecDeque<Step>,
    requests: Vec<HttpRequest>,
    waits: Vec<f64>,
}

impl Script {
    /// A script of these answers.
    pub fn new(steps: impl IntoIterator<Item: Into<Step>>) -> Self {
        let record = Record { steps: steps.into_iter().map(Into::into).collect(), ..Record::default() };
        Self(Arc::new(Mutex::new(record)))
    }

    /// The requests that were sent.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.0.lock().unwrap().requests.clone()
    }

    /// The waits that were asked for, in milliseconds.
    #[allow(dead_code, reason = "not every test crate looks at the waits")]
    pub fn waits(&self) -> Vec<f64> {
        self.0.lock().unwrap().waits.clone()
    }
}

impl Transport for Script {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Answer> {
        let mut record = self.0.lock().unwrap();
        let step = record.steps.pop_front().unwrap_or_else(|| panic!("the script has no more answers"));
        let answer = step.answer(&request);
        record.requests.push(request);
        Box::pin(async { answer })
    }

    fn sleep(&self, ms: f64) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().waits.push(ms);
        Box::pin(async {})
    }

    fn now(&self) -> f64 {
        NOW
    }

    fn random(&self) -> f64 {
        0.5
    }
}
