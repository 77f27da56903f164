const expected = 'expected an http or https address without a user, a query or $';

/** The address of a service without a slash at its end; undefined if there is none. Throws when it cannot be used. */
export function readAddress(option: string, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`${option}: ${expected}, got ${JSON.stringify(masked(given))}`);
  }
  // the files are committed: no place for a password
  if (url.username || url.password || url.search || url.hash || given.includes('$')) {
    throw new Error(`${option}: ${expected}, got ${JSON.stringify(masked(given))}`);
  }
  let address = url.href;
  while (address.endsWith('/')) address = address.slice(0, -1);
  return address;
}

function masked(given: string): string {
  return given.replace(/\/\/[^/]*@/, '//***@').replace(/\?.*/s, '?***');
}
