import type { ReceivedRequest } from "./received-request.ts";

/** Where a connection is reset: with the headers read, with a part of the body read, with all of it read, or within the answer. */
export type CutPlace = "before body" | "in body" | "after body" | "in answer";

/** What a backend does with one request. */
export type Answer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** How long it lets the client wait. */
      readonly afterMs?: number;
    }
  | { readonly cut: CutPlace }
  /** Reads the request and says nothing, for as long as the client holds on. */
  | { readonly silent: true };

/** Asked when the whole body has been read, so it is too late to cut a connection before that. */
export type Decision = (request: ReceivedRequest) => Answer;

/** What a backend does: always the same, or as the request deserves, or one after the other, where the last stands for all that follow. */
export type Script = Answer | Decision | readonly (Answer | Decision)[];

/** What backends say that mean well. */
export const answers: {
  readonly ok: Answer;
  readonly status: (status: number, body?: string) => Answer;
  /** 429, or another status, and when to come back: in seconds or at a date. */
  readonly comeBack: (after: number | Date, status?: number) => Answer;
  readonly slow: (afterMs: number, answer?: Answer) => Answer;
  readonly never: Answer;
  readonly cut: (place: CutPlace) => Answer;
} = {
  ok: { status: 200, headers: { "content-type": "application/json" }, body: "{}" },
  status: (status, body = "") => ({ status, body }),
  comeBack: (after, status = 429) => ({
    status,
    headers: { "retry-after": typeof after === "number" ? String(after) : after.toUTCString() },
  }),
  slow: (afterMs, answer = answers.ok) => ("status" in answer ? { ...answer, afterMs } : answer),
  never: { silent: true },
  cut: (place) => ({ cut: place }),
};

const page = "<!doctype html><html><body><h1>Sign in to the network</h1></body></html>";

/** What is said by something that is not the backend, or by a backend that is not well. */
export const lies: {
  readonly garbage: Answer;
  /** The page of a proxy, or of an application that answers anything with its start page. */
  readonly webPage: Answer;
  /** Says that it is compressed, and is not. */
  readonly noGzip: Answer;
  readonly redirect: (location: string, status?: number) => Answer;
} = {
  garbage: {
    status: 200,
    headers: { "content-type": "application/json" },
    body: '{"partial\u0000 ]',
  },
  webPage: { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: page },
  noGzip: {
    status: 200,
    headers: { "content-type": "application/json", "content-encoding": "gzip" },
    body: "this was never compressed",
  },
  redirect: (location, status = 307) => ({ status, headers: { location } }),
};
