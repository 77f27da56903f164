/** What a request asks for; every app has all of them. */
export interface Route {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly path: string;
  readonly needsRedis: boolean;
  /** How much longer than `hello` it is under load, because it answers fewer requests a second. */
  readonly loadFactor: number;
}

/** Answers at once. */
export const hello: Route = {
  name: 'hello',
  title: 'hello',
  path: '/hello/world',
  needsRedis: false,
  loadFactor: 1,
};

/** Works for about a millisecond and calls Redis. */
export const work: Route = {
  name: 'work',
  title: '1 ms of work and Redis',
  path: '/work',
  needsRedis: true,
  loadFactor: 3,
};

/** All routes, in the order of the table. */
export const routes: readonly Route[] = [
  hello,
  { name: 'fetch', title: 'a fetch', path: '/fetch', needsRedis: false, loadFactor: 1 },
  work,
];
