#!/usr/bin/env node
// Committed, so that npm has something to link before anything was built.
import { logLinks } from '../dist/log-links.js';

process.exitCode = await logLinks(process.argv.slice(2), {
  templates: new URL('../templates/', import.meta.url),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
