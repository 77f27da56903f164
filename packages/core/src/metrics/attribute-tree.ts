import type { Attributes } from '@opentelemetry/api';

/** What is known of the sets of attributes that begin alike. */
class Branch<T> {
  leaf: T | undefined = undefined;
  #key: string | undefined = undefined;
  #value: unknown = undefined;
  #branch: Branch<T> | undefined = undefined;
  #values: Map<string, Map<unknown, Branch<T>>> | undefined = undefined;

  /** What came last is compared first: most attributes of an instrument seldom change. */
  to(key: string, value: unknown): Branch<T> {
    if (key === this.#key && value === this.#value) return this.#branch as Branch<T>;
    const branch = this.#find(key, value);
    this.#key = key;
    this.#value = value;
    this.#branch = branch;
    return branch;
  }

  #find(key: string, value: unknown): Branch<T> {
    this.#values ??= new Map();
    const values = this.#values.get(key) ?? new Map<unknown, Branch<T>>();
    this.#values.set(key, values);
    const branch = values.get(value) ?? new Branch<T>();
    values.set(value, branch);
    return branch;
  }
}

/**
 * One thing for each set of attributes, found without sorting or serialising them: a comparison or a lookup for each
 * attribute. Sets that differ in their order alone are two.
 */
export class AttributeTree<T> {
  readonly all: T[] = [];
  readonly #root = new Branch<T>();

  of(attributes: Attributes, make: (attributes: Attributes) => T): T {
    let branch = this.#root;
    for (const key in attributes) branch = branch.to(key, attributes[key]);
    if (branch.leaf !== undefined) return branch.leaf;
    branch.leaf = make({ ...attributes });
    this.all.push(branch.leaf);
    return branch.leaf;
  }
}
