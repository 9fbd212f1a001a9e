import type { Candidate } from '../candidate.ts';
import { joinRanges } from './join-ranges.ts';
import { shareYears } from './share-years.ts';

/** A step over one text's candidates; keeps their order and never makes them overlap. */
export type Refiner = (text: string, candidates: readonly Candidate[]) => Candidate[];

/** In order: years are shared before the dates that share them become one span. */
export const refiners: readonly Refiner[] = [shareYears, joinRanges];
