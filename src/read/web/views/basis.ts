import type { DateBasis } from '#core/dates/types.ts';

const BASIS: Readonly<Record<DateBasis, string | null>> = {
  explicit: null,
  'inferred-year': 'year inferred',
  'corrected-year': 'year corrected',
  'corrected-month': 'month corrected',
  weekday: 'from a weekday',
  relative: 'from a relative date',
  heading: 'from the heading above',
  inherited: 'from the paragraph before',
  none: null,
};

/** How a date was found, where the text does not state it. */
export function basisNote(basis: DateBasis): string | null {
  return BASIS[basis];
}
