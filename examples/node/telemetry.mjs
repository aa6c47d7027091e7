// Every try as an OpenTelemetry span, made from the client's hooks: node examples/node/telemetry.mjs

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { RespondIO } from 'respond-io-wasm';

/** Hooks that make a span of every try. They know no token, identifier or body, so that none gets into a trace. */
function spans(tracer) {
  // A call has one try at a time.
  const open = new Map();
  return {
    onRequest({ call, operation, method, attempt }) {
      const attributes = { 'respond_io.operation': operation, 'http.request.method': method };
      if (attempt > 1) attributes['http.request.resend_count'] = attempt - 1;
      open.set(call, tracer.startSpan(`${method} ${operation}`, { kind: SpanKind.CLIENT, attributes }));
    },
    onResponse({ call, status }) {
      const span = open.get(call);
      open.delete(call);
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (!(status < 400)) span.setStatus({ code: SpanStatusCode.ERROR, message: `${status ?? 'no answer'}` });
      span.end();
    },
  };
}

// A program of yours sends them to its collector instead: `OTLPTraceExporter` in a `BatchSpanProcessor`.
const finished = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(finished)] });

const client = new RespondIO({
  apiToken: process.env.RESPOND_IO_TOKEN,
  baseUrl: process.env.RESPOND_IO_BASE_URL,
  ...spans(provider.getTracer('respond-io-wasm')),
});

const { items } = await client.contacts.list({ limit: 3 });
await Promise.allSettled(items.map(({ id }) => client.contacts.get(`id:${id}`)));

for (const { name, attributes, status, duration } of finished.getFinishedSpans()) {
  const durationMs = Math.round(duration[0] * 1000 + duration[1] / 1e6);
  console.log(JSON.stringify({ name, ...attributes, isError: status.code === SpanStatusCode.ERROR, durationMs }));
}
await provider.shutdown();
