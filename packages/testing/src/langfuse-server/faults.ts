import { type Answer, answers } from "../backend/answer.ts";
import type { ReceivedRequest } from "../backend/received-request.ts";

/** What happens to a request that brings data. `take` lets the server have it, and gives its answer. */
export type Fault = (request: ReceivedRequest, take: () => Answer) => Answer;

/** What goes wrong between an exporter and Langfuse. That it is away altogether is `down()` of the server. */
export const faults: {
  /** A proxy before it takes no more bytes than that, as they come over the wire, and says so with a page. */
  readonly above: (bytes: number) => Fault;
  /** Asked for too often. */
  readonly busy: (retryAfterSeconds: number) => Fault;
  readonly broken: (status?: number) => Fault;
  /** Taken, and nobody hears of it. */
  readonly lost: Fault;
  readonly slow: (ms: number) => Fault;
  /** The fault for so many requests, then none. */
  readonly times: (count: number, fault: Fault) => Fault;
} = {
  above: (bytes) => (request, take) => (request.sent.byteLength > bytes ? tooLarge : take()),
  busy: (seconds) => () => answers.comeBack(seconds),
  broken:
    (status = 500) =>
    () =>
      answers.status(status, '{"message":"Internal Server Error"}'),
  lost: (_, take) => {
    take();
    return answers.cut("after body");
  },
  slow: (ms) => (_, take) => answers.slow(ms, take()),
  times: (count, fault) => {
    let left = count;
    return (request, take) => {
      left -= 1;
      return left >= 0 ? fault(request, take) : take();
    };
  },
};

const tooLarge: Answer = {
  status: 413,
  headers: { "content-type": "text/html" },
  body: "<html><body><h1>413 Request Entity Too Large</h1></body></html>",
};
