// npm run bench: what telemetry costs. `-- features` for each of our features against the one below it, else against others.
if (process.argv[2] === 'features') await import('./features.ts');
else await import('./compare.ts');
