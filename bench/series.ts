import { type App, apps } from './apps.ts';
import { hello, type Route, routes, work } from './routes.ts';
import type { Case, Subject } from './subject.ts';
import { bare, ours, type Variant, variants } from './variants.ts';

/** Servers that are measured side by side: one app and route with every variant and sampling. */
export interface Series {
  readonly app: App;
  readonly route: Route;
  readonly variants: readonly Variant[];
  /** Sampled ratios. */
  readonly samplings: readonly number[];
}

/** What a command line can choose from each; nothing chosen means all. */
export interface Choice {
  readonly apps?: readonly App[] | undefined;
  readonly routes?: readonly Route[] | undefined;
  readonly variants?: readonly Variant[] | undefined;
  readonly samplings?: readonly number[] | undefined;
}

/** All there is. */
export function fullSeries(choice: Choice): Series[] {
  const { samplings = [1, 0.1, 0.01, 0] } = choice;
  return (choice.apps ?? apps).flatMap((app) =>
    (choice.routes ?? routes).map((route) => ({
      app,
      route,
      variants: withBare(choice.variants ?? variants),
      samplings,
    })),
  );
}

/** Where ours is measured with the route that works. */
const WORKING = 'express-5';

/**
 * What fits into some minutes: the hello route of the apps with targets, and ours on one of them with the route that works.
 * Peers are there where a target names them.
 */
export function quickSeries(choice: Choice): Series[] {
  const { routes: chosenRoutes, variants: chosenVariants, samplings: chosenSamplings } = choice;
  const ofApp = (app: App) =>
    fullSeries({
      apps: [app],
      routes: chosenRoutes ?? [hello],
      variants: chosenVariants ?? (choice.apps || app.quick === 'all' ? variants : [ours]),
      samplings: chosenSamplings ?? [1, 0.01],
    });
  const main = (choice.apps ?? apps.filter(({ quick }) => quick)).flatMap(ofApp);
  if (chosenRoutes ?? chosenVariants ?? chosenSamplings) return main;
  const working = main.map(({ app }) => app).filter(({ name }) => name === WORKING);
  const extra = { apps: working, routes: [work], variants: [ours], samplings: [0.1] };
  return [...main, ...fullSeries(extra)];
}

function withBare(chosen: readonly Variant[]): Variant[] {
  return [bare, ...chosen.filter((variant) => variant !== bare)];
}

/** The cases of a series: without telemetry first, then what is compared with each other side by side. */
export function casesOf(series: Series, subjects: readonly Subject[]): Case[] {
  const { app, route, samplings } = series;
  const own = subjects.filter(
    (subject) =>
      subject.app === app &&
      series.variants.includes(subject.variant) &&
      subject.spansPerRequest.has(route),
  );
  const watched = own.filter(({ variant }) => variant !== bare);
  return [
    ...own
      .filter(({ variant }) => variant === bare)
      .map((subject) => ({ subject, route, sampling: null })),
    ...samplings.flatMap((sampling) => watched.map((subject) => ({ subject, route, sampling }))),
  ];
}
