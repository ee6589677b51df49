import { expect, it } from 'vitest';

import { NIFTY_CALL } from '../market/instruments.test-kit.js';
import { atIst } from '../primitives/time.js';
import { contractNote, type NoteFill } from './contract-note.js';
import { contractNoteText } from './contract-note-text.js';

const on = '2026-11-20';
const sold: NoteFill = {
  // Tax 0.15 % of ₹7,150 is ₹10.72½, the fee 0.03553 % ₹2.54, GST 18 % of ₹22.547.
  fill: { fillId: 'f1', orderId: 'o1', instrument: NIFTY_CALL.key, side: 'sell', quantity: 65, price: 110, time: atIst(on, 600) },
  instrument: NIFTY_CALL,
  product: 'NRML',
  accruedPaise: 37_33,
};

it('writes a contract note with its orders, charges and adjustment', () => {
  expect(contractNoteText(contractNote([sold], { on, broker: 'paper', fallbackFrom: null }))).toBe(
    `Contract note of 2026-11-20

NSE options
  sell 65 NFO:NIFTY24NOV2626000CE for ₹7,150.00, brokerage ₹20.00 (order o1)
  bought                             ₹0.00
  sold                           ₹7,150.00
  brokerage                         ₹20.00
  STT                               ₹10.72
  exchange fee                       ₹2.54
  SEBI fee                           ₹0.01
  stamp duty                         ₹0.00
  GST                                ₹4.06
  charges                           ₹37.33

All segments
  bought                             ₹0.00
  sold                           ₹7,150.00
  STT to the rupee                   ₹0.28
  brokerage                         ₹20.00
  STT                               ₹11.00
  exchange fee                       ₹2.54
  SEBI fee                           ₹0.01
  stamp duty                         ₹0.00
  GST                                ₹4.06
  charges                           ₹37.61
  to be received                 ₹7,112.39

  charged fill by fill              ₹37.33
  adjustment                         ₹0.28
`,
  );
});
