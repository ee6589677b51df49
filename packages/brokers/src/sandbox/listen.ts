import { EngineError, type SandboxConfig } from '@sauda/engine';
import { WebSocketServer } from 'ws';

/** Nobody asks for anything longer than this, in bytes. */
const REQUEST_MAX = 1_000_000;

/**
 * Listens where the configuration says. Programs of this machine are let in; pages in a browser, which say where they are from, are not.
 *
 * @throws EngineError `sandbox/port-taken`, `sandbox/no-port`.
 */
export function listen({ host, port }: Pick<SandboxConfig, 'host' | 'port'>): Promise<WebSocketServer> {
  return new Promise((resolve, reject) => {
    const server = new WebSocketServer({
      host,
      port,
      maxPayload: REQUEST_MAX,
      verifyClient: ({ req }: { readonly req: { readonly headers: { readonly origin?: string | undefined } } }) =>
        req.headers.origin === undefined,
    });
    server.once('listening', () => resolve(server));
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        new EngineError(taken ? 'sandbox/port-taken' : 'sandbox/no-port', {
          message: taken ? `Port ${port} of ${host} is taken.` : `Port ${port} of ${host} cannot be listened on: ${error.message}.`,
          remedy: taken
            ? 'Another sandbox may run already: stop it, or write another port here and at the accounts (broker: { use: sandbox, port: … }).'
            : 'Correct host and port: usually host is left out, and port is above 1023.',
          context: { host, port },
          cause: error,
        }),
      );
    });
  });
}
