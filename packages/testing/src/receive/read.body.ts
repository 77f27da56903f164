import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Refusal } from './refusal.ts';

const unpack = {
  identity: async (body: Buffer) => body,
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
};

/** Reads and decompresses the body of a request; refuses with 413 above `limit` bytes (before or after decompression), 415 and 400. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ body: Buffer; received: number }> {
  const coding = codingOf(request);
  const packed = await collect(request, limit);
  const body = await decompress(coding, packed, limit);
  return { body, received: packed.length };
}

function codingOf(request: IncomingMessage): keyof typeof unpack {
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (Object.hasOwn(unpack, coding)) return coding as keyof typeof unpack;
  throw new Refusal(415, `content-encoding: expected gzip, deflate or identity, got "${coding}"`);
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  // A destroyed request takes its connection along, and the refusal would never arrive.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += (part as Buffer).length;
    if (length > limit) throw tooLarge(limit);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts, length);
}

async function decompress(coding: keyof typeof unpack, packed: Buffer, limit: number) {
  try {
    const body = await unpack[coding](packed, { maxOutputLength: limit });
    return body;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new Refusal(400, `the body is not ${coding}: ${(error as Error).message}`);
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `the body is larger than ${limit} bytes`);
}
