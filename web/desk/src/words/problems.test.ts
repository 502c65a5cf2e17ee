import { expect, test } from 'vitest';
import { hasDutch, problemInDutch } from './problems';

test('problems are said in Dutch, with what stands in them', () => {
  expect(problemInDutch('empty')).toBe('leeg');
  expect(problemInDutch('a PDF document, which Casus does not read')).toBe('een PDF-document, en dat leest Casus niet');
  expect(problemInDutch('not valid UTF-8 at byte 12 (line 3)')).toBe('geen geldige UTF-8 bij byte 12 (regel 3)');
  expect(problemInDutch('Put one article on each line, as {"text": "…", "date": "2021-07-05"}.')).toMatch(/^Zet op elke regel/);
  expect(problemInDutch('dated only to the month')).toBe('gedateerd tot op de maand en niet nauwer');
});

test('what nobody put into Dutch stays as it is', () => {
  expect(problemInDutch('the moon is in the way')).toBe('the moon is in the way');
  expect(hasDutch('the moon is in the way')).toBe(false);
});
