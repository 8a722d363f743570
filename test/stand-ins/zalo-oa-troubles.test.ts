// The troubles that the Zalo stand-in can make, seen with plain requests.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZaloUser } from './zalo-oa/people.ts';
import { CS, errorOf, tell, token } from './zalo-oa/plain.ts';
import { startZaloOa, type ZaloOa } from './zalo-oa.ts';

let oa: ZaloOa;
let user: ZaloUser;
beforeEach(async () => {
  oa = await startZaloOa();
  user = oa.user();
});
afterEach(() => oa.stop());

const errorTo = (): Promise<number> => errorOf(oa, user.id, { text: 'a' });

describe('troubles', () => {
  it('come when the minute is full, and go with it', async () => {
    user.say('chào');
    oa.set({ rateLimit: 2 });
    oa.advance(60_000 - (oa.now() % 60_000));
    expect([await errorTo(), await errorTo(), await errorTo()]).toEqual([0, 0, -32]);
    oa.advance(60_000);
    expect(await errorTo()).toBe(0);
  });

  it('break a call before or after it was carried out', async () => {
    user.say('chào');
    oa.fault(CS, { kind: 'error', code: -200 }, 2);
    expect([await errorTo(), await errorTo(), await errorTo()]).toEqual([-200, -200, 0]);
    oa.fault(CS, { kind: 'drop-before' });
    await expect(errorTo()).rejects.toThrow();
    expect(user.messages()).toHaveLength(1);
    oa.fault(CS, { kind: 'drop-after' });
    await expect(errorTo()).rejects.toThrow();
    expect(user.messages()).toHaveLength(2);
    oa.fault(CS, { kind: 'gateway' });
    await expect(errorTo()).rejects.toThrow('JSON');
    oa.fault(CS, { kind: 'status', status: 500, body: '{"error":1}' });
    expect((await tell(oa, user.id, { text: 'a' })).status).toBe(500);
    oa.fault(CS, { kind: 'slow', ms: 1 });
    expect(await errorTo()).toBe(0);
    expect(user.messages()).toHaveLength(3);
  });

  it('leave calls without an answer, carried out or not', async () => {
    user.say('chào');
    for (const [kind, seen] of [
      ['hang', 0],
      ['hang-after', 1],
    ] as const) {
      oa.fault(CS, { kind });
      const patience = new AbortController();
      const answer = fetch(oa.apiRoot + CS, {
        method: 'POST',
        headers: { access_token: oa.tokens().access, 'content-type': 'application/json' },
        body: JSON.stringify({ recipient: { user_id: user.id }, message: { text: 'a' } }),
        signal: patience.signal,
      });
      await expect.poll(() => oa.calls(CS).length, { timeout: 20_000 }).toBe(seen + 1);
      patience.abort();
      await expect(answer).rejects.toThrow('aborted');
      expect(user.messages()).toHaveLength(seen);
    }
  });

  it('lose a new pair of tokens on its way', async () => {
    oa.fault('/v4/oa/access_token', { kind: 'drop-after' });
    const form = { grant_type: 'refresh_token', refresh_token: oa.refreshToken };
    await expect(token(oa, form)).rejects.toThrow();
    expect(oa.tokens().refresh).not.toBe(oa.refreshToken);
    expect(await token(oa, form)).toMatchObject({ error: -14014 });
  });
});
