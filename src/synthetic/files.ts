import { harmlessJson } from "../kernel/text/controls.ts";
import { jsonLines } from "../table/formats/jsonl.ts";
import { metadataOf, tableMetadata } from "../table/formats/metadata.ts";
import type { RunProvenance } from "../table/provenance.ts";
import { tableOf } from "../table/table.ts";
import type { SyntheticData } from "./generate.ts";
import { type DataItem, splits } from "./items.ts";
import type { DataSpecification } from "./specification.ts";

/** The formats in which chat models are tuned. */
export const chatFormats = ["openai", "sharegpt", "alpaca"] as const;

/** A format in which chat models are tuned. */
export type ChatFormat = (typeof chatFormats)[number];

/** Which files are made of a set. */
export interface DataFileOptions {
  readonly provenance: RunProvenance;
  /** Default: OpenAI's messages. */
  readonly formats?: readonly ChatFormat[];
}

/**
 * The files of a set, by name: its rows, each split in the formats that chat models are tuned in, beside each where it
 * comes from (`-metadata.json`, as no line of a tuning file may say so), and a report.
 * @example
 * const teas = parseDataSpecification({ data: 1, name: "teas", kind: "queries", about: "a tea shop", size: 4 });
 * const files = dataFiles(await generateData(simulation.context, teas), { provenance: await simulation.provenance() });
 * [...files.keys()].includes("data.jsonl"); // => true
 */
export function dataFiles(
  data: SyntheticData,
  { provenance, formats = ["openai"] }: DataFileOptions,
): ReadonlyMap<string, string> {
  const { specification, items, leftOut, balance, leakage, refused, compares } = data;
  const table = tableOf(items.map(rowOf));
  const files = new Map([
    ["data.jsonl", jsonLines(table)],
    ["data.jsonl-metadata.json", tableMetadata(table, { file: "data.jsonl", provenance })],
  ]);
  for (const format of formats) {
    for (const split of splits) {
      const part = items.filter((item) => item.split === split);
      const file = `${split}.${format}.jsonl`;
      if (part.length === 0) continue;
      files.set(file, part.map((item) => `${jsonOf(chatLine(specification, item, format))}\n`).join(""));
      files.set(`${file}-metadata.json`, metadataOf({ file, provenance }));
    }
  }
  const report = { simulated: true, provenance, specification, compares, balance, leakage, refused, leftOut };
  return files.set("report.json", `${jsonOf(report, 2)}\n`);
}

function rowOf({ values, ...item }: DataItem): object {
  const { id, split, label, text, exchanges } = item;
  return { id, split, ...values, ...(label !== undefined && { label }), ...(exchanges ? { exchanges } : { text }) };
}

/** An item as one example for tuning: what is asked, and what is to be answered. */
export function chatLine(specification: DataSpecification, item: DataItem, format: ChatFormat): object {
  const { system, turns } = talkOf(specification, item);
  const [last, before] = [turns.at(-1), turns.slice(0, -1)];
  switch (format) {
    case "openai": {
      const said = turns.flatMap(({ user, assistant }) => [
        { role: "user", content: user },
        { role: "assistant", content: assistant },
      ]);
      return { messages: [...(system === "" ? [] : [{ role: "system", content: system }]), ...said] };
    }
    case "sharegpt": {
      const said = turns.flatMap(({ user, assistant }) => [
        { from: "human", value: user },
        { from: "gpt", value: assistant },
      ]);
      return { conversations: [...(system === "" ? [] : [{ from: "system", value: system }]), ...said] };
    }
    case "alpaca": {
      const asked = system === "" ? { instruction: last?.user, input: "" } : { instruction: system, input: last?.user };
      const history = before.map(({ user, assistant }) => [user, assistant]);
      return { ...asked, output: last?.assistant, ...(history.length > 0 && { history }) };
    }
  }
}

/** Labels are answered to texts; reviews and queries to what they were written for. */
function talkOf({ kind, about, labels = {} }: DataSpecification, { text, label, values, exchanges }: DataItem) {
  if (exchanges !== undefined) return { system: "", turns: exchanges };
  if (label !== undefined) {
    const system = `Say which of these labels the text has, and nothing else: ${Object.keys(labels).join(", ")}.`;
    return { system, turns: [{ user: text, assistant: label }] };
  }
  const wanted = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
  const user = [`Write a ${kind === "reviews" ? "review" : "query"}. What it is about: ${about}`, ...wanted].join("\n");
  return { system: "", turns: [{ user, assistant: text }] };
}

const jsonOf = (value: unknown, space?: number): string => harmlessJson(JSON.stringify(value, null, space));
