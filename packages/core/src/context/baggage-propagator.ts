import {
  type BaggageEntry,
  baggageEntryMetadataFromString,
  type Context,
  propagation,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { headerText } from './header-text.ts';
import { percentDecoded } from './percent-decoded.ts';

const BAGGAGE = 'baggage';

/** The specification's limits of the header, in both directions; what goes beyond is left out, whole entries at a time. */
const MAX_BYTES = 8192;
const MAX_ENTRIES = 180;

/** W3C Baggage. Names and values are percent-encoded, so that no text breaks a header. */
export class BaggagePropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const baggage = propagation.getBaggage(context);
    if (!baggage || isTracingSuppressed(context)) return;
    const header = headerOf(baggage.getAllEntries());
    if (header !== '') setter.set(carrier, BAGGAGE, header);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const header = headerText(carrier, getter, BAGGAGE);
    const entries = header === undefined ? {} : entriesOf(header);
    if (Object.keys(entries).length === 0) return context;
    return propagation.setBaggage(context, propagation.createBaggage(entries));
  }

  fields(): string[] {
    return [BAGGAGE];
  }
}

function headerOf(entries: [string, BaggageEntry][]): string {
  let header = '';
  let count = 0;
  for (const [key, { value, metadata }] of entries) {
    if (key === '' || typeof value !== 'string') continue;
    const member = `${encoded(key)}=${encoded(value)}${propertiesOf(metadata)}`;
    const next = header === '' ? member : `,${member}`;
    if (header.length + next.length > MAX_BYTES || count === MAX_ENTRIES) continue;
    header += next;
    count++;
  }
  return header;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Metadata is sent as it was given, and not at all where a header cannot hold it. */
function propertiesOf(metadata: BaggageEntry['metadata']): string {
  const text = metadata?.toString().trim() ?? '';
  return /^[\x20-\x2b\x2d-\x7e]+$/.test(text) ? `;${text}` : '';
}

function entriesOf(header: string): Record<string, BaggageEntry> {
  const entries = new Map<string, BaggageEntry>();
  let at = 0;
  while (at < header.length && at < MAX_BYTES && entries.size < MAX_ENTRIES) {
    const comma = header.indexOf(',', at);
    const end = comma < 0 ? header.length : comma;
    if (end > MAX_BYTES) break;
    addEntry(entries, header.slice(at, end));
    at = end + 1;
  }
  return Object.fromEntries(entries);
}

function addEntry(entries: Map<string, BaggageEntry>, member: string): void {
  const semicolon = member.indexOf(';');
  const pair = semicolon < 0 ? member : member.slice(0, semicolon);
  const split = pair.indexOf('=');
  const key = split < 0 ? '' : percentDecoded(pair.slice(0, split).trim());
  if (key === '') return;
  const value = percentDecoded(pair.slice(split + 1).trim());
  const metadata = semicolon < 0 ? '' : member.slice(semicolon + 1).trim();
  entries.set(
    key,
    metadata === '' ? { value } : { value, metadata: baggageEntryMetadataFromString(metadata) },
  );
}
