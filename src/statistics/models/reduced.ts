/** A solution of a linear system, and what of it is not the only one. */
export interface Reduced {
  /** One solution: what is free is zero. */
  readonly solution: readonly number[];
  /** For each free column the combination of columns that comes to nothing, by their places. */
  readonly dependent: readonly ReadonlyMap<number, number>[];
}

/** A pivot below this, of columns of length one, is what rounding leaves of nothing. */
const least = 1e-9;

/** A small square system by Gauss and Jordan's elimination, with the largest pivot of each column that is left. */
export function reduced(matrix: readonly (readonly number[])[], right: readonly number[]): Reduced {
  const width = matrix.length;
  const sizes = matrix.map((_, column) => Math.hypot(...matrix.map((row) => row[column] as number)) || 1);
  const rows = matrix.map((row, place) => {
    const scaled = row.map((value, column) => value / (sizes[column] as number));
    return [...scaled, right[place] as number];
  });
  const pivots: number[] = [];
  for (let column = 0; column < width; column++) {
    const done = pivots.length;
    const height = (place: number): number => Math.abs(rows[place]?.[column] as number);
    let best = done;
    for (let place = done; place < width; place++) if (height(place) > height(best)) best = place;
    if (best >= width || height(best) < least) continue;
    [rows[done], rows[best]] = [rows[best] as number[], rows[done] as number[]];
    clear(rows, done, column);
    pivots.push(column);
  }
  const solution = matrix.map((_, column) => {
    const place = pivots.indexOf(column);
    return place < 0 ? 0 : (rows[place]?.[width] as number) / (sizes[column] as number);
  });
  const free = [...matrix.keys()].filter((column) => !pivots.includes(column));
  const dependent = free.map((column) => {
    const parts = pivots.map(
      (pivot, place) => [pivot, -(rows[place]?.[column] as number) * ratio(column, pivot)] as const,
    );
    return new Map([...parts.filter(([, part]) => Math.abs(part) > 1e-7), [column, 1] as const]);
  });
  return { solution, dependent };

  function ratio(column: number, pivot: number): number {
    return (sizes[column] as number) / (sizes[pivot] as number);
  }
}

/** Makes the pivot one, and all else in its column zero. */
function clear(rows: number[][], done: number, column: number): void {
  const own = rows[done] as number[];
  const pivot = own[column] as number;
  for (const [place, value] of own.entries()) own[place] = value / pivot;
  for (const [other, row] of rows.entries()) {
    const factor = row[column] as number;
    if (other === done || factor === 0) continue;
    for (const [place, value] of row.entries()) row[place] = value - factor * (own[place] as number);
  }
}
