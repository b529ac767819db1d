import { connect } from "node:net";

const patienceMs = 2_000;

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
