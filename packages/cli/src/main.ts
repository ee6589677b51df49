import { EngineError } from '@sauda/engine';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

import { version } from '../package.json';
import { type BacktestOptions, backtest } from './commands/backtest.js';
import { fail } from './commands/failure.js';
import { type ReportOptions, report } from './commands/report.js';
import { type RunCommandOptions, run } from './commands/run.js';
import { type SandboxCommandOptions, sandbox } from './commands/sandbox.js';
import { schema } from './commands/schema.js';
import { validate } from './commands/validate.js';
import { EXIT_CODES, type ExitCode, exitCodeOf } from './exit-code.js';
import { type Io, processIo } from './io.js';
import { problemsOf } from './located-problem.js';
import { leaveOutSqliteWarning } from './node-warnings.js';
import { helpText } from './typed/command-desk.js';

const CONFIG_HELP = 'configuration file (default: sauda.config.yaml, .yml, .json, .ts, .js or .mjs in this folder)';
const JSON_HELP = 'print for programs: JSON on standard output, words for people on standard error';

/**
 * The `sauda` command.
 *
 * @param args what stands after the command's name.
 * @returns the exit code; nothing is thrown.
 */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.done;
  const done = async (command: Promise<ExitCode>): Promise<void> => {
    exitCode = await command;
  };
  try {
    await program(io, done).parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already said what is wrong with the arguments; asking for help is nothing wrong.
    if (error instanceof CommanderError) return endOfArguments(error, args, io);
    // A bug: where it happened is what a report about it needs.
    if (!(error instanceof EngineError) && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return fail(io, { json: args.includes('--json'), fileName: '', problems: problemsOf(error), exitCode: exitCodeOf(error) });
  }
}

/** The command over the process's own arguments, streams and signals. */
export function runFromCommandLine(): Promise<ExitCode> {
  leaveOutSqliteWarning(process);
  return main(process.argv.slice(2), processIo());
}

function program(io: Io, done: (command: Promise<ExitCode>) => Promise<void>): Command {
  const sauda = new Command('sauda')
    .description('Backtests, paper-trades and trades strategies for Indian markets.')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  sauda
    .command('validate')
    .description('check a configuration and the first days of its data')
    .argument('[config]', CONFIG_HELP)
    .option('--json', JSON_HELP, false)
    .action((name: string | undefined, options: { json: boolean }) => done(validate(name, options, io)));
  sauda
    .command('backtest')
    .description('run a configuration over recorded data and report')
    .argument('[config]', CONFIG_HELP)
    .option('--json', JSON_HELP, false)
    .option('--quiet', 'print the figures alone', false)
    .option('--all', 'print every round trip', false)
    .option('--last <n>', 'print the last n round trips', wholeNumber, null)
    .option('--html <file>', 'write a page about the run, too')
    .option('--notes', 'print the contract note of each day and account, too', false)
    .action((name: string | undefined, options: BacktestOptions) => done(backtest(name, options, io)));
  sauda
    .command('report')
    .description('print what "sauda backtest --json" saved: as a report, a trade journal, contract notes or a page')
    .argument('<run.json>', 'the saved document')
    .option('--json', JSON_HELP, false)
    .option('--quiet', 'print the figures alone', false)
    .option('--all', 'print every round trip', false)
    .option('--last <n>', 'print the last n round trips', wholeNumber, null)
    .option('--html <file>', 'write a page instead')
    .option('--journal', 'print each round trip with its signal, orders, fills and slippage instead', false)
    .option('--notes', 'print the contract note of each day and account instead', false)
    .action((name: string, options: ReportOptions) => done(report(name, options, io)));
  sauda
    .command('run')
    .description('trade on paper, or with mode: live at the brokers of live accounts')
    .argument('[config]', CONFIG_HELP)
    .option('--json', `${JSON_HELP}; one event a line`, false)
    .option('--quiet', 'print critical alerts, what stands still, answers and the end alone', false)
    .option('--stops', 'tell of every stop that moves', false)
    .option('--by <name>', 'who gives the commands that are typed (default: the login name)', someName)
    .addHelpText('after', `\nWhile it runs, type a line:\n${helpText().replace(/^/gm, '  ')}`)
    .action((name: string | undefined, options: RunCommandOptions) => done(run(name, options, io)));
  sauda
    .command('sandbox')
    .description('run the simulated exchange as a process of its own, for accounts with broker: sandbox')
    .argument('[config]', 'configuration file (default: sandbox.config.yaml, .yml, .json, .ts, .js or .mjs in this folder)')
    .option('--json', `${JSON_HELP}; one event a line`, false)
    .option('--quiet', 'print nothing but where it listens', false)
    .action((name: string | undefined, options: SandboxCommandOptions) => done(sandbox(name, options, io)));
  sauda
    .command('schema')
    .description('print the JSON Schema of the configuration file')
    .action(() => done(schema(io)));
  for (const command of sauda.commands) command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  return sauda;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number, for instance --last 20.');
  return Number(text);
}

function someName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Write a name, for instance --by asha.');
  return text.trim();
}

function endOfArguments({ exitCode, message }: CommanderError, args: readonly string[], io: Io): ExitCode {
  if (exitCode === 0) return EXIT_CODES.done;
  if (args.includes('--json')) {
    const problem = { path: '', found: args.join(' '), message, remedy: 'See sauda --help.', severity: 'error' };
    io.out(`${JSON.stringify({ ok: false, problems: [problem] })}\n`);
  }
  return EXIT_CODES.wrong;
}
