import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import type { Command } from '../../support/item-table.ts';
import { Injector, type Point } from './faults.ts';
import { Machine, TABLE_NAME } from './machine.ts';
import { undisturbed } from './matrix.ts';
import { SCENARIO } from './scenario.ts';
import { type State, stateOf } from './state.ts';

/** Whole lives over the embedded table and a folder: what the matrix shows over maps holds over what is shipped. */
async function live(step: number, point: Point | null): Promise<{ reached: boolean; state: State }> {
  const { client, name, close } = await openEmbeddedTable(null);
  const folder = await mkdtemp(join(tmpdir(), 'crash-'));
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  expect(name).toBe(TABLE_NAME);
  const objects = createFolderObjects(folder, { durable: false });
  const machine = new Machine({ send: (command: Command) => client.send(command as never), objects });
  for (const [index, one] of SCENARIO.entries()) {
    if (index === step) machine.injector = new Injector(point);
    await machine.step(one);
    if (index === step + 1) await machine.wake();
  }
  const state = await stateOf(machine.reader(), objects, machine.mailbox.sent);
  return { reached: !machine.injector.armed, state };
}

describe('crashes over the embedded table', async () => {
  const known = await undisturbed();
  const nth = (step: number, level: Point['level'], name: string): Point['index'] => {
    const index = known[step]?.calls[level].findIndex((call) => call.endsWith(name)) ?? -1;
    if (index === -1) throw new Error(`step ${step} makes no call ${name}`);
    return index;
  };

  it.each([
    ['a torn append', 2, 'database', 'ingest BatchWriteCommand', 'torn'],
    ['a death after the flip', 3, 'port', 'ingest history.flipHead', 'dies-after'],
    ['a worker that sleeps before the flip', 5, 'port', 'ingest history.flipHead', 'sleeps'],
    ['a rival between flip and health', 12, 'port', 'ingest history.flipHealth', 'rival'],
    ['a throttled check', 6, 'database', 'ingest PutCommand', 'throttled'],
  ] as const)('%s changes nothing in the end', async (_, step, level, name, fault) => {
    const { reached, state } = await live(step, { level, index: nth(step, level, name), fault });
    expect(reached).toBe(true);
    expect(state).toEqual(known.at(-1)?.state);
  });
});
