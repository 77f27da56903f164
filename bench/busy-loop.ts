// Work that needs nothing of a machine but the units of its core: sums that do not wait for each other. A second thread
// of the same core takes them away, which a loop of dependent steps would not notice.

process.on('message', ({ loops }: { loops: number }) => {
  const before = process.cpuUsage();
  for (let index = 0; index < loops; index += 1) addUp();
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / loops);
});
process.on('disconnect', () => process.exit());

function addUp(): number {
  let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8];
  for (let index = 0; index < 3e7; index += 1) {
    a = (a + index) | 0;
    b = (b + index) | 0;
    c = (c + index) | 0;
    d = (d + index) | 0;
    e = (e + index) | 0;
    f = (f + index) | 0;
    g = (g + index) | 0;
    h = (h + index) | 0;
  }
  return a + b + c + d + e + f + g + h;
}
