#!/usr/bin/env node
// A hook's process lives for one event, and has no time to load the whole command.
const [name, ...options] = process.argv.slice(2);
const listens = name === "hook" && !options.includes("--help") && !options.includes("-h");
await import(listens ? "../dist/hook.mjs" : "../dist/cli.mjs");
