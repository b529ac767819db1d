import { readFileSync } from "node:fs";
import process from "node:process";

const listening = "0A";
/** Of this machine, in the byte order of its memory: 127.0.0.1 in both families, and ::1. */
const loopback: ReadonlySet<string> = new Set([
  "0100007F",
  "0000000000000000FFFF00000100007F",
  "00000000000000000000000001000000",
]);

/** Throws where something listens for others than this machine. Only in a network of our own is all that listens ours to judge. */
export function assertOnlyLoopback(): void {
  if (process.env["SPOOR_INTEROP_ALONE"] !== "yes") return;
  const open = ["tcp", "tcp6"].flatMap(listenersIn).filter(({ address }) => !loopback.has(address));
  if (open.length > 0)
    throw new Error(`open to others: ${open.map(({ port }) => `port ${port}`).join(", ")}`);
}

function listenersIn(family: string) {
  const [, ...sockets] = readFileSync(`/proc/self/net/${family}`, "utf8").trim().split("\n");
  return sockets.flatMap((socket) => {
    const [, local = "", , state] = socket.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === listening ? [{ address, port: Number.parseInt(port, 16) }] : [];
  });
}
