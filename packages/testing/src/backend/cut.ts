import type { ServerResponse } from "node:http";

/** Resets the connection; in the answer, with a part of it on its way. */
export function cut(response: ServerResponse, inAnswer: boolean): void {
  const reset = (): void => void response.socket?.resetAndDestroy();
  if (!inAnswer) return reset();
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"partial', reset);
}
