// Loaded into each program that a test starts: where the test's own process is killed, nobody is left to end what it started. An import of `node:process`
// would look at its `stdout`, which makes a pipe one that may refuse what is written to it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1_000).unref();
