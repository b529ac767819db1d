/** What a figure has to reach. Without one it is only shown. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One measured number. The same name in every round: the runner takes the median over them. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: Target;
}

/** Folders of a round. `prepared` is shared by all rounds of a case and only read; `scratch` is new in each. */
export interface Folders {
  readonly prepared: string;
  readonly scratch: string;
}

/** `large`: also the sizes that take minutes and gigabytes. */
export type Extent = "usual" | "large";

/** One file in `cases/`. Its warm-up is its own and stays out of its figures. */
export interface Benchmark {
  readonly name: string;
  /** What a reader has to know to judge the figures. */
  readonly note: string;
  /** Once a case, in a process of its own: what it makes costs the rounds neither time nor memory. */
  prepare?(folder: string, extent: Extent): Promise<void>;
  /** One round, in a fresh process with `gc` exposed. */
  run(folders: Folders, extent: Extent): Promise<readonly Figure[]>;
}
