/** One sample line. */
export interface Sample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** The metrics of one family: what its `# HELP` and `# TYPE` lines say, and its samples. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HEADER = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`);
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(.*)\\})? ([Nn]a[Nn]|[+-]Inf|[-+0-9.e]+)(?: # \\{.*\\} [-+0-9.e]+ [0-9.]+)?$`,
);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
const SUFFIXES: Record<string, string[]> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/** Reads the text format and throws at the first line that breaks its grammar or its rules (a family once, a series once). */
export function parsePrometheus(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const helps = new Map<string, string>();
  const series = new Set<string>();
  let current: Family | undefined;
  for (const line of text.split('\n')) {
    const [, kind, name = '', rest = ''] = HEADER.exec(line) ?? [];
    if (kind === 'HELP') helps.set(name, rest);
    else if (kind === 'TYPE') {
      if (families.has(name)) throw new Error(`a second TYPE of ${name}`);
      current = { name, help: helps.get(name) ?? '', type: rest, samples: [] };
      families.set(name, current);
    } else if (line !== '' && line !== '# EOF') {
      const sample = parseSample(line);
      const suffixes = SUFFIXES[current?.type ?? ''] ?? ['', '_total'];
      if (!suffixes.some((suffix) => sample.name === `${current?.name}${suffix}`)) {
        throw new Error(`not of family ${current?.name}: ${line}`);
      }
      const key = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (series.has(key)) throw new Error(`a second sample of ${key}`);
      series.add(key);
      current?.samples.push(sample);
    }
  }
  return families;
}

function parseSample(line: string): Sample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a line of the text format: ${line}`);
  return {
    name,
    labels: parseLabels(labels, line),
    value: Number(value?.replace('Inf', 'Infinity')), // prom-client writes Nan, which Prometheus reads too
  };
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const at = LABEL.lastIndex;
    const [, name, value = ''] = LABEL.exec(text) ?? [];
    if (name === undefined) throw new Error(`labels at ${at}: ${line}`);
    if (name in labels) throw new Error(`label ${name} twice: ${line}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c));
  }
  return labels;
}
