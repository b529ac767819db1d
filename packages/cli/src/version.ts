import { readFileSync } from "node:fs";

/** Of this package. The built file and this one lie equally deep, so both find it. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { version }: { readonly version: string } = JSON.parse(text);
  return version;
}
