import type { Message } from "../../../../kernel/contracts/model.ts";
import { matters, sentences, shared, stems } from "../../../../kernel/language/stems.ts";
import { detectLanguage } from "../../../../kernel/language/tongues.ts";
import type { Line } from "../../character/conversation.ts";
import { transcriptLines } from "../../character/conversation.ts";
import type { Reader } from "../../reading.ts";
import { phrasesIn } from "../../speech/languages.ts";
import { feelingIn, proposalIn, proposalSentences } from "../../speech/listening/cues.ts";
import { recognised, type SaidKind } from "../../speech/listening/templates.ts";
import type { Phrases } from "../../speech/phrases.ts";

/** A sentence that somebody really said. */
export interface Finding {
  readonly from: string;
  readonly sentence: string;
  readonly idea?: string;
  readonly benefit?: string | undefined;
  /** The events that show it. */
  readonly evidence: readonly string[];
}

/** What was said, sorted for those who look for something in it. */
export interface Said {
  readonly lines: readonly Line[];
  /** Everybody who said something, in order of their first words. */
  readonly speakers: readonly string[];
  readonly proposals: readonly Finding[];
  readonly worries: readonly Finding[];
  readonly opinions: readonly Finding[];
  readonly questions: readonly Finding[];
  /** The events that the messages name. */
  readonly events: readonly { readonly from: string; readonly id: string; readonly text: string }[];
}

export function readRecord(lines: readonly Line[], messages: readonly Message[], reader: Reader): Said {
  const shown = messages.flatMap((message) => transcriptLines(reader.text(message)));
  const evidenceOf = (line: Line, sentence: string): string[] => {
    const found =
      line.id ?? shown.find((one) => one.from === line.from && one.text.includes(sentence.slice(0, 60)))?.id;
    return found === undefined ? [] : [found];
  };
  const spoken = spokenOf(lines, shown);
  const all = spoken.flatMap((line) => sentences(line.text).map((sentence) => ({ line, sentence })));
  const found = ({ line, sentence }: { line: Line; sentence: string }): Finding => ({
    from: line.from,
    sentence,
    evidence: evidenceOf(line, sentence),
  });
  return {
    lines: spoken,
    events: shown.flatMap(({ from, id, text }) => (id === undefined ? [] : [{ from, id, text }])),
    speakers: [...new Set(spoken.map((line) => line.from))],
    proposals: distinct(spoken.flatMap((line) => proposalsIn(line, evidenceOf))),
    worries: distinct(all.filter(({ sentence }) => isWorry(sentence)).map(found)),
    opinions: distinct(
      all
        .filter(({ sentence }) => isOpinion(sentence))
        .toSorted(clearFirst)
        .map(found),
    ),
    questions: distinct(all.filter(({ sentence }) => /[?？؟]$/.test(sentence)).map(found)),
  };
}

const phrasesOf = (text: string): Phrases => phrasesIn[detectLanguage(text) ?? "en"];
const kindOf = (sentence: string): SaidKind | undefined => recognised(sentence, phrasesOf(sentence))?.kind;
const isClear = (sentence: string): boolean => views.has(kindOf(sentence) ?? "ask");

const views: ReadonlySet<SaidKind> = new Set(["praise", "doubt", "mixed"]);
/** The others say something of the speaker, or to somebody. */
const onTheMatter: ReadonlySet<SaidKind> = new Set([...views, "merits", "worries", "propose", "choose"]);

/** It says something of the matter: more than yes or no, and no answer to a person alone. */
function saysSomething(sentence: string): boolean {
  const kind = kindOf(sentence);
  return kind === undefined ? matters(sentence).size > 1 : onTheMatter.has(kind);
}

function isWorry(sentence: string): boolean {
  const kind = kindOf(sentence);
  if (kind !== undefined) return kind === "doubt" || kind === "worries";
  return feelingIn(sentence) < -0.2 && saysSomething(sentence);
}

const isOpinion = (sentence: string): boolean =>
  !/[?？؟]$/u.test(sentence) && (isClear(sentence) || (feelingIn(sentence) !== 0 && saysSomething(sentence)));

/** Praise and doubt tell what somebody holds better than a sentence that only sounds pleased. */
const clearFirst = (one: { sentence: string }, other: { sentence: string }): number =>
  Number(isClear(other.sentence)) - Number(isClear(one.sentence));

/** What was said aloud by those whom it is about: thoughts count only where nothing else is there. */
function spokenOf(lines: readonly Line[], shown: ReturnType<typeof transcriptLines>): readonly Line[] {
  const thoughts = new Set(shown.filter((line) => line.thought).map((line) => `${line.from}\n${line.text}`));
  const named = lines.filter((line) => line.from !== "");
  const aloud = named.filter((line) => !thoughts.has(`${line.from}\n${line.text}`));
  const asking = interviewers(aloud);
  const answers = aloud.filter((line) => !asking.has(line.from));
  return answers.length > 0 ? answers : aloud.length > 0 ? aloud : named;
}

/** Those who do nothing but ask. */
function interviewers(lines: readonly Line[]): ReadonlySet<string> {
  const names = [...new Set(lines.map((line) => line.from))];
  return new Set(
    names.filter((name) => {
      const own = lines.filter((line) => line.from === name);
      return own.length > 1 && own.every(({ text }) => /[?？؟]/.test(text) && !holdsSomething(text));
    }),
  );
}

const holdsSomething = (text: string): boolean =>
  proposalSentences(text).length > 0 || sentences(text).some((sentence) => onTheMatter.has(kindOf(sentence) ?? "ask"));

function proposalsIn(line: Line, evidenceOf: (line: Line, sentence: string) => string[]): Finding[] {
  return proposalSentences(line.text).map((sentence) => {
    const proposal = proposalIn(sentence);
    return {
      from: line.from,
      sentence,
      idea: proposal?.idea ?? sentence,
      benefit: proposal?.benefit,
      evidence: evidenceOf(line, sentence),
    };
  });
}

/** The same said again by the same person, or in nearly the same words by another, counts once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const kept: { finding: Finding; stems: ReadonlySet<string> }[] = [];
  for (const finding of findings) {
    const own = stems(finding.idea ?? finding.sentence);
    const again = kept.some(({ finding: other, stems: theirs }) => {
      const common = shared(own, theirs);
      const same = (other.idea ?? other.sentence) === (finding.idea ?? finding.sentence);
      return same || (common > 2 && common >= 0.8 * Math.max(own.size, theirs.size));
    });
    if (!again) kept.push({ finding, stems: own });
  }
  return kept.map(({ finding }) => finding);
}

/** All that one person said, or everybody. */
export function wordsOfSpeaker(record: Said, speaker: string | undefined): string {
  return record.lines
    .filter((line) => speaker === undefined || line.from === speaker)
    .map((line) => line.text)
    .join(" ");
}
