import { connect } from "node:net";
import type { Exporter } from "@spoor/core";

const patienceMs = 2_000;
const checkPatienceMs = 10_000;

/** Whether something listens there. Opens a connection and closes it: no request is made, nothing is sent. */
export function isReachable(address: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(address);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port: Number(port) || (protocol === "https:" ? 443 : 80) });
  const answer = (reachable: boolean) => (): void => {
    socket.destroy();
    resolve(reachable);
  };
  socket.once("connect", answer(true)).once("error", answer(false));
  socket.setTimeout(patienceMs, answer(false));
  return promise;
}

/** What a destination has against what would be sent, by its own word. Null: nothing, or it has none. */
export async function troubleOf(exporter: Exporter | undefined): Promise<string | null> {
  try {
    return (await exporter?.check?.(AbortSignal.timeout(checkPatienceMs))) ?? null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
