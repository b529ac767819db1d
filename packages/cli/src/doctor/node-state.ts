import type { NodeState } from "./diagnosis.ts";

/** What `engines` of the manifest says; a test holds it to that. */
export const leastNode = "22.18";

/** Whether a Node is one that this package is for. */
export function nodeState(version: string): NodeState {
  return { version, required: leastNode, supported: isAtLeast(version, leastNode) };
}

function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
