// What the routes do beside answering; the same for every app and variant.
let redis;

/** A call to another server. */
exports.fetchUpstream = async function fetchUpstream() {
  const response = await fetch(process.env.BENCH_UPSTREAM);
  return response.json();
};

/** About a millisecond of work, and a call to Redis. */
exports.work = async function work() {
  // not before it is needed: the other routes' processes are to be without it
  redis ??= new (require('ioredis'))({ path: process.env.BENCH_REDIS });
  return { value: spin(), hits: Number(await redis.incr('hits')) };
};

/** A fixed amount of arithmetic, not of time: a slower variant must not do less of it. */
function spin() {
  let value = 1;
  for (let n = 0; n < 600_000; n += 1) value = (Math.imul(value, 1103515245) + 12345) >>> 0;
  return value;
}
