import { withoutControls } from "../../kernel/text/controls.ts";
import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { deepFreeze, isRecord, plainCopy } from "../../persona/plain-data.ts";
import { invalidPersona, type ParseOptions, type Persona, parsePersona } from "../../persona/schema.ts";
import { formatVersion, type SavedPerson, savedPersonSchema } from "./document.ts";
import { fromUnversioned, type Migrated } from "./original.ts";
import { danglingIn } from "./places.ts";

/** A whole person from data, and what of the data could not be read, each with its path. */
export interface ReadPerson {
  readonly person: SavedPerson;
  readonly warnings: readonly string[];
}

/** A long life with its pictures; beyond this it is no person. */
const limits = { depth: 40, values: 4_000_000, characters: 96_000_000 };

/** Steps from one version of the format to the next. */
const migrations: readonly ((data: Record<string, unknown>) => Migrated)[] = [fromUnversioned];

/**
 * Reads a whole person from untrusted data: what `person.snapshot` gives, a persona file, a bare persona, or an agent
 * that the original library saved. Throws PERSONA_INVALID with the dotted path of each issue.
 * @example
 * parsePerson({ name: "Lisa" }).person; // => { type: "TinyPerson", version: 1, persona: { name: "Lisa" } }
 */
export function parsePerson(value: unknown, options: ParseOptions = {}): ReadPerson {
  const wrapped = isRecord(value) && value["type"] === "TinyPerson" ? value : { type: "TinyPerson", persona: value };
  const persona = parsePersona(value, options);
  const copied = plainCopy({ ...wrapped, persona: {} }, [], limits);
  if (copied.issues.length > 0) throw invalidPersona(copied.issues, options);
  const { data, warnings } = migrated(copied.data as Record<string, unknown>, options);
  return { person: checked({ ...data, persona }, persona, options), warnings };
}

function migrated(written: Record<string, unknown>, options: ParseOptions): Migrated {
  const version = written["version"] ?? 0;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) {
    throw invalidPersona([{ path: "version", message: "A whole number is expected." }], options);
  }
  if (version > formatVersion) throw newer(version, options);
  return migrations.slice(version).reduce<Migrated>(
    (before, step) => {
      const { data, warnings } = step(before.data);
      return { data, warnings: [...before.warnings, ...warnings] };
    },
    { data: written, warnings: [] },
  );
}

function checked(data: Record<string, unknown>, persona: Persona, options: ParseOptions): SavedPerson {
  const parsed = savedPersonSchema.safeParse({ ...data, persona: { name: persona.name } });
  if (!parsed.success) {
    throw invalidPersona(issuesInWords(parsed.error.issues, { whole: data, schema: savedPersonSchema }), options);
  }
  const { $schema: _editorsOnly, ...person } = parsed.data;
  const life = person.life === undefined ? {} : { life: plainTexts(person.life) };
  const whole = { ...person, persona, ...life } as SavedPerson;
  const issues = danglingIn(whole.life);
  if (issues.length > 0) throw invalidPersona(issues, options);
  return deepFreeze(whole) as SavedPerson;
}

/** What stands as it is: a model alone reads it. */
const promptKeys = new Set(["messages", "note"]);

/** Every text that anybody is shown, without characters that steer a terminal: prompts leave them out, too. */
function plainTexts<T>(value: T): T {
  if (typeof value === "string") return withoutControls(value) as T;
  if (Array.isArray(value)) return value.map(plainTexts) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, promptKeys.has(key) ? inner : plainTexts(inner)]),
  ) as T;
}

function newer(version: number, { file }: ParseOptions): TinyTroupeError<"PERSONA_INVALID"> {
  const message = `This is version ${version} of the format; versions up to ${formatVersion} can be read.`;
  const issues = [{ path: "version", message }];
  const head = `The person${file === undefined ? "" : ` ${file}`} was saved by a newer tinytroupe:`;
  return new TinyTroupeError("PERSONA_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Update tinytroupe, or take the `persona` out of the file into one of its own.",
  });
}
