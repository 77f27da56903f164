#!/usr/bin/env node
// The door of every npm script of this repository. Plain JavaScript without dependencies: it has to
// run on Node 20 in a bare clone. It installs what is missing, then hands over to Node 24, which
// runs TypeScript as it is.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const commands = {
  demo: 'tools/demo/index.ts',
  test: 'tools/test.ts',
  full: 'tools/full.ts',
  bench: 'bench/run.ts',
  soak: 'e2e/soak/run.ts',
  matrix: 'e2e/matrix/report/test-matrix.ts',
  release: 'tools/release.ts',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.otel-node-install');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const [name, ...args] = process.argv.slice(2);
const script = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (!script) fail(`usage: node tools/run.mjs <${Object.keys(commands).join('|')}> [arguments]`);
if (!isInstalled()) await install();
if (!existsSync(join(root, script))) fail(`${name}: ${script} is not part of this checkout`);
handOver(script, args);

function isInstalled() {
  return existsSync(node) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted();
}

/** What the installed tree was made from; another platform's binaries do not count as installed. */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['package.json', 'package-lock.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function install() {
  const done = progress('Installing npm packages');
  const { code, output } = await npmInstall();
  done();
  if (code !== 0) {
    process.stderr.write(output);
    fail('npm install failed: read its message above, check the network, then run the same again');
  }
  if (!existsSync(node)) {
    fail(
      'npm did not install Node 24 (node_modules/node/bin): allow install scripts ' +
        '(npm config get ignore-scripts must say false), delete node_modules, then run the same again',
    );
  }
  writeFileSync(stampFile, wanted()); // after npm: it may have completed the lock file
}

function npmInstall() {
  const flags = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm says where it is (another package manager says its own place): no shell needed for npm.cmd then
  const npm = process.env.npm_execpath ?? '';
  const child = /[\\/]npm(-cli)?\.c?js$/.test(npm)
    ? spawn(process.execPath, [npm, ...flags], { cwd: root })
    : spawn('npm', flags, { cwd: root, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `npm: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** One line on stderr: a running clock on a terminal, start and end in a pipe. */
function progress(title) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const live = process.stderr.isTTY;
  process.stderr.write(live ? `${title}…` : `${title}…\n`);
  const timer = setInterval(() => live && process.stderr.write(`\r${title}… ${seconds()}`), 1000);
  return () => {
    clearInterval(timer);
    process.stderr.write(`${live ? '\r' : ''}${title}: ${seconds()}\n`);
  };
}

function handOver(file, rest) {
  const path = join(modules, '.bin') + delimiter + (process.env.PATH ?? '');
  const env = { ...process.env, PATH: path };
  const child = spawn(node, [join(root, file), ...rest], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the whole group: the child has it already
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // a signal that cannot end this process still gives the shell's code for it
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000);
  });
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
