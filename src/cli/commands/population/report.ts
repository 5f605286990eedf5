import type { Archetypes, FigureRow, FigureTest, HouseholdReport, SamplingReport } from "../../../index.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";

/** Shows how people who were drawn compare with what was asked. */
export function printReport(session: Session, report: SamplingReport, { all }: { readonly all: boolean }): void {
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  const { size, method, seed, weights, unverified } = report;
  out.say(`${report.name} · ${size} people · by ${method} · seed ${seed} · simulated`, style.dim);
  out.print("", ...table(report.tests.map(testLine), look));
  if (all) out.print("", ...table(report.figures.map(figureLine), look));
  if (report.gaveWay.length > 0) {
    out.print("", style.bold("Gave way, since figures contradict each other by little"));
    out.print(
      ...table(
        report.gaveWay.map(({ about, value, target, aim }) => ({
          about,
          value,
          asked: percent(target),
          aimed: percent(aim),
        })),
        look,
      ),
    );
  }
  if (report.households !== undefined) printHouseholds(session, report.households);
  if (report.impossible.length > 0) {
    out.print("", style.bold("Impossible"));
    out.print(
      ...table(
        report.impossible.map(({ rule, because }) => ({ rule, because })),
        look,
      ),
    );
  }
  out.print("");
  if (weights.least < weights.most) {
    const range = `${rounded(weights.least)} to ${rounded(weights.most)}`;
    out.say(`Weights from ${range}: as good as ${Math.round(weights.effectiveSize)} people drawn evenly.`, style.dim);
  }
  if (unverified.length > 0) {
    out.say(`* Not checked against a source: ${unverified.join(", ")}.`, style.warn);
  }
}

/** Shows who stands for all, for how many, and how far they are from those. */
export function printArchetypes({ out, outStyle: style }: Session, { archetypes, errors }: Archetypes): void {
  const look = { width: out.width, style };
  out.print("", style.bold("Who stands for all"));
  const rows = archetypes.map(({ draw, members, distance }) => ({
    id: draw.id,
    "stands for": members.length,
    apart: percent(distance),
    who: Object.values(draw.values).join(", "),
  }));
  out.print(...table(rows, look), "", style.bold("What is lost where they stand for all"));
  out.print(
    ...table(
      errors.map(({ dimension, totalVariation }) => ({ dimension, apart: percent(totalVariation) })),
      look,
    ),
  );
}

function printHouseholds(
  { out, outStyle: style }: Session,
  { households, sizes, partners, likeness }: HouseholdReport,
): void {
  const look = { width: out.width, style };
  const couples = partners === undefined ? "" : `, ${partners.couples} couples`;
  out.print("", style.bold(`${households} households${couples}`));
  const rows = [
    ...sizes.map(({ size, target, share }) => ({ what: `of ${size}`, asked: percent(target), found: percent(share) })),
    ...(partners ? [{ what: "with a partner", asked: percent(partners.target), found: percent(partners.share) }] : []),
    ...likeness.map(({ dimension, measure, target, achieved, sd, achievedSd }) =>
      measure === "same"
        ? { what: `couples with the same ${dimension}`, asked: percent(target), found: percent(achieved) }
        : {
            what: `${dimension} apart`,
            asked: `${rounded(target)} ± ${rounded(sd ?? 0)}`,
            found: `${rounded(achieved)} ± ${rounded(achievedSd ?? 0)}`,
          },
    ),
  ];
  out.print(...table(rows, look));
}

function testLine({ about, kind, totalVariation, chiSquare, degrees, p, withinRounding, unverified }: FigureTest) {
  return {
    figures: `${about}${unverified ? " *" : ""}`,
    "": kind,
    apart: `${(100 * totalVariation).toFixed(1)} %`,
    "χ²": degrees === 0 ? "" : `${rounded(chiSquare)} (${degrees})`,
    p: p === undefined ? "" : p.toFixed(3),
    met: withinRounding ? "yes" : "no",
  };
}

function figureLine({ about, value, target, share, count, expected, atLeast, atMost, unverified }: FigureRow) {
  const quota = atLeast === atMost ? String(atLeast) : `${atLeast} to ${atMost}`;
  return {
    figures: `${about}${unverified ? " *" : ""}`,
    value,
    asked: atLeast === undefined ? percent(target) : quota,
    share: percent(share),
    people: count,
    expected: Number(expected.toFixed(1)),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Three digits, and none of what arithmetic leaves over. */
const rounded = (value: number): string => String(value < 1e-9 ? 0 : Number(value.toPrecision(3)));
