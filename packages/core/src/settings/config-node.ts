/** A place in a parsed configuration file. What is taken of it is remembered, so that the rest can be named. */
export class ConfigNode {
  readonly path: string;
  readonly #value: unknown;
  readonly #taken: Set<string>;

  constructor(value: unknown, path = '', taken = new Set<string>()) {
    this.#value = value;
    this.path = path;
    this.#taken = taken;
  }

  /** Whether the file says something here, were it only that the default is wanted. */
  get isThere(): boolean {
    return this.#value !== undefined;
  }

  /** Whether nothing more is said than that it is wanted. */
  get isBare(): boolean {
    return this.isThere && this.entries().length === 0;
  }

  at(name: string | number): ConfigNode {
    const parent = this.#value as Record<string | number, unknown> | null | undefined;
    return new ConfigNode(parent?.[name], `${this.path}/${name}`, this.#taken);
  }

  /** What stands under each of the names. */
  entries(): [name: string, node: ConfigNode][] {
    return Object.keys(this.#value ?? {}).map((name) => [name, this.at(name)]);
  }

  items(): ConfigNode[] {
    return this.entries().map(([, node]) => node);
  }

  /** Takes it if it is this, or null. */
  is(value: unknown): boolean {
    const isSame = this.#value === value || this.#value === null;
    if (isSame) this.take();
    return isSame;
  }

  /** What it says, without taking it. */
  peek<T>(): T | undefined {
    return (this.#value ?? undefined) as T | undefined;
  }

  /** All of it; undefined where the default is wanted. */
  take<T>(): T | undefined {
    this.#taken.add(this.path);
    return this.peek<T>();
  }

  /** JSON pointers to everything that nobody took. */
  left(): string[] {
    if (!this.isThere || this.#taken.has(this.path)) return [];
    const children = this.#value !== null && typeof this.#value === 'object' ? this.items() : [];
    return children.length > 0 ? children.flatMap((child) => child.left()) : [this.path];
  }
}
