import { type RawData, WebSocket, WebSocketServer } from 'ws';

import { type Message, messageSchema, type Request, requestSchema } from './wire.js';

/** What goes through a relay. `connection` counts those who came, from 1 on. */
export type Relayed =
  | { readonly connection: number; readonly from: 'client'; readonly request: Request }
  | { readonly connection: number; readonly from: 'sandbox'; readonly message: Message };

/** Stands between a sandbox and those who connect to it: it writes down what is said, holds it back where it is told to, and cuts the line. */
export class Relay {
  /** Everything that was said so far, whether it was passed on or not. */
  readonly said: Relayed[] = [];
  /** Asked about each message before it is passed on: whether to. */
  passes: (relayed: Relayed) => boolean = () => true;
  readonly #server: WebSocketServer;
  readonly #sandboxPort: number;
  readonly #sockets = new Set<WebSocket>();
  #connections = 0;

  private constructor(server: WebSocketServer, sandboxPort: number) {
    this.#server = server;
    this.#sandboxPort = sandboxPort;
    server.on('connection', (client) => this.#join(client));
  }

  static async to(sandboxPort: number): Promise<Relay> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new Relay(server, sandboxPort);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Everybody loses the line, and can come again. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(client: WebSocket): void {
    this.#connections += 1;
    const connection = this.#connections;
    const sandbox = new WebSocket(`ws://127.0.0.1:${this.#sandboxPort}`);
    const early: RawData[] = [];
    sandbox.once('open', () => {
      for (const data of early.splice(0)) sandbox.send(String(data));
    });
    client.on('message', (data) => {
      if (!this.#heard({ connection, from: 'client', request: requestSchema.parse(JSON.parse(String(data))) })) return;
      if (sandbox.readyState === WebSocket.CONNECTING) early.push(data);
      else if (sandbox.readyState === WebSocket.OPEN) sandbox.send(String(data));
    });
    sandbox.on('message', (data) => {
      const message = messageSchema.parse(JSON.parse(String(data)));
      if (this.#heard({ connection, from: 'sandbox', message }) && client.readyState === WebSocket.OPEN) client.send(String(data));
    });
    this.#pair(client, sandbox);
    this.#pair(sandbox, client);
  }

  /** When one end is gone, the other one is let go, for the reason that was given. */
  #pair(one: WebSocket, other: WebSocket): void {
    this.#sockets.add(one);
    one.on('error', () => other.terminate());
    one.once('close', (code, reason) => {
      this.#sockets.delete(one);
      // What a socket says of itself when nobody has said anything cannot be passed on.
      if (code >= 3_000 && other.readyState === WebSocket.OPEN) other.close(code, String(reason));
      else other.terminate();
    });
  }

  #heard(relayed: Relayed): boolean {
    this.said.push(relayed);
    return this.passes(relayed);
  }
}
