import type { Compilable, CompiledQuery, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** How rows are inserted that others with the same key stand in the way of. */
export interface InsertOptions {
  /** They are left out; else the insert fails. */
  readonly once?: boolean;
}

/** Most rows that travel in one statement. */
const mostRows = 32;

/** What every turn writes with: Kysely writes the text of each statement once, which takes longer than to run it. */
export class Statements {
  /** Texts alone: a compiled query holds on to the rows that it was written with. */
  readonly #written = new Map<string, string>();

  /** Inserts rows that all have the same columns. */
  async insert<Name extends keyof Tables>(
    transaction: Transaction<Tables>,
    table: Name,
    { rows, once = false }: { readonly rows: readonly Tables[Name][] } & InsertOptions,
  ): Promise<void> {
    for (let from = 0, size = mostRows; from < rows.length; from += size) {
      // By powers of two, so that there are six texts for a table and not as many as there are sizes.
      while (size > rows.length - from) size /= 2;
      const some = rows.slice(from, from + size);
      const columns = Object.keys(some[0] ?? {}) as (keyof Tables[Name])[];
      const text = this.#once(`insert ${table} ${size} ${columns}`, () => {
        const insert = transaction.insertInto<keyof Tables>(table).values(some);
        return once ? insert.onConflict((conflict) => conflict.doNothing()) : insert;
      });
      const parameters = some.flatMap((row) => columns.map((column) => row[column]));
      await transaction.executeQuery(asQuery(text, parameters));
    }
  }

  /** The last sequence of a run in a table; 0 before the first. */
  async lastOf(transaction: Transaction<Tables>, table: "events" | "calls" | "attempts", run: string): Promise<number> {
    const text = this.#once(`last ${table}`, () =>
      transaction
        .selectFrom(table)
        .where("run", "=", run)
        .select(({ fn }) => fn.max("sequence").as("last")),
    );
    const { rows } = await transaction.executeQuery(asQuery(text, [run]));
    return Number((rows as { last: number | null }[])[0]?.last ?? 0);
  }

  #once(name: string, write: () => Compilable<unknown>): string {
    const text = this.#written.get(name) ?? write().compile().sql;
    this.#written.set(name, text);
    return text;
  }
}

/** A query whose text is there; Kysely itself is loaded late, and not for this. */
function asQuery(sql: string, parameters: readonly unknown[]): CompiledQuery {
  return {
    sql,
    parameters,
    query: { kind: "RawNode", sqlFragments: [sql], parameters: [] },
    queryId: { queryId: sql },
  };
}
