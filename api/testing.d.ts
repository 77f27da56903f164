// Public API, checked by `npm test`. Updated by `npm run api`.

import { IncomingMessage } from 'node:http';

/** What a `respond` hook may answer; without a status it is a success. */
export interface Answer {
    /** HTTP status, 200 by default. What comes with a status below 300 is kept, the rest is not. */
    readonly status?: number;
    /** Added to the answer's headers, for example `{ 'retry-after': '2' }`. */
    readonly headers?: Readonly<Record<string, string>>;
    /** The text of an error answer. */
    readonly message?: string;
    /** Answers a success that says some records were not taken. */
    readonly partialSuccess?: {
        readonly rejected: number;
        readonly message: string;
    };
    /** The exact body, instead of the one OTLP asks for. */
    readonly body?: string | Uint8Array;
    /** Keeps or throws away the telemetry whatever the status says. */
    readonly keep?: boolean;
    /** Closes the connection without an answer. */
    readonly hangUp?: boolean;
}

/** Attributes as a plain record. */
export type Attributes = {
    readonly [key: string]: Value;
};

/** A receiver with a store behind it. */
export interface Collector extends Receiver {
    readonly store: TelemetryStore;
    /** Every export request that was understood, whatever it was answered. */
    readonly requests: readonly ReceivedRequest[];
    /** Every request that was not OTLP, and why. Empty when all senders are well. */
    readonly refused: readonly RefusedRequest[];
    /** Forgets the telemetry, the requests and the refusals so far. */
    clear(): void;
}

/** Settings of `startCollector`: those of the receiver, whose sink is the collector's own store. */
export interface CollectorOptions extends Omit<ReceiverOptions, 'sink' | 'onRequest' | 'onRefused'> {
}

/** A place in the comparison: what was expected there, what arrived, and what differs. Without `expected` the span is too much, without `node` it is missing. */
export interface Compared {
    readonly expected?: ExpectedSpan;
    readonly node?: SpanNode;
    readonly differences: readonly string[];
    /** Those that were expected first, in the order they were stated; then what is too much. */
    readonly children: readonly Compared[];
    /** 0 for a match; grows with the trouble. */
    readonly cost: number;
}

/** One data point; which of the optional members are there depends on the metric's type. Times in nanoseconds since 1970. */
export interface DataPoint {
    readonly attributes: Attributes;
    readonly startTime: bigint;
    readonly time: bigint;
    readonly flags: number;
    readonly exemplars: readonly Exemplar[];
    /** Gauge and sum. */
    readonly value?: number;
    /** Histograms and summary. */
    readonly count?: number;
    /** Histograms (when recorded) and summary. */
    readonly sum?: number;
    readonly min?: number;
    readonly max?: number;
    /** Histogram: `counts` has one entry more than `bounds`. */
    readonly buckets?: {
        readonly bounds: readonly number[];
        readonly counts: readonly number[];
    };
    /** Exponential histogram. */
    readonly exponential?: {
        readonly scale: number;
        readonly zeroCount: number;
        readonly zeroThreshold: number;
        readonly positive: ExponentialBuckets;
        readonly negative: ExponentialBuckets;
    };
    /** Summary. */
    readonly quantiles?: readonly {
        readonly quantile: number;
        readonly value: number;
    }[];
}

/** How an OTLP request is written. */
export type Encoding = 'protobuf' | 'json';

/** A sample measurement, with the span it was taken in (ids empty when there was none). */
export interface Exemplar {
    readonly value: number;
    readonly time: bigint;
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Attributes;
}

/** When the absence is looked at. */
export interface ExpectNothingOptions {
    /** Awaited before the look: flush every sender here, for without a flush absence proves nothing. */
    readonly after?: () => unknown;
}

/** How a matcher of single records waits. */
export interface ExpectOptions {
    /** Milliseconds to wait, 10,000 by default. */
    readonly timeout?: number;
}

/** How `expectTrace` waits and which traces it looks at. */
export interface ExpectTraceOptions extends MatchOptions {
    /** Milliseconds to wait for the trace, 10,000 by default. */
    readonly timeout?: number;
    /** Looks at this trace only (hex). */
    readonly traceId?: string;
    /** For so many milliseconds after its last span a matching trace must stay alone; 50 by default, 0 takes the first match. */
    readonly quiet?: number;
    /** Called after the match and before the last look: flush every sender here and no late span can hide. */
    readonly settle?: () => unknown;
}

/** The attributes a test states: others may be there too. `undefined` means the attribute must be absent. */
export type ExpectedAttributes = {
    readonly [key: string]: ExpectedValue | undefined;
};

/** An event as a test states it; attributes that are not stated may be there. */
export interface ExpectedEvent {
    readonly name: ExpectedText;
    readonly attributes?: ExpectedAttributes;
}

/** An exemplar as a test states it. */
export interface ExpectedExemplar {
    readonly value?: ExpectedNumber;
    readonly traceId?: ExpectedText;
    readonly spanId?: ExpectedText;
    /** The attributes that the view had filtered out of the series. */
    readonly attributes?: ExpectedAttributes;
}

/** A link as a test states it. */
export interface ExpectedLink {
    readonly traceId?: ExpectedText;
    readonly spanId?: ExpectedText;
    readonly attributes?: ExpectedAttributes;
}

/** A log record as a test states it; what is not stated is not looked at. */
export interface ExpectedLog {
    /** The resource's `service.name`. */
    readonly service?: ExpectedText;
    readonly body?: ExpectedValue;
    readonly severity?: ExpectedSeverity;
    readonly severityText?: ExpectedText;
    readonly eventName?: ExpectedText;
    readonly attributes?: ExpectedAttributes;
    /** Hex; an empty string means outside any trace. */
    readonly traceId?: ExpectedText;
    /** Hex; an empty string means outside any span. */
    readonly spanId?: ExpectedText;
    /** The span it was written in: both ids at once. */
    readonly span?: {
        readonly traceId: string;
        readonly spanId: string;
    };
    /** The name of the instrumentation scope. */
    readonly scope?: ExpectedText;
    /** Attributes of the resource. */
    readonly resource?: ExpectedAttributes;
}

/** A metric and one of its data points as a test states them; what is not stated is not looked at. */
export interface ExpectedMetric {
    readonly name: ExpectedText;
    readonly unit?: ExpectedText;
    readonly description?: ExpectedText;
    /** `counter` is a monotonic sum, `upDownCounter` one that is not. */
    readonly type?: MetricType | 'counter' | 'upDownCounter';
    readonly temporality?: Temporality;
    /** The resource's `service.name`. */
    readonly service?: ExpectedText;
    /** The name of the instrumentation scope. */
    readonly scope?: ExpectedText;
    /** Attributes of the resource. */
    readonly resource?: ExpectedAttributes;
    /** Attributes of the point; others may be there too. */
    readonly attributes?: ExpectedAttributes;
    /** Gauge and sum. */
    readonly value?: ExpectedNumber;
    readonly count?: ExpectedNumber;
    readonly sum?: ExpectedNumber;
    readonly min?: ExpectedNumber;
    readonly max?: ExpectedNumber;
    /** Histogram: its bounds, its counts, or both. */
    readonly buckets?: {
        readonly bounds?: readonly number[];
        readonly counts?: readonly number[];
    };
    /** Summary: the value at each quantile. */
    readonly quantiles?: readonly {
        readonly quantile: number;
        readonly value: number;
    }[];
    /** One of the point's exemplars is like this. */
    readonly exemplar?: ExpectedExemplar;
}

/** A number as a test states it. */
export type ExpectedNumber = number | ((value: number) => boolean);

/** A level, which covers its four numbers, or one number of OTLP. */
export type ExpectedSeverity = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | number;

/** A span as a test states it, with all the spans below it. */
export interface ExpectedSpan extends ExpectedSpanFacts {
    /** Exactly these spans are below it, in any order; not stated: none. `any`: whatever there is. */
    readonly spans?: readonly ExpectedSpan[] | 'any';
}

/** One span as a test states it, without those below it. What is not stated is not looked at, except the status. */
export interface ExpectedSpanFacts {
    readonly name: ExpectedText;
    /** The resource's `service.name`. */
    readonly service?: ExpectedText;
    readonly kind?: SpanKind;
    /** Not stated: anything but an error. `any`: an error too. */
    readonly status?: StatusCode | 'any' | {
        readonly code: StatusCode;
        readonly message?: ExpectedText;
    };
    readonly attributes?: ExpectedAttributes;
    /** All events, in their order: `[]` means none. Not stated: not looked at. */
    readonly events?: readonly ExpectedEvent[];
    /** All links, in their order. Not stated: not looked at. */
    readonly links?: readonly ExpectedLink[];
    /** The name of the instrumentation scope. */
    readonly scope?: ExpectedText;
    /** Attributes of the resource. */
    readonly resource?: ExpectedAttributes;
    readonly traceState?: ExpectedText;
}

/** A text as a test states it. */
export type ExpectedText = string | RegExp | Predicate;

/** A whole trace as a test states it: its one root, and all the spans below. */
export interface ExpectedTrace extends ExpectedSpan {
    /**
     * Not stated: the root has no parent. `remote`: it has one that is not among the spans that arrived (the caller made a traceparent);
     * a span id in hex: that very one.
     */
    readonly parent?: 'remote' | (string & {});
}

/** A value as a test states it: exact (nested ones too), a RegExp for a string, or a predicate. */
export type ExpectedValue = Value | RegExp | Predicate | readonly ExpectedValue[] | {
    readonly [key: string]: ExpectedValue | undefined;
};

/** One half of an exponential histogram. */
export interface ExponentialBuckets {
    readonly offset: number;
    readonly counts: readonly number[];
}

/** One log record as it arrived. `traceId` and `spanId` are empty outside a span; `severity` is OTLP's number, 0 when not given. */
export interface LogRecord extends Origin {
    readonly time: bigint;
    readonly observedTime: bigint;
    readonly severity: number;
    readonly severityText: string;
    readonly body: Value;
    readonly eventName: string;
    readonly attributes: Attributes;
    readonly droppedAttributes: number;
    readonly flags: number;
    readonly traceId: string;
    readonly spanId: string;
}

/** The bytes or the JSON are not OTLP; the message says where and why. */
export declare class Malformed extends Error {
    readonly name = "Malformed";
    /** The field it was found in, for example `Span.traceId`; empty outside any field. */
    readonly place: string;
    constructor(reason: string, place?: string);
}

/** How strictly trees are compared. */
export interface MatchOptions {
    /** Siblings must have started in the order they are stated; false by default. */
    readonly ordered?: boolean;
}

/** A metric and the data point in it that matched. */
export interface MatchedMetric {
    readonly metric: Metric;
    readonly point: DataPoint;
}

/** A span of a matched trace, with those below it in the order they were stated. */
export interface MatchedSpan {
    readonly span: Span;
    readonly children: readonly MatchedSpan[];
}

/** A trace that matched. */
export interface MatchedTrace extends Trace {
    readonly root: MatchedSpan;
    /**
     * The span at a path of names that starts at the root; the first, in the stated order, when several have it.
     * @throws Error when there is none; the message lists what is there.
     */
    span(...path: string[]): Span;
}

/** One metric of one export. `temporality` and `monotonic` are there for the types that have them. */
export interface Metric extends Origin {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly type: MetricType;
    readonly temporality?: Temporality;
    readonly monotonic?: boolean;
    readonly metadata: Attributes;
    readonly points: readonly DataPoint[];
}

/** The kind of data in a metric. */
export type MetricType = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary' | 'none';

/** What every span, log record and metric says about its origin. `service` is the resource's `service.name`, or an empty string. */
export interface Origin {
    readonly service: string;
    readonly resource: Resource;
    readonly scope: Scope;
}

/** Says yes or no to a value that is there. */
export type Predicate = (value: Value) => boolean;

/** One export request that was understood. */
export interface ReceivedRequest {
    readonly signal: Signal;
    readonly encoding: Encoding;
    /** The request's headers, names in lower case. */
    readonly headers: IncomingMessage['headers'];
    /** Bytes of the body as sent, and after decompression. */
    readonly bytes: {
        readonly received: number;
        readonly unpacked: number;
    };
    readonly batch: TelemetryBatch;
    /** 1 for the first request of this receiver, then counting up. */
    readonly number: number;
}

/** A running OTLP/HTTP receiver. */
export interface Receiver extends AsyncDisposable {
    /** The base for OTEL_EXPORTER_OTLP_ENDPOINT, for example `http://127.0.0.1:43181`. */
    readonly url: string;
    readonly host: string;
    readonly port: number;
    /** Scripts the answers from now on; undefined goes back to success. */
    respondWith(respond: Respond | undefined): void;
    /** Stops listening and closes every connection, an unanswered one too. */
    close(): Promise<void>;
}

/** Settings of `startReceiver`. */
export interface ReceiverOptions {
    /** Where the telemetry goes. */
    readonly sink: TelemetrySink;
    /** 0, the default, takes a free port. */
    readonly port?: number;
    /** `127.0.0.1` by default. */
    readonly host?: string;
    /** The largest body in bytes, before and after decompression; 64 MiB by default. */
    readonly bodyLimit?: number;
    /** Scripts the answers, for tests of what a sender does when it is refused. */
    readonly respond?: Respond;
    /** Hears of every request that was understood, before it is answered. */
    readonly onRequest?: (request: ReceivedRequest) => void;
    /** Hears of every request that the receiver had to refuse. */
    readonly onRefused?: (refused: RefusedRequest) => void;
}

/** A request that was answered with an error by the receiver itself, and why. */
export interface RefusedRequest {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly reason: string;
}

/** How the output of the `render` functions looks. */
export interface RenderOptions {
    /** ANSI colours; false by default, so that a pipe or a test message stays plain. */
    readonly colour?: boolean;
}

/** Who sent it: the resource of an OTLP batch. */
export interface Resource {
    readonly attributes: Attributes;
    readonly schemaUrl: string;
}

/** Decides the answer to a request, at once or later; undefined is the usual success. */
export type Respond = (request: ReceivedRequest) => Answer | undefined | Promise<Answer | undefined>;

/** Which library made it: the instrumentation scope of an OTLP batch. */
export interface Scope {
    readonly name: string;
    readonly version: string;
    readonly attributes: Attributes;
    readonly schemaUrl: string;
}

/** The signals of OTLP. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** One span as it arrived. Ids are lower-case hex; times are nanoseconds since 1970; `parentSpanId` is empty for a root. */
export interface Span extends Origin {
    readonly traceId: string;
    readonly spanId: string;
    readonly parentSpanId: string;
    readonly traceState: string;
    readonly flags: number;
    readonly name: string;
    readonly kind: SpanKind;
    readonly startTime: bigint;
    readonly endTime: bigint;
    readonly status: {
        readonly code: StatusCode;
        readonly message: string;
    };
    readonly attributes: Attributes;
    readonly events: readonly SpanEvent[];
    readonly links: readonly SpanLink[];
    readonly droppedAttributes: number;
    readonly droppedEvents: number;
    readonly droppedLinks: number;
}

/** Something that happened during a span. Time in nanoseconds since 1970. */
export interface SpanEvent {
    readonly name: string;
    readonly time: bigint;
    readonly attributes: Attributes;
    readonly droppedAttributes: number;
}

/** The kind of a span. */
export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** A pointer from one span to another. */
export interface SpanLink {
    readonly traceId: string;
    readonly spanId: string;
    readonly traceState: string;
    readonly flags: number;
    readonly attributes: Attributes;
    readonly droppedAttributes: number;
}

/** A span with the spans below it, in the order they started. */
export interface SpanNode {
    readonly span: Span;
    readonly children: readonly SpanNode[];
}

/** The status code of a span. */
export type StatusCode = 'unset' | 'ok' | 'error';

/** What one export request, or one line of a file exporter, holds. */
export interface TelemetryBatch {
    readonly spans: readonly Span[];
    readonly logs: readonly LogRecord[];
    readonly metrics: readonly Metric[];
}

/** How much arrived since the start or the last `clear()`. */
export interface TelemetryCounts {
    readonly batches: number;
    readonly traces: number;
    readonly spans: number;
    readonly logs: number;
    readonly metrics: number;
}

/** Takes what was received; the store is one, anything with `add` is another. */
export interface TelemetrySink {
    add(batch: TelemetryBatch): void;
}

/** Where the matchers look: a collector, or a store by itself. */
export type TelemetrySource = TelemetryStore | {
    readonly store: TelemetryStore;
    readonly refused?: readonly RefusedRequest[];
};

/** Keeps in memory what was received, and tells those who wait. Everything is kept until `clear()`. */
export interface TelemetryStore extends TelemetrySink {
    /** Every trace, in the order of its first span's arrival. */
    traces(): Trace[];
    /** One trace by its id (hex); undefined when none of its spans arrived. */
    trace(traceId: string): Trace | undefined;
    /** Every span, in the order of arrival. */
    spans(): Span[];
    /** Every log record, in the order of arrival. */
    logs(): LogRecord[];
    /** Every metric of every export, in the order of arrival: a cumulative one comes again and again. */
    metrics(): Metric[];
    readonly counts: TelemetryCounts;
    /**
     * Resolves with what the predicate returns, as soon as that is neither undefined, null nor false. It is asked at once and after every arrival.
     * @throws Error when the time is over, when the predicate throws, or when the store is closed.
     */
    waitFor<T>(predicate: (store: TelemetryStore) => T | undefined | null | false, options?: WaitOptions): Promise<T>;
    /** Calls back after every arrival; returns how to stop it. */
    onArrival(listener: (batch: TelemetryBatch) => void): () => void;
    /** Forgets everything that arrived. Those who wait go on waiting. */
    clear(): void;
    /** Ends the waiting of all who wait, with an error. What arrived stays readable. */
    close(): void;
}

/** What the points of a metric count from. */
export type Temporality = 'unspecified' | 'delta' | 'cumulative';

/** The spans that share a trace id, in the order they arrived. */
export interface Trace {
    readonly traceId: string;
    readonly spans: readonly Span[];
}

/** The verdict on one trace: `matched`, or the comparison that shows what differs. */
export type TraceMatch = {
    readonly matched: MatchedTrace;
    readonly compared: readonly Compared[];
    readonly cost: 0;
} | {
    readonly matched?: undefined;
    readonly compared: readonly Compared[];
    readonly cost: number;
};

/** The value of an attribute, a log body or a nested part of one. 64-bit integers are numbers while they are exact, bigints beyond. */
export type Value = string | number | bigint | boolean | null | Uint8Array | readonly Value[] | {
    readonly [key: string]: Value;
};

/** How long `waitFor` waits. */
export interface WaitOptions {
    /** Milliseconds, 10,000 by default. */
    readonly timeout?: number;
    /** What is waited for, for the message of the timeout. */
    readonly what?: string;
}

/** Makes an empty store. */
export declare function createStore(): TelemetryStore;

/**
 * Waits until a log record is as stated, and returns it.
 * @throws Error after the timeout; the message shows the closest records and what differs.
 * @example
 * await expectLog(collector, { service: 'shop', severity: 'info', body: /order \d+ taken/, span: trace.root.span });
 */
export declare function expectLog(source: TelemetrySource, expected: ExpectedLog, options?: ExpectOptions): Promise<LogRecord>;

/**
 * Waits until a metric with a data point as stated arrives, and returns both. Cumulative metrics come again with every export: any of them may match.
 * @throws Error after the timeout; the message shows the closest metrics and what differs.
 * @example
 * await expectMetric(collector, {
 *   name: 'http.server.request.duration', unit: 's', type: 'histogram', attributes: { 'http.route': '/orders' }, count: 1,
 * });
 */
export declare function expectMetric(source: TelemetrySource, expected: ExpectedMetric, options?: ExpectOptions): Promise<MatchedMetric>;

/**
 * Fails when a log record is as stated; `{}` fails on any.
 * @throws Error that shows the records which should not be there.
 */
export declare function expectNoLog(source: TelemetrySource, expected?: ExpectedLog, { after }?: ExpectNothingOptions): Promise<void>;

/**
 * Fails when a metric has a data point as stated; `{}` fails on any.
 * @throws Error that shows the data points which should not be there.
 */
export declare function expectNoMetric(source: TelemetrySource, expected?: Partial<ExpectedMetric>, { after }?: ExpectNothingOptions): Promise<void>;

/**
 * Fails when a trace holds a span as stated; `{}` fails on any trace. An unstated status means any here.
 * @throws Error that draws the traces which should not be there.
 * @example
 * await expectNoTrace(collector, { name: 'GET /health' }, { after: () => telemetry.forceFlush() });
 */
export declare function expectNoTrace(source: TelemetrySource, expected?: Partial<ExpectedSpanFacts>, { after }?: ExpectNothingOptions): Promise<void>;

/**
 * Waits until one trace is exactly the expected tree, and returns it. A trace with a span too many, a span missing, a parent that
 * did not arrive, a second root or a wrong name, kind, status, attribute or event is not. When the tree matches, the trace must stay
 * as it is for `quiet` milliseconds, and after `settle`; a span that arrives later than that is not seen.
 * @throws Error after the timeout; the message draws what arrived and marks what differs.
 * @example
 * const trace = await expectTrace(collector, {
 *   service: 'shop', name: 'GET /orders', kind: 'server', attributes: { 'http.response.status_code': 200 },
 *   spans: [{ service: 'shop', name: 'GET', kind: 'client' }],
 * });
 * trace.span('GET /orders', 'GET').attributes['server.port'];
 */
export declare function expectTrace(source: TelemetrySource, expected: ExpectedTrace, options?: ExpectTraceOptions): Promise<MatchedTrace>;

/** Compares one trace with the expected tree, now, without waiting. */
export declare function matchTrace(trace: Trace, expected: ExpectedTrace, options?: MatchOptions): TraceMatch;

/**
 * Feeds a sink from OTLP/JSON lines that arrive in pieces; a line is read when its end has arrived.
 * @example
 * createReadStream('traces.json', 'utf8').on('data', otlpJsonLines(store));
 */
export declare function otlpJsonLines(sink: TelemetrySink): (piece: string | Uint8Array) => void;

/**
 * Reads OTLP/JSON that did not come over HTTP: an object, or text with one object a line, as the Collector's file exporter writes it.
 * @throws Malformed when a line is not OTLP/JSON; the message names the line.
 * @example
 * store.add(readOtlpJson(readFileSync('traces.json', 'utf8')));
 */
export declare function readOtlpJson(input: string | object): TelemetryBatch;

/** Writes a log record on one line: time (UTC), severity, service, body, trace and span id, attributes. */
export declare function renderLog(log: LogRecord, options?: RenderOptions): string;

/** Writes a metric as one line for its name, unit and type, and one for each of its data points. Ends without a newline. */
export declare function renderMetric(metric: Metric, options?: RenderOptions): string;

/**
 * Draws a trace as a tree: service, name, kind, duration, status and events of each span. Ends without a newline.
 * @example
 * for (const trace of store.traces()) console.log(renderTrace(trace, { colour: process.stdout.isTTY }));
 */
export declare function renderTrace(trace: Trace, options?: RenderOptions): string;

/**
 * Starts an in-process OTLP/HTTP collector on a free port of 127.0.0.1 and resolves when it listens.
 * @throws Error when the port is taken, or `port` is not a whole number from 0 to 65535.
 * @example
 * const collector = await startCollector();
 * process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
 * await collector.store.waitFor((store) => store.counts.spans >= 2);
 * await collector.close();
 */
export declare function startCollector(options?: CollectorOptions): Promise<Collector>;

/**
 * Starts an OTLP/HTTP receiver that hands what it understands to a sink; resolves when it listens.
 * Takes protobuf and JSON on /v1/traces, /v1/logs and /v1/metrics, plain, gzip or deflate.
 * @throws Error when the port is taken, or `port` is not a whole number from 0 to 65535.
 */
export declare function startReceiver(options: ReceiverOptions): Promise<Receiver>;

/** The roots of a trace: spans with no parent, or with one that did not arrive. One root means the trace is whole. */
export declare function traceTree(spans: readonly Span[]): SpanNode[];
