import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Something said to see whether somebody stays who they are: as data. */
export interface TalkProbe {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** Said one after the other; all answers are looked at. */
  readonly says: readonly string[];
  /** An answer in which one of these stands fails, and nobody is asked. */
  readonly fails?: readonly RegExp[];
  /** Where no rule finds anything, a judge is asked whether this is true of the talk; what is false fails. */
  readonly claim?: string;
}

/** The same claim put in several ways: how far somebody agrees must not follow from how they are asked. */
export interface FramingProbe {
  readonly name: string;
  /** Agreed with from 1, not at all, to 7, fully. */
  readonly claim: string;
  /** What is said before it, each to a fork of its own. */
  readonly framings: readonly string[];
  /** The largest distance between two answers that passes. */
  readonly most: number;
}

/** One probe. */
export type Probe = TalkProbe | FramingProbe;

/** Probes of one kind, as a ready instrument. */
export interface ProbeInstrument {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** What it finds out. */
  readonly about: string;
  readonly probes: readonly Probe[];
}

const named = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The instruments, each of its own name, with probes that ask something; OPTION_INVALID otherwise. */
export function checkedInstruments(instruments: readonly ProbeInstrument[]): readonly ProbeInstrument[] {
  checkNames(instruments, "instruments");
  for (const { name, probes } of instruments) {
    checkNames(probes, `probes of ${name}`);
    for (const probe of probes) {
      if ("framings" in probe ? probe.framings.length < 2 || !(probe.most >= 0) : probe.says.length === 0) {
        throw invalid(probe.name, "Give it something to say, or two framings and the distance that passes.");
      }
      if ("says" in probe && probe.fails === undefined && probe.claim === undefined) {
        throw invalid(probe.name, "Say what fails it: patterns in `fails`, a `claim` that must be true, or both.");
      }
    }
  }
  return instruments;
}

function checkNames(all: readonly { readonly name: string }[], what: string): void {
  const names = all.map(({ name }) => name);
  if (names.length === 0) throw invalid(what, "Give at least one.");
  for (const [place, name] of names.entries()) {
    if (!named.test(name))
      throw invalid(name, "Name it in lower-case words joined by hyphens, as in print-the-prompt.");
    if (names.indexOf(name) < place) throw invalid(name, `Give each of the ${what} a name of its own.`);
  }
}

function invalid(value: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${value}' cannot be probed with.`, {
    data: { option: "instruments", value },
    hint,
  });
}
