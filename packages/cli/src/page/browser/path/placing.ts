/** Something to place. */
export interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** From one item to another. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
