#!/usr/bin/env node
import { run } from '../sandbox/bin.js';
import { serveSandbox } from './sandbox-server.js';

await run(serveSandbox);
