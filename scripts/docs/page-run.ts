/** What became of a page's blocks. */
export interface PageRun {
  readonly blocks: number;
  /** `line`: of the page; 0: what was looked at afterwards. */
  readonly failures: readonly { readonly line: number; readonly error: string }[];
}
