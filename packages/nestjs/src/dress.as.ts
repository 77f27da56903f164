import 'reflect-metadata';

type AnyFunction = (...args: never[]) => unknown;

/**
 * Gives a wrapper the name, the length, the own properties and all Reflect metadata of the function
 * it stands for. Without them Nest would see no roles, no route arguments, no schedule.
 */
export function dressAs<T extends AnyFunction>(wrapper: T, original: AnyFunction): T {
  for (const key of Reflect.ownKeys(original)) {
    const property = Reflect.getOwnPropertyDescriptor(original, key);
    if (key !== 'prototype' && property) Reflect.defineProperty(wrapper, key, property);
  }
  for (const key of Reflect.getOwnMetadataKeys(original)) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), wrapper);
  }
  return wrapper;
}
