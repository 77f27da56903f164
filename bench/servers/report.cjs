// The same for every app and variant: says where it listens, and on request what it has used so far.
const { monitorEventLoopDelay } = require('node:perf_hooks');

const resolution = 1; // milliseconds
let delays;

exports.report = function report(server) {
  server.keepAliveTimeout = 0; // between the turns of a server its connections stay open
  process.on('message', sendUsage);
  process.on('disconnect', () => process.exit()); // the bench died
  process.send({ port: server.address().port, files: globalThis.filesLoaded });
};

/** With `watch` the event loop's delay is observed from now until the next message. */
function sendUsage({ watch }) {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const loopDelayMillis = delays ? Math.max(0, delays.percentile(99) / 1e6 - resolution) : 0;
  delays?.disable();
  delays = watch ? monitorEventLoopDelay({ resolution }) : undefined;
  delays?.enable();
  process.send({ cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed, loopDelayMillis });
}
