/** A quick start as a README has it. */
export interface QuickStart {
  /** Its own heading: `Express`. */
  title: string;
  /** The `npm install …` lines. */
  installs: string[];
  /** Path to text of each file. */
  files: Record<string, string>;
  /** What starts the app. Undefined when the quick start is more than one app, or none. */
  start: string | undefined;
  /** What `curl` asks for, in order. */
  urls: string[];
}
