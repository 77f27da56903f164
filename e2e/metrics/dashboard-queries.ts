import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../../tools/repository.ts';

/** A query of a panel, as Grafana sends it with every service chosen. */
export interface DashboardQuery {
  readonly panel: string;
  readonly expression: string;
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** Every query of every dashboard in deploy/grafana/dashboards. */
export async function dashboardQueries(): Promise<DashboardQuery[]> {
  const folder = join(repository, 'deploy/grafana/dashboards');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => queriesOf(JSON.parse(text)));
}

function queriesOf({ title, panels }: Dashboard): DashboardQuery[] {
  return panels.flatMap((panel) =>
    panel.targets.map(({ expr }) => ({
      panel: `${title}: ${panel.title}`,
      expression: expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', '.+'),
    })),
  );
}
