// What the routes do beside answering; the same for every app and variant.

/** About a millisecond. */
const ITERATIONS = 6000;

// Not before they are needed: the other routes' processes are to be without them.
let redis;
let crypto;

/** A call to another server. */
exports.fetchUpstream = async function fetchUpstream() {
  const response = await fetch(process.env.BENCH_UPSTREAM);
  return response.json();
};

/** About a millisecond of work, and a call to Redis. */
exports.work = async function work() {
  redis ??= new (require('ioredis'))({ path: process.env.BENCH_REDIS });
  return { value: spin(), hits: Number(await redis.incr('hits')) };
};

/**
 * A fixed amount of work, not of time: a slower variant must not do less of it. Not a loop in JavaScript: what the
 * engine makes of it, where it inlines it in between, takes eight times as long in one process as in another.
 */
function spin() {
  crypto ??= require('node:crypto');
  return crypto.pbkdf2Sync('password', 'salt', ITERATIONS, 32, 'sha256').readUInt32LE();
}
