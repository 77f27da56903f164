import { describe, expect, it } from 'vitest';
import { containerArguments, hasComponents } from './find-collector.ts';

describe('hasComponents', () => {
  const listing = [
    'receivers:',
    '    - name: file_log',
    '      module: …/filelogreceiver v0.159.0',
    'exporters:',
    '    - name: file',
  ].join('\n');

  it('finds components by their whole name', () => {
    expect(hasComponents(listing, ['file_log', 'file'])).toBe(true);
    expect(hasComponents(listing, ['filelog'])).toBe(false);
    expect(hasComponents(listing, ['log'])).toBe(false);
  });

  it('wants what the chain is configured with', () => {
    expect(hasComponents(listing)).toBe(false);
  });
});

describe('containerArguments', () => {
  it('shows the container folders and variables by their own names', () => {
    const args = containerArguments({ args: [], folders: ['/tmp/a'], env: { LOG_DIR: '/tmp/a' } });
    expect(args).toContain('--volume=/tmp/a:/tmp/a');
    expect(args).toContain('--env=LOG_DIR');
    expect(args).toContain('--network=host');
  });
});
