import { ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { CUMULATIVE, DOUBLE, GAUGE, HISTOGRAM, SUM } from './metric-data.ts';

test('the numbers are the SDK’s', () => {
  expect({ CUMULATIVE, DOUBLE, GAUGE, HISTOGRAM, SUM }).toEqual({
    CUMULATIVE: AggregationTemporality.CUMULATIVE,
    DOUBLE: ValueType.DOUBLE,
    GAUGE: DataPointType.GAUGE,
    HISTOGRAM: DataPointType.HISTOGRAM,
    SUM: DataPointType.SUM,
  });
});
