import { API_PACKAGE } from '../instance/api-copies.ts';
import {
  doorSentence,
  libraryDoors,
  missingDoor,
  type PackageCopy,
} from '../instance/library-doors.ts';
import type { Finding } from './finding.ts';
import { installedCopies } from './installed-copies.ts';

const LOOKED_FOR = new Set([API_PACKAGE, ...libraryDoors.map(({ library }) => library)]);

/** What is installed in a folder that hides telemetry. */
export function installedFindings(folder: string): Finding[] {
  const copies = installedCopies(LOOKED_FOR, folder);
  const apis = copies.filter(({ name }) => name === API_PACKAGE);
  return [...duplicateApis(apis), ...copies.flatMap(missing)];
}

function duplicateApis(copies: readonly PackageCopy[]): Finding[] {
  if (copies.length < 2) return [];
  const isMixed = new Set(copies.map(({ version }) => version)).size > 1;
  const shown = copies.map(({ version, folder }) => `${version} (${folder})`).join(' and ');
  const effect = isMixed
    ? 'what is recorded through one of them may be lost without a word'
    : 'being of one version they share what is registered, until one of them is updated';
  return [
    {
      id: 'api-copies',
      level: isMixed ? 'warning' : 'note',
      what: `${API_PACKAGE} is installed ${copies.length} times: ${shown}; ${effect}.`,
      advice: `npm ls ${API_PACKAGE} shows who wants which; npm dedupe, or "overrides" in package.json, make it one.`,
    },
  ];
}

function missing(copy: PackageCopy): Finding[] {
  const door = missingDoor(copy);
  if (!door) return [];
  const { library, since, isUsed, instead } = door;
  const update = `Update to ${library} ${since} or later`;
  const advice = isUsed
    ? `${update}${instead ? `, or ${instead}` : ''}.`
    : 'Nothing needs to be done for the rest of the telemetry.';
  const level = isUsed ? 'warning' : 'note';
  return [{ id: 'missing-door', level, what: `${doorSentence(door, copy)}.`, advice }];
}
