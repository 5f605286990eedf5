import type { Compilable, CompiledQuery, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** How rows are inserted that others with the same key stand in the way of. */
export interface InsertOptions {
  /** They are left out; else the insert fails. */
  readonly once?: boolean;
}

/** Rows that travel in one statement. */
const perStatement = 50;

/** What every turn writes with: Kysely writes the text of each statement once, which takes longer than to run it. */
export class Statements {
  readonly #written = new Map<string, CompiledQuery>();

  /** Inserts rows that all have the same columns. */
  async insert<Name extends keyof Tables>(
    transaction: Transaction<Tables>,
    table: Name,
    { rows, once = false }: { readonly rows: readonly Tables[Name][] } & InsertOptions,
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += perStatement) {
      const some = rows.slice(from, from + perStatement);
      const columns = Object.keys(some[0] ?? {}) as (keyof Tables[Name])[];
      const query = this.#once(`insert ${table} ${some.length} ${columns}`, () => {
        const insert = transaction.insertInto<keyof Tables>(table).values(some);
        return once ? insert.onConflict((conflict) => conflict.doNothing()) : insert;
      });
      const parameters = some.flatMap((row) => columns.map((column) => row[column]));
      await transaction.executeQuery({ ...query, parameters });
    }
  }

  /** The last sequence of a run in a table; 0 before the first. */
  async lastOf(transaction: Transaction<Tables>, table: "events" | "calls" | "attempts", run: string): Promise<number> {
    const query = this.#once(`last ${table}`, () =>
      transaction
        .selectFrom(table)
        .where("run", "=", run)
        .select(({ fn }) => fn.max("sequence").as("last")),
    );
    const { rows } = await transaction.executeQuery({ ...query, parameters: [run] });
    return Number((rows as { last: number | null }[])[0]?.last ?? 0);
  }

  #once(name: string, write: () => Compilable<unknown>): CompiledQuery {
    const query = this.#written.get(name) ?? write().compile();
    this.#written.set(name, query);
    return query;
  }
}
