// What load.ts uses of autocannon 9, which carries no types.
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    amount: number;
    /** Milliseconds between samples; a run ends with one. */
    sampleInt: number;
    /** Requests a second of all connections together; as fast as they go without it. */
    overallRate?: number;
  }
  interface Result {
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
  }
  interface Run extends Promise<Result> {
    /** Told of every answer; the time in milliseconds, with fractions. */
    on(
      event: 'response',
      listener: (client: unknown, status: number, bytes: number, millis: number) => void,
    ): void;
  }
  export default function autocannon(options: Options): Run;
}
