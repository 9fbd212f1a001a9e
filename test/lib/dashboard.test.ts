import { describe, expect, test } from 'vitest';
import { runbook, runbookSection } from '../../lib/runbook.ts';
import { Account, type Templates } from '../../scripts/rehearsal/claims/account.ts';
import { type Synthesized, synthesize } from './synth.ts';

describe('the runbook on the dashboard', () => {
  const MARKDOWN =
    '# Runbook\n\nSee `DaybookService`.\n\n## Is it there?\n\n1. [Ask](other.md#x), then [look](https://example.org/).\n\n## The end\n2\n';

  test('is cut at its headings, and every section keeps its text', () => {
    expect(runbook(null, MARKDOWN)).toEqual([
      { heading: 'Runbook', anchor: 'runbook', text: 'See `DaybookService`.' },
      { heading: 'Is it there?', anchor: 'is-it-there', text: '1. Ask, then [look](https://example.org/).' },
      { heading: 'The end', anchor: 'the-end', text: '2' },
    ]);
  });

  test('names the stacks of its stage, so that a command can be copied out of it', () => {
    expect(runbook('dev', MARKDOWN)[0]?.text).toBe('See `DaybookService-dev`.');
    for (const { text } of runbook('dev')) expect(text).not.toMatch(/\bDaybook(State|Service)(?!-dev)/);
  });

  test('names its stage in every command, which would change another deployment without it', () => {
    const commands = (stage: string | null) =>
      runbook(stage).flatMap(({ text }) => text.match(/(?:cdk deploy|--aws)[^`\n]*/g) ?? []);
    expect(commands('dev').length).toBeGreaterThan(6);
    for (const command of commands('dev')) expect(command).toMatch(/^--aws --stage dev\b|^cdk deploy .*-c stage=dev$/);
    expect(commands(null).join()).not.toContain('stage');
  });

  test('is whole, and no link in it leads nowhere', () => {
    const sections = runbook(null);
    expect(sections.length).toBeGreaterThan(8);
    for (const { heading, text } of sections) {
      expect(text.length, heading).toBeGreaterThan(40);
      expect(text, heading).not.toMatch(/\]\((?!https:)/);
    }
    expect(new Set(sections.map(({ anchor }) => anchor)).size).toBe(sections.length);
  });

  test('of a section that is not there stops the synthesis and names it', () => {
    expect(() => runbookSection('gone' as never, null)).toThrow('docs/runbook.md has no section "gone"');
  });
});

describe('the dashboard', () => {
  const resolved = ({ state, service, stateTemplate, serviceTemplate }: Synthesized) =>
    new Account({
      [state.stackName]: stateTemplate.toJSON(),
      [service.stackName]: serviceTemplate.toJSON(),
    } as unknown as Templates);
  const account = resolved(synthesize({ stage: 'dev' }));
  const [page] = account.of('AWS::CloudWatch::Dashboard');
  const { widgets } = JSON.parse(page?.properties.DashboardBody);
  const titles: string[] = widgets.flatMap(
    ({ properties }: { properties: { title?: string } }) => properties.title ?? [],
  );

  test('is found under the address that the stack gives', () => {
    expect(account.outputs.DashboardUrl).toBe(
      'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/DaybookService-dev-eu-central-1',
    );
    expect(page?.properties.DashboardName).toBe('DaybookService-dev-eu-central-1');
  });

  // Three partitions have consoles of their own; a link into another one asks for a password that does not exist.
  test.each([
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ])('in the partition %s has an address of its console', (partition, domain) => {
    const { serviceTemplate } = synthesize();
    const { Conditions, Outputs } = serviceTemplate.toJSON();
    const there = Object.entries(Conditions as Record<string, { 'Fn::Equals': [unknown, string] }>).find(
      ([
        ,
        {
          'Fn::Equals': [, name],
        },
      ]) => name === partition,
    );
    expect(JSON.stringify(Outputs.DashboardUrl)).toContain(`{"Fn::If":["${there?.[0]}","${domain}",`);
  });

  test('shows the state first, then the work, then the runbook', () => {
    expect(titles[0]).toBe('Alarms');
    expect(titles).toEqual(
      expect.arrayContaining([
        'Pages believed an hour',
        'Work that was given up',
        'Alerts are late by',
        'Runs an hour',
        'Longest run',
        'Requests of the reader an hour',
      ]),
    );
    const last = widgets.slice(-runbook('dev').length);
    expect(last.map(({ type }: { type: string }) => type)).toEqual(last.map(() => 'text'));
  });

  test('counts the checks of its stage', () => {
    expect(JSON.stringify(widgets)).toContain('["Daybook","Checks","service","ingest","stage","dev"');
  });

  test('covers no widget with another one', () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          expect(cells.has(`${column}/${row}`)).toBe(false);
          cells.add(`${column}/${row}`);
        }
      }
    }
  });

  // CloudFormation and CloudWatch take a mebibyte; the runbook grows.
  test('leaves room in the template', () => {
    expect(String(page?.properties.DashboardBody).length).toBeLessThan(100_000);
  });
});
