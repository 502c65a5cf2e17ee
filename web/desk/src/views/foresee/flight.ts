// What a flight tells of a day, for the map, the plot and the table: nothing is worked out here but where it is drawn.

import { dayNumber } from '../../days';
import type { Band, Closing, End, Fighting, Flight, Foresight } from '../foresee';

/** One of the scenarios that are shown; its letter is empty where there is only one. */
export type Side = { letter: '' | 'A' | 'B'; answer: Foresight };

/** People at the end of a day: eight in ten runs lie from low to high. */
export type People = { low: number; mid: number; high: number };

/** on is the band of a day, counted from the flight's first; null on a day that it does not play. */
export function on(band: Band, index: number): People | null {
  const [low, mid, high] = [band.low[index], band.mid[index], band.high[index]];
  return low === undefined || mid === undefined || high === undefined ? null : { low, mid, high };
}

/** indexOf is which of a flight's days a day is, counted from 0; it may lie outside. */
export function indexOf(flight: Flight, day: number): number {
  return day - dayNumber(flight.start);
}

export function plays(flight: Flight, day: number): boolean {
  const index = indexOf(flight, day);
  return index >= 0 && index < flight.days;
}

/** holds tells whether a day lies in the days of something; both ends belong to them. */
export function holds(of: Fighting | Closing, day: number): boolean {
  return dayNumber(of.from) <= day && day <= dayNumber(of.to);
}

/** peak is the most people that a place has on any day, at the upper end of its band. */
export function peak(end: End): number {
  return Math.max(0, ...end.high);
}

/** busiest are the places with the most people on any day, the fullest first. */
export function busiest(flight: Flight): End[] {
  return flight.places.toSorted((a, b) => peak(b) - peak(a));
}

/** points are what is to be seen of a flight on the map: the zones, and where one in a hundred is of those where most are. */
export function points(flight: Flight, most: number): { lon: number; lat: number }[] {
  return [...flight.places.filter((e) => peak(e) * 100 >= most), ...flight.zones];
}

/**
 * origin is where arcs begin: the zone, or a point between the zones, as the model
 * does not tell who is from which. It lies nearest to where there was most to flee.
 */
export function origin(flight: Flight, day: number): { lon: number; lat: number } | null {
  const fought = (z: Fighting) => Math.max(0, Math.min(day, dayNumber(z.to)) - dayNumber(z.from) + 1);
  const begun = flight.zones.filter((z) => fought(z) > 0);
  const zones = (begun.length ? begun : flight.zones).map((z) => ({ ...z, weight: Math.max(1, z.people) * z.intensity * Math.max(1, fought(z)) }));
  const sum = zones.reduce((all, z) => all + z.weight, 0);
  if (!sum) return null;
  const mean = (of: (z: Fighting) => number) => zones.reduce((all, z) => all + of(z) * z.weight, 0) / sum;
  return { lon: mean((z) => z.lon), lat: mean((z) => z.lat) };
}

/** radius and thickness draw a number of people where the most there is has the largest: by area, and by width. */
export function radius(people: number, most: number, largest: number): number {
  return people > 0 ? Math.max(2.5, Math.sqrt(people / Math.max(1, most)) * largest) : 0;
}
export function thickness(people: number, most: number): number {
  return Math.max(0.8, (people / Math.max(1, most)) * 18);
}
