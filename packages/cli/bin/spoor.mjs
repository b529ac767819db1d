#!/usr/bin/env node
// A hook's process lives for one event, and has no time to load the whole command.
const [name, ...options] = process.argv.slice(2);
const listens = name === "hook" && !options.includes("--help") && !options.includes("-h");
const tooOld = nodeIsTooOld(process.versions);
if (!tooOld) await import(listens ? "../dist/hook.mjs" : "../dist/cli.mjs");
// A hook fails nobody's session, whatever runs it.
else if (!listens) {
  process.stderr.write(
    `spoor: this is Node ${process.versions.node} (${process.execPath}), and Spoor needs 22.18 or later\n`,
  );
  process.exitCode = 2;
}

/** What Bun and Deno say that they are like is not asked. */
function nodeIsTooOld({ node, bun, deno }) {
  const [major, minor] = node.split(".").map(Number);
  return !bun && !deno && (major < 22 || (major === 22 && minor < 18));
}
