export { isEventDate, lastInstant, type Span, spanOf } from '#core/history/instants.ts';
