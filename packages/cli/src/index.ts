// Entry point of @sauda/cli, for configurations in TypeScript and for programs that run the command themselves.

export { defineConfig } from '@sauda/engine';
export { EXIT_CODES } from './exit-code.js';
export type { Io } from './io.js';
export { main } from './main.js';
