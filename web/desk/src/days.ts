// Days as numbers, for sliders and axes: 0 is 1970-01-01.

const day = 86_400_000;

export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / day);
}

export function dayText(number: number): string {
  return new Date(number * day).toISOString().slice(0, 10);
}

/** addMonths keeps the day of the month where the month has it. */
export function addMonths(date: string, months: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, Math.min(at.getUTCDate(), last))).toISOString().slice(0, 10);
}
