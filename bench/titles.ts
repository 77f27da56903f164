import { apps } from './apps.ts';
import { routes } from './routes.ts';
import type { Row } from './summarise.ts';
import { variants } from './variants.ts';

/** What a row is about, for people: app and route, variant, sampling. */
export function titlesOf(row: Row): [app: string, variant: string, sampled: string] {
  const app = titleOf(apps, row.app);
  const where = row.route === 'hello' ? app : `${app}, ${titleOf(routes, row.route)}`;
  const sampled = row.sampling === null ? '' : `${row.sampling * 100} %`;
  return [where, titleOf(variants, row.variant), sampled];
}

function titleOf(all: readonly { name: string; title: string }[], name: string): string {
  return all.find((each) => each.name === name)?.title ?? name;
}
