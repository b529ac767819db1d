import { type Environment, resourceIn } from "../otlp/transport/environment.ts";
import type { MetricsOptions } from "./metrics-options.ts";

/** What is said of the service: by the environment, over that by its attributes, over that by its name. */
export function resourceOf(
  { service, resource }: Pick<MetricsOptions, "service" | "resource">,
  environment: Environment,
): Readonly<Record<string, string>> {
  return {
    ...resourceIn(environment),
    ...resource,
    ...(service === undefined ? {} : { "service.name": service }),
  };
}
