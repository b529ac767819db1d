/** As gRPC's for Node: names in lower case, several texts under each. */
export class Metadata {
  readonly #texts: Map<string, string[]> = new Map();

  set(name: string, text: string): void {
    this.#texts.set(name.toLowerCase(), [text]);
  }

  getMap(): Readonly<Record<string, string | undefined>> {
    return Object.fromEntries([...this.#texts].map(([name, [first]]) => [name, first]));
  }
}
