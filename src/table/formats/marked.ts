import type { Cell, ColumnType, Table } from "../table.ts";

/** The table with a last column that says that each row is simulated: `simulated`, or the first free variant of it. */
export function marked({ columns, rows }: Table): Table {
  const names = new Set(columns.map((column) => column.name));
  let name = "simulated";
  for (let number = 2; names.has(name); number++) name = `simulated_${number}`;
  return { columns: [...columns, { name, type: "boolean" }], rows: rows.map((row) => [...row, true]) };
}

/** A cell as columns of a type hold it in files of columns: integers have 64 bits there. */
export function storedAs(cell: Cell, type: ColumnType): unknown {
  if (cell === null) return null;
  if (type === "integer") return BigInt(cell as number | bigint);
  return type === "number" ? Number(cell) : cell;
}
