// Preloaded before a variant: counts the files that Node loads, by import and by require.
const { registerHooks } = require('node:module');

const files = new Set();
globalThis.filesLoaded = 0;
registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) files.add(url);
    globalThis.filesLoaded = files.size;
    return nextLoad(url, context);
  },
});
