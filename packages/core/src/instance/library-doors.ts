/** A library, and the first of its versions that opened a door. */
export interface LibraryDoor {
  readonly library: string;
  /** The first version with a door. */
  readonly since: string;
  /** What is not seen of an older one, as the end of a sentence. */
  readonly unseen: string;
  /** Whether this version of core goes through the door. */
  readonly isUsed: boolean;
  /** What helps beside a newer version. Where it is needed, the channels say so themselves: here it would be said too early. */
  readonly instead?: string;
}

/** A version of a library where it is installed. */
export interface PackageCopy {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

const OTEL_EXPRESS = 'use otel() and instrumentExpress(app) of @org/otel-express';

/** Every library that is known here, as its packages were read. */
export const libraryDoors: readonly LibraryDoor[] = [
  {
    library: 'express',
    since: '5.0.0',
    unseen: 'http.route is left out below mounted routers',
    isUsed: true,
    instead: OTEL_EXPRESS,
  },
  {
    library: 'router',
    since: '2.3.0',
    unseen: 'http.route is left out below mounted routers',
    isUsed: true,
    instead: OTEL_EXPRESS,
  },
  {
    library: 'fastify',
    since: '4.10.0',
    unseen: 'http.route and errors are left out of its server spans',
    isUsed: true,
  },
  { library: 'ioredis', since: '5.11.0', unseen: 'its commands make no spans', isUsed: false },
  { library: 'redis', since: '5.12.0', unseen: 'its commands make no spans', isUsed: false },
  { library: 'mysql2', since: '3.20.0', unseen: 'its queries make no spans', isUsed: false },
  { library: 'mongoose', since: '9.7.0', unseen: 'its operations make no spans', isUsed: false },
];

/** The row of a copy that is older than the door; undefined where there is a door, or no such library is known. */
export function missingDoor({ name, version }: PackageCopy): LibraryDoor | undefined {
  const door = libraryDoors.find(({ library }) => library === name);
  return door && isOlder(version, door.since) ? door : undefined;
}

/** What is wrong with such a copy. */
export function doorSentence(
  { library, since, unseen, isUsed }: LibraryDoor,
  { version, folder }: PackageCopy,
): string {
  const use = isUsed
    ? 'have one'
    : 'have one, which this version of @org/otel-core does not use yet';
  return `${library} ${version} (${folder}) opens no door to be observed through: ${unseen}; ${library} ${since} and later ${use}`;
}

/** Whether a version comes before another; what follows the three numbers does not count. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function numbersOf(version: string): number[] {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? ['', '0', '0', '0'];
  return numbers.map(Number);
}
