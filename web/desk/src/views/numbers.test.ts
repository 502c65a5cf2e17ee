import { describe, expect, it } from 'vitest';
import { placed, scale } from './numbers';

describe('the range chart', () => {
  it('has its values between the first and the last tick, the great up', () => {
    for (const [low, high] of [[0, 0], [6, 140], [200, 1600], [15, 100417], [-20, 35], [0.5, 0.5]] as const) {
      const { y, ticks } = scale(low, high, 100);
      expect(ticks[0]).toBeLessThanOrEqual(low);
      expect(ticks.length).toBeLessThan(8);
      expect(y(low)).toBeGreaterThanOrEqual(y(high));
      expect(y(high)).toBeGreaterThanOrEqual(-0.01);
      expect(y(low)).toBeLessThanOrEqual(100.01);
    }
  });

  it('steps by tens where values lie far apart, and by equal steps where they do not', () => {
    expect(scale(15, 100417, 100).tenfold).toBe(true);
    expect(scale(200, 1600, 100).tenfold).toBe(false);
    expect(scale(0, 100417, 100).tenfold).toBe(false);
  });

  it('keeps tellings of one day apart and all within the width', () => {
    const xs = placed([0, 0, 0, 100, 100], 200, 12);
    for (let i = 1; i < xs.length; i++) expect((xs[i] ?? 0) - (xs[i - 1] ?? 0)).toBeGreaterThanOrEqual(11.99);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThanOrEqual(200);
    const crowd = placed(Array(100).fill(7), 200, 12);
    expect(Math.max(...crowd)).toBeLessThanOrEqual(200.01);
    expect(Math.min(...crowd)).toBeGreaterThanOrEqual(-0.01);
  });
});
