import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import Sigma from 'sigma';
import { lineOf, type Network, sheaves, type Tie } from './network';

// The drawing of a network. Sigma places, draws and finds the circles; lines with
// their dashes, words and badges are drawn on layers of ours, as sigma's own
// lines have no dashes. There are some dozens of each at most.

/** What the drawing needs from the view: names and words in the chosen language, and what a click does. */
export type Hand = {
  name: (id: string) => string;
  word: (type: string) => string;
  unfold: (id: string) => void;
  open: (tie: Tie) => void;
};

type At = { x: number; y: number };
const gap = 7; // pixels between lines of the same two
const fontOf = (size: number, weight = 400) => `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;

export class Drawing {
  private graph = new Graph({ multi: true, type: 'directed' });
  private sigma: Sigma;
  private network: Network = { as_of: null, nodes: [], ties: [], left: 0, types: {} };
  private lit = ''; // the node under the pointer, or whose line in the list is
  private colours: { [variable: string]: string } = {};

  constructor(
    private box: HTMLElement,
    private hand: Hand,
  ) {
    this.sigma = new Sigma(this.graph, box, {
      enableEdgeEvents: true,
      enableCameraZooming: false, // the wheel scrolls the page
      enableCameraRotation: false,
      renderLabels: false,
      renderEdgeLabels: false,
      stagePadding: 58,
      defaultDrawNodeHover: () => {},
      allowInvalidContainer: true,
    });
    this.sigma.createCanvas('lines', { beforeLayer: 'nodes', style: { pointerEvents: 'none' } });
    this.sigma.createCanvas('words', { afterLayer: 'nodes', style: { pointerEvents: 'none' } });
    this.sigma.resize(true);
    this.sigma.on('afterRender', () => this.draw());
    this.sigma.on('clickNode', ({ node }) => this.hand.unfold(node));
    this.sigma.on('clickEdge', ({ edge }) => this.hand.open(this.graph.getEdgeAttribute(edge, 'tie') as Tie));
    this.sigma.on('enterEdge', () => (box.dataset.pointing = 'line'));
    this.sigma.on('enterNode', ({ node }) => {
      box.dataset.pointing = 'circle';
      box.title = this.hand.name(node); // whole, where the drawing has cut it
    });
    for (const name of ['leaveEdge', 'leaveNode'] as const) this.sigma.on(name, () => this.leave());
    this.sigma.on('enterNode', ({ node }) => this.light(node));
    this.sigma.on('leaveNode', () => this.light(''));
  }

  /** show draws another network; who was there before stays about where they were. */
  show(network: Network) {
    this.network = network;
    const before = new Map(this.graph.mapNodes((id, a) => [id, { x: a.x as number, y: a.y as number }]));
    this.graph.clear();
    this.place(network, before);
    for (const [i, t] of network.ties.entries()) this.graph.addEdgeWithKey(String(i), t.from, t.to, { tie: t, size: 9, color: 'rgba(0,0,0,0)' });
    if (network.ties.length) forceAtlas2.assign(this.graph, { iterations: 250, settings: { ...forceAtlas2.inferSettings(this.graph), gravity: 0.6, scalingRatio: 12, edgeWeightInfluence: 0 } });
    this.fill();
    this.paint();
  }

  /** place gives each node where it starts from: where it was, around whom it was unfolded from, or on a circle. */
  private place(network: Network, before: Map<string, At>) {
    const children = new Map<string, number>();
    for (const [i, n] of network.nodes.entries()) {
      const angle = (2 * Math.PI * i) / network.nodes.length;
      let at: At = { x: 10 * Math.cos(angle), y: 10 * Math.sin(angle) };
      if (n.via && this.graph.hasNode(n.via)) {
        const k = (children.get(n.via) ?? 0) + 1;
        children.set(n.via, k);
        const from = this.graph.getNodeAttributes(n.via) as At;
        at = { x: from.x + 6 * Math.cos(k * 2.4), y: from.y + 6 * Math.sin(k * 2.4) };
      }
      this.graph.addNode(n.id, { ...(before.get(n.id) ?? at), size: n.open ? 13 : 8 });
    }
  }

  /** fill turns and stretches the drawing so that it takes the room that there is. */
  private fill() {
    const spread = (axis: 'x' | 'y') => {
      const all = this.graph.mapNodes((_, a) => a[axis] as number);
      return Math.max(...all) - Math.min(...all) || 1;
    };
    const room = Math.max(this.box.clientWidth, 1) / Math.max(this.box.clientHeight, 1);
    if (room > 1 !== spread('x') > spread('y')) this.graph.updateEachNodeAttributes((_, a) => ({ ...a, x: a.y, y: -(a.x as number) }));
    const wider = Math.min(Math.max((room * spread('y')) / spread('x'), 0.6), 2.4);
    this.graph.updateEachNodeAttributes((_, a) => ({ ...a, x: (a.x as number) * wider }));
  }

  /** paint takes the colours of the page anew: they change with its theme. */
  paint() {
    const variables = ['--ink', '--soft', '--paper', '--sheet', '--line', '--link', ...this.network.ties.map((t) => lineOf(t.type).colour)];
    for (const v of new Set(variables)) {
      this.box.style.color = `var(${v})`;
      this.colours[v] = getComputedStyle(this.box).color;
    }
    this.box.style.color = '';
    for (const n of this.network.nodes) this.graph.setNodeAttribute(n.id, 'color', this.colour(n.open ? '--link' : '--soft'));
    this.sigma.refresh();
  }

  private leave() {
    delete this.box.dataset.pointing;
    this.box.title = '';
  }

  /** light shows the lines of one node alone; none is all of them. */
  light(id: string) {
    if (id === this.lit) return;
    this.lit = id;
    this.sigma.scheduleRender();
  }

  kill() {
    this.sigma.kill();
  }

  private colour(variable: string): string {
    return this.colours[variable] ?? '#777';
  }

  /** layer is one of our canvases, empty and as fine as the screen. */
  private layer(id: string): CanvasRenderingContext2D | null {
    const canvas = this.sigma.getCanvases()[id];
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return null;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    return context;
  }

  private at(id: string): At {
    return this.sigma.graphToViewport(this.graph.getNodeAttributes(id) as At);
  }

  private draw() {
    const [lines, words] = [this.layer('lines'), this.layer('words')];
    if (!lines || !words) return;
    for (const sheaf of sheaves(this.network.ties)) this.sheaf(lines, sheaf);
    for (const n of this.network.nodes) {
      const at = this.at(n.id);
      const size = n.open ? 13 : 8;
      words.globalAlpha = this.faint(n.id) ? 0.35 : 1;
      if (n.folded) this.badge(words, { x: at.x + size, y: at.y - size }, n.folded);
      this.write(words, short(this.hand.name(n.id)), { x: at.x, y: at.y + size + 10 }, fontOf(13, n.open ? 600 : 400), '--ink');
    }
    this.box.dataset.drawn = `${this.network.nodes.length} ${this.network.ties.length}`;
  }

  private faint(id: string): boolean {
    return Boolean(this.lit) && id !== this.lit && !this.network.ties.some((t) => (t.from === id && t.to === this.lit) || (t.to === id && t.from === this.lit));
  }

  /** sheaf draws the lines between two nodes side by side, with their words in the middle. */
  private sheaf(on: CanvasRenderingContext2D, ties: Tie[]) {
    const first = ties[0];
    if (!first) return;
    const [a, b] = [this.at(first.from), this.at(first.to)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const side = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
    on.globalAlpha = this.lit && first.from !== this.lit && first.to !== this.lit ? 0.15 : 1;
    for (const [i, t] of ties.entries()) {
      const off = (i - (ties.length - 1) / 2) * gap;
      const shift = (p: At) => ({ x: p.x + side.x * off, y: p.y + side.y * off });
      this.line(on, t, shift(this.at(t.from)), shift(this.at(t.to)));
    }
    const said = [...new Set(ties.map((t) => this.hand.word(t.type) + (t.contested ? '?' : '')))].join(', ');
    if (length > 70) this.write(on, short(said), { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, fontOf(11), '--soft');
  }

  private line(on: CanvasRenderingContext2D, t: Tie, a: At, b: At) {
    const line = lineOf(t.type);
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const way = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    const end = { x: b.x - way.x * 16, y: b.y - way.y * 16 };
    on.strokeStyle = on.fillStyle = this.colour(line.colour);
    on.setLineDash(line.dash);
    if (t.contested) on.globalAlpha *= 0.55;
    for (const off of line.double ? [-1.8, 1.8] : [0]) {
      on.lineWidth = line.double ? line.width * 0.8 : line.width;
      on.beginPath();
      on.moveTo(a.x - way.y * off, a.y + way.x * off);
      on.lineTo((line.arrow ? end : b).x - way.y * off, (line.arrow ? end : b).y + way.x * off);
      on.stroke();
    }
    on.setLineDash([]);
    if (line.arrow) {
      on.beginPath();
      on.moveTo(end.x + way.x * 5, end.y + way.y * 5);
      on.lineTo(end.x - way.x * 5 - way.y * 4.5, end.y - way.y * 5 + way.x * 4.5);
      on.lineTo(end.x - way.x * 5 + way.y * 4.5, end.y - way.y * 5 - way.x * 4.5);
      on.fill();
    }
    if (t.contested) on.globalAlpha /= 0.55;
  }

  /** write puts words in the middle of a place, on a ground that parts them from what is under them. */
  private write(on: CanvasRenderingContext2D, text: string, at: At, font: string, colour: string) {
    on.font = font;
    on.textAlign = 'center';
    on.textBaseline = 'middle';
    on.lineWidth = 4;
    on.lineJoin = 'round';
    const half = on.measureText(text).width / 2 + 4;
    const x = Math.min(Math.max(at.x, half), Math.max(on.canvas.clientWidth - half, half)); // not over the edge
    on.strokeStyle = this.colour('--sheet');
    on.strokeText(text, x, at.y);
    on.fillStyle = this.colour(colour);
    on.fillText(text, x, at.y);
  }

  private badge(on: CanvasRenderingContext2D, at: At, count: number) {
    const text = `+${count}`;
    on.font = fontOf(11, 600);
    const width = on.measureText(text).width + 9;
    on.fillStyle = this.colour('--sheet');
    on.strokeStyle = this.colour('--link');
    on.lineWidth = 1.3;
    on.beginPath();
    on.roundRect(at.x - width / 2, at.y - 8, width, 16, 8);
    on.fill();
    on.stroke();
    on.fillStyle = this.colour('--link');
    on.textAlign = 'center';
    on.textBaseline = 'middle';
    on.fillText(text, at.x, at.y + 0.5);
  }
}

/** short cuts words that would run over half the drawing. */
function short(text: string): string {
  const points = [...text];
  return points.length > 26 ? `${points.slice(0, 25).join('')}…` : text;
}
