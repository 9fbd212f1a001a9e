import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, dollars, quantities, total, type Workload } from '../../bench/cost/bill.ts';
import { PRICES } from '../../bench/cost/prices.ts';
import { resourcesOf, type Template } from '../../bench/cost/resources.ts';
import { template } from '../lib/service.ts';

const deployed = template.toJSON() as Template;
const counted: Counted = {
  unchanged: { tableWrites: 8, tableReads: 4, objectWrites: 0, objectReads: 1 },
  changed: { tableWrites: 28, tableReads: 20, objectWrites: 6, objectReads: 3 },
  tickReads: (pages) => Math.max(1.5, pages / 8),
};
const load: Workload = { name: 'one', pages: 1, hosts: 1, checks: 2_922, changes: 30 };
const usd = (from: Template, isFree = true, one = load) =>
  total(dollars(quantities(resourcesOf(from), counted, one), isFree));
const withResources = (more: Template['Resources']): Template => ({ Resources: { ...deployed.Resources, ...more } });

describe('the bill', () => {
  it('takes what is paid for from the template', () => {
    expect(resourcesOf(deployed)).toEqual({
      polledFifo: 0,
      polledStandard: 0,
      alarms: 5,
      metrics: 1,
      dashboards: 1,
      memory: { plan: 0.5, fetch: 0.5, ingest: expect.closeTo(1.73, 2), notify: 0.5 },
      logDays: 30,
      planEvery: 15,
    });
  });

  it('grows by the polls of a queue that Lambda works off', () => {
    const polled = withResources({
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
      },
    });
    // Five long polls of 20 s, all month: 657,450 requests.
    expect(usd(polled, false) - usd(deployed, false)).toBeCloseTo(657_450 * PRICES.fifoRequests.usd, 4);
  });

  it('counts each metric of an alarm, and only those above the free ten where they are free', () => {
    const metrics = Array.from({ length: 8 }, () => ({ MetricStat: {} }));
    const more = withResources({
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [...metrics, { Expression: 'a+b' }] } },
    });
    expect(usd(more, false) - usd(deployed, false)).toBeCloseTo(0.8, 6);
    expect(usd(more) - usd(deployed)).toBeCloseTo(0.3, 6);
  });

  it('has three dashboards of an account for nothing, where that is free', () => {
    const board = { Type: 'AWS::CloudWatch::Dashboard' };
    const four = { A: board, B: board, C: board, D: board };
    const before = resourcesOf(deployed).dashboards;
    expect(usd(withResources(four), false) - usd(deployed, false)).toBeCloseTo(4 * PRICES.dashboards.usd, 6);
    expect(usd(withResources(four)) - usd(deployed)).toBeCloseTo((1 + before) * PRICES.dashboards.usd, 6);
  });

  it('is never lower for more checks, more changes or more pages, and never negative', () => {
    const loads = fc.record({ checks: fc.integer({ min: 1, max: 1e7 }), pages: fc.integer({ min: 1, max: 1e5 }) });
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 500 }), fc.boolean(), ({ checks, pages }, hosts, isFree) => {
        const one = { name: 'x', pages, hosts, checks, changes: Math.floor(checks / 20) };
        const bill = usd(deployed, isFree, one);
        expect(bill).toBeGreaterThanOrEqual(0);
        expect(usd(deployed, isFree, { ...one, checks: checks * 2 })).toBeGreaterThanOrEqual(bill);
        expect(usd(deployed, isFree, { ...one, changes: one.changes + 1 })).toBeGreaterThanOrEqual(bill);
        expect(usd(deployed, isFree, { ...one, pages: pages * 2 })).toBeGreaterThanOrEqual(bill);
        expect(usd(deployed, true, one)).toBeLessThanOrEqual(usd(deployed, false, one));
      }),
    );
  });

  it('of one page at 15 minutes is cents', () => {
    expect(usd(deployed)).toBeLessThan(0.25);
  });
});
