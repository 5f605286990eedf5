import type { UndirectedGraph } from "graphology";
import type { NetworkChart } from "../chart.ts";
import { groupColours, ink, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { chartWidth, colours, grouped, type Marks } from "./marks.ts";

/** Names of more than these nobody could read. */
const mostNames = 60;
const rounds = 200;

/**
 * Points and lines, where ForceAtlas2 brings them to from a circle (M. Jacomy et al., 2014, PLOS ONE 9(6), e98679): the
 * same for the same network. Links to nodes that are not there are left out.
 */
export async function networkMarks({ nodes, links }: NetworkChart): Promise<Marks> {
  const graph = await laidOut(nodes, links);
  const at = (id: string) => graph.getNodeAttributes(id) as { readonly x: number; readonly y: number };
  const { values, groups } = grouped(nodes, ({ id, label }) => {
    return { ...placed(at(id)), label: lineOf(label), degree: graph.degree(id) };
  });
  const lines = graph.edges().map((edge) => {
    const [start, end] = [placed(at(graph.source(edge))), placed(at(graph.target(edge)))];
    return { x: start.x, y: start.y, toX: end.x, toY: end.y, weight: graph.getEdgeAttribute(edge, "weight") };
  });
  const [x, y] = [axis("x"), axis("y")];
  const named = {
    mark: { type: "text", dy: -13, fontSize: 11 },
    encoding: { x, y, text: { field: "label", type: "nominal" } },
  };
  const size = { field: "degree", type: "quantitative", legend: null, scale: { zero: true, range: [30, 300] } };
  return {
    width: chartWidth,
    height: chartWidth,
    layer: [
      {
        data: { values: lines },
        mark: { type: "rule", color: ink, opacity: 0.25 },
        encoding: { x, y, x2: { field: "toX" }, y2: { field: "toY" }, strokeWidth: thickness },
      },
      {
        data: { values },
        mark: { type: "circle", opacity: 1, ...(groups.length === 0 && { color: plain }) },
        encoding: {
          x,
          y,
          size,
          ...(groups.length > 0 && { color: colours("group", groups, groupColours(groups.length)) }),
        },
      },
      ...(nodes.length > mostNames ? [] : [{ data: { values }, ...named }]),
    ],
  };
}

const thickness = { field: "weight", type: "quantitative", legend: null, scale: { zero: true, range: [0.5, 3] } };
const axis = (field: string) => ({ field, type: "quantitative", axis: null, scale: { zero: false, padding: 24 } });

/** Rounded: the last digits of a long calculation are of no picture. */
const placed = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  x: Math.round(x * 100) / 100,
  y: Math.round(y * 100) / 100,
});

async function laidOut(nodes: NetworkChart["nodes"], links: NetworkChart["links"]): Promise<UndirectedGraph> {
  const [{ UndirectedGraph }, { default: layout }] = await Promise.all([
    import("graphology"),
    import("graphology-layout-forceatlas2") as Promise<{ default: unknown }>,
  ]);
  const graph = new UndirectedGraph();
  for (const [place, { id }] of nodes.entries()) {
    const angle = (2 * Math.PI * place) / nodes.length;
    graph.mergeNode(id, { x: Math.cos(angle), y: Math.sin(angle) });
  }
  for (const { from, to, weight = 1 } of links) {
    if (from !== to && graph.hasNode(from) && graph.hasNode(to)) {
      graph.updateEdge(from, to, (known) => ({ weight: ((known["weight"] as number | undefined) ?? 0) + weight }));
    }
  }
  if (graph.order > 1) {
    const { assign, inferSettings } = layout as ForceAtlas;
    assign(graph, { iterations: rounds, settings: { ...inferSettings(graph), strongGravityMode: true, gravity: 0.5 } });
  }
  return graph;
}

/** The package is CommonJS: its functions stand on its default export, whatever its types say. */
interface ForceAtlas {
  inferSettings(graph: object): object;
  assign(graph: object, options: { readonly iterations: number; readonly settings: object }): void;
}
