/** What this distribution observes by itself, by the names that switch it off. */
export const ownInstrumentations = [
  'http',
  'undici',
  'express',
  'fastify',
  'nestjs',
  'winston',
  'runtime',
] as const;

/** A name in that list. */
export type OwnInstrumentation = (typeof ownInstrumentations)[number];

/** What OpenTelemetry's own packages call the same. */
const otherNames: Readonly<Record<string, OwnInstrumentation>> = {
  'nestjs-core': 'nestjs',
  'runtime-node': 'runtime',
};

/** OpenTelemetry's packages `@opentelemetry/instrumentation-{name}`, those left out that do what is done here already. */
export const officialInstrumentations: readonly string[] = [
  'amqplib',
  'aws-lambda',
  'aws-sdk',
  'bunyan',
  'cassandra-driver',
  'connect',
  'cucumber',
  'dataloader',
  'dns',
  'fs',
  'generic-pool',
  'graphql',
  'grpc',
  'hapi',
  'ioredis',
  'kafkajs',
  'knex',
  'koa',
  'lru-memoizer',
  'memcached',
  'mongodb',
  'mongoose',
  'mysql',
  'mysql2',
  'net',
  'openai',
  'oracledb',
  'pg',
  'pino',
  'redis',
  'redis-4',
  'restify',
  'router',
  'socket.io',
  'tedious',
  'typeorm',
];

/** What is observed here under that name; undefined for every other. */
export function ownName(name: string): OwnInstrumentation | undefined {
  return ownInstrumentations.find((own) => own === name) ?? otherNames[name];
}
