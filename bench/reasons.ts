/** Why targets are missed, for docs/benchmarks.md: found on 2026-11-21 by leaving out one part after the other, one process each. */
export const reasons = `What a request of Express costs over bare, part by part (25.7 µs bare, 2026-11-21, one process each, so about 1 µs either way; in the run below, where more servers share the caches, it is more):

| part                                                                                           | not sampled | sampled |
|---|---|---|
| span, ids, the context of the request and its entry                                            | 2.1 µs      | 2.1 µs  |
| the router's own tracing channel: an object and three functions a layer, once somebody listens | 1.2 µs      | 1.2 µs  |
| route, duration and runtime metrics                                                            | 2.5 µs      | 2.5 µs  |
| encoding, 512 spans at a time                                                                  |             | 4 µs    |
| sending, 220 kB at a time                                                                      |             | 5 µs    |

In one process without a network the same code takes 1.2 µs for a request that is not sampled and 3 µs for one that is (the pieces below), and a span of a batch 0.7 µs to encode: most of the distance is what Node, the framework and this lose by sharing caches, and what the kernel takes to send.

- NestJS: three layers of Express pass the channel (two body parsers and the handler), and the controller span is a second span with a second context to enter.
- dd-trace with every request sampled: it writes its spans into a buffer as they end; here they wait for their batch and are encoded cold.
- The route that works: a request is some 750 µs, and the same server differs by more than 1 % from one process to the next.
- The event loop: a batch is encoded in slices of 64 spans but sent at once, in about a millisecond.
- 1,000 routes and 10,000 open requests: what is open outlives collections of garbage and is copied; 1.42, 1.68 and 1.68 in three runs.
- Start: 51 of the 53 files are those of \`@opentelemetry/api\`, which has to be the application's own copy.

How far the figures go: two runs right after each other on this virtual machine, whose processors others use too, agreed within 15 % on 9 of 30 ratios. The second met a machine that was a third slower, and there ours took 27.6 µs on Express (here 16.1) and official 206.9 (160.9). The brackets of the tables below show it inside of one run.`;
