import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** What any host of static files does. */
export interface StaticFiles {
  /** With a slash at its end. */
  readonly url: string;
  stop(): void;
}

export async function serveFiles(folder: string): Promise<StaticFiles> {
  const server = createServer(({ url = "/" }, response) => {
    const path = join(folder, new URL(url, "http://localhost").pathname);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) createReadStream(path).pipe(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => void server.close() };
}
