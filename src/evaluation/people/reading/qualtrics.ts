import type { PlacedCell } from "../../../table/reading/sheet.ts";
import type { TableOfAnswers } from "./table-of-answers.ts";

/** Rows of an export of Qualtrics that may not be meant to count: previews, and questionnaires that were not finished. */
export function qualtricsRemarks(
  table: TableOfAnswers,
  counted: readonly (readonly PlacedCell[])[],
): readonly string[] {
  if (table.headers < 2) return [];
  const many = (column: string, holds: (text: string) => boolean): number => {
    const place = table.columns.indexOf(column);
    return place < 0 ? 0 : counted.filter((row) => holds((row[place]?.text ?? "").trim().toLowerCase())).length;
  };
  const previews = many("Status", (text) => text === "survey preview" || text === "1" || text === "survey test");
  const unfinished = many("Finished", (text) => text === "false" || text === "0");
  return [
    ...(previews === 0
      ? []
      : [`${said(previews)} of people who looked at the survey before it began (Status): \`only\` leaves such out.`]),
    ...(unfinished === 0
      ? []
      : [`${said(unfinished)} of people who did not finish (Finished): \`only\` leaves such out.`]),
  ];
}

const said = (count: number): string => (count === 1 ? "One row is" : `${count} rows are`);
