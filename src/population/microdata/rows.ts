/** One person of a survey or a census, by column. */
export type MicrodataRow = Readonly<Record<string, unknown>>;
