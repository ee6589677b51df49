import { describe, expect, it } from 'vitest';

import { folderWith, paperYaml, wrongYaml } from './cli.test-kit.js';
import { readConfigFile } from './config-file.js';
import { readPositioned, stepsOf } from './config-positions.js';

describe('readConfigFile', () => {
  it('finds sauda.config.yaml in the folder', async () => {
    const dir = folderWith({ 'sauda.config.yaml': paperYaml });
    await expect(readConfigFile(undefined, dir)).resolves.toMatchObject({ baseDir: dir, raw: { mode: 'paper' } });
  });

  it.each([
    ['a.json', '{ "mode": "backtest" }'],
    ['a.ts', "interface Config { mode: string }\nconst config: Config = { mode: 'backtest' };\nexport default config;"],
    ['a.mjs', "export default { mode: 'backtest' };"],
    ['a.js', "export default { mode: 'backtest' };"],
  ])('reads %s', async (name, text) => {
    await expect(readConfigFile(name, folderWith({ [name]: text }))).resolves.toMatchObject({ raw: { mode: 'backtest' } });
  });

  it('names what is in the folder when a file is missing', async () => {
    const reading = readConfigFile('sauda.yaml', folderWith({ 'nifty.yaml': paperYaml }));
    await expect(reading).rejects.toMatchObject({ code: 'config/file-missing', remedy: 'In its folder there is nifty.yaml.' });
  });

  it('says where to put one when there is none', async () => {
    await expect(readConfigFile(undefined, folderWith({}))).rejects.toMatchObject({ code: 'config/file-missing' });
  });

  it('tells the line of what is no YAML', async () => {
    const reading = readConfigFile('a.yaml', folderWith({ 'a.yaml': 'mode: paper\nsets: [1\nfrom: 2024-01-01\n' }));
    await expect(reading).rejects.toMatchObject({
      code: 'config/file-unreadable',
      problems: [{ path: expect.stringMatching(/^a\.yaml:\d$/) }],
    });
  });

  it('tells what a module throws', async () => {
    const reading = readConfigFile('a.mjs', folderWith({ 'a.mjs': "throw new Error('no token');" }));
    await expect(reading).rejects.toMatchObject({ code: 'config/file-unreadable', message: expect.stringContaining('no token') });
  });
});

describe('lines', () => {
  const { lineOf } = readPositioned(wrongYaml);

  it.each([
    ['mode', 1],
    ['feeds[0].seed', 5],
    ['sets[0].strategy.fsat', 8],
    ['sets[0].exits.stopLoss', 13],
    ['sets[0].exits.notThere', 13],
    ['sets[0].window', 7],
    ['notThere', undefined],
  ])('of %s is %s', (path, line) => expect(lineOf(path)).toBe(line));

  it('are found through keys in quotes', () => {
    expect(stepsOf('instruments["NSE:A.B"].lotSize')).toEqual(['instruments', 'NSE:A.B', 'lotSize']);
    expect(readPositioned('instruments:\n  NSE:A.B:\n    lotSize: 0\n').lineOf('instruments["NSE:A.B"].lotSize')).toBe(3);
  });

  it('leave times, dates and off as text', () => {
    expect(readPositioned('{ a: 15:15, b: 2024-01-01, c: off }').value).toEqual({ a: '15:15', b: '2024-01-01', c: 'off' });
  });
});
