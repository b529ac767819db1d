import { connect } from "node:net";
import type { Environment, Exporter } from "@spoor/core";

const patienceMs = 2_000;
const checkPatienceMs = 10_000;

/** Whether requests of this process take the proxy that its environment names: then a connection of one's own tells nothing of them. */
export function goesThroughProxy(environment: Environment): boolean {
  const isAsked =
    environment["NODE_USE_ENV_PROXY"] === "1" ||
    (environment["NODE_OPTIONS"] ?? "").includes("--use-env-proxy");
  return isAsked && proxies.some((name) => (environment[name] ?? "") !== "");
}

const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

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
