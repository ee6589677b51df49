import { bankNifty2024, isThere, nifty2013, nifty2024 } from '../recordings.js';
import { compared, hasPython } from './compared.js';
import { shortDays2013 } from './special-days.js';

const cases = [{ recording: nifty2024 }, { recording: bankNifty2024 }, { recording: nifty2013, days: shortDays2013 }];

if (!hasPython() || !cases.every(({ recording }) => isThere(recording))) {
  process.stderr.write('This needs python3 on the path and the recorded market data beside the repository.\n');
  process.exit(1);
}

for (const { recording, ...options } of cases) {
  const { name, candles, signals, onlyEngine, onlyReference } = await compared(recording, options);
  const differences = onlyEngine.length + onlyReference.length;
  process.stdout.write(`${name}: ${candles.engine} candles (${candles.reference}), ${signals} signals, ${differences} differences\n`);
  for (const line of onlyEngine.slice(0, 10)) process.stdout.write(`  only the engine     ${line}\n`);
  for (const line of onlyReference.slice(0, 10)) process.stdout.write(`  only the reference  ${line}\n`);
  if (differences > 0 || candles.engine !== candles.reference) process.exitCode = 1;
}
