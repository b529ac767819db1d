import process from "node:process";

/** Where `scripts/interop-otel.mjs` has put a server, or what is needed beside it. */
export function installed(name: string): string {
  const variable = `SPOOR_INTEROP_${name.toUpperCase().replaceAll("-", "_")}`;
  const path = process.env[variable];
  if (!path)
    throw new Error(`${variable} is not set, run these tests with scripts/interop-otel.mjs`);
  return path;
}
