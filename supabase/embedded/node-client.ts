import { WebSocket } from 'ws';
import { createOwnerClient, type OwnerClient } from '../../src/backend/owner-client';
import { EMBEDDED_PUBLISHABLE_KEY } from './backend';

/** The owner's client for tools and tests: its session lives as long as the process. */
export function createNodeClient(url: string, key = EMBEDDED_PUBLISHABLE_KEY): OwnerClient {
  // supabase-js wants a WebSocket even where nothing listens in real time, and Node has one only from 22 on.
  globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
  const session = new Map<string, string>();
  return createOwnerClient(
    {
      getItem: (name) => session.get(name) ?? null,
      setItem: (name, value) => void session.set(name, value),
      removeItem: (name) => void session.delete(name),
    },
    url,
    key,
  );
}
