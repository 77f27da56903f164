// What is not in the repository and not in node_modules: built once, kept outside the checkout.
export { cacheFolder } from './cache/cache-folder.ts';
export { type FoundCollector, findCollector } from './cache/find-collector.ts';
export { goPart } from './cache/go-part.ts';
export { MissingPart } from './cache/missing-part.ts';
export { cachedNpmProject, type NpmProject } from './cache/npm-project.ts';
export { optionalPart } from './cache/optional-part.ts';
export { pythonVenv } from './cache/python-venv.ts';
export { debianPart } from './parts/debian-part.ts';
