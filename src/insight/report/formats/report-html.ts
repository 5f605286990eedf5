import { escapedHtml, htmlPage, isolated, pageStyle } from "../../../document/write/html/page.ts";
import { chartForPage } from "../../../plot/svg.ts";
import { provenanceLine, type RunProvenance } from "../../../table/provenance.ts";
import type { MarkedEvidence, Report, ReportSentence } from "../report.ts";
import { markRanges } from "./marks.ts";
import { noticeOf, stampLines } from "./stamps.ts";

/**
 * A report as one page of HTML with its plots inline, which needs nothing else and runs no script; each sentence leads to
 * the rows that it rests on. Throws PACKAGE_MISSING where it has charts and the packages for plots are not installed.
 */
export async function reportHtml(report: Report, provenance?: RunProvenance): Promise<string> {
  const { title, task, summary, sections, charts, evidence } = report;
  const svgs: string[] = [];
  for (const chart of charts) svgs.push(`<figure>${await chartForPage(chart)}</figure>`);
  const body = [
    `<h1>${isolated(title)}</h1>`,
    ...stampLines(report).map((line) => `<p class="notice">${escapedHtml(line)}</p>`),
    `<p><b>Task.</b> ${escapedHtml(task)}</p>`,
    summary.length === 0 ? "" : `<section><h2>Summary</h2>\n${sentencesHtml(summary)}</section>`,
    ...sections.map(
      ({ heading, sentences }) => `<section><h2>${isolated(heading)}</h2>\n${sentencesHtml(sentences)}</section>`,
    ),
    svgs.length === 0 ? "" : `<section><h2>Figures</h2>\n${svgs.join("\n")}</section>`,
    `<section><h2>Evidence</h2>\n<ol>\n${evidence.map(rowHtml).join("\n")}\n</ol></section>`,
    `<footer><p>${escapedHtml(provenanceLine(provenance, noticeOf(report)))}</p></footer>`,
  ];
  return htmlPage({ title, body: body.filter((part) => part !== "").join("\n"), style: pageStyle + style });
}

const sentencesHtml = (sentences: readonly ReportSentence[]): string =>
  sentences.map(({ text, evidence }) => `<p dir="auto">${escapedHtml(text)} ${linksTo(evidence)}</p>`).join("\n");

const linksTo = (evidence: readonly string[]): string =>
  markRanges(evidence)
    .map(([first, last]) => (last === undefined ? linkTo(first) : `${linkTo(first)}–${linkTo(last)}`))
    .join(" ");

const linkTo = (mark: string): string => `<a href="#${mark}">${mark}</a>`;

function rowHtml({ mark, who, asked, text, place }: MarkedEvidence): string {
  const name = who === undefined ? "" : ` <b>${isolated(who)}</b>`;
  const question = asked === undefined ? "" : ` <i>${isolated(asked)}</i>`;
  return `<li id="${mark}"><small>${mark}</small>${name}${question}<blockquote dir="auto">${escapedHtml(text)}</blockquote><small>${isolated(place)}</small></li>`;
}

const style = `ol{list-style:none;padding:0}
li{margin:.8rem 0}
li:target{outline:2px solid;outline-offset:.3rem}
blockquote{margin:.2rem 0 .2rem 1rem;unicode-bidi:plaintext}
a{font-size:.8rem;color:inherit}
footer{margin-top:2rem;font-size:.85rem}
`;
