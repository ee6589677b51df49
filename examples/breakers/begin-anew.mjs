// Removes the journal of the drawdown example, so that its days can be traded again: `npm run breaker:drawdown --workspace examples`.
import { rmSync } from 'node:fs';

for (const ending of ['', '-wal', '-shm']) rmSync(new URL(`./drawdown.journal.db${ending}`, import.meta.url), { force: true });
