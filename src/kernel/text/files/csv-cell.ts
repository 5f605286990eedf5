/** What Excel, LibreOffice and Google Sheets read as the beginning of a formula, in any width. */
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?%?$/i;

/** A text as a cell of CSV (RFC 4180); with an apostrophe before what a spreadsheet would take for a formula. */
export function csvCell(text: string): string {
  const guarded = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/**
 * The text of a cell without the apostrophe that keeps spreadsheets from taking it for a formula.
 * @example
 * unguarded("'+10 euros"); // => "+10 euros"
 */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
