// npm run bench: what telemetry costs. `-- features` for each of our features against the one below it,
// `-- micro` for the pieces of the hot path, `-- sizes` for what the packages weigh, else against others.
const [command] = process.argv.slice(2);
if (command === 'features') await import('./features.ts');
else if (command === 'micro') await import('./micro.ts');
else if (command === 'sizes') await import('./sizes.ts');
else await import('./compare.ts');
