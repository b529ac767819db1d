import { gunzipSync } from "node:zlib";

/** What a Langfuse was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Behind the address of the server. */
  readonly path: string;
  readonly headers: Headers;
  readonly redirect: RequestInit["redirect"];
  /** As it was before it was compressed. */
  readonly body: string;
}

export interface Answers {
  readonly fetch: typeof fetch;
  readonly asked: readonly Asked[];
}

export type Answering = (asked: Asked) => Response | Error | Promise<Response>;

/** A Langfuse at whatever address, in place of `fetch`. An error is thrown, as `fetch` does where nobody answers. */
export function answering(answer: Answering): Answers {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init = {}) => {
      const { url } = new Request(input);
      const { pathname } = new URL(url);
      const question: Asked = {
        method: init.method ?? "GET",
        url,
        path: pathname,
        headers: new Headers(init.headers),
        redirect: init.redirect,
        body: textOf(init.body),
      };
      asked.push(question);
      const answered = await answer(question);
      if (answered instanceof Error) throw answered;
      return answered;
    },
  };
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  if (!(body instanceof Uint8Array)) return "";
  return String(body[0] === 0x1f ? gunzipSync(body) : Buffer.from(body));
}

export const json = (
  body: unknown,
  status: number = 200,
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });

export const health = (version: string): Response => json({ status: "OK", version });

/** Before a connection stands. */
export const refusedConnection = (): Error =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  });

export const keys = {
  LANGFUSE_PUBLIC_KEY: "pk-lf-1234567890abcdef",
  LANGFUSE_SECRET_KEY: "sk-lf-s",
};

/** A line of the ingestion API, as it was sent. */
export interface SentLine {
  readonly id: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const linesIn = ({ body = '{"batch":[]}' }: Partial<Asked> = {}): readonly SentLine[] =>
  JSON.parse(body).batch;

/** What the ingestion API answers: each line by itself. Null: nothing of it. */
export const ingesting =
  (statusOf: (line: SentLine, place: number) => number | null): Answering =>
  (asked) => {
    const answers = linesIn(asked).flatMap((line, place) => {
      const status = statusOf(line, place);
      return status === null ? [] : [{ id: line.id, status, message: `no ${line.id}` }];
    });
    return json(
      {
        successes: answers.filter(({ status }) => status === 201),
        errors: answers.filter(({ status }) => status !== 201),
      },
      207,
    );
  };
