import { harmless } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import { API_PACKAGE, apiCopies, apiCopiesSentence, isApiMixed } from './api-copies.ts';
import { doorSentence, libraryDoors, missingDoor } from './library-doors.ts';
import { loadedPackages } from './loaded-packages.ts';
import { copyIn } from './package-copy.ts';

/** Milliseconds after the start: once the application is loaded, and once it has worked for a while. */
const LOOKS = [1000, 10_000];

const WATCHED = new Set([API_PACKAGE, ...libraryDoors.map(({ library }) => library)]);

/**
 * Says, once each, that copies of the API differ, and which loaded libraries are older than their door.
 * Nothing is hooked: a few looks at what is loaded. Returns the function that ends it.
 *
 * @param othersRegistered whether somebody else is registered with the API: then it may be by another copy
 */
export function watchLoaded(othersRegistered: boolean): () => void {
  const known = new Set<string>();
  const look = () => harmless(() => lookAtLoaded(known));
  harmless(() => (othersRegistered || isApiMixed()) && sayApiCopies());
  const timers = LOOKS.map((milliseconds) => setTimeout(look, milliseconds).unref());
  return () => timers.forEach(clearTimeout);
}

function lookAtLoaded(known: Set<string>): void {
  for (const [folder, name] of loadedPackages(WATCHED)) {
    if (known.has(folder)) continue;
    known.add(folder);
    if (name === API_PACKAGE) sayApiCopies();
    else sayMissingDoor(name, folder);
  }
}

function sayApiCopies(): void {
  const sentence = apiCopiesSentence(apiCopies());
  if (sentence) warn(sentence, sentence);
}

function sayMissingDoor(name: string, folder: string): void {
  const copy = copyIn(name, folder);
  const door = missingDoor(copy);
  if (door && !door.instead) warn(`door of ${name}`, doorSentence(door, copy));
}
