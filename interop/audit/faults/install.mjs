import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cached } from "../../otel/install/cache.mjs";
import { failureOf } from "../../otel/install/command.mjs";

const restriction = "/proc/sys/kernel/yama/ptrace_scope";

/** strace as it is here, else out of the package of a Debian; and the right to look at processes beside ours. */
export function strace(say) {
  if (process.platform !== "linux") return { missing: "strace is for Linux only" };
  if (process.getuid() !== 0 && existsSync(restriction) && readFileSync(restriction, "utf8") > "0")
    return { missing: "this user may not trace other processes (yama/ptrace_scope)" };
  if (spawnSync("strace", ["-V"]).status === 0) return { path: "strace" };
  const folder = cached("strace");
  const path = join(folder, "usr/bin/strace");
  if (spawnSync(path, ["-V"]).status === 0) return { path };
  say("(strace is fetched from Debian now, and only once)");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const failure =
    failureOf("apt-get", ["download", "strace"], { cwd: folder }) ??
    failureOf("dpkg", ["-x", readdirSync(folder)[0] ?? "", "."], { cwd: folder }) ??
    failureOf(path, ["-V"]);
  return failure === null ? { path } : { missing: `strace could not be had: ${failure}` };
}
