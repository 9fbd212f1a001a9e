import { describe, expect, it, onTestFinished } from 'vitest';
import { exposureOf, localHostOf, namesOf, THIS_MACHINE } from '#cli/serving/exposure.ts';
import { serveReader } from '#cli/serving/serve.ts';
import { sample } from '../../read/sample.ts';

const PUBLIC = 'https://daybook.example.org';

describe('where a reader listens', () => {
  it('is this machine alone unless something else is given', () => {
    expect(exposureOf({})).toEqual(THIS_MACHINE);
    expect(exposureOf({ host: '127.0.0.1' })).toEqual(THIS_MACHINE);
  });

  it.each([
    [{ host: '127.0.0.1' }, false],
    [{ host: '::1' }, false],
    [{ host: 'localhost' }, false],
    [{ host: 'localhost', publicUrl: 'http://localhost:4380' }, false],
    [{ host: '192.168.1.5' }, true],
    [{ host: 'fd00::5' }, true],
    [{ host: '0.0.0.0', publicUrl: PUBLIC }, true],
    [{ host: '::', publicUrl: PUBLIC }, true],
    // A proxy of this machine passes on what others ask.
    [{ publicUrl: PUBLIC }, true],
  ])('%j: others may reach it: %s', (options, isOpen) => {
    expect(exposureOf(options).isOpen).toBe(isOpen);
  });

  it.each([
    [{ host: '0.0.0.0' }, /--host 0.0.0.0: name the address that people type, --public-url/],
    [{ host: '::' }, /--public-url/],
    [{ host: '' }, /--host: "" is not an address/],
    [{ host: '127.0.0.1:80' }, /--host: "127.0.0.1:80" is not/],
    [{ host: 'http://127.0.0.1' }, /is not an address or a name/],
    [{ host: 'me@127.0.0.1' }, /is not an address or a name/],
    [{ publicUrl: 'daybook.example.org' }, /--public-url: "daybook.example.org" is not/],
    [{ publicUrl: 'ftp://daybook.example.org' }, /--public-url: .* is not an http or https address/],
    [{ publicUrl: `${PUBLIC}/reader` }, /without a path/],
    [{ publicUrl: `${PUBLIC}/?a=1` }, /without a path/],
  ])('%j is refused with what to give', (options, message) => {
    expect(() => exposureOf(options)).toThrow(message);
  });
});

describe('the names that a reader answers under', () => {
  it.each([
    [{}, ['127.0.0.1:4380', 'localhost:4380']],
    [{ host: 'localhost' }, ['127.0.0.1:4380', 'localhost:4380']],
    [{ host: '::1' }, ['127.0.0.1:4380', '[::1]:4380', 'localhost:4380']],
    [{ host: '192.168.1.5' }, ['192.168.1.5:4380']],
    [{ host: '192.168.1.5', publicUrl: PUBLIC }, ['192.168.1.5:4380', 'daybook.example.org']],
    [{ host: '0.0.0.0', publicUrl: 'http://box.lan:8080/' }, ['127.0.0.1:4380', 'box.lan:8080', 'localhost:4380']],
  ])('%j: %j', (options, names) => {
    expect([...new Set(namesOf(exposureOf(options), 4380))].sort()).toEqual(names);
  });

  it('have the address by which this machine reaches it among them', () => {
    for (const options of [{}, { host: '::1' }, { host: '192.168.1.5' }, { host: '::', publicUrl: PUBLIC }]) {
      const exposure = exposureOf(options);
      const host = localHostOf(exposure);
      expect(namesOf(exposure, 80)).toContain(`${host.includes(':') ? `[${host}]` : host}:80`);
    }
  });
});

describe('an address that cannot be listened on', () => {
  it.each([
    ['192.0.2.1', /EADDRNOTAVAIL.*give an address of this machine with --host/],
    ['fe80::1', /give an address of this machine with --host/],
  ])('is answered with what to change, and that is not the port: %s', async (host, message) => {
    const store = await sample();
    const exposure = { host, publicUrl: 'https://daybook.example.org/', isOpen: true };
    await expect(serveReader(store, 0, { exposure })).rejects.toThrow(message);
  });

  it('has another port where another program has this one', async () => {
    const store = await sample();
    const first = await serveReader(store, 0);
    onTestFinished(() => first.close());
    await expect(serveReader(store, first.port)).rejects.toThrow(/EADDRINUSE.*give another with --port$/);
  });
});
