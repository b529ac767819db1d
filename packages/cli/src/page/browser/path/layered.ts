import type { Item, Link, Point } from "./placing.ts";
import { centresOf } from "./centring.ts";
import { below, type Cell, layersOf, type Strand } from "./layers.ts";
import { inBestOrder, neighboursIn } from "./ordering.ts";

/** Where a link runs, from its beginning to its end. */
export interface Route<Linked extends Link> {
  readonly link: Linked;
  readonly points: readonly Point[];
}

export interface Layout<Linked extends Link> {
  /** Upper left corners. */
  readonly placeOf: ReadonlyMap<string, Point>;
  /** Of all links but those from an item to itself. */
  readonly routes: readonly Route<Linked>[];
  readonly width: number;
  readonly height: number;
}

/**
 * Items in layers from top to bottom, each below all earlier ones that it is joined with; links to an earlier item run back up. What would make a layer
 * wider than asked goes on in the next.
 */
export function layered<Linked extends Link>(
  items: readonly Item[],
  links: readonly Linked[],
  widest: number,
): Layout<Linked> {
  const found = layersOf(items, links, widest);
  const neighbours = neighboursIn(found.strands);
  const rows = inBestOrder(found, neighbours);
  const centres = centresOf(rows, neighbours);
  const bands = new Map<string, Band>();
  let top = 0;
  for (const row of rows) {
    const height = Math.max(...row.map((cell) => cell.height));
    for (const cell of row)
      bands.set(cell.id, { cell, centre: centres.get(cell.id) ?? 0, top, bottom: top + height });
    top += height + below;
  }
  const cells = [...bands.values()];
  return {
    placeOf: new Map(
      cells.flatMap((band) => (band.cell.trunk !== null ? [] : [[band.cell.id, corner(band)]])),
    ),
    routes: routesOf(found.strands, bands),
    width: Math.max(0, ...cells.map(({ cell, centre }) => centre + cell.width / 2)),
    height: Math.max(0, top - below),
  };
}

/** A cell in its layer. */
interface Band {
  readonly cell: Cell;
  readonly centre: number;
  readonly top: number;
  readonly bottom: number;
}

const corner = ({ cell, centre, top }: Band): Point => ({ x: centre - cell.width / 2, y: top });

function routesOf<Linked extends Link>(
  strands: readonly Strand<Linked>[],
  bands: ReadonlyMap<string, Band>,
): readonly Route<Linked>[] {
  const ports = portsOf(strands, bands);
  return strands.map((strand) => {
    const { cells, isBack, link } = strand;
    const points = cells.flatMap((id, index): readonly Point[] => {
      const band = bands.get(id);
      if (!band) return [];
      const { top, bottom, cell } = band;
      const last = cells.length - 1;
      const aside = isBack ? cell.width / 4 : -cell.width / 4;
      if (index > 0 && index < last)
        return [top, bottom].map((y) => ({ x: band.centre + aside, y }));
      const side = index === 0 ? "lower" : "upper";
      const x = ports.get(portName(strand, side)) ?? band.centre;
      return index === 0 ? [top + cell.height, bottom].map((y) => ({ x, y })) : [{ x, y: top }];
    });
    return { link, points: isBack ? points.toReversed() : points };
  });
}

const portSpacing = 20;
/** How much of the edge of an item lines may use. */
const portShare = 0.7;

/** Lines that run on together leave together. */
const portName = ({ cells, isBack }: Strand, side: "upper" | "lower"): string => {
  const ends = side === "lower" ? cells.slice(0, 2) : cells.slice(-2).toReversed();
  return JSON.stringify([...ends, side, isBack]);
};

/** Where on the edges of items lines begin and end, in the order of where they lead to. Of two to the same place, that which leads down is on the left. */
function portsOf(
  strands: readonly Strand[],
  bands: ReadonlyMap<string, Band>,
): ReadonlyMap<string, number> {
  const centreOf = (id: string | undefined): number => bands.get(id ?? "")?.centre ?? 0;
  const wanted = strands.flatMap((strand) =>
    (["lower", "upper"] as const).map((side) => {
      const [item, next] = side === "lower" ? strand.cells : strand.cells.toReversed();
      const toward = centreOf(next) + (strand.isBack ? 0.5 : 0);
      return { name: portName(strand, side), item: item ?? "", side, toward };
    }),
  );
  const unique = [...new Map(wanted.map((port) => [port.name, port])).values()];
  const sides = Map.groupBy(unique, ({ item, side }) => `${side} ${item}`);
  return new Map(
    [...sides.values()].flatMap((ports) => {
      const band = bands.get(ports[0]?.item ?? "");
      const width = (band?.cell.width ?? 0) * portShare;
      const spacing = Math.min(portSpacing, width / Math.max(1, ports.length - 1));
      const left = (band?.centre ?? 0) - (spacing * (ports.length - 1)) / 2;
      return ports
        .toSorted((one, two) => one.toward - two.toward)
        .map(({ name }, index): [string, number] => [name, left + spacing * index]);
    }),
  );
}
