import { type ErrorRecord, errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { Study } from "../../study/define.ts";
import { openStudy, type PlayOptions } from "../../study/play.ts";
import type { Metric } from "../design/metric.ts";
import { type Measured, measure } from "../measure/measured.ts";
import type { Crossing, MeasuredInPeriod } from "./crossing.ts";

/** What became of an arm in a cell. */
export interface ArmEnd {
  /** Absent where it could not be opened. */
  readonly run?: RunId;
  /** The model that played. */
  readonly model?: string;
  /** No language model answered. */
  readonly heuristic: boolean;
  readonly measured: readonly (Measured | MeasuredInPeriod)[];
  /** Why it failed: then nothing was measured. */
  readonly error?: ErrorRecord;
}

/** How an arm is played. */
export interface ArmPlaying {
  readonly cell: string;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly options: PlayOptions;
  /** Where it has several arms, one after the other. */
  readonly crossing?: Crossing | undefined;
  /** Told of its run while it is open; called again when it is closed. */
  readonly onOpen: (simulation: Simulation) => () => void;
}

/**
 * Plays an arm to its end and measures it. Its failure is its result; what ends all arms is thrown: a stop, no money, and
 * what keeps the machine from asking anybody.
 */
export async function playArm(study: Study, { cell, metrics, options, crossing, onOpen }: ArmPlaying): Promise<ArmEnd> {
  let simulation: Simulation;
  try {
    simulation = await openStudy(study, options);
  } catch (error) {
    if (endsAll(error)) throw error;
    return { heuristic: false, measured: [], error: errorRecord(error) };
  }
  const closed = onOpen(simulation);
  const { run, heuristic, choice } = simulation;
  const end = { run, heuristic, model: choice.spec };
  let status: "failed" | "stopped" | undefined = "failed";
  try {
    const result = await study.run(simulation);
    const measured = await (crossing?.measured(simulation) ?? measure(metrics, { simulation, result, cell }));
    await simulation.end();
    status = undefined;
    return { ...end, measured };
  } catch (error) {
    if (simulation.context.signal.aborted) status = "stopped";
    if (endsAll(error) || simulation.context.signal.aborted) throw error;
    return { ...end, measured: [], error: errorRecord(error) };
  } finally {
    await simulation.close(status);
    closed();
  }
}

/** No other arm would fare better, or nobody is to be asked any more. */
const endsAll = (error: unknown): boolean =>
  isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "PRICE_UNKNOWN", "CONFIG_INVALID", "PACKAGE_MISSING") ||
  isTinyTroupeError(error, "STORE_LOCKED", "STORE_NEWER", "STORE_FAILED", "APPROVAL_NEEDED", "CLOSED");
