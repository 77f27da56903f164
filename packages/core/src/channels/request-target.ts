/** The target of a request in origin form, `/path?query`; RFC 9112, 3.2.2: a proxy may send the whole URL. `*` and `host:port` stay as they are. */
export function requestTarget(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** The path of a request without its query, as `url.path` has it. */
export function requestPath(url: string): string {
  const target = requestTarget(url);
  const mark = target.indexOf('?');
  return mark < 0 ? target : target.slice(0, mark);
}
