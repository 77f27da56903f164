import { describe, expect, it } from 'vitest';
import { urlRedaction } from './redact-url.ts';

const urls = urlRedaction({ queryKeys: [], allQueryValues: false, headers: [] });

describe('urlRedaction()', () => {
  it.each([
    ['http://user:pass@host/path?q=1', 'http://REDACTED:REDACTED@host/path?q=1'],
    ['http://user@host/', 'http://REDACTED:REDACTED@host/'],
    ['redis+tls://:p%40ss@host:1', 'redis+tls://REDACTED:REDACTED@host:1'],
    ['http://a@b:c@host/', 'http://REDACTED:REDACTED@host/'],
    ['//user:pass@host/', '//REDACTED:REDACTED@host/'],
    ['http://host/@handle?to=a@b', 'http://host/@handle?to=a@b'],
    ['http://host/?sig=abc&page=2', 'http://host/?sig=REDACTED&page=2'],
    ['http://host/?page=2&SIG=abc#x', 'http://host/?page=2&SIG=REDACTED#x'],
    ['http://host/?%73ig=abc', 'http://host/?%73ig=REDACTED'],
    ['http://host/?sig=a=b=c', 'http://host/?sig=REDACTED'],
    ['http://host/?x=1;sig=abc', 'http://host/?x=1;sig=REDACTED'],
    ['http://host/#sig=abc', 'http://host/#sig=REDACTED'],
    ['http://host/?sig=', 'http://host/?sig=REDACTED'],
    ['http://host/?%zz=1&sig=2', 'http://host/?%zz=1&sig=REDACTED'],
    ['http://host/?design=blue', 'http://host/?design=blue'],
    ['/path', '/path'],
    ['', ''],
  ])('%s → %s', (given, shown) => {
    expect(urls.url(given)).toBe(shown);
  });

  it('takes further keys, in any case', () => {
    const { query } = urlRedaction({ queryKeys: ['token'], allQueryValues: false, headers: [] });
    expect(query('Token=a&sig=b&page=2')).toBe('Token=REDACTED&sig=REDACTED&page=2');
  });

  it('takes every value where that is asked for, and what may be one', () => {
    const { query, url } = urlRedaction({ queryKeys: [], allQueryValues: true, headers: [] });
    expect(query('page=2&bare&empty=')).toBe('page=REDACTED&REDACTED&empty=REDACTED');
    expect(url('http://host/path?page=2#here')).toBe('http://host/path?page=REDACTED#REDACTED');
  });
});
