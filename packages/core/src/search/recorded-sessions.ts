import { ContentIndex } from "../journal/disk/content-index.ts";
import { nodeFileSystem } from "../journal/disk/file-system.ts";
import { laneFolder, segmentFolder } from "../journal/disk/layout.ts";
import type { ContentSource, StoredContent } from "../journal/content.ts";
import type { AgentEvent, ContentRef } from "../vocabulary/event.ts";
import type { EntryLines, EntryPlace } from "./indexing/entry-lines.ts";

/** Some sessions as they were recorded. */
export interface RecordedSessions {
  /** In the order of the journal, read as they are taken, while the index is open. */
  readonly events: Iterable<AgentEvent>;
  /** What they refer to: each segment stands alone, so no other ones are looked through. It may be read after the index is closed. */
  readonly content: ContentSource;
}

/** `places`: of the entries, in the order of the journal. */
export function recordedSessions(
  dir: string,
  places: readonly EntryPlace[],
  lines: EntryLines,
): RecordedSessions {
  const folders = new Set(
    places.map(({ lane, segment }) => segmentFolder(laneFolder(dir, lane), segment)),
  );
  return {
    events: eventsAt(places, lines),
    content: new ContentOfSegments([...folders]),
  };
}

function* eventsAt(places: readonly EntryPlace[], lines: EntryLines): Iterable<AgentEvent> {
  for (const place of places) {
    const event = lines.eventAt(place);
    if (event) yield event;
  }
}

class ContentOfSegments implements ContentSource {
  readonly #folders: readonly string[];
  /** By place in the list; made when one is looked through for the first time. */
  readonly #indexes: ContentIndex[] = [];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  find(ref: ContentRef): StoredContent | null {
    return this.#first((index) => index.find(ref));
  }

  sizeOf(ref: ContentRef): number | null {
    return this.#first((index) => index.sizeOf(ref));
  }

  #first<Found>(find: (index: ContentIndex) => Found | null): Found | null {
    for (const place of this.#folders.keys()) {
      const found = find((this.#indexes[place] ??= this.#indexOf(place)));
      if (found !== null) return found;
    }
    return null;
  }

  #indexOf(place: number): ContentIndex {
    const index = new ContentIndex(this.#folders[place] ?? "", nodeFileSystem);
    index.refresh(false);
    return index;
  }
}
