import { expect, test } from "vitest";
import { formatFor } from "./format-for.ts";

const prometheus3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

test.each([
  ["nothing", undefined, "text"],
  ["whatever there is", "*/*", "text"],
  ["OpenMetrics alone", "application/openmetrics-text; version=1.0.0", "openmetrics"],
  ["OpenMetrics first, as Prometheus does", prometheus3, "openmetrics"],
  ["both alike", "text/plain, Application/OpenMetrics-Text", "openmetrics"],
  ["text first", "text/plain;version=0.0.4;q=0.6, application/openmetrics-text;q=0.5", "text"],
  ["anything but OpenMetrics", "*/*, application/openmetrics-text;q=0", "text"],
  ["a weight that is none", "application/openmetrics-text;q=high", "text"],
])("who asks for %s gets the format that they want", (_, accept, format) => {
  expect(formatFor(accept)).toBe(format);
});
