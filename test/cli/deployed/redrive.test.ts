import { describe, expect, it } from 'vitest';
import { sampleCheck, sampleHead, sampleRevision } from '../../contracts/samples.ts';
import { inFolder, jsonLines, run } from '../../support/cli.ts';
import { watchedDeployment } from './watched-deployment.ts';

const observations = [{ page: { id: 'mills' }, kind: 'unchanged' }, { page: { id: 'harbour' } }];

describe('daybook redrive --aws', () => {
  it('calls ingest again with what it was handed, and keeps what it does not understand', async () => {
    const deployed = await watchedDeployment();
    deployed.giveUp('ingest', { observations });
    deployed.giveUp('fetch', { jobs: [] });
    deployed.letters.set('odd', 'what is <this>?\u001b[31m');
    const { code, out, err } = await run('redrive', '--aws');
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n')).toEqual([
      '✓ ingest is called again for mills, harbour; it had failed: RetriesExhausted',
      '✓ fetch is settled: the next tick plans its pages; it had failed: RetriesExhausted',
      '✗ letter odd is kept: it is no record of a call that Lambda gave up',
      '3 dead letters: 1 redriven, 1 without work left, 1 kept',
      '',
    ]);
    expect(deployed.called).toEqual([{ function: 'ingest-1', type: 'Event', payload: { observations } }]);
    expect([[...deployed.letters.keys()], deployed.hidden.size]).toEqual([['odd'], 0]);
  });

  it('calls notify for the pages with unsent alerts, and waits for its end', async () => {
    const deployed = await watchedDeployment();
    deployed.giveUp('notify');
    for (const [id, sent] of [
      ['late', 0],
      ['quiet', 1],
    ] as const) {
      await deployed.history.putCheck(sampleCheck(id, '2026-11-20T10:00:00.000Z'), null);
      await deployed.history.flipHead(sampleHead(sampleRevision(id, 1)), null);
      const cursor = { pageId: id, channel: 'sns', revision: sent, healthSeq: 0, version: 1 };
      await deployed.history.advanceCursor(cursor, null);
    }
    const { code, out } = await run('redrive', '--aws', '--json');
    expect(code).toBe(0);
    expect(jsonLines(out)).toEqual([
      { type: 'alerts', pages: ['late'] },
      expect.objectContaining({ type: 'letter', from: 'notify', outcome: 'redriven', why: 'RetriesExhausted' }),
      { type: 'summary', dryRun: false, redriven: 1, settled: 0, kept: 0 },
    ]);
    expect(deployed.called).toMatchObject([
      {
        function: 'notify-1',
        type: 'RequestResponse',
        payload: { Records: [{ dynamodb: { Keys: { pk: { S: 'PAGE#late' }, sk: { S: 'HEAD' } } } }] },
      },
    ]);
    expect(deployed.letters.size).toBe(0);
  });

  it('touches nothing in a dry run', async () => {
    const deployed = await watchedDeployment();
    deployed.giveUp('ingest', { observations });
    deployed.giveUp('plan');
    const { code, out } = await run('redrive', '--aws', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/ingest would be called again for mills, harbour/);
    expect(out).toMatch(/2 dead letters, none touched. Without --dry-run: 1 redriven, 1 without work left, 0 kept\n$/);
    expect([deployed.called, deployed.letters.size, deployed.hidden.size]).toEqual([[], 2, 0]);
  });

  it('says that there is nothing', async () => {
    await watchedDeployment();
    expect(await run('redrive', '--aws')).toEqual({
      code: 0,
      out: 'There are no dead letters: no work was given up.\n',
      err: '',
    });
  });

  it('keeps a letter where the call is refused, and says which permission is missing', async () => {
    const deployed = await watchedDeployment();
    deployed.giveUp('ingest', { observations });
    deployed.refuse('lambda:InvokeFunction', 'no');
    const { code, out } = await run('redrive', '--aws');
    expect([code, deployed.letters.size, deployed.hidden.size]).toEqual([1, 1, 0]);
    expect(out).toMatch(/is kept: Lambda \(ingest-1\) refused the call .*lambda:InvokeFunction on ingest-1 is missing/);
  });

  it('does nothing where the queue may not be read', async () => {
    const deployed = await watchedDeployment();
    deployed.refuse('sqs:ReceiveMessage', 'no');
    const { code, out, err } = await run('redrive', '--aws');
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/sqs:ReceiveMessage on queue .*GivenUp is missing/),
    ]);
  });
});

describe('daybook redrive', () => {
  it('says that nothing is given up on one machine', async () => {
    await inFolder(async (folder) => {
      const { code, out } = await run('redrive', '--data', folder);
      expect([code, out]).toEqual([0, expect.stringMatching(/^Nothing is given up on one machine: .*--aws/)]);
      const json = await run('redrive', '--data', folder, '--json');
      expect(JSON.parse(json.out)).toEqual({ type: 'summary', redriven: 0, settled: 0, kept: 0 });
    });
  });
});
