import type { LineReader } from "./line-reader.ts";
import type { Line } from "./lines.ts";
import type { RecordingFile } from "./recording-file.ts";

/** Files that belong together: what they say is recorded in the order of time, as far as they tell it. */
export type FileGroup = readonly [string, ...string[]];

/** A framework whose recordings can be imported. */
export interface Framework {
  readonly name: string;
  /** What it is called in a sentence. */
  readonly title: string;
  /** The package that reads them: another build of it may read more out of the same files. */
  readonly adapter: string;
  /** Where it keeps its recordings by itself. Null: it keeps none on this machine. */
  readonly history: History | null;
  /** What the names of its recordings end in, among others in a folder. */
  readonly endings: readonly string[];
  readonly groups: (paths: readonly string[]) => readonly FileGroup[];
  /** The lines of a file, or what a document holds, as lines. Throws a sentence where that cannot be read. */
  readonly lines: (file: RecordingFile) => Iterable<Line>;
  /** What kind of recording a line comes from, in the framework's own words; undefined where it is no JSON. Null: it does not tell. */
  readonly kindOf: (line: unknown, text: string) => string | null;
  /** Whether a line, as parsed, can stand in a recording at all. */
  readonly isLine: (line: unknown) => boolean;
  /** What lies beside a file and has to be known to read it; null: nothing. */
  readonly companion: (path: string) => string | null;
  readonly reader: FileReader;
  /** Where files tell of the same things: looks through all that are to be read before any is recorded, and then reads them. Absent: each is read by itself. */
  readonly together?: (surroundings: Surroundings) => FileReader;
}

export type FileReader = (path: string, about: AboutFile) => LineReader;

/** What an import can know before it records anything; each may be gone through more than once. */
export interface Surroundings {
  /** The lines of each file that is to be read. */
  readonly files: Iterable<Iterable<string>>;
  /** The entries of the journal, as they are written. */
  readonly entries: Iterable<string>;
}

export interface History {
  /** Null: nowhere that the environment tells. */
  readonly folderIn: (environment: Readonly<Record<string, string | undefined>>) => string | null;
  /** What a user sets who keeps it elsewhere. */
  readonly variable: string;
}

/** What has to be known to read a file, besides its lines. */
export interface AboutFile {
  /** Null where no line tells. */
  readonly kind: string | null;
  /** What was found beside it. */
  readonly companion: string | null;
  /** Which session a model call was first recorded in: a fork's file repeats calls of the one that it has left. Null: none so far. */
  readonly sessionOf: SessionOfCall;
}

export type SessionOfCall = (call: string) => string | null;
