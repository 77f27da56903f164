// The same for every app and variant: says where it listens, and on request what it has used so far.
exports.report = function report(server) {
  process.on('message', sendUsage);
  process.on('disconnect', () => process.exit()); // the bench died
  process.send({ port: server.address().port });
};

function sendUsage() {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
}
