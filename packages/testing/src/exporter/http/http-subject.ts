import type { Answer } from "../../backend/answer.ts";
import type { Backend } from "../../backend/backend.ts";
import type { ReceivedRequest } from "../../backend/received-request.ts";
import type { Arrival, OpenDestination, Words } from "../destination.ts";
import type { Item } from "../example.ts";

export interface HttpPlace {
  /** Without a slash at its end. */
  readonly url: string;
}

export interface HttpOptions {
  /** The members of the batch that a request holds. */
  readonly idsIn: (request: ReceivedRequest) => readonly string[];
  readonly idOf?: (item: Item) => string | null;
  readonly problemsIn?: (request: ReceivedRequest) => readonly string[];
  readonly words?: Words;
  /** What the backend says when it took everything. Default: 200 and `{}`. */
  readonly success?: Answer;
  /** What it says when it took all but so many, where its protocol has a word for that. */
  readonly partialSuccess?: (rejected: number) => Answer;
  /** The clock that `make` gave to the exporter, to understand dates. Default: `Date.now`. */
  readonly clock?: () => number;
  /** Texts that `make` gave it, such as an API key, and that no failure may tell. */
  readonly secrets?: readonly string[];
}

export interface RequestArrival extends Arrival {
  readonly request: ReceivedRequest;
}

export interface OpenBackend extends OpenDestination<HttpPlace, RequestArrival> {
  readonly backend: Backend;
}

/** What the laws of HTTP need beside the exporter itself. */
export interface HttpSubject {
  readonly options: HttpOptions;
  readonly open: () => Promise<OpenBackend>;
}
