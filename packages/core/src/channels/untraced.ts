/**
 * The mark of a server that makes no spans: a collector in the same process would report its own
 * deliveries for ever, and a scrape is no request of the application's.
 */
export const UNTRACED = Symbol.for('org.otel.untraced');
