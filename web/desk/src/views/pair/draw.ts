import type uPlot from 'uplot';
import { dayNumber } from '../../days';
import { type Dyad, levels, type Week } from '../pair';

/** The colours of the chart, as a canvas takes them. */
export type Look = { ink: string; soft: string; line: string; index: string; words: string; deeds: string; band: string };

// Below the lowest score there is room for how many origins each week has.
export const floor = -14.6;
const originsTop = -11.2;
const seconds = 86_400;
const week = 7 * seconds;

type Pen = { context: CanvasRenderingContext2D; x: (day: string) => number; y: (score: number) => number; px: number; top: number; bottom: number; wide: number };

/** draw puts on the chart: bands of changes, levels, each week with its band, its words and deeds, and its origins. */
export function draw(u: uPlot, dyad: Dyad, look: Look) {
  const context = u.ctx;
  const px = devicePixelRatio;
  const x = (day: string) => u.valToPos(dayNumber(day) * seconds, 'x', true);
  const pen: Pen = { context, x, y: (score) => u.valToPos(score, 'y', true), px, top: u.bbox.top, bottom: u.bbox.top + u.bbox.height, wide: u.valToPos(week, 'x', true) - u.valToPos(0, 'x', true) };
  const told = dyad.weeks.filter((w) => w.events > 0);
  context.save();
  context.beginPath();
  context.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  context.clip();
  drawChanges(pen, dyad, look);
  drawOrigins(pen, told, look);
  drawLevels(pen, dyad, look);
  for (const w of told) drawWeek(pen, w, look);
  context.restore();
}

function drawChanges({ context, x, px, top, bottom, wide }: Pen, dyad: Dyad, look: Look) {
  for (const c of dyad.changes) {
    context.globalAlpha = 0.2;
    context.fillStyle = look.band;
    context.fillRect(x(c.from) - wide / 2, top, Math.max(x(c.to) - x(c.from) + wide, 2 * px), bottom - top);
    context.globalAlpha = 1;
    context.strokeStyle = look.band;
    context.lineWidth = 1.5 * px;
    context.setLineDash([5 * px, 4 * px]);
    line(context, [[x(c.week), top], [x(c.week), bottom]]);
    context.setLineDash([]);
  }
}

function drawOrigins({ context, x, y, px, wide }: Pen, told: Week[], look: Look) {
  const most = Math.max(1, ...told.map((w) => w.origins));
  context.fillStyle = look.soft;
  const width = Math.min(Math.max(wide * 0.7, 2 * px), 10 * px);
  for (const w of told) {
    const height = ((y(floor) - y(originsTop)) * w.origins) / most;
    context.fillRect(x(w.monday) - width / 2, y(floor) - height, width, height);
  }
}

function drawLevels({ context, x, y, px }: Pen, dyad: Dyad, look: Look) {
  context.strokeStyle = look.ink;
  context.lineWidth = 2.4 * px;
  for (const l of levels(dyad)) line(context, [[x(l.from), y(l.level)], [x(l.until), y(l.level)]]);
}

/** drawWeek draws a week's level with its band, and its words and deeds where it has both. */
function drawWeek({ context, x, y, px, wide }: Pen, w: Week, look: Look) {
  const at = x(w.monday);
  const size = Math.min(Math.max((wide / px) * 0.4, 2.6), 4.2) * px;
  context.lineWidth = 1.4 * px;
  context.strokeStyle = look.index;
  context.globalAlpha = 0.3;
  line(context, [[at, y(w.low)], [at, y(w.high)]]);
  context.globalAlpha = 1;
  if (w.words && w.deeds) {
    context.strokeStyle = look.words;
    context.beginPath();
    context.arc(at, y(w.verbal), size, 0, 7);
    context.stroke();
    context.strokeStyle = look.deeds;
    const peak = y(w.material) - size;
    line(context, [[at, peak], [at + size, peak + 1.8 * size], [at - size, peak + 1.8 * size], [at, peak]]);
  }
  context.fillStyle = look.index;
  context.beginPath();
  context.arc(at, y(w.index), size * 0.85, 0, 7);
  context.fill();
}

function line(context: CanvasRenderingContext2D, points: [number, number][]) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}
