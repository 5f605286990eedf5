import type { Message } from "../../kernel/contracts/model.ts";
import { concernsOneAnswer } from "../../kernel/values/errors.ts";
import type { Random } from "../../kernel/values/random.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import type { Judged } from "../proposition.ts";
import { roomFor } from "../reading/passages.ts";
import { readInParts } from "../reading/read-in-parts.ts";
import { type Asking, askJudge, type Heard, judgeOf } from "./ask.ts";
import { type Hearing, judgeMessages, mergeMessages, type Stretch } from "./judge-prompt.ts";
import type { Read } from "./verdicts.ts";

/**
 * One independent answer to all propositions: in one call where the record fits the model's context, else from each part
 * of it and a last call over what was found. What rests on no quote is asked for once more. Throws the model's errors.
 */
export async function takeSample(hearing: Hearing, asking: Asking): Promise<Heard> {
  const { record } = hearing.judged;
  const frame = judgeMessages(hearing, { from: 0, to: 0, part: 1, of: 2 });
  const read = await readInParts(record, roomFor(judgeOf(asking), frame), async (passage) => {
    const from = passage.first - 1;
    const stretch = { from, to: from + passage.entries.length, part: passage.part, of: passage.of };
    return { stretch, heard: await asked(hearing, judgeMessages(hearing, stretch), inPart(asking, stretch)) };
  });
  const [only] = read;
  if (only !== undefined && read.length === 1) return only.heard;
  const merged = await asked(hearing, merging(hearing, read), asking);
  const usage = read.reduce((sum, { heard }) => addUsage(sum, heard.usage), merged.usage);
  return { ...merged, usage };
}

/** Parts are read at once, each in a scope of its own. */
const inPart = (asking: Asking, { part, of }: Stretch): Asking =>
  of === 1 ? asking : { ...asking, context: asking.context.fork(`part:${part}`) };

/** What is said to an answer whose quotes stand nowhere; of those propositions alone it is asked again. */
const again = (answer: unknown, wrong: readonly string[]): readonly Message[] => [
  { role: "assistant", content: JSON.stringify(answer) },
  {
    role: "user",
    content: `For ${wrong.join(", ")} this quotes words that do not stand in the entry that they name. Answer once more for these alone: copy each quote letter by letter from its entry, and give the number of that entry.`,
  },
];

/** A call, and a second one for what the first gave no quotes for. */
async function asked(hearing: Hearing, messages: readonly Message[], asking: Asking): Promise<Heard> {
  const heard = await askJudge(hearing, messages, asking);
  const wrong = hearing.propositions.filter(({ name }) =>
    heard.reads.some((read) => read.kind === "unusable" && read.proposition === name),
  );
  if (wrong.length === 0 || asking.once) return heard;
  const names = wrong.map(({ name }) => name);
  const second = await askJudge(
    { ...hearing, propositions: wrong },
    [...messages, ...again(heard.answer, names)],
    asking,
  ).catch((error: unknown) => {
    // The first answer stays, whatever becomes of the second.
    if (concernsOneAnswer(error)) return undefined;
    throw error;
  });
  if (second === undefined) return heard;
  const better = new Map(second.reads.map((read) => [read.proposition, read]));
  const reads = heard.reads.map((read) => better.get(read.proposition) ?? read);
  return { ...heard, reads, usage: addUsage(heard.usage, second.usage) };
}

function merging(
  hearing: Hearing,
  read: readonly { readonly stretch: Stretch; readonly heard: Heard }[],
): readonly Message[] {
  const places = new Map(hearing.judged.record.map(({ id }, place) => [id, place]));
  const quotes = read.flatMap(({ heard }) => heard.reads.flatMap((one) => ("evidence" in one ? one.evidence : [])));
  const quoted = [...new Set(quotes.flatMap(({ entry }) => places.get(entry) ?? []))].sort((one, two) => one - two);
  const readings = read.map(({ stretch, heard }) => ({ part: stretch.part, found: heard.reads.map(inWords) }));
  return mergeMessages(hearing, readings, quoted);
}

function inWords(read: Read): string {
  const said = (what: string, why: string): string => `- ${read.proposition}: ${what}. ${why.replace(/\s+/gu, " ")}`;
  if (read.kind === "score") return said(String(read.score), read.why);
  if (read.kind === "truth") return said(String(read.holds), read.why);
  return said("nothing bears on it", read.kind === "undecided" ? read.why : "");
}

/**
 * The same with the claims, the personas and whose record comes first in another order: of two samples one after the other
 * the second has the order of the first turned round, so that what stands early in one stands late in the other.
 */
export function inOtherOrder(hearing: Hearing, sample: number, random: Random): Hearing {
  const order = <T>(kind: string, items: readonly T[]): readonly T[] => {
    const shuffled = random.fork(`${kind}/${Math.floor(sample / 2)}`).shuffle(items);
    return sample % 2 === 0 ? shuffled : shuffled.reverse();
  };
  return {
    propositions: order("claims", hearing.propositions),
    personas: order("personas", hearing.personas),
    judged: sectionsIn((owners) => order("records", owners), hearing.judged),
  };
}

/** The entries of each owner stay together, in their own order. */
function sectionsIn(order: (owners: readonly string[]) => readonly string[], judged: Judged): Judged {
  const { sections, record } = judged;
  const owners = [...new Set(sections?.map(({ of }) => of))];
  if (sections === undefined || owners.length < 2) return judged;
  const entriesOf = sections.map(({ from }, place) => record.slice(from, sections[place + 1]?.from));
  let from = 0;
  const moved = order(owners).flatMap((owner) =>
    sections.flatMap((section, place) => (section.of === owner ? [{ section, entries: entriesOf[place] ?? [] }] : [])),
  );
  const placed = moved.map(({ section, entries }) => {
    const found = { ...section, from };
    from += entries.length;
    return found;
  });
  return { ...judged, record: moved.flatMap(({ entries }) => entries), sections: placed };
}
