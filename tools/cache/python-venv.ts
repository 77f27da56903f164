import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../must-run.ts';
import type { Progress } from '../progress-step.ts';
import { runCommand } from '../run-command.ts';
import { cacheEntry } from './cache-entry.ts';
import { MissingPart } from './missing-part.ts';

/**
 * The path of a Python that has the requirements of a file installed, in a virtual environment kept
 * between runs. Needs Python 3.10 or newer as `python3` or `python` on PATH, else throws
 * `MissingPart`; throws with pip's output when it cannot install.
 */
export async function pythonVenv(requirementsFile: string, progress?: Progress): Promise<string> {
  const base = await findPython();
  const requirements = await readFile(requirementsFile, 'utf8');
  const folder = await cacheEntry({
    name: 'python',
    recipe: { python: base, requirements },
    progress,
    async build(venv) {
      await mustRun(base.executable, ['-m', 'venv', venv]);
      await mustRun(pythonIn(venv), [...pipInstall, '-r', requirementsFile]);
    },
  });
  return pythonIn(folder);
}

interface Python {
  executable: string;
  version: [number, number, number];
  venv: boolean;
}

const pipInstall = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];

const describePython = [
  'import sys, json, importlib.util as u',
  'print(json.dumps({"executable": sys.executable, "version": sys.version_info[:3],',
  '"venv": bool(u.find_spec("venv") and u.find_spec("ensurepip"))}))',
].join('\n');

async function findPython(): Promise<Python> {
  const found: Python[] = [];
  for (const command of ['python3', 'python']) {
    const { code, stdout } = await runCommand(command, ['-c', describePython]);
    if (code === 0) found.push(JSON.parse(stdout));
  }
  const good = found.find((python) => isNewEnough(python) && python.venv);
  if (good) return good;
  throw new MissingPart(whatToDo(found.find(isNewEnough) ?? found[0]));
}

function isNewEnough({ version: [major, minor] }: Python): boolean {
  return major > 3 || (major === 3 && minor >= 10);
}

function whatToDo(python: Python | undefined): string {
  const wanted = 'install Python 3.10 or newer so that python3 is on PATH, then run the same again';
  if (!python) return `Python is missing: ${wanted}.`;
  const version = python.version.join('.');
  if (!isNewEnough(python)) return `Python ${version} is too old: ${wanted}.`;
  return `Python ${version} has no venv module: install it (Debian: apt install python3-venv), then run the same again.`;
}

function pythonIn(venv: string): string {
  return process.platform === 'win32'
    ? join(venv, 'Scripts', 'python.exe')
    : join(venv, 'bin', 'python');
}
