/** Puts the parts in the places of `{{name}}`; a line that holds nothing but an empty part goes. */
export function fillTemplate(template: string, parts: Readonly<Record<string, string>>): string {
  const part = (name: string) => {
    const found = parts[name];
    if (found === undefined) throw new Error(`a template asks for {{${name}}}, which nobody makes`);
    return found;
  };
  return template
    .replace(/^\{\{(\w+)\}\}\n/gm, (_line, name) => (part(name) === '' ? '' : `${part(name)}\n`))
    .replace(/\{\{(\w+)\}\}/g, (_place, name) => part(name));
}
