import { z } from "zod";
import { type Extracted, extractEach } from "../../insight/extract.ts";
import { extractAgreed, type FieldAgreement } from "../../insight/several/agreed.ts";
import type { Subject } from "../../kernel/contracts/context.ts";
import type { ErrorRecord } from "../../kernel/values/errors.ts";
import type { Step } from "../document/document.ts";
import { schemaOfFields } from "../document/fields.ts";
import type { Extraction } from "../document/reading.ts";
import { originOf, readableIn, type Scene, subjectOf } from "./scene.ts";
import { addedColumns, type Row, rounded, rowsOf } from "./tables.ts";

/** Models that a step names: that there are such is known before anybody is asked. */
export function readersIn(step: Step): readonly string[] {
  if ("survey" in step) return step.survey.classifier === undefined ? [] : [step.survey.classifier];
  if ("judge" in step) return step.judge.by === undefined ? [] : [step.judge.by];
  if (!("extract" in step)) return [];
  const { by, readers = [] } = step.extract;
  return by === undefined ? readers : [by, ...readers];
}

/** Reads what happened into a table, and how far several readers agree into another. */
export async function extractTables(step: Extraction, scene: Scene): Promise<void> {
  const from = originOf(step, scene);
  const readable = readableIn(from, scene, "extract");
  const isEach = from === "each";
  const { rows, fields } = await read(isEach ? readable : [subjectOf(from, scene)], step);
  scene.tables.set(step.as, isEach ? eachRows(rows, scene) : rows.flatMap(rowsIn));
  if (step.agreement !== undefined) scene.tables.set(step.agreement, fields.map(agreementRow));
}

/** A row or more for everybody of the study, also for who was never asked. */
function eachRows(rows: readonly Read[], { people, silent }: Scene): readonly Row[] {
  const found = new Map(rows.map((one) => [one.subject, one]));
  return people.flatMap((person): readonly Row[] => {
    const one = found.get(person.name);
    const own = one === undefined ? [{ error: silent.get(person) ?? "Was never asked." }] : rowsIn(one);
    return own.map((row) => ({ [addedColumns.person]: person.name, ...row }));
  });
}

/** What came of one subject. */
type Read = Extracted & ({ readonly rows: readonly Row[] } | { readonly error: ErrorRecord });

const rowsIn = (one: Read): readonly Row[] => ("error" in one ? [{ error: one.error.message }] : one.rows);

interface ReadAll {
  readonly rows: readonly Read[];
  /** How far readers agree; of one alone there is nothing to say. */
  readonly fields: readonly FieldAgreement[];
}

async function read(subjects: readonly Subject[], step: Extraction): Promise<ReadAll> {
  const { objective, situation, evidence = false, rows, fields, by, readers, samples } = step;
  const schema = rows
    ? z.object({ rows: z.array(schemaOfFields(rows)) })
    : schemaOfFields(fields ?? { answer: objective });
  const options = {
    objective,
    schema,
    evidence,
    label: `extract ${step.as}`,
    ...(situation === undefined ? {} : { situation }),
  };
  const form = { many: rows !== undefined, evidence };
  if (readers === undefined && samples === undefined) {
    const each = await extractEach(subjects, { ...options, ...(by !== undefined && { by }) });
    const told = each.map((one) => ("error" in one ? one : { ...one, rows: rowsOf(one.value, form) }));
    return { rows: told, fields: [] };
  }
  const asked = readers ?? (by === undefined ? undefined : [by]);
  const several = { ...(asked && { readers: asked }), ...(samples !== undefined && { samples }) };
  const agreed = await extractAgreed(subjects, { ...options, ...several });
  const told = agreed.rows.map((one): Read => {
    if ("error" in one) return one;
    const shares = Object.values(one.agreement);
    const share = shares.length === 0 ? null : rounded(shares.reduce((sum, each) => sum + each, 0) / shares.length);
    return { ...one, rows: rowsOf(one.value, form).map((row) => ({ ...row, [addedColumns.agreement]: share })) };
  });
  return { rows: told, fields: agreed.fields };
}

const agreementRow = ({ field, share, alpha }: FieldAgreement): Row => ({
  field,
  share: share === undefined ? null : rounded(share),
  ...("reason" in alpha ? { alpha: null, why: alpha.reason } : { alpha: rounded(alpha.alpha) }),
});
