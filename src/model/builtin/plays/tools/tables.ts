import { absent } from "../../fill/author.ts";
import type { Scene } from "../../speech/scene.ts";
import type { Appointment } from "./appointments.ts";

/** What people do with tables, and nothing by chance alone. */
export const ofTables: ReadonlySet<string> = new Set([
  "CREATE_TABLE",
  "ADD_ROWS",
  "SET_CELL",
  "READ_TABLE",
  "COMPUTE_COLUMN",
]);

const known = /(?:“([^”]+)” is made, with ([^\n.<]+)|“([^”]+)”, \d+ rows?: ([^\n<]+))/gu;
const none = /there is none yet/u;
const spokenOf = /table|spreadsheet|tabelle|tabla|tableau|tabela|column|스프레드시트|표|スプレッドシート|جدول/iu;
const columns = ["Name", "Price"] as const;
const title = "Prices";

/**
 * What somebody does with tables when they are spoken of: looks whether there is one, makes it where there is none, adds
 * a row of their own, once.
 * @param fresh what is new to the person, and the present, as the prompt tells it
 */
export function tableWork({ conversation, character, dice }: Scene, fresh: string): readonly Appointment[] {
  if (!spokenOf.test(conversation.last?.text ?? "")) return [];
  const recently = conversation.said.slice(-3_000);
  if (none.test(fresh) && !recently.includes('"CREATE_TABLE"')) {
    return [{ type: "CREATE_TABLE", args: { table: title, columns } }];
  }
  const [, made, madeOf, read, readOf] = [...fresh.matchAll(known)].at(-1) ?? [];
  const [table, heads] = [made ?? read, (madeOf ?? readOf)?.split(/, | \| /u)];
  if (table !== undefined && heads !== undefined && !recently.includes('"ADD_ROWS"')) {
    const row = heads.map((head) =>
      /price|cost|preis|prix|precio|amount|sum|number/iu.test(head) ? 5 + dice.integer(45) : character.name,
    );
    return [{ type: "ADD_ROWS", args: { table, rows: [row] } }];
  }
  if (recently.includes('"READ_TABLE"')) return [];
  return [{ type: "READ_TABLE", args: { table: title, from: absent } }];
}
