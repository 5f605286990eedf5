import { words } from "../../../kernel/language/shingles.ts";

/** Shorter texts are of few words whatever they say. */
const leastWords = 12;
/** From this share of a text's runs of words on, it recites the persona; who only quotes themselves stays well below. */
const most = 0.8;
const width = 4;
/** A persona says "you", whoever recites it "I": neither counts. */
const persons = /^(?:i|me|my|mine|myself|you|your|yours|yourself|am|are|i'm|you're|i've|you've)$/;

/** Runs of words of a persona, to find them in what the person says. */
export type PersonaRuns = ReadonlySet<string>;

export function personaRuns(prose: string): PersonaRuns {
  return new Set(runsOf(tellingWords(prose)));
}

/**
 * The share of a text's runs of four words that stand in the persona, in [0, 1]; 0 for a text that is too short to tell.
 */
export function parrotedShare(text: string, persona: PersonaRuns): number {
  const found = tellingWords(text);
  if (found.length < leastWords) return 0;
  const runs = runsOf(found);
  return runs.filter((one) => persona.has(one)).length / runs.length;
}

/** Whether a text recites the persona instead of being spoken by it. */
export const parrotsPersona = (text: string, persona: PersonaRuns): boolean => parrotedShare(text, persona) >= most;

const tellingWords = (text: string): readonly string[] => words(text).filter((word) => !persons.test(word));

function runsOf(found: readonly string[]): readonly string[] {
  return Array.from({ length: Math.max(0, found.length - width + 1) }, (_, at) =>
    found.slice(at, at + width).join(" "),
  );
}

/** Whether a persona is a machine's, who may say so. */
export function readsAsMachine(prose: string): boolean {
  return /\b(?:an?|the) (?:AI|artificial intelligence|android|robot|chatbot|language model|(?:virtual|digital) assistant)(?=\s*[.,;:!?)\n]|$)|^(?:species|kind|type|occupation|title|name): .*\b(?:AI|android|robot|chatbot)$/imu.test(
    prose,
  );
}
