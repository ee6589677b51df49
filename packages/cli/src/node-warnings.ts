/**
 * Node 22 warns that its own SQLite is experimental. The journal is tested on it, and the line helps nobody who looks at a market: it is left out.
 * Every other warning stays.
 */
export function leaveOutSqliteWarning(process: Pick<NodeJS.Process, 'emitWarning'>): void {
  const emit = process.emitWarning.bind(process) as (...given: readonly unknown[]) => void;
  process.emitWarning = (...given: readonly unknown[]): void => {
    const [warning] = given;
    const text = warning instanceof Error ? warning.message : String(warning);
    if (!text.startsWith('SQLite is an experimental feature')) emit(...given);
  };
}
