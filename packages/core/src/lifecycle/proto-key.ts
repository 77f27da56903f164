/** The one key that an assignment does not add to an object: it sets the prototype, or nothing. */
const PROTO = '__proto__';

/** What it is called while the SDK, which assigns, copies the attributes. */
const STAND_IN = '\0__proto__';

/** Adds a property, whatever its key. */
export function setOwn<T>(into: Record<string, T>, key: string, value: T): void {
  if (key !== PROTO) into[key] = value;
  else
    Object.defineProperty(into, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

/** Attributes that the SDK can copy: the same, unless one is called `__proto__`. May throw what a hostile object throws. */
export function hideProtoKey<T>(attributes: T): T {
  return hasOwn(attributes, PROTO) ? renamed(attributes, PROTO, STAND_IN) : attributes;
}

/** What the SDK made of them, with the name that was given: the same, unless one was hidden. */
export function showProtoKey<T>(attributes: T): T {
  return hasOwn(attributes, STAND_IN) ? renamed(attributes, STAND_IN, PROTO) : attributes;
}

function hasOwn(attributes: unknown, key: string): attributes is object {
  return typeof attributes === 'object' && attributes !== null && Object.hasOwn(attributes, key);
}

function renamed<T>(attributes: T, from: string, to: string): T {
  const entries = Object.entries(attributes as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, value]) => [key === from ? to : key, value])) as T;
}
