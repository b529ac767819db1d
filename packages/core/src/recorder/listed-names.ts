/** To list the names of a large object is most of what looking at it costs: whoever looks at the same again gets the same list. */
export class ListedNames {
  #object: object | null = null;
  #names: readonly string[] = [];

  of(object: object): readonly string[] {
    if (this.#object !== object) {
      this.#names = Object.keys(object);
      this.#object = object;
    }
    return this.#names;
  }
}
