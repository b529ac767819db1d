import type { Loose } from "../loose.ts";

const keys = ["langfuse.environment", "deployment.environment.name", "deployment.environment"];
const otherwise = "default";

/** The first one said, on the span or else on the resource, before the next name is looked for. What it may not be called is `default`. */
export function environmentOf(attributes: Loose, resource: Loose): string {
  for (const key of keys) {
    const said = attributes[key] || resource[key];
    if (said) return accepted(said);
  }
  return otherwise;
}

/** Lower-case, without the prefix that is kept for Langfuse itself, 40 characters at most. */
export function accepted(environment: unknown): string {
  if (typeof environment !== "string") return otherwise;
  const name = environment
    .toLowerCase()
    .replace(/^(?:langfuse[-_]?)+/, "")
    .slice(0, 40);
  return /^[a-z0-9_-]+$/.test(name) ? name : otherwise;
}
