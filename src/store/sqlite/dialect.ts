import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { CompiledQuery, DatabaseConnection, Dialect, QueryResult } from "kysely";

/** Statements kept ready; the texts of queries are few, but for inserts of odd numbers of rows. */
const keptStatements = 100;

interface Use {
  /** Only reads happen here: single statements, which nothing can come between, so that none has to queue. */
  readonly readOnly?: boolean;
}

/** Kysely over `node:sqlite`; a transaction takes the write lock at its start, so that it never fails halfway for it. */
export function nodeSqliteDialect(
  kysely: typeof import("kysely"),
  database: DatabaseSync,
  { readOnly = false }: Use = {},
): Dialect {
  const connection = connectionTo(database);
  class Adapter extends kysely.SqliteAdapter {
    override get supportsMultipleConnections(): boolean {
      return readOnly;
    }
  }
  const run = async (sql: string): Promise<void> => database.exec(sql);
  return {
    createAdapter: () => new Adapter(),
    createQueryCompiler: () => new kysely.SqliteQueryCompiler(),
    createIntrospector: (db) => new kysely.SqliteIntrospector(db),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      releaseConnection: async () => {},
      beginTransaction: () => run("begin immediate"),
      commitTransaction: () => run("commit"),
      // After a full disk SQLite has already rolled back by itself.
      rollbackTransaction: async () => (database.isTransaction ? run("rollback") : undefined),
      // Whoever opened the handle closes it: Kysely would leave one open that was never used.
      destroy: async () => {},
    }),
  };
}

function connectionTo(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    const [oldest] = statements.keys();
    if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
    return statement;
  };
  return {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const statement = prepared(sql);
      const values = parameters as SQLInputValue[];
      if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] };
      const { changes } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    streamQuery: () => {
      throw new Error("This dialect reads in pages, not in streams.");
    },
  };
}
