import { expect, test } from "vitest";
import { send } from "./send.ts";

/** Of a `fetch` that fails as Node's does: the reason lies below what is thrown. */
function sendFailingBy(code: string): Promise<void> {
  const cause = Object.assign(new Error("the reason"), { code });
  return send(
    { contentType: "application/json", body: new Uint8Array() },
    {
      url: "https://collector/v1/traces",
      headers: {},
      compression: "none",
      fetch: () => Promise.reject(new TypeError("fetch failed", { cause })),
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

test.each(["ECONNREFUSED", "ENETDOWN", "EADDRNOTAVAIL"])(
  "%s comes before a connection stands: what is sent again is no duplicate",
  async (code) => {
    await expect(sendFailingBy(code)).rejects.toMatchObject({ answered: true, needsRepair: false });
  },
);

test("of a connection that was cut nobody knows whether the batch arrived", async () => {
  await expect(sendFailingBy("ECONNRESET")).rejects.toMatchObject({ answered: false });
});
