// Public API, checked by `npm test`. Updated by `npm run api`.
