import { defineKind } from "../../kind.ts";

/** Something to read, which asks nothing. */
export const note = defineKind("note", {}, { parts: () => [] });
