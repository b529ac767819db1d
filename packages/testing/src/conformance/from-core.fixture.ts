/** A module of core that no package gives out, by its path there. */
export async function fromCore<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../../core/src/${path}`, import.meta.url).href)) as Module;
}
