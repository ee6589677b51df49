import { brokerContract } from '@sauda/engine/testing';
import { expect, it } from 'vitest';

import { paperBroker } from './paper-broker.js';

for (const { name, run } of brokerContract(paperBroker)) it(name, run);

it('sends nothing anywhere, and has nothing to configure', () => {
  expect(paperBroker).toMatchObject({ kind: 'broker', name: 'paper', simulated: true });
  expect(paperBroker.config.parse({})).toEqual({});
});
