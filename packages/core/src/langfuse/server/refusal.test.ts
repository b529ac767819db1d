import { expect, test } from "vitest";
import { answering, json } from "../answering.fixture.ts";
import type { ExportFailure } from "../../pipeline/export-failure.ts";
import { ask } from "./ask.ts";
import { serverOf } from "./langfuse-server.ts";
import { refusalIn } from "./refusal.ts";

const secretKey = "hush-hush-1";
const { signal } = new AbortController();

async function refusalOf(
  response: Response,
  publicKey: string = "pk-lf-1",
): Promise<ExportFailure | null> {
  const project = { baseUrl: "http://langfuse.example", publicKey, secretKey };
  const server = serverOf(
    project,
    answering(() => response),
  );
  return refusalIn(await ask(server, { path: "/x" }, signal), server);
}

const page = (status: number): Response =>
  new Response("<title>Sign in</title>", { status, headers: { "content-type": "text/html" } });

test.each([200, 400, 401, 403])(
  "a web page with %i judges neither the batch nor the keys: all of it waits",
  async (status) => {
    expect(await refusalOf(page(status))).toMatchObject({
      retry: "same",
      answered: true,
      needsRepair: true,
      message: `a web page answers instead of the Langfuse at http://langfuse.example (${status}), check the address and what stands before it: <title>Sign in</title>`,
    });
  },
);

test("a page that says that a request is too large is taken at its word, and says what to do", async () => {
  const refusal = await refusalOf(page(413));
  expect(refusal?.retry).toBe("smaller");
  expect(refusal?.message).toContain("raise its limit or lower maxFieldBytes");
});

test("what Langfuse says itself of a batch is about the batch", async () => {
  expect(await refusalOf(json({ error: "bad id" }, 400))).toMatchObject({
    retry: "smaller",
    message: 'Langfuse answered 400: {"error":"bad id"}',
  });
});

test.each([
  [
    "https://langfuse.example/api/public/health",
    "redirects to https://langfuse.example (308), give",
  ],
  ["/at/api/public/x", "redirects to http://langfuse.example/at (308), give"],
  ["/login?state=hush", "redirects to http://langfuse.example/login (308), let requests"],
])("a redirect to %s is told as an address that can be given", async (location, words) => {
  const { message } = (await refusalOf(json({}, 308, { location }))) ?? {};
  expect(message).toContain(words);
  expect(message).not.toContain("hush");
});

test("no secret is told, where it stands in the place of the public key, and where an answer repeats it", async () => {
  const swapped = await refusalOf(json({}, 401), "custom-secret-that-nobody-may-see");
  expect(swapped?.message).toContain(
    "Langfuse refused http://langfuse.example with these keys (401)",
  );
  const sent = btoa(`pk-lf-1:${secretKey}`);
  const inItsPlace = "custom-secret";
  const shown = await refusalOf(json({ "x-langfuse-public-key": inItsPlace }, 502), inItsPlace);
  expect(shown?.message).not.toContain(inItsPlace);
  const echoed = await refusalOf(json({ authorization: `Basic ${sent}`, secretKey }, 502));
  expect(echoed?.message).toContain("Basic [secret]");
  expect(echoed?.message).not.toMatch(new RegExp(`${sent}|${secretKey}`));
});
