// A program of the section `cold` in a fresh isolate: what every isolate takes.

export default { fetch: () => new Response() };
