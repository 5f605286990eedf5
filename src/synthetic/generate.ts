import type { Context } from "../kernel/contracts/context.ts";
import { eachRow } from "../kernel/rows/rows.ts";
import type { ErrorRecord } from "../kernel/values/errors.ts";
import { givesAway, nearestOf, nearPairs, rounding } from "./checks/near.ts";
import { type BalanceRow, balanceOf, type LeakageRow, leakageOf } from "./checks/reports.ts";
import { splitOf } from "./checks/split.ts";
import { type Drawn, drawItems } from "./draw.ts";
import type { DataFault, DataItem, LeftOutItem, Written } from "./items.ts";
import { type Draft, messagesFor, schemaOf } from "./prompt.ts";
import type { DataSpecification } from "./specification.ts";

/** How a set is written. */
export interface GenerateDataOptions {
  /** Items at once. Default 16. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told of each item that came from the model; `all` grows when items are written anew. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A set of data, what was left out of it, and what it is like: all of it rows. */
export interface SyntheticData {
  readonly specification: DataSpecification;
  readonly items: readonly DataItem[];
  readonly leftOut: readonly LeftOutItem[];
  readonly balance: readonly BalanceRow[];
  readonly leakage: readonly LeakageRow[];
  /** How often something was written that would not do, by why. */
  readonly refused: Readonly<Record<DataFault, number>>;
  /** What it means that two texts are near: offline, by rules, only that they share words. */
  readonly compares: "meaning" | "words";
  /** No language model wrote it, at least in part: a rehearsal. */
  readonly heuristic?: true;
}

/**
 * Writes a set of data: values and labels are drawn by quota, and each item is written for them in a call of its own. What
 * is empty, has its label as a word, or is a near copy of an earlier item or of an example is written anew, and left out
 * in the end. Near copies never lie in two splits. What was paid for is found again. Throws what concerns all items, what
 * all met, and as `Vectors.embed`.
 * @example
 * const teas = parseDataSpecification({ data: 1, name: "teas", kind: "reviews", about: "a tea shop", size: 4, dimensions: { rating: [1, 5] } });
 * const { items, balance } = await generateData(simulation.context, teas);
 * balance.map(({ value, asked }) => [value, asked]); // => [["1", 2], ["5", 2]]
 */
export async function generateData(
  context: Context,
  specification: DataSpecification,
  options: GenerateDataOptions = {},
): Promise<SyntheticData> {
  const drawn = await drawItems(specification, context.random.path);
  const writing = new Writing(context, specification, options);
  await writing.all(drawn);
  const { kept, leftOut, refused, compares, heuristic } = writing;
  const inOrder = kept.toSorted((one, other) => (one.item.id < other.item.id ? -1 : 1));
  const vectors = inOrder.map(({ vector }) => vector);
  const splitted = splitOf({
    strata: inOrder.map(({ item }) => item.label ?? ""),
    kin: await nearPairs(vectors, specification.kin),
    shares: specification.split,
    random: context.random.fork(`data split ${specification.name}`),
  });
  const items = inOrder.map(
    ({ item: { id, ...rest } }, at): DataItem => ({ id, split: splitted[at] ?? "train", ...rest }),
  );
  return {
    ...{ specification, items, leftOut, refused, compares },
    balance: balanceOf(specification, drawn, items),
    leakage: await leakageOf(specification, items, { vectors, examples: writing.examples }),
    ...(heuristic && { heuristic: true }),
  };
}

interface Kept {
  readonly item: Written;
  readonly vector: Float32Array;
}

interface Pending {
  readonly drawn: Drawn;
  readonly remarks: readonly string[];
}

interface Refusal {
  readonly drawn: Drawn;
  readonly why: DataFault;
  readonly of?: string;
  readonly error?: ErrorRecord;
}

/** The rounds of one set: all are written, held against those before, and what will not do is written anew. */
class Writing {
  readonly kept: Kept[] = [];
  readonly leftOut: LeftOutItem[] = [];
  readonly refused: Record<DataFault, number> = { empty: 0, label: 0, copy: 0, failed: 0 };
  compares: "meaning" | "words" = "meaning";
  heuristic = false;
  examples: readonly Float32Array[] = [];
  readonly #vectors: Float32Array[] = [];
  #done = 0;
  #all = 0;
  readonly #context: Context;
  readonly #specification: DataSpecification;
  readonly #options: GenerateDataOptions;

  constructor(context: Context, specification: DataSpecification, options: GenerateDataOptions) {
    this.#context = context;
    this.#specification = specification;
    this.#options = options;
  }

  async all(drawn: readonly Drawn[]): Promise<void> {
    this.examples = await this.#vectorsOf(this.#specification.examples);
    let pending: readonly Pending[] = drawn.map((one) => ({ drawn: one, remarks: [] }));
    for (let round = 0; pending.length > 0; round++) {
      const refusals = await this.#round(pending);
      for (const { why } of refusals) this.refused[why] += 1;
      if (round === this.#specification.rewrites) {
        for (const refusal of refusals) this.leftOut.push(leftOutOf(refusal));
        return;
      }
      const before = new Map(pending.map(({ drawn: one, remarks }) => [one.id, remarks]));
      pending = refusals.map((refusal) => ({
        drawn: refusal.drawn,
        remarks: [...(before.get(refusal.drawn.id) ?? []), remarkOn(refusal)],
      }));
    }
  }

  async #round(pending: readonly Pending[]): Promise<readonly Refusal[]> {
    const { concurrency, signal = this.#context.signal, onProgress } = this.#options;
    this.#all += pending.length;
    // What is asked names the place of an item: in a set that grows, those that were there are found again.
    const asked = pending.map((one) => {
      const messages = messagesFor(this.#specification, { ...one.drawn, remarks: one.remarks });
      return { ...one, messages, place: this.#context.forkAsking("data", messages) };
    });
    const rows = await eachRow(
      asked,
      async ({ messages, place }) => {
        const { value, heuristic } = await place.models.actor.generate({
          ...{ messages, schema: schemaOf(this.#specification.kind), purpose: "generate", label: "data" },
          ...{ scope: place.scope, signal },
        });
        if (heuristic) this.heuristic = true;
        return value;
      },
      {
        ...{ key: ({ drawn }) => drawn.id, signal, ...(concurrency !== undefined && { concurrency }) },
        onRow: () => onProgress?.(++this.#done, this.#all),
        // Few are written anew: that none of them could be is no word on the others.
        toleratesAll: this.kept.length > 0,
      },
    );
    return this.#sorted(
      pending.map(({ drawn }, at) => {
        const row = rows[at];
        return row !== undefined && "value" in row
          ? { drawn, draft: row.value }
          : { drawn, ...(row && { error: row.error }) };
      }),
    );
  }

  /** Keeps what will do, in the order of the draw, and gives the rest. */
  async #sorted(
    results: readonly { readonly drawn: Drawn; readonly draft?: Draft; readonly error?: ErrorRecord }[],
  ): Promise<readonly Refusal[]> {
    const refusals: Refusal[] = [];
    const items: { drawn: Drawn; item: Written }[] = [];
    for (const { drawn, draft, error } of results) {
      const item = draft && itemOf(drawn, draft);
      if (draft === undefined) refusals.push({ drawn, why: "failed", ...(error && { error }) });
      else if (item === undefined) refusals.push({ drawn, why: "empty" });
      else if (drawn.label !== undefined && givesAway(item.text, drawn.label)) refusals.push({ drawn, why: "label" });
      else items.push({ drawn, item });
    }
    const vectors = await this.#vectorsOf(items.map(({ item }) => item.text));
    for (const [at, { drawn, item }] of items.entries()) {
      const vector = vectors[at] as Float32Array;
      const of = this.#copied(vector);
      if (of !== undefined) refusals.push({ drawn, why: "copy", of });
      else this.#keep({ item, vector });
    }
    return refusals;
  }

  #keep(one: Kept): void {
    this.kept.push(one);
    this.#vectors.push(one.vector);
  }

  #copied(vector: Float32Array): string | undefined {
    const least = this.#specification.copy - rounding;
    const example = nearestOf(vector, this.examples);
    if (example !== undefined && example.cosine >= least) return `example ${example.place + 1}`;
    const before = nearestOf(vector, this.#vectors);
    return before !== undefined && before.cosine >= least ? this.kept[before.place]?.item.id : undefined;
  }

  async #vectorsOf(texts: readonly string[]): Promise<readonly Float32Array[]> {
    if (texts.length === 0) return [];
    const { vectors, compares } = await this.#context.vectors.embed(texts);
    this.compares = compares;
    return vectors;
  }
}

function itemOf({ id, values, label }: Drawn, { text: plain = "", exchanges }: Draft): Written | undefined {
  const said = exchanges?.map(({ user, assistant }) => ({ user: user.trim(), assistant: assistant.trim() }));
  if (said?.some(({ user, assistant }) => user === "" || assistant === "")) return undefined;
  const text = said ? said.map(({ user, assistant }) => `${user}\n${assistant}`).join("\n") : plain.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  return { id, values, ...(label !== undefined && { label }), text, ...(said && { exchanges: said }) };
}

function leftOutOf({ drawn: { id, values, label }, why, of, error }: Refusal): LeftOutItem {
  const more = { ...(of !== undefined && { of }), ...(error && { code: error.code }) };
  return { id, values, ...(label !== undefined && { label }), why, ...more };
}

function remarkOn({ why, drawn }: Refusal): string {
  switch (why) {
    case "label":
      return `What was written before had the words of its label (${drawn.label}). Write it without them.`;
    case "copy":
      return "What was written before was nearly the same as another item. Take another situation and other words.";
    case "empty":
      return "What was written before was empty. Write it in full.";
    case "failed":
      return "What was written before could not be used. Write it once more.";
  }
}
