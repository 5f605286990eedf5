/** The files of this folder that prove something. */
export type Territory =
  | "quality"
  | "person"
  | "memory"
  | "persona"
  | "model"
  | "world"
  | "control"
  | "extraction"
  | "population"
  | "evaluation"
  | "experiment";

/** A test elsewhere: its file below `tests/`, and its full name as the runner lists it. */
export interface TestReference {
  readonly file: string;
  readonly name: string;
}

/** Where the proof is: in files of this folder, by tests whose names begin with the id, or in a test elsewhere. */
type Tested = { readonly test: readonly Territory[] | TestReference };
/** Which part of the product, that does not exist yet, could have it. */
type Later = { readonly later: string };

/** A defect of the original, and what became of it here. B: the person. A: what is around the person. */
export type Defect = {
  readonly id: string;
  /** Critical, high, medium, low. */
  readonly severity: "C" | "H" | "M" | "L";
  readonly what: string;
} & (Tested | Later);

const elsewhere = (file: string, name: string): Tested => ({ test: { file, name } });
const within = (...test: readonly Territory[]): Tested => ({ test });

type Rows = Readonly<Record<string, readonly [severity: Defect["severity"], what: string, Tested | Later]>>;

const repetition = elsewhere(
  "unit/person/repetition.test.ts",
  "B11: the threshold > stands in the middle of a wide gap between texts that repeat and texts that do not",
);

const readTwice = elsewhere(
  "unit/person/memory/reading.test.ts",
  "reading into memory > B30: adds nothing when it is done twice, and puts what changed in place of what was said before",
);
const calendarEntry = elsewhere(
  "unit/person/tools/calendar.test.ts",
  "a calendar > B41: takes an entry, tells the person, and stands in the story",
);
const profiled = elsewhere(
  "unit/population/profile/profile.test.ts",
  "a profile > A44, B54: reads every section where personas have it, whatever their shape",
);
const notFound = elsewhere(
  "unit/person/documents.test.ts",
  "what people can look up > is consulted by name; of what is not there, or can mean several, near names are told",
);

const ofThePerson: Rows = {
  B1: ["C", "State, time, place, who is in reach and what was recalled never reach the model.", within("person")],
  B2: ["H", "The attention that is kept is the model's emotions.", within("person")],
  B3: ["C", "What somebody looks up cannot change what they say in the same turn.", within("person")],
  B4: ["C", "Only the last thing heard is shown as new, and is shown again when nothing new came.", within("person")],
  B5: ["M", "In one of its two modes an act is one action, and the turn is never finished.", within("person")],
  B6: ["M", "Asking for so many actions does more of them, or never ends.", within("person")],
  B7: ["M", "A turn goes on after a repetition was taken out of it.", within("person")],
  B8: ["M", "The person never reads that they were about to repeat themselves.", within("person")],
  B9: ["M", "The mark for what was left out breaks its readers, so that gaps stay unseen.", within("person")],
  B10: ["H", "A fault half-way repeats the whole turn and keeps both halves, effects and all.", within("person")],
  B11: ["H", "Likeness is counted in letters: long texts always repeat, real repetitions pass.", repetition],
  B12: ["H", "Prompts are encoded twice: escapes instead of letters, in every language but English.", within("person")],
  B13: ["M", "Only the first action of a turn decides whether the turn is looked at.", within("person", "quality")],
  B14: ["M", "The more a draft repeats, the better it ranks.", within("person", "quality")],
  B15: ["H", "Each look at a turn pays for a call whose answer nobody reads.", within("person", "quality")],
  B16: ["M", "Putting a turn right fails when it has more than one action.", within("person", "quality")],
  B17: ["M", "Whoever was put out of reach stays on the person's mind as reachable.", within("person")],
  B18: ["M", "The guard against repetition cannot be switched off.", within("person")],
  B19: ["M", "The wish to load somebody under another name is passed over.", within("persona")],
  B20: ["M", "Making somebody new from a person as they are always fails.", within("persona")],
  B21: ["H", "A limit meant for the display cuts what people perceive and remember.", within("memory")],
  B22: ["M", "First and last memories overlap: events stand twice, and a gap is told that is none.", within("memory")],
  B23: [
    "M",
    "Clearing none of the latest memories clears all, and what is not committed is always lost.",
    within("memory"),
  ],
  B24: [
    "M",
    "Memories given at the start are never indexed; failures to store are passed over.",
    elsewhere(
      "unit/person/memory/notes.test.ts",
      "notes > B24: given at the start, they are there for whoever searches them, and a failure to keep them is thrown",
    ),
  ],
  B25: [
    "M",
    "Long episodes are never consolidated in parts, as their length is counted as nothing.",
    elsewhere(
      "unit/person/memory/consolidation.test.ts",
      "consolidation > B25: of long episodes goes in parts, by their length in tokens, one after the other",
    ),
  ],
  B26: ["H", "What fails after a turn was committed brings down the act.", within("memory")],
  B27: ["L", "That a document was not found is never said; a found one comes as a raw list.", notFound],
  B28: ["M", "Faculties of one's own fail on their defaults and on the spelling of their actions.", within("person")],
  B29: [
    "L",
    "Notes without a kind or a time are an error.",
    elsewhere(
      "unit/person/memory/notes.test.ts",
      "notes > B29: are kept without a kind, a time or anything but a text",
    ),
  ],
  B30: ["H", "Reading documents does nothing or fails, and loading reads them twice.", readTwice],
  B31: ["H", "People made from the same data share the lists in it.", within("persona")],
  B32: ["M", "Personas with objects in their lists cannot be merged.", within("persona")],
  B33: ["M", "A first relationship is an error, and there are two spellings of its parts.", within("persona")],
  B34: ["L", "A short biography stays what it was when the persona changes.", within("persona")],
  B35: ["L", "Asking for what somebody said is an error when they said nothing.", within("person")],
  B36: ["L", "Of several circumstances only the last is kept at first.", within("person")],
  B37: ["L", "A success rate is a share of the wrong whole.", within("model", "quality")],
  B38: ["M", "The whole prompt is made anew at each change of the persona and at each action.", within("memory")],
  B39: ["H", "A tool that belongs to somebody else stops a person from doing anything at all.", within("person")],
  B40: ["L", "Limits are frozen when the program is loaded.", within("person")],
  B41: ["H", "The calendar cannot take an entry.", calendarEntry],
  B42: [
    "M",
    "Context given to a helper never reaches its prompt, and its texts are escaped for HTML.",
    within("extraction"),
  ],
  B43: [
    "M",
    "A setting that is there but empty hides the default: the usual address of Ollama is lost.",
    within("model"),
  ],
  B44: ["H", "Each call opens a new client, kept where other threads overwrite it.", within("model")],
  B45: ["H", "Reasoning models cannot be asked with default settings.", within("model")],
  B46: [
    "M",
    "Waits are doubled, come before the first call and after the last failure, and have no jitter.",
    within("model"),
  ],
  B47: ["M", "Answers from the cache are counted as spent.", within("model")],
  B48: ["M", "What a person or a world cost is the average of all.", within("model")],
  B49: ["H", "Whatever goes wrong with a call comes back as nothing, without an error.", within("model")],
  B50: ["H", "Valid JSON is damaged before it is read.", within("model")],
  B51: ["M", "A restored state has lost the faculties.", within("memory")],
  B52: ["C", "Saved memories come back as something else, and the person remembers nothing.", within("memory")],
  B53: [
    "M",
    "Brackets in words are taken for markup, lines are lost, and models read the coloured text.",
    within("extraction"),
  ],
  B54: ["M", "The profiler looks in the wrong places of a persona and prints to the screen.", profiled],
};

const around: Rows = {
  A1: ["H", "No limit cannot be said: where it is, the usual limit takes its place.", within("control")],
  A2: ["M", "What is left at its default is not told to the model.", within("control")],
  A3: [
    "H",
    "Errors become nothing, a truth value passes for a number, and the first shape asked for sticks.",
    within("model"),
  ],
  A4: ["H", "Escaped letters are destroyed, and what cannot be read becomes an empty object.", within("model")],
  A5: ["M", "Free text is escaped for HTML in prompts.", within("extraction")],
  A6: ["M", "Merging drops repeated numbers and changes what was merged.", within("persona")],
  A7: ["M", "Worlds made by default share a list, and begin when the program was loaded.", within("world")],
  A8: [
    "M",
    "Who left a world still belongs to it; of two worlds only the last counts; a first name finds nobody.",
    within("world"),
  ],
  A9: ["L", "Letting time pass fails when no span was given.", within("world")],
  A10: ["H", "What people said elsewhere is delivered in a world later on.", within("world")],
  A11: ["M", "A world's cost is that of the whole process.", within("model")],
  A12: [
    "H",
    "A world with relations cannot be run, refuses what it grants, and loses those who came later.",
    within("world"),
  ],
  A13: ["M", "A second simulation in a process still holds the first one's past.", within("control")],
  A14: ["H", "When people act at once, nothing can be served again.", within("control")],
  A15: ["M", "After one error nothing more is kept.", within("control")],
  A16: ["M", "Where one call was kept, several at once fail.", within("control")],
  A17: [
    "H",
    "Equal calls share one answer in the first run already, so that asking again brings the same.",
    within("control", "population"),
  ],
  A18: ["C", "Kept answers are served whatever the model, the prompt and the settings are by now.", within("control")],
  A19: [
    "H",
    "A file that cannot be moved into its place is lost without a word, and its encoding is left to chance.",
    within("control", "persona"),
  ],
  A20: ["L", "Factories of different kinds take the same name.", within("population")],
  A21: ["H", "The description of a factory lands where nobody reads it.", within("population")],
  A22: ["M", "Factories made by a factory get their context in the wrong place.", within("population")],
  A23: ["M", "The limits of a sampling plan are never told to the model.", within("population")],
  A24: ["M", "A person who could not be made is a crash.", within("population")],
  A25: ["H", "Asking for several people makes the factory forget its context.", within("population")],
  A26: [
    "M",
    "Making people one by one fails on the first failure and logs errors for successes.",
    within("population"),
  ],
  A27: ["M", "Defaults said once for all extractions never apply to one.", within("extraction")],
  A28: ["C", "Whoever extracts reads a shortened history, and a world's once for each listener.", within("extraction")],
  A29: [
    "M",
    "Reducing events to rows passes over stimuli, and looks people up in the whole process.",
    elsewhere(
      "unit/insight/reduce/results-reducer.test.ts",
      "a reducer > A29: sees every stimulus of a block, not the first alone, and of people in their own runs",
    ),
  ],
  A30: [
    "M",
    "Reporting interviews people and leaves the interview in their memories.",
    elsewhere(
      "scenarios/report.test.ts",
      "a report > is written on people who were interviewed, and know nothing of it",
    ),
  ],
  A31: [
    "M",
    "Exporting an artefact fails on its data, changes it, and writes wherever its name says.",
    elsewhere(
      "unit/insight/export/artifacts.test.ts",
      "an artefact > A31: goes into its folder under a safe name, is not changed, and says what became of it",
    ),
  ],
  A32: ["H", "Normalising loses elements and invents labels.", within("extraction")],
  A33: [
    "M",
    "A story is told on from a history that it does not keep.",
    elsewhere(
      "unit/world/story.test.ts",
      "a story > A33: goes on from all that it told and has read, has its twist from the start, and survives a failed call",
    ),
  ],
  A34: ["M", "An intervention's condition turns round when it has a threshold.", within("world")],
  A35: ["H", "Scoring a claim always fails, and a judge without evidence gives full marks.", within("quality")],
  A36: ["M", "Only the first of several actions is judged.", within("quality")],
  A37: [
    "M",
    "Validating a person changes that person and shows the judge the answers.",
    elsewhere(
      "unit/evaluation/validate-person.test.ts",
      "validatePerson > leaves the person as they were: their story and transcript to the byte (A37)",
    ),
  ],
  A38: ["M", "The kind of a measure is guessed from the values that happen to occur.", within("evaluation")],
  A39: ["M", "Missing columns of data are passed over, and others guessed.", within("evaluation")],
  A40: ["C", "The score of a validation is full for constants and rises for worse simulations.", within("evaluation")],
  A41: ["H", "Randomising gives each item the same order.", within("experiment")],
  A42: ["M", "Arms added late are never run; the last writer of an experiment's file wins.", within("experiment")],
  A43: [
    "M",
    "Checks of assumptions always fail, and signs of differences disagree.",
    elsewhere(
      "unit/statistics/hypotheses/legacy.test.ts",
      "assumptions and signs > A43: checking assumptions says which test, and every difference of a test has one sign",
    ),
  ],
  A44: ["M", "Facets of a population are empty, as they are looked for where no persona has them.", profiled],
  A45: [
    "H",
    "What people say becomes markup of the page that shows it.",
    elsewhere("unit/notebook/display.test.ts", "display > lets no text become markup, wherever it stands"),
  ],
};

/** Every defect of the original that is known, B1 to B54 and A1 to A45. */
export const defects: readonly Defect[] = Object.entries({ ...ofThePerson, ...around }).map(
  ([id, [severity, what, here]]) => ({ id, severity, what, ...here }),
);
