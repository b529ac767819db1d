import { AsyncLocalStorage } from "node:async_hooks";
import { expect, onTestFinished, test } from "vitest";
import { answering, json } from "../answering.fixture.ts";
import { ask } from "./ask.ts";
import { serverOf } from "./langfuse-server.ts";

const project = { baseUrl: "http://langfuse.example/at", publicKey: "pk-1", secretKey: "sk-1" };
const { signal } = new AbortController();

test("an answer comes as it is, whatever it says, and a redirect is not followed", async () => {
  const { fetch, asked } = answering(() =>
    json({ no: 1 }, 302, { location: "/login", "retry-after": "5" }),
  );
  const { body, ...answer } = await ask(serverOf(project, { fetch }), { path: "/x" }, signal);
  expect(answer).toEqual({
    status: 302,
    contentType: "application/json",
    location: "/login",
    retryAfter: "5",
  });
  expect(asked[0]?.redirect).toBe("manual");
  expect(String(Buffer.from(body))).toBe('{"no":1}');
});

test("an address with https where only http is spoken is told as that, and nothing has left", async () => {
  const cause = Object.assign(new Error("wrong"), { code: "ERR_SSL_WRONG_VERSION_NUMBER" });
  const { fetch } = answering(() => new TypeError("fetch failed", { cause }));
  const server = serverOf({ ...project, baseUrl: "https://langfuse.example" }, { fetch });
  await expect(ask(server, { path: "/x" }, signal)).rejects.toMatchObject({
    retry: "same",
    answered: true,
    needsRepair: true,
    message:
      "what answers at https://langfuse.example does not speak HTTPS, say http://langfuse.example if that is meant",
  });
});

test("the application's own OpenTelemetry makes no spans of what is asked", async () => {
  const registry: unique symbol = Symbol.for("opentelemetry.js.api.1") as never;
  const suppressed = new AsyncLocalStorage<boolean>();
  const global = globalThis as { [registry]?: unknown };
  global[registry] = {
    context: {
      active: () => ({ setValue: (_key: symbol, value: unknown) => value }),
      with: (context: boolean, body: () => unknown) => suppressed.run(context, body),
    },
  };
  onTestFinished(() => void delete global[registry]);
  const seen: unknown[] = [];
  const { fetch } = answering(() => {
    seen.push(suppressed.getStore());
    return json({});
  });
  await ask(serverOf(project, { fetch }), { path: "/x" }, signal);
  expect([seen, suppressed.getStore()]).toEqual([[true], undefined]);
});
