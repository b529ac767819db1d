import { element, setAttributes } from "../element.ts";

/** What fills a list. */
export interface ListOptions {
  readonly name: string;
  readonly label: string;
  readonly kind: "tree" | "listbox";
  readonly rowHeight: number;
  /** Fills the row at an index; the row may have held another before. */
  readonly draw: (row: HTMLElement, index: number) => void;
  readonly select: (index: number) => void;
  /** Enter, or a second click. Default: nothing more happens. */
  readonly enter?: (index: number) => void;
  /** Arrow right (true) and left (false). Default: nothing happens. */
  readonly fold?: (index: number, isOpen: boolean) => void;
}

/** A list of any length, of which only the rows that can be seen exist. One row is selected; arrows, Home, End and page keys move it. */
export interface List {
  readonly element: HTMLElement;
  /** `reveal`: brings the selected row into sight. */
  readonly update: (rows: number, selected: number | null, reveal: boolean) => void;
  readonly step: (by: number) => void;
}

const beyond = 8;

export function createList(options: ListOptions): List {
  const { name, kind, label, rowHeight } = options;
  const rowRole = kind === "tree" ? "treeitem" : "option";
  const runway = element("div", { class: "runway", role: "presentation" });
  const scroller = element(
    "div",
    { class: `list ${name}`, role: kind, "aria-label": label, tabindex: 0 },
    runway,
  );
  const shown = new Map<number, HTMLElement>();
  const spare: HTMLElement[] = [];
  let count = 0;
  let selected: number | null = null;

  const drawRow = (row: HTMLElement, index: number): void => {
    options.draw(row, index);
    setAttributes(row, { id: `${name}-${index}`, "aria-selected": String(index === selected) });
    row.style.transform = `translateY(${index * rowHeight}px)`;
  };

  const drawSight = (isFresh: boolean): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - beyond);
    const seen = Math.ceil(scroller.clientHeight / rowHeight) + 2 * beyond;
    const last = Math.min(count - 1, first + seen);
    for (const [index, row] of shown)
      if (index < first || index > last) {
        shown.delete(index);
        spare.push(row);
      }
    for (let index = first; index <= last; index += 1) {
      const known = shown.get(index);
      if (known && !isFresh) continue;
      const row = known ?? spare.pop() ?? element("div", { class: "row", role: rowRole });
      drawRow(row, index);
      shown.set(index, row);
      if (row.parentNode !== runway) runway.append(row);
    }
    for (const row of spare) row.remove();
  };

  const reveal = (index: number): void => {
    const top = index * rowHeight;
    const { scrollTop, clientHeight } = scroller;
    if (top < scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight)
      scroller.scrollTop = top + rowHeight - clientHeight + rowHeight * 2;
  };

  const goTo = (index: number): void => {
    if (count > 0) options.select(Math.min(count - 1, Math.max(0, index)));
  };

  const step = (by: number): void => {
    goTo(selected === null ? (by > 0 ? 0 : count - 1) : selected + by);
  };

  const page = (): number => Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 1);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(page()),
    PageUp: () => step(-page()),
    Home: () => goTo(0),
    End: () => goTo(count - 1),
    Enter: () => selected !== null && options.enter?.(selected),
    ArrowRight: () => selected !== null && options.fold?.(selected, true),
    ArrowLeft: () => selected !== null && options.fold?.(selected, false),
  };
  scroller.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  const indexAt = (target: EventTarget | null): number | null => {
    const row = target instanceof Element ? target.closest(".row") : null;
    return [...shown].find(([, known]) => known === row)?.[0] ?? null;
  };
  scroller.addEventListener("click", (event) => {
    const index = indexAt(event.target);
    if (index === null) return;
    const isTwisty = event.target instanceof Element && event.target.closest(".twisty") !== null;
    if (isTwisty) options.fold?.(index, event.target.closest("[aria-expanded=true]") === null);
    else options.select(index);
  });
  scroller.addEventListener("dblclick", (event) => {
    const index = indexAt(event.target);
    if (index !== null) options.enter?.(index);
  });
  scroller.addEventListener("scroll", () => drawSight(false), { passive: true });
  new ResizeObserver(() => drawSight(false)).observe(scroller);

  return {
    element: scroller,
    step,
    update(rows, index, isRevealed) {
      count = rows;
      selected = index;
      runway.style.height = `${rows * rowHeight}px`;
      if (index !== null && isRevealed) reveal(index);
      drawSight(true);
      setAttributes(scroller, {
        "aria-activedescendant": index !== null && shown.has(index) ? `${name}-${index}` : null,
      });
    },
  };
}
