// Runs the storage contract against a real PostgreSQL server.
import { afterAll, beforeAll } from 'vitest';
import { openPostgres } from '../storage/postgres.ts';
import { storageContract } from './storage.contract.ts';
import { postgresServer, type Server } from './support/postgres.ts';

let server: Server;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

storageContract('postgres', async () => openPostgres(await server.freshUrl()));
