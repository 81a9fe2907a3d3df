import { Graph, layout } from "@dagrejs/dagre";
import type { Flow, FlowEdge, FlowNode } from "@ovsc/shared/variant";
import { curveBasis, line } from "d3-shape";
import { type Html, markup } from "../markup.ts";
import type { ObservedFlow } from "./observed-flow.ts";

/** Of a letter in the font of the picture, in its own units. */
const letter = 7;
const lineHeight = 16;

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const curve = line<{ x: number; y: number }>(
  ({ x }) => round(x),
  ({ y }) => round(y),
)
  .curve(curveBasis)
  .digits(0);

const round = (value: number): number => Math.round(value * 10) / 10;

/** The head of every arrow of every flow: the style sheet refers to it. */
export const arrowHead = markup`<svg class="flow-heads" width="0" height="0" aria-hidden="true"><defs>
  <marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
    <path d="M0 0 8 4 0 8z" class="head" />
  </marker>
</defs></svg>`;

/**
 * The flow as a picture: what was taken in full, with how often; what never was in grey, behind it.
 * @param id of the picture, for what describes it
 */
export function drawFlow({ flow, counts, variant }: ObservedFlow, id: string): Html {
  const { nodes, edges } = flow;
  const laid = new Set(laidOut(flow, counts));
  const graph = new Graph({ multigraph: true })
    .setGraph({ rankdir: "TB", nodesep: 20, ranksep: 40, edgesep: 14, marginx: 8, marginy: 8 })
    .setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node));
  for (const at of laid) {
    const { from, to, kind } = edges[at]!;
    const label = labelOf(edges[at]!, counts[at]!);
    const size = { width: label.length * letter, height: label ? lineHeight : 0, weight: kind === "failure" ? 1 : 3 };
    graph.setEdge(from, to, { ...size, labelpos: "c" }, String(at));
  }
  layout(graph);
  const place = (node: string): Placed => graph.node(node);
  const never = edges.flatMap((edge, at) => (laid.has(at) ? [] : straight(place(edge.from), place(edge.to))));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return markup`<svg class="flow" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}"
      height="${round(height)}" role="img" aria-labelledby="${id}-title">
    <title id="${id}-title">The flow of the ${variant}: what was taken, with how often, and what never was</title>
    <path class="never" d="${never.join("")}" />
    ${[...laid].map((at) => drawEdge(edges[at]!, counts[at]!, curveOf(graph, edges[at]!, at)))}
    ${nodes.map((node) => drawNode(node, place(node.id), isTaken(node, edges, counts)))}
  </svg>`;
}

/** What was taken, and one way to each node that nothing led to: the picture is laid out by these. */
function laidOut({ nodes, edges }: Flow, counts: readonly number[]): number[] {
  const taken = edges.flatMap((_, at) => (counts[at]! > 0 ? [at] : []));
  const ways = nodes
    .filter((node) => !isTaken(node, edges, counts))
    .map(({ id }) => edges.findIndex(({ from, to }) => to === id && from !== id))
    .filter((at) => at >= 0);
  return [...taken, ...ways];
}

const straight = (from: Placed, to: Placed): string =>
  `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;

const isTaken = ({ id }: FlowNode, edges: readonly FlowEdge[], counts: readonly number[]): boolean =>
  edges.some(({ from, to }, at) => counts[at]! > 0 && (from === id || to === id));

/** Of several errors that lead the same way, the table beside the picture names the others. */
function labelOf({ label = "" }: FlowEdge, count: number): string {
  if (count === 0) return "";
  const [first, ...others] = label.split(", ");
  const by = others.length > 1 ? `${first} or ${others.length} others` : label;
  return `${by} ×${count.toLocaleString("en")}`.trimStart();
}

interface Curve {
  readonly points: { x: number; y: number }[];
  readonly x?: number;
  readonly y?: number;
}

const curveOf = (graph: Graph, { from, to }: FlowEdge, at: number): Curve => graph.edge(from, to, String(at));

const drawEdge = (edge: FlowEdge, count: number, { points, x = 0, y = 0 }: Curve): Html =>
  markup`<g class="edge ${edge.kind}${count === 0 && " never"}">
    <path d="${curve(points) ?? ""}" />
    ${count > 0 && text(labelOf(edge, count), x, y + 4)}
  </g>`;

function sizeOf({ id, label = id }: FlowNode): { width: number; height: number } {
  const lines = linesOf(label);
  return {
    width: Math.max(...lines.map(({ length }) => length)) * letter + 20,
    height: lines.length * lineHeight + 14,
  };
}

/** Letters on a line of a node, about. */
const widest = 19;

function linesOf(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const text = (content: string, x: number, y: number): Html =>
  markup`<text x="${round(x)}" y="${round(y)}">${content}</text>`;

function drawNode({ id, kind, label = id }: FlowNode, { x, y, width, height }: Placed, taken: boolean): Html {
  const rounding = { source: 15, end: 15, step: 4, choice: 0, nobody: 0 }[kind];
  const lines = linesOf(label);
  const first = y - ((lines.length - 1) * lineHeight) / 2 + 4.5;
  return markup`<g class="node ${kind}${!taken && " never"}">
    <rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}"
      rx="${rounding}" />
    ${lines.map((each, at) => text(each, x, first + at * lineHeight))}
  </g>`;
}
