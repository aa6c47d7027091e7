// A program of the section `cold` in a fresh isolate: imports axios.

import axios from 'axios';

export default { fetch: () => new Response(typeof axios.get) };
