import { type Backend, backend } from "../../backend/backend.ts";
import type { ReceivedRequest } from "../../backend/received-request.ts";
import { answers } from "../../backend/answer.ts";
import type { Destination } from "../destination.ts";
import { surrogateProblems } from "../text-problems.ts";
import { abortLaws } from "./abort-laws.ts";
import { answerLaws } from "./answer-laws.ts";
import { connectionLaws } from "./connection-laws.ts";
import type { HttpOptions, HttpPlace, OpenBackend, RequestArrival } from "./http-subject.ts";

/** A backend on this machine, over real sockets. */
export function overHttp(options: HttpOptions): Destination<HttpPlace, RequestArrival> {
  const { idsIn, problemsIn, idOf, words, success = answers.ok } = options;
  const open = async (): Promise<OpenBackend> => opened(await backend(success));
  return {
    open,
    idsIn: ({ request }) => idsIn(request),
    problemsIn: (arrival) => [
      ...(arrival.request.complete ? [] : ["is not complete, or not compressed as it says"]),
      ...surrogateProblems(arrival),
      ...(problemsIn?.(arrival.request) ?? []),
    ],
    ...(idOf ? { idOf } : {}),
    ...(words ? { words } : {}),
    laws: ({ make }) => {
      answerLaws(make, { options, open });
      connectionLaws(make, { options, open });
      abortLaws(make, { options, open });
    },
  };
}

function opened(server: Backend): OpenBackend {
  return {
    backend: server,
    place: { url: server.url },
    arrivals: () => server.requests.map(arrivalOf),
    fails: () => server.down(),
    works: () => server.up(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function arrivalOf(request: ReceivedRequest): RequestArrival {
  const { body, path, headers } = request;
  return {
    request,
    bytes: body,
    around: JSON.stringify([path, headers]),
    contentType: headers["content-type"] ?? null,
  };
}
