/** Products whose address, key and names are known. */
export const presetNames = [
  "jaeger",
  "tempo",
  "zipkin",
  "honeycomb",
  "datadog",
  "phoenix",
  "mlflow",
  "langsmith",
  "braintrust",
] as const;
export type PresetName = (typeof presetNames)[number];
