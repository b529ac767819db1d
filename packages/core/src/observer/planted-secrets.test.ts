import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { consoleExporter } from "../console/index.ts";
import { ndjson } from "../ndjson/index.ts";
import { otel } from "../otel/index.ts";
import { pem, planted, plantedTexts, vendorSecrets } from "../redaction/planted.fixture.ts";
import { everywhere } from "../testing-kit/everywhere.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { createObserver } from "./observer.ts";

/** Which of the secrets stand behind more text than is kept of a value. */
const longOneIn = process.env["SPOOR_SOAK"] ? 1 : 8;

/** Names and contents of all files. */
function bytesUnder(dir: string): string {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => {
      const path = join(dir, name);
      return statSync(path).isFile() ? `${name}\n${readFileSync(path, "latin1")}` : name;
    })
    .join("\n");
}

test("a planted secret is in no byte under the journal's folder, in no request, file or line of an exporter", async () => {
  const dir = temporaryFolder();
  const file = join(temporaryFolder(), "record.ndjson");
  const sent: string[] = [];
  const printed: string[] = [];
  const collector: typeof fetch = (url, request) => {
    const body = Buffer.from(request?.body as Uint8Array<ArrayBuffer>);
    const isCompressed = new Headers(request?.headers).get("content-encoding") === "gzip";
    sent.push(
      url instanceof Request ? url.url : url.toString(),
      (isCompressed ? gunzipSync(body) : body).toString(),
    );
    return Promise.resolve(Response.json({}));
  };
  const secrets = [...Object.values(vendorSecrets), ...plantedTexts, pem];
  const observer = createObserver({
    journal: { dir },
    labels: { feature: secrets[0] ?? "", tags: secrets },
    exporters: [
      otel({ url: "http://127.0.0.1:1/v1/traces", content: "full", fetch: collector }),
      ndjson({ file }),
      consoleExporter({ write: (line) => printed.push(line) }),
    ],
    flushOnExit: false,
  });
  for (const [number, secret] of secrets.entries()) {
    for (const draft of everywhere(secret))
      observer.emit({ ...draft, session: `session ${number}` });
    observer.emit({
      type: "turn.ended",
      session: `session ${number}`,
      source: "api",
      key: "turn",
      outcome: { status: "ok" },
    });
    observer
      .session({ id: `by hand ${number}`, userId: secret })
      .turn({ input: secret }, (turn) => {
        turn.note("interrupt.raised", { wait: "approval", payload: { [secret]: secret } });
        const isLong = number % longOneIn === 0;
        const before = isLong ? "word ".repeat(209_700) : "word ";
        turn.tool("search", { input: { query: before + secret } }).end();
        try {
          turn.tool("fails", () => {
            throw new Error(`could not log in with ${secret}`);
          });
        } catch (error) {
          expect(String(error)).toContain(secret);
        }
      });
  }
  await observer.close({ timeoutMs: 60_000 });
  const { exporters, recorder, journal } = observer.health();
  expect({ refused: recorder.refused, lost: journal.lost }).toEqual({ refused: 0, lost: 0 });
  for (const report of Object.values(exporters))
    expect(report).toMatchObject({ pending: 0, dropped: 0 });
  const places = {
    journal: bytesUnder(dir),
    requests: sent.join("\n"),
    file: readFileSync(file, "latin1"),
    console: printed.join(""),
  };
  for (const [place, bytes] of Object.entries(places)) {
    expect(bytes.length, place).toBeGreaterThan(10_000);
    expect(bytes, place).toContain("[redacted:");
    for (const secret of [...Object.values(vendorSecrets), planted, pem.slice(100, 160)])
      expect(bytes.includes(secret), `${secret} in ${place}`).toBe(false);
  }
}, 60_000);
