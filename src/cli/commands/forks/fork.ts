import { Command } from "commander";
import { forkOf, type Study, studyArm } from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { createPreparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { withExamples, withModelFlags } from "../flags.ts";
import { play, type RunFlags, withPlayFlags } from "../run.ts";
import { type ChangeFlags, keptChange, withChangeFlags } from "./change.ts";
import { forkDifference, isUnchanged, studyNamed } from "./source.ts";
import { refuseUnknown } from "./unknown.ts";
import { tellMissed, watched } from "./watched.ts";

interface ForkFlags extends RunFlags, ChangeFlags {
  readonly as: string;
  readonly of?: string;
  readonly replace?: boolean;
}

const help = `
A fork is another run of the same program. What goes as in the run that it comes
from is answered from there, for nothing, and nothing of it is copied; only what
depends on the change is asked. Started again under the same name, it goes on.
The study's file may have been edited: what it says otherwise is asked.
Effects on the real world are simulated, but for those that were done before.
A place is <world>/<step>, and means before that step, or a checkpoint's label.
A person is edited by a key (age=70, occupation.title=nurse, beliefs=["…"]) or
by a fragment: a file, or a packaged one. What people are told is edited by
--reword, what somebody said by --said, the rules of the prompt by --prompt, the
model by --model, and all else in the study's file: see above.
An arm of the study's file is forked by its name alone: --as <arm>. An arm with
a model of its own is played by it. Where there are arms, another name needs a
change, or --of.
A name stands for one fork: another change under it needs another name.
${exitCodes}`;

/** `tinytroupe fork`: a run of a study that goes another way from some place on. */
export function forkCommand(session: Session): Command {
  const command = withPlayFlags(
    withModelFlags(
      withChangeFlags(
        new Command("fork")
          .summary("go another way from any step of a run")
          .description("Play a study once more from any step of a run on, with something changed there.")
          .usage("[options] <study or run>")
          .argument("<study>", "study.yaml, main.ts, or the beginning of a run's name")
          .requiredOption("--as <name>", "the fork's name, as in treatment")
          .option("--of <run>", "the run that it comes from (default: the study's last with this seed and model)")
          .option("--replace", "take the place of another fork of this name"),
      ),
    ),
  ).action((name: string, flags: ForkFlags) => fork(session, name, flags));
  return withExamples(
    command,
    ['fork study.yaml --as dearer --at room/2 --say "It costs 200 euros."'],
    ['fork brainstorming --as told --at room/3 --say "No." --to Lisa'],
    ['fork study.yaml --as alone --at room/3 --away "Oscar Ramsaran"'],
    ['fork study.yaml --as older --persona "Oscar Ramsaran: age=80"', "asks what Oscar's turns touch"],
    ['fork study.yaml --as dearer --reword "40 euros=200 euros"', "from the beginning on"],
    ['fork study.yaml --as no --said "Lisa Brannigan@room/2=No."', "and who heard it goes on from that"],
    ["fork edited.yaml --as edited --of brainstorming", "asks what the edit of the file touches"],
  ).addHelpText("after", help);
}

async function fork(session: Session, name: string, flags: ForkFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const { study, file, of } = await preparation.during(`Reading ${name}`, studyNamed(session, name, flags.store));
  const { as, replace = false } = flags;
  const from = flags.of ?? of;
  const change = await keptChange(flags);
  // Without a change the name says what is different; with --of, the run that the file was edited since.
  if (isUnchanged(change) && flags.of === undefined && study.arms !== undefined) studyArm(study, as);
  const watching = watched(forkDifference(study, { as, ...change }));
  const { difference } = watching;
  await refuseUnknown(session, { study, file, ...(from !== undefined && { of: from }), difference, flags });
  const forked = forkOf(study, { name: as, replace, ...difference, ...(from !== undefined && { of: from }) });
  const run: Study["run"] = async (simulation) => {
    const result = await forked.run(simulation);
    tellMissed(session, watching, change.reword === undefined ? as : undefined);
    return result;
  };
  const { model, ...others } = flags;
  // What an arm says of itself goes before what is said of all, as in twins.
  const own = difference.edit?.model !== undefined || model === undefined ? others : { ...others, model };
  await play(session, own, { study: { ...forked, run }, file, preparation, words: wordsOf(name, flags) });
}

/** The command, for going on: a fork's name says which run it is. */
function wordsOf(name: string, flags: ForkFlags): readonly string[] {
  const { as, of, at, from, say = [], to = [], away = [], persona = [], reword = [] } = flags;
  const { said = [], prompt = [], without = [] } = flags;
  const one = Object.entries({ as, of, at, from }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  const many = Object.entries({ say, to, away, persona, reword, said, prompt, without }).flatMap(([flag, values]) =>
    values.flatMap((value) => [`--${flag}`, value]),
  );
  return ["fork", name, ...one, ...many];
}
