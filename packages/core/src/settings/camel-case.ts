/** `attribute_count_limit` as `attributeCountLimit`: what a configuration file says, as the options call it. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
