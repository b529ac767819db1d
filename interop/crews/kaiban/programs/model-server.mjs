import { createServer } from "node:http";

/**
 * A server that speaks OpenAI's chat completions, on loopback. What it says is looked up by a word of the request, and each answer is given once: a text, or a
 * function that says when it comes, or a status. Each answer takes as many tokens as were made up for it: 100 more in and 10 more out than the one before.
 */
export async function startModel(answers) {
  const left = Object.fromEntries(Object.entries(answers).map(([word, said]) => [word, [...said]]));
  let served = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", async () => {
      const word = Object.keys(left).find((one) => body.includes(one)) ?? "";
      const next = left[word]?.shift() ?? "nothing is left to say";
      const said = typeof next === "function" ? await next() : next;
      response.setHeader("content-type", "application/json");
      if (typeof said === "number") {
        response.statusCode = said;
        response.end(
          JSON.stringify({ error: { message: "the model is unwell", type: "made up" } }),
        );
        return;
      }
      served += 1;
      const content = typeof said === "string" ? said : JSON.stringify(said);
      const usage = { prompt_tokens: 100 * served, completion_tokens: 10 * served };
      response.end(
        JSON.stringify({
          id: `answer-${served}`,
          object: "chat.completion",
          model: "small-1",
          choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
          usage: { ...usage, total_tokens: 110 * served },
        }),
      );
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}
