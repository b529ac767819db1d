/** What Temporal says of an activity to the activity. */
export class Context {
  readonly info: { readonly attempt: number } = { attempt: 1 };

  static current(): Context {
    return new Context();
  }
}
