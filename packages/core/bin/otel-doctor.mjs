#!/usr/bin/env node
// Committed, so that npm has something to link before anything was built.
import { doctor } from '../dist/doctor.js';

process.exitCode = await doctor(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
