import { describe, expect, it } from 'vitest';
import { innermost, lanesOf, layOut, type Mark, Text } from './spans';

const mark = (number: number, start: number, end: number, kind: Mark['kind'] = 'event'): Mark => ({ number, start, end, kind });

describe('a text', () => {
  it('is cut by code points, as records count', () => {
    const text = new Text('🙂 Çığ 𝒳 één');
    expect(text.length).toBe(11);
    expect(text.cut(0, 1)).toBe('🙂');
    expect(text.cut(2, 5)).toBe('Çığ');
    expect(text.cut(6, 7)).toBe('𝒳');
  });

  it('falls into paragraphs at blank lines, and keeps single line breaks', () => {
    const text = new Text(' date 2021 Kop\n\nEen.\nTwee.\n \t\n\n🙂 Drie. \n');
    expect(text.paragraphs().map((p) => text.cut(p.start, p.end))).toEqual(['date 2021 Kop', 'Een.\nTwee.', '🙂 Drie.']);
  });

  it('of nothing but space has no paragraphs', () => {
    expect(new Text('').paragraphs()).toEqual([]);
    expect(new Text(' \n\n \n').paragraphs()).toEqual([]);
  });
});

const pieces = (within: { start: number; end: number }, marks: Mark[]) => layOut([within], marks)[0] ?? [];

describe('pieces', () => {
  it('cover the stretch once, wherever marks overlap', () => {
    const within = { start: 10, end: 50 };
    const marks = [mark(0, 0, 20), mark(1, 15, 30), mark(2, 15, 18, 'figure'), mark(3, 40, 60)];
    const cut = pieces(within, marks);
    expect(cut[0]?.start).toBe(10);
    expect(cut.at(-1)?.end).toBe(50);
    cut.slice(1).forEach((p, i) => expect(p.start).toBe(cut[i]?.end));
    expect(cut.map((p) => [p.start, p.end, p.over.map((m) => m.number)])).toEqual([
      [10, 15, [0]],
      [15, 18, [0, 1, 2]],
      [18, 20, [0, 1]],
      [20, 30, [1]],
      [30, 40, []],
      [40, 50, [3]],
    ]);
  });

  it('say which marks open', () => {
    const cut = pieces({ start: 0, end: 10 }, [mark(0, 2, 8), mark(1, 2, 4)]);
    expect(cut.map((p) => p.opens.map((m) => m.number))).toEqual([[], [0, 1], [], []]);
  });

  it('follow from one paragraph to the next', () => {
    const cut = layOut([{ start: 0, end: 10 }, { start: 12, end: 20 }], [mark(0, 5, 15), mark(1, 12, 14), mark(2, 10, 12)]);
    expect(cut.map((ps) => ps.map((p) => [p.start, p.end, p.over.map((m) => m.number), p.opens.map((m) => m.number)]))).toEqual([
      [
        [0, 5, [], []],
        [5, 10, [0], [0]],
      ],
      [
        [12, 14, [0, 1], [1]],
        [14, 15, [0], []],
        [15, 20, [], []],
      ],
    ]);
  });

  it('of thousands of marks tell of the innermost', () => {
    const nested = Array.from({ length: 5000 }, (_, i) => mark(i, i, 20000 - i));
    const cut = pieces({ start: 0, end: 20000 }, nested);
    expect(cut.length).toBe(9999);
    expect(Math.max(...cut.map((p) => p.over.length))).toBe(12);
    expect(cut.find((p) => p.start === 4999)?.over.at(-1)?.number).toBe(4999);
    expect(cut.reduce((n, p) => n + p.opens.length, 0)).toBe(5000);
  });

  it('of an unmarked stretch are that stretch', () => {
    expect(pieces({ start: 3, end: 9 }, [])).toEqual([{ start: 3, end: 9, over: [], opens: [] }]);
  });
});

describe('lanes', () => {
  it('keep overlapping marks apart while there are lanes', () => {
    const lanes = lanesOf([mark(0, 0, 20), mark(1, 5, 15, 'claim'), mark(2, 6, 8, 'figure'), mark(3, 20, 30)]);
    expect([0, 1, 2, 3].map((n) => lanes.get(n))).toEqual([0, 1, 2, 0]);
  });

  it('are shared by marks of one kind on the same words', () => {
    const lanes = lanesOf([mark(0, 0, 9, 'commitment'), mark(1, 0, 9, 'commitment'), mark(2, 0, 9, 'event')]);
    expect(lanes.get(0)).toBe(lanes.get(1));
    expect(lanes.get(2)).not.toBe(lanes.get(0));
  });

  it('give the last lane to what finds none free', () => {
    const many = Array.from({ length: 9 }, (_, i) => mark(i, 0, 20 - i));
    expect([...lanesOf(many).values()].every((lane) => lane >= 0 && lane < 3)).toBe(true);
  });
});

it('a click means the record with the fewest words', () => {
  expect(innermost([mark(0, 0, 90), mark(1, 4, 8), mark(2, 2, 9)])?.number).toBe(1);
  expect(innermost([])).toBeUndefined();
});
