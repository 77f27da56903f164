// What load.ts uses of autocannon 9, which carries no types.
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    amount: number;
    /** Milliseconds between samples; a run ends with one. */
    sampleInt: number;
  }
  interface Result {
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
    /** Milliseconds. */
    latency: { p50: number; p99: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}
