import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cached, goProgram } from "../otel/install/cache.mjs";
import { failureOf } from "../otel/install/command.mjs";

// Each gives `{ path }`, or `{ missing }` and why; what takes long is said before.

const tessera = "github.com/transparency-dev/tessera/cmd";
const minioProgram = "github.com/minio/minio";
const witnessProgram = "github.com/transparency-dev/witness/cmd/omniwitness";
const merkle = "github.com/transparency-dev/merkle@v0.0.2";

/** Go's own checksum database code, in a program of ours. */
export function checker(say) {
  return goProgram({ name: "audit", module: "../audit" }, say);
}

/** Tessera's: looks through a whole log. */
export function fsck(say) {
  return tesseraProgram("fsck", "fsck", say);
}

/** Tessera's: writes a log. */
export function oneshot(say) {
  return tesseraProgram("posix-oneshot", "examples/posix-oneshot", say);
}

/** Tessera's: copies a log. */
export function mirror(say) {
  return tesseraProgram("mirror", "experimental/mirror/posix", say);
}

function tesseraProgram(name, path, say) {
  return goProgram({ name, module: "../audit/tessera", program: `${tessera}/${path}` }, say);
}

/** An object store as Amazon's S3 is one, with object lock. */
export function minio(say) {
  return goProgram({ name: "minio", module: "../audit/minio", program: minioProgram }, say);
}

/** The witness of transparency.dev. */
export function omniwitness(say) {
  const path = cached("omniwitness-2e1c6971d19e");
  if (existsSync(path)) return { path };
  say("(omniwitness is built with Go now: minutes, and only once)");
  const folder = `${path}.${process.pid}`;
  try {
    const failure = prepare(folder) ?? build(folder);
    if (failure !== null) return { missing: `omniwitness could not be built with Go: ${failure}` };
    renameSync(join(folder, "built"), path);
    return { path };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our module, and beside it the library that lacks a function, with that function. */
function prepare(folder) {
  const ours = fileURLToPath(new URL("omniwitness/", import.meta.url));
  const download = spawnSync("go", ["mod", "download", "-json", merkle], {
    encoding: "utf8",
    cwd: ours,
  });
  if (download.status !== 0) return download.stderr?.trim() || "go is not on this machine";
  cpSync(ours, folder, { recursive: true });
  rmSync(join(folder, "subtree_stub.go"));
  cpSync(JSON.parse(download.stdout).Dir, join(folder, "merkle"), { recursive: true });
  const writable = failureOf("chmod", ["-R", "u+w", folder]);
  if (writable !== null) return writable;
  const stub = readFileSync(join(ours, "subtree_stub.go"), "utf8");
  writeFileSync(
    join(folder, "merkle/proof/subtree_stub.go"),
    stub.replace("//go:build ignore\n", ""),
  );
  return null;
}

function build(folder) {
  const options = ["-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", "built"];
  return failureOf("go", ["build", ...options, witnessProgram], {
    cwd: folder,
    env: { CGO_ENABLED: "0" },
  });
}
