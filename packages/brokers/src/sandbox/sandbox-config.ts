import { SANDBOX_PORT } from '@sauda/engine';
import { z } from 'zod';

/** Where the sandbox is. */
export const sandboxAddress = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Where the sandbox runs; this machine by default.'),
  port: z.int().min(1).max(65_535).default(SANDBOX_PORT).describe('Where it listens; 7070 by default.'),
});

export type SandboxAddress = z.output<typeof sandboxAddress>;

export const urlOf = ({ host, port }: SandboxAddress): string => `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
