import { describe, expect, test } from "vitest";
import { send } from "./send.ts";

/** Of a `fetch` that fails as Node's does: the reason lies below what is thrown. */
function sendFailingBy(code: string): Promise<void> {
  return sendFailingWith(
    new TypeError("fetch failed", { cause: Object.assign(new Error("the reason"), { code }) }),
  );
}

function sendFailingWith(error: Error): Promise<void> {
  return send(
    { contentType: "application/json", body: new Uint8Array() },
    {
      url: "https://collector/v1/traces",
      headers: {},
      compression: "none",
      fetch: () => Promise.reject(error),
      clock: () => 0,
    },
    new AbortController().signal,
  );
}

test("a certificate that is not trusted is told by its reason, with the way out, and nothing has left", async () => {
  await expect(sendFailingBy("SELF_SIGNED_CERT_IN_CHAIN")).rejects.toMatchObject({
    message: expect.stringMatching(/SELF_SIGNED_CERT_IN_CHAIN.*NODE_EXTRA_CA_CERTS/),
    answered: true,
    needsRepair: true,
    retry: "same",
  });
});

test.each(["ECONNREFUSED", "ENETDOWN", "EADDRNOTAVAIL", "ConnectionRefused"])(
  "%s comes before a connection stands: what is sent again is no duplicate",
  async (code) => {
    await expect(sendFailingBy(code)).rejects.toMatchObject({ answered: true, needsRepair: false });
  },
);

test("of a connection that was cut nobody knows whether the batch arrived", async () => {
  await expect(sendFailingBy("ECONNRESET")).rejects.toMatchObject({ answered: false });
});

/** Of Deno's, which has words and no code. */
const sendFailingInWords = (words: string): Promise<void> =>
  sendFailingWith(new TypeError("fetch failed", { cause: new Error(words) }));

const asked = "error sending request for url (https://collector/v1/traces): client error";

describe("on Deno, whose errors have words and no codes,", () => {
  test.each([
    `${asked} (Connect): tcp connect error: Connection refused (os error 111)`,
    `${asked} (Connect): dns error: failed to lookup address information`,
    "Fetch failed: Requests to port 9 are blocked",
  ])("what comes before a connection stands is no duplicate: %s", async (words) => {
    await expect(sendFailingInWords(words)).rejects.toMatchObject({
      answered: true,
      needsRepair: false,
    });
  });

  test("nobody knows of a connection that was cut", async () => {
    await expect(
      sendFailingInWords(`${asked} (SendRequest): connection closed before message completed`),
    ).rejects.toMatchObject({ answered: false });
  });

  test("a certificate that is not trusted is told", async () => {
    await expect(
      sendFailingInWords(`${asked} (Connect): invalid peer certificate: UnknownIssuer`),
    ).rejects.toMatchObject({
      message: expect.stringContaining("is not trusted (UnknownIssuer), name its authority"),
      needsRepair: true,
    });
  });
});

test.each([
  ["Deno", { name: "NotCapable" }],
  ["Node's permission model", { code: "ERR_ACCESS_DENIED" }],
])(
  "a request that %s does not permit is told in its words, and nothing has left",
  async (_, how) => {
    await expect(
      sendFailingWith(Object.assign(new Error("run again with the --allow-net flag"), how)),
    ).rejects.toMatchObject({
      message:
        "this process is not permitted to ask the collector: run again with the --allow-net flag",
      answered: true,
      needsRepair: true,
    });
  },
);
