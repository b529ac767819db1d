import type { Exporter } from "@spoor/core";
import type { Buffer } from "node:buffer";
import type { Item } from "./example.ts";

/** One piece that has arrived: a request, a write, what a file holds. */
export interface Arrival {
  readonly bytes: Buffer;
  /** What came around the bytes and could give something away: an address, headers. Null: nothing. */
  readonly around: string | null;
  /** As the exporter calls it; null where nobody says. */
  readonly contentType: string | null;
}

/** A destination for the length of one test. */
export interface OpenDestination<Place, Arrived extends Arrival = Arrival> extends AsyncDisposable {
  /** What an exporter has to know to find it. */
  readonly place: Place;
  arrivals(): readonly Arrived[];
  /** From now on nothing can be delivered. */
  fails(): Promise<void>;
  works(): Promise<void>;
}

/** A kind of destination, and how a test reads what arrived there. */
export interface Destination<Place, Arrived extends Arrival = Arrival> {
  readonly open: () => Promise<OpenDestination<Place, Arrived>>;
  /** Which members of a batch this piece holds, by the names that `idOf` gives them. */
  readonly idsIn: (arrival: Arrived) => readonly string[];
  /** What a member is recognised by; null: it leaves no trace of its own there. Default: its span id or event id. */
  readonly idOf?: (item: Item) => string | null;
  /** What is wrong with this piece, in the eyes of the destination. */
  readonly problemsIn?: (arrival: Arrived) => readonly string[];
  /** Whether the same exporter says all of it again when a batch comes again that had arrived. Default: true. */
  readonly repeats?: boolean;
  /** How it says what became of a value. Default: as the exporters of Spoor do, in words. */
  readonly words?: Words;
  /** Laws that only this kind of destination asks for. */
  readonly laws?: (subject: Subject<Place, Arrived>) => void;
}

/** Texts by which a value is recognised that cannot be shown. `cut` stands for the number of bytes that the value had, 7654321. */
export interface Words {
  readonly withheld: string;
  readonly erased: string;
  readonly missing: string;
  readonly cut: string;
}

/** What a law is about. */
export interface Subject<Place, Arrived extends Arrival = Arrival> {
  readonly make: (place: Place) => Exporter;
  readonly destination: Destination<Place, Arrived>;
}
