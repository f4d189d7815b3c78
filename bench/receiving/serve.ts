import type { Server } from 'node:http';

/** Lets a server of this bench listen on a free port, tells the parent which one, and ends with the parent. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
  process.on('disconnect', () => process.exit());
}
