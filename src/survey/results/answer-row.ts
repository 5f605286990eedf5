import type { Answer } from "../../kernel/contracts/answers/answer.ts";

/** An answer as flat columns: one row for each part of each item. */
export interface AnswerRow {
  readonly item: string;
  /** A number or text as it is; lists and amounts as JSON. Null where there is none. */
  readonly value: string | number | null;
  readonly missing: string | null;
  /** What was written beside an option that asks for it. */
  readonly other: string | null;
  readonly method: string;
}

/**
 * An answer as flat columns.
 * @example
 * answerRow({ item: "where", value: ["home", "work"], method: "person" }).value; // => '["home","work"]'
 */
export function answerRow(answer: Answer): AnswerRow {
  const { item, value, method } = answer;
  return {
    item,
    value: typeof value === "object" && value !== null ? JSON.stringify(value) : value,
    missing: "missing" in answer ? answer.missing : null,
    other: "other" in answer ? (answer.other ?? null) : null,
    method,
  };
}
