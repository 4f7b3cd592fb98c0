import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** One number to be graphed. Its only dimensions are the function and the outcome: a SID would make a metric per call. */
export interface Measure {
  readonly outcome: string;
  readonly name: string;
  readonly unit: keyof typeof MetricUnit;
  readonly value: number;
}

/** Writes the measures that share an outcome as one EMF line; CloudWatch makes metrics of it, no call is made. */
export type MeasureWriter = (outcome: string, measures: readonly Omit<Measure, 'outcome'>[]) => void;

/** The namespace is the stage's own: Powertools takes it from POWERTOOLS_METRICS_NAMESPACE, which the stack sets. */
export function measureWriter(functionName: string): MeasureWriter {
  const metrics = new Metrics({ serviceName: functionName });
  // Powertools adds `service` to every metric; here the function is the service, under its own name.
  metrics.clearDefaultDimensions();
  return (outcome, measures) => {
    metrics.addDimension('function', functionName).addDimension('outcome', outcome);
    for (const { name, unit, value } of measures) metrics.addMetric(name, MetricUnit[unit], value);
    metrics.publishStoredMetrics();
  };
}
