import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../project.mjs";

const patienceMs = 60_000;

/**
 * An empty registry on this machine that asks no other one. `environment` makes npm use it, and nothing else; `publish` puts a package there as it lies in a folder.
 */
export async function startRegistry(folder) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify(configuration(folder)));
  const server = spawn(
    process.execPath,
    [
      process.env.SPOOR_INTEROP_VERDACCIO ?? "",
      "--config",
      config,
      "--listen",
      `127.0.0.1:${port}`,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const url = `http://127.0.0.1:${port}/`;
  await untilItAnswers(`${url}-/ping`);
  const npmrc = join(folder, "npmrc");
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anybody\n`);
  const environment = {
    npm_config_registry: url,
    npm_config_userconfig: npmrc,
    npm_config_cache: join(folder, "cache"),
    npm_config_audit: "false",
    npm_config_update_notifier: "false",
  };
  return {
    environment,
    publish: (cwd) => run("npm", ["publish", "--ignore-scripts"], { cwd, environment }),
    stop: () => server.kill(),
  };
}

const configuration = (folder) => ({
  storage: join(folder, "storage"),
  uplinks: {},
  packages: { "**": { access: "$all", publish: "$all", unpublish: "$all" } },
  auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
  web: { enable: false },
  log: { type: "stdout", format: "json", level: "error" },
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

async function untilItAnswers(url) {
  for (const begun = Date.now(); Date.now() - begun < patienceMs; await pause(200)) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error("the registry does not answer");
}
