import type { BaseMessage } from "@langchain/core/messages";
import { once } from "node:events";
import { createServer } from "node:http";

export interface RemoteGraphServer extends AsyncDisposable {
  readonly url: string;
}

/** As much of a LangGraph server as a `RemoteGraph` needs: every run answers with this message. */
export async function remoteGraphServer(answer: BaseMessage): Promise<RemoteGraphServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const { messages } = (asked as { readonly input: { readonly messages: readonly object[] } })
      .input;
    const values = { messages: [...messages, { type: "ai", content: answer.text }] };
    response.setHeader("content-type", "text/event-stream");
    response.end(`event: values\ndata: ${JSON.stringify(values)}\n\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
